"""Say which cells are to change, and check what can be checked without the workbook."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW, MAX_TEXT, reference
from zoomdesk.workbook.writing.edited_cells import ColumnValues, EditedCells, Value
from zoomdesk.workbook.writing.text_column import TextColumn

__all__ = ["ColumnValues", "Edits", "Value"]

_BATCH = 1 << 12
_TEXTS, _INTEGERS = frozenset([str]), frozenset([int, bool, type(None)])


@dataclass(frozen=True)
class Edits:
    """Cells of one sheet and what they are to hold; ``sheet=""`` is the one that is shown first.

    ``cells`` maps (row, column), from 1, to a value: a ``str`` is always written as text, a number
    as a number, ``None`` empties the cell and keeps its style. ``columns`` is the same for many
    cells, column by column, without an object for each. ``new_columns`` maps a column to the
    heading that is written for it in ``header_row``; beside a table it becomes a column of it.
    ``overwrite_formulas`` allows plain formulas to be replaced by values. ``hyperlinks`` are the
    addresses that cells lead to, written or not (``https://...``, ``mailto:...``, ``#List!A1``);
    ``""`` takes a link away, and so does emptying its cell. ``added_rows`` are rows right below a
    list, which become part of it with their cells. ``removed_rows`` go, and what is below moves up:
    all numbers here are those of the sheet as it is.
    """

    sheet: str
    cells: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    header_row: int | None = None
    new_columns: Mapping[int, str] = field(default_factory=dict)
    overwrite_formulas: bool = False
    hyperlinks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    added_rows: Collection[int] = ()
    removed_rows: Collection[int] = ()
    columns: Mapping[int, ColumnValues] = field(default_factory=dict)

    def written(self) -> EditedCells:
        """Return all writes, headings too.

        Raises WriteRefused for what no sheet can hold (hazard 14 and Excel's limits), and for a
        cell that is named twice.
        """
        columns = dict(self.columns)
        single: defaultdict[int, dict[int, Value]] = defaultdict(dict)
        by_column: defaultdict[int, list[tuple[int, Value]]] = defaultdict(list)
        for (row, column), value in self.cells.items():
            if column in columns:
                _check_place(row, column)
                _check_value(row, column, value)
                single[row][column] = value
            else:
                by_column[column].append((row, value))
        for column, pairs in by_column.items():
            pairs.sort(key=_first)
            _check_place(pairs[0][0], column)
            _check_place(pairs[-1][0], column)
            rows = array("I", [row for row, _ in pairs])
            columns[column] = ColumnValues(rows, [value for _, value in pairs])
            pairs.clear()
        for column, heading in self.new_columns.items():
            if self.header_row is None or not heading.strip():
                raise WriteRefused("A new column needs a heading, and a row to put it in.")
            _check_place(self.header_row, column)
            _check_value(self.header_row, column, heading)
            if column in single.get(self.header_row, {}):
                raise _twice(self.header_row, column)
            single[self.header_row][column] = heading
        for column, given in columns.items():
            _check_column(column, given)
        for row, values in single.items():
            for column in values:
                if column in columns and columns[column].position(row) >= 0:
                    raise _twice(row, column)
        return EditedCells(columns, single)


def _first(pair: tuple[int, Value]) -> int:
    return pair[0]


def _twice(row: int, column: int) -> WriteRefused:
    return WriteRefused(f"Cell {reference(row, column)} would get two texts at once.")


def _check_place(row: int, column: int) -> None:
    if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
        raise WriteRefused(
            f"Row {row}, column {column} lies outside of the sheet: Excel's sheets end at row "
            f"{MAX_ROW:,}, column {MAX_COLUMN:,}."
        )


def _check_column(column: int, given: ColumnValues) -> None:
    """Check what stands in a column; texts and whole numbers many at a time."""
    if given.rows:
        _check_place(given.rows[0], column)
        _check_place(given.rows[-1], column)
    if isinstance(given.values, TextColumn) and given.values.longest <= MAX_TEXT // 2:
        return
    for start, values in _batches(given.values):
        kinds = set(map(type, values))
        if kinds == _TEXTS and max(map(len, values)) <= MAX_TEXT // 2:  # type: ignore[arg-type]
            continue
        if not kinds <= _INTEGERS:
            for place, value in enumerate(values, start):
                _check_value(given.rows[place], column, value)


def _batches(values: Sequence[Value]) -> Iterator[tuple[int, Sequence[Value]]]:
    return ((at, values[at : at + _BATCH]) for at in range(0, len(values), _BATCH))


def _check_value(row: int, column: int, value: Value) -> None:
    if isinstance(value, str):
        # Excel counts UTF-16 units: an emoji is two.
        if len(value) > MAX_TEXT // 2 and len(value.encode("utf-16-le", "replace")) // 2 > MAX_TEXT:
            raise WriteRefused(
                f"The text for {reference(row, column)} is longer than the {MAX_TEXT:,} "
                "characters that a cell can hold."
            )
    elif isinstance(value, float) and not math.isfinite(value):
        raise WriteRefused(f"The number for {reference(row, column)} is not one Excel can hold.")
