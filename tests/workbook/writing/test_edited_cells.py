"""Cells held column by column are the same cells as in a plain mapping."""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import CellRange, ColumnValues, Edits
from zoomdesk.workbook.references import MAX_ROW

CELLS = st.dictionaries(
    st.tuples(st.integers(1, 30), st.integers(1, 5)),
    st.one_of(st.none(), st.integers(-9, 9), st.text("ab", max_size=2)),
    max_size=40,
)


def by_row(cells: dict[tuple[int, int], Any]) -> dict[int, dict[int, Any]]:
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    return rows


def in_columns(cells: dict[tuple[int, int], Any], columns: set[int]) -> Edits:
    """Return the same edits, those of ``columns`` given column by column."""
    given: dict[int, ColumnValues] = {}
    for column in columns & {at[1] for at in cells}:
        rows = sorted(row for row, other in cells if other == column)
        given[column] = ColumnValues(rows, [cells[row, column] for row in rows])
    rest = {at: value for at, value in cells.items() if at[1] not in given}
    return Edits("List", rest, columns=given)


@given(CELLS, st.sets(st.integers(1, 5)))
def test_they_are_a_mapping_of_rows(cells: dict[tuple[int, int], Any], columns: set[int]) -> None:
    written = in_columns(cells, columns).written()
    expected = by_row(cells)
    assert {row: dict(values) for row, values in written.items()} == expected
    assert list(written) == sorted(expected)
    assert written.count == len(cells)
    assert written.every_column == tuple(sorted({column for _, column in cells}))
    assert [row for row in range(35) if row in written] == sorted(expected)


@given(CELLS, st.integers(0, 9), st.integers(1, 25), st.sets(st.integers(1, 12)))
def test_rows_are_grouped_by_their_columns(
    cells: dict[tuple[int, int], Any], first: int, count: int, gaps: set[int]
) -> None:
    written, expected = Edits("List", cells).written(), by_row(cells)
    for numbers in (range(first, first + count), sorted({*range(first, first + count)} - gaps)):
        if not numbers:
            continue
        groups = written.groups(numbers)
        assert groups is not None
        found = {numbers[place]: columns for places, columns in groups for place in places}
        assert found == {n: tuple(sorted(expected[n])) for n in numbers if n in expected}
        assert [numbers[place] for place in written.places(numbers)] == sorted(found)


def test_single_cells_are_a_group_of_their_own() -> None:
    column = ColumnValues(range(2, 9), ["x"] * 7)
    written = Edits("List", {}, 1, {3: "New"}, columns={3: column}).written()
    groups = {columns: list(places) for places, columns in written.groups(range(1, 5)) or ()}
    assert groups == {(): [0], (3,): [1, 2, 3]}
    assert written.groups([5, 4]) is None
    assert written.numbers == range(1, 9)


@given(CELLS, st.tuples(*(st.integers(1, 30) for _ in range(4))))
def test_cells_inside_an_area(cells: dict[tuple[int, int], Any], area: tuple[int, ...]) -> None:
    rows, columns = sorted(area[:2]), sorted(area[2:])
    box = CellRange(rows[0], columns[0], rows[1], columns[1])
    found = list(Edits("List", cells).written().inside(box))
    assert found == sorted(filter(box.__contains__, cells))


@given(CELLS)
def test_the_extent_is_that_of_what_holds_something(cells: dict[tuple[int, int], Any]) -> None:
    held = [at for at, value in cells.items() if value is not None]
    rows, columns = [row for row, _ in held], [column for _, column in held]
    extent = Edits("List", cells).written().extent()
    assert extent == (CellRange(min(rows), min(columns), max(rows), max(columns)) if held else None)


@pytest.mark.parametrize(
    ("rows", "values"), [([2, 1], "ab"), ([1, 1], "ab"), ([1], "ab"), ([-1], "a"), (["x"], "a")]
)
def test_rows_that_are_none(rows: Any, values: str) -> None:
    with pytest.raises(ValueError, match="row"):
        ColumnValues(rows, values)


@pytest.mark.parametrize("rows", [range(3, 6), [3, 4, 5], array("L", [3, 4, 5])])
def test_rows_side_by_side_are_a_range(rows: Any) -> None:
    column = ColumnValues(rows, "abc")
    assert column.rows == range(3, 6)
    assert [column.position(row) for row in (2, 3, 5, 6)] == [-1, 0, 2, -1]


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        (Edits("L", {(1, 1): "a"}, columns={1: ColumnValues([1], "b")}), "A1 would get two"),
        (Edits("L", {}, 1, {2: "H"}, columns={2: ColumnValues([1], "b")}), "B1 would get two"),
        (Edits("L", columns={1: ColumnValues([0], "b")}), "outside of the sheet"),
        (Edits("L", columns={1: ColumnValues([MAX_ROW + 1], "b")}), "outside of the sheet"),
        (Edits("L", columns={0: ColumnValues([1], "b")}), "outside of the sheet"),
        (Edits("L", columns={1: ColumnValues([4, 7], ["b", "a" * 40_000])}), "A7 is longer"),
        (Edits("L", columns={1: ColumnValues([4, 7], [1, float("nan")])}), "A7 is not one"),
    ],
)
def test_what_no_sheet_can_hold(edits: Edits, words: str) -> None:
    with pytest.raises(WriteRefused, match=words):
        edits.written()
