"""Write results into a workbook as the product does: on every row, in new columns, by plan, apply.

The cells of one case say what others must read afterwards: :class:`Written`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.workbook.oracles import Cells
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import Edits, Sheet, WritePlan, apply, inspect, place_columns, plan, read

HEADINGS = ("Zoom status", "Join link", "Registrant ID")
CHANGED = "Zoë O’Neill & <Söhne> 東京"
"""What the one existing cell becomes."""

_TRIED = 25
"""Existing cells that are offered for the change before a sheet counts as having none."""


@dataclass(frozen=True)
class Written:
    """A workbook before and after, and the cells that differ by intent.

    ``values`` has every written cell, headings too; ``changed`` is the existing cell among them, if
    the sheet has one that may be changed; ``rows`` is how many rows got results.
    """

    before: Path
    after: Path
    plan: WritePlan
    values: Cells
    changed: tuple[int, int] | None
    rows: int

    @property
    def sheet(self) -> str:
        return self.plan.sheet.name


def write_results(before: Path, after: Path, sheet_name: str | None = None) -> Written:
    """Write into the longest sheet of ``before``, or the named one; ``after`` is the finished copy.

    Raises what ``plan`` and ``apply`` raise.
    """
    sheet = read(before, sheet_name) if sheet_name else longest(before)
    edits = results_for(sheet)
    changed = changeable(before, sheet, edits.header_row or 0)
    if changed:
        edits = replace(edits, cells={**edits.cells, changed: CHANGED})
    checked = plan(before, edits, expect=sheet.book.fingerprint)
    apply(checked, after)
    header = {(edits.header_row, column): name for column, name in edits.new_columns.items()}
    values = {
        (checked.sheet.name, *at): value for at, value in (*edits.cells.items(), *header.items())
    }
    return Written(before, after, checked, values, changed, len(edits.cells) // len(HEADINGS))


def results_for(sheet: Sheet) -> Edits:
    """Return status, link and id for every row below the headings."""
    header_row, rows = people(sheet)
    placed = place_columns(sheet, header_row, HEADINGS, rows)
    status, link, identity = (placed.columns[name] for name in HEADINGS)
    cells: dict[tuple[int, int], str | int | float | None] = {}
    for row in rows:
        cells[row, status] = "Registered ✓" if row % 3 else " Denied:\nthe list “A & B” is full "
        cells[row, link] = f"https://zoom.example/w/{90_000_000_000 + row}?tk=a&b=<{row}>#😀"
        cells[row, identity] = f"{row:022d}"
    new = {placed.columns[name]: name for name in HEADINGS if name in placed.new}
    return Edits(sheet.name, cells, header_row, new)


def longest(path: Path) -> Sheet:
    """Return the sheet with the most rows; the first of equals."""
    sheets = [read(path, info.name) for info in inspect(path).sheets]
    return max(sheets, key=lambda sheet: len(sheet.row_numbers))


def people(sheet: Sheet) -> tuple[int, list[int]]:
    """Return a header row and the rows below it: those of the longest table, or of the sheet."""
    tables = [table for table in sheet.tables if table.header_row_count]
    if tables:
        table = max(tables, key=lambda table: table.ref.last_row - table.ref.first_row)
        return table.ref.first_row, [*range(table.first_data_row, table.last_data_row + 1)]
    rows = list(sheet.row_numbers) or [1, 2, 3]
    return rows[0], rows[1:] or [rows[0] + 1, rows[0] + 3]


def changeable(path: Path, sheet: Sheet, header_row: int) -> tuple[int, int] | None:
    """Return a cell that holds something and may be changed, from the end of the sheet."""
    for cell in _filled(sheet, header_row):
        try:
            plan(path, Edits(sheet.name, {cell: CHANGED}))
        except WriteRefused:
            continue
        return cell
    return None


def _filled(sheet: Sheet, header_row: int) -> Iterable[tuple[int, int]]:
    tried = 0
    for index in range(len(sheet.row_numbers) - 1, -1, -1):
        row = sheet.row_numbers[index]
        for column in sorted(sheet.columns, reverse=True):
            cell = (row, column)
            if row == header_row or not sheet.columns[column][index] or cell in sheet.formulas:
                continue
            if tried == _TRIED:
                return
            tried += 1
            yield cell
