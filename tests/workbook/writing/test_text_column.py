"""Texts held in one piece come back as they went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook import TextColumn

TEXTS = st.lists(st.text(st.characters(codec=None), max_size=4), max_size=30)
BOUND = st.one_of(st.none(), st.integers(-40, 40))


@given(TEXTS, BOUND, BOUND, st.sampled_from([None, 1, 2, -1]))
def test_it_is_the_list_of_its_texts(
    texts: list[str], start: int | None, stop: int | None, step: int | None
) -> None:
    column = TextColumn(iter(texts[:3]))
    column.extend(texts[3:])
    assert len(column) == len(texts)
    assert list(column) == texts
    assert column[start:stop:step] == texts[start:stop:step]
    assert [column[place] for place in range(-len(texts), len(texts))] == texts * 2


def test_more_texts_than_are_taken_at_a_time() -> None:
    texts = [f"{number}ä" if number % 3 else f"{number}\0" for number in range(10_000)]
    column = TextColumn(texts)
    assert list(column) == texts
    assert column[4_000:4_200] == texts[4_000:4_200]


def test_a_place_beyond_the_end() -> None:
    with pytest.raises(IndexError):
        TextColumn(["a"])[1]
