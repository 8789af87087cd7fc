"""Write results into a workbook as the product does: on every row, in new columns, by plan, apply.

The cells of one case say what others must read afterwards: :class:`Written`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

from tests.workbook.oracles import Cells
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import Edits, Sheet, WritePlan, apply, inspect, place_columns, plan, read

HEADINGS = ("Zoom status", "Join link", "Registrant ID")
CHANGED = "Zoë O’Neill & <Söhne> 東京"
"""What the one existing cell becomes."""

_TRIED = 24
"""How many existing cells are offered to the engine."""


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


def write_over(before: Path, after: Path) -> Written:
    """Write over some cells of the longest sheet, formulas too, and empty others.

    Which, depends on the name of the workbook alone. Raises what ``plan`` and ``apply`` raise.
    """
    sheet = longest(before)
    chosen = Random(before.name)  # noqa: S311 - the same cells every time
    cells = list(_filled(sheet))
    cells = chosen.sample(cells, min(_TRIED // 2, len(cells)))
    cells += [(chosen.randint(1, 99), chosen.randint(1, 40)) for _ in range(_TRIED // 6)]
    values: dict[tuple[int, int], str | int | float | None] = {
        cell: chosen.choice([None, CHANGED, f" {index} "])
        for index, cell in enumerate(writable(before, sheet, cells))
    }
    checked = plan(before, Edits(sheet.name, values, overwrite_formulas=True))
    apply(checked, after)
    written: Cells = {(sheet.name, *at): value for at, value in values.items()}
    return Written(before, after, checked, written, None, 0)


def changeable(path: Path, sheet: Sheet, header_row: int) -> tuple[int, int] | None:
    """Return a cell that holds something and may be changed, from the end of the sheet."""
    cells = (cell for cell in _filled(sheet) if cell[0] != header_row)
    for cell in islice((cell for cell in cells if cell not in sheet.formulas), _TRIED):
        if writable(path, sheet, [cell]):
            return cell
    return None


def writable(path: Path, sheet: Sheet, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those that the engine takes, asking for halves of what it refuses as a whole."""
    try:
        plan(path, Edits(sheet.name, dict.fromkeys(cells, CHANGED), overwrite_formulas=True))
    except WriteRefused:
        if len(cells) == 1:
            return []
        half = len(cells) // 2
        return writable(path, sheet, cells[:half]) + writable(path, sheet, cells[half:])
    return cells


def _filled(sheet: Sheet) -> Iterable[tuple[int, int]]:
    """Yield the cells that hold something, from the end of the sheet."""
    columns = sorted(sheet.columns, reverse=True)
    for index in range(len(sheet.row_numbers) - 1, -1, -1):
        for column in columns:
            if sheet.columns[column][index]:
                yield sheet.row_numbers[index], column
