"""Gathering cells into columns, sorted or not, dense or far-flung."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook.reading import columns
from zoomdesk.workbook.reading.columns import ColumnBuilder
from zoomdesk.workbook.sheet import SparseColumn

cells = st.dictionaries(
    st.tuples(st.integers(1, 300), st.integers(1, 5)), st.text(min_size=1, max_size=3), max_size=30
)


def build(content: dict[tuple[int, int], str], rows: list[int]) -> ColumnBuilder:
    builder = ColumnBuilder()
    for row in rows:
        index = builder.start_row(row)
        for (at, column), text in content.items():
            if at == row:
                builder.put(index, column, text)
    return builder


@pytest.mark.parametrize("cheap", [0, 10**9])
@given(content=cells, order=st.randoms(use_true_random=False))
def test_columns_hold_what_was_put(
    cheap: int, content: dict[tuple[int, int], str], order: object
) -> None:
    rows = list(range(1, 301))
    order.shuffle(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_CHEAP_PADDING", cheap)
        numbers, texts = build(content, rows).finish()
    assert numbers == sorted(numbers)
    found = {
        (row, column): text
        for column, values in texts.items()
        for row, text in zip(numbers, values, strict=True)
        if text
    }
    assert found == content
    assert list(texts) == sorted(texts)


def test_far_flung_texts_become_sparse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_CHEAP_PADDING", 100)
    numbers, texts = build({(1, 1): "a", (1000, 2): "b"}, list(range(1, 1001))).finish()
    assert len(numbers) == 1000
    assert all(isinstance(column, SparseColumn) for column in texts.values())
    assert (texts[1][0], texts[2][-1], texts[2][5], len(texts[1])) == ("a", "b", "", 1000)
    assert texts[2][998:] == ["", "b"]
    with pytest.raises(IndexError):
        texts[1][1000]


@pytest.mark.parametrize("cheap", [0, 10**9])
def test_a_row_that_shows_nothing_exists_all_the_same(
    cheap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "_CHEAP_PADDING", cheap)
    numbers, texts = build({(200, 2): ""}, list(range(1, 301))).finish()
    assert numbers == list(range(1, 201))
    assert list(texts[2]) == [""] * 200
