from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster import filters
from zoomdesk.roster.filters import rows_with, sort_key, sort_rows


def ordered(texts: list[str], descending: bool = False) -> list[str]:
    return [texts[row] for row in sort_rows(texts, range(len(texts)), descending)]


def test_numbers_by_value_then_texts_then_blanks() -> None:
    texts = ["b", "", "10", "9", "A", "-1", "2,5", " ", "é", "f", "e"]
    assert ordered(texts) == ["-1", "2,5", "9", "10", "A", "b", "e", "é", "f", "", " "]


def test_descending_keeps_blanks_last() -> None:
    assert ordered(["a", "", "b", "1"], descending=True) == ["b", "a", "1", ""]


@pytest.mark.parametrize("descending", [True, False])
def test_equal_texts_keep_their_order(descending: bool) -> None:
    rows = sort_rows(["a", "A", "a", "A"], [2, 0, 3, 1], descending)
    assert [row for row in rows if row in (0, 2)] == [2, 0]


@given(st.lists(st.text("ab1é ", max_size=3), max_size=60), st.booleans())
def test_long_lists_are_sorted_as_short_ones(texts: list[str], descending: bool) -> None:
    expected = sort_rows(texts, range(len(texts)), descending)
    run, filters._RUN = filters._RUN, 4
    try:
        assert sort_rows(texts, range(len(texts)), descending) == expected
    finally:
        filters._RUN = run


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_keys_of_any_texts_compare(a: str, b: str, c: str) -> None:
    assert sorted([sort_key(a), sort_key(b), sort_key(c)])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("ana", [0, 2]),
        ("ANA", [0, 2]),
        ("berg", [1]),
        ("", [0, 1, 2]),
        (" x ", []),
        ("STRASSE", [1]),
    ],
)
def test_finds_text_in_any_column(text: str, rows: list[int]) -> None:
    columns = [["Ana", "Bo", "Diana"], ["López", "Berg Straße", ""]]
    assert rows_with(text, columns, range(3)) == rows


def test_found_rows_keep_their_order() -> None:
    assert rows_with("a", [["a", "b", "a"]], [2, 1, 0]) == [2, 0]
