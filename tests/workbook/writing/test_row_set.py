"""A set of rows tells what was there, one by one and many at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook.references import MAX_ROW
from zoomdesk.workbook.writing.row_set import RowSet

ROWS = st.one_of(
    st.lists(st.integers(1, 30), max_size=8),
    st.tuples(st.integers(1, 20), st.integers(0, 10)).map(lambda t: range(t[0], t[0] + t[1])),
)


@given(st.lists(ROWS, max_size=5), ROWS)
def test_it_is_a_set(added: list[list[int]], asked: list[int]) -> None:
    rows, model = RowSet(), set[int]()
    for batch in added:
        twice = []
        for row in batch:
            if row in model:
                twice.append(row)
            model.add(row)
        assert rows.add_all(batch) == twice
    assert rows.lacking(asked) == [row for row in asked if row not in model]
    assert [row for row in range(40) if row in rows] == sorted(model)


def test_the_last_row_of_a_sheet() -> None:
    rows = RowSet()
    assert not rows.add(MAX_ROW)
    assert rows.add(MAX_ROW)
    assert rows.lacking([MAX_ROW, 1]) == [1]
