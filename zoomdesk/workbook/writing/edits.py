"""Say which cells are to change, and check what can be checked without the workbook."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW, MAX_TEXT, reference

Value = str | int | float | None


@dataclass(frozen=True)
class Edits:
    """Cells of one sheet and what they are to hold.

    ``cells`` maps (row, column), from 1, to a value: a ``str`` is always written as text, a number
    as a number, ``None`` empties the cell and keeps its style. ``new_columns`` maps a column to the
    heading that is written for it in ``header_row``; beside a table it becomes a column of it.
    ``overwrite_formulas`` allows plain formulas to be replaced by values.
    """

    sheet: str
    cells: Mapping[tuple[int, int], Value]
    header_row: int | None = None
    new_columns: Mapping[int, str] = field(default_factory=dict)
    overwrite_formulas: bool = False

    def by_row(self) -> dict[int, dict[int, Value]]:
        """Return all writes, headings too, as row -> column -> value.

        Raises WriteRefused for what no sheet can hold (hazard 14 and Excel's limits).
        """
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in self.cells.items():
            _check(row, column, value)
            columns = rows.get(row)
            if columns is None:
                rows[row] = {column: value}
            else:
                columns[column] = value
        for column, heading in self.new_columns.items():
            if self.header_row is None or not heading.strip():
                raise WriteRefused("A new column needs a heading, and a row to put it in.")
            if column in rows.get(self.header_row, {}):
                raise WriteRefused(
                    f"Cell {reference(self.header_row, column)} would get two texts at once."
                )
            _check(self.header_row, column, heading)
            rows.setdefault(self.header_row, {})[column] = heading
        return rows


def _check(row: int, column: int, value: Value) -> None:
    if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
        raise WriteRefused(
            f"Row {row}, column {column} lies outside of the sheet: Excel's sheets end at row "
            f"{MAX_ROW:,}, column {MAX_COLUMN:,}."
        )
    if isinstance(value, str):
        # Excel counts UTF-16 units: an emoji is two.
        if len(value) > MAX_TEXT // 2 and len(value.encode("utf-16-le", "replace")) // 2 > MAX_TEXT:
            raise WriteRefused(
                f"The text for {reference(row, column)} is longer than the {MAX_TEXT:,} "
                "characters that a cell can hold."
            )
    elif isinstance(value, float) and not math.isfinite(value):
        raise WriteRefused(f"The number for {reference(row, column)} is not one Excel can hold.")
