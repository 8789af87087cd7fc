"""A short list for the tests of rows that come and go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from zoomdesk.workbook import Edits, apply, plan


def write(path: Path, edits: Edits) -> Path:
    after = path.with_name("after" + path.suffix)
    apply(plan(path, edits), after)
    return after


def remove(path: Path, *rows: int, sheet: str = "List") -> Path:
    return write(path, Edits(sheet, removed_rows=rows))


def written(path: Path, fill: Callable[[xlsxwriter.Workbook, Worksheet], object]) -> Path:
    """Write a list of nine people in A1:C10, and what ``fill`` adds."""
    file = path / "list.xlsx"
    writer = xlsxwriter.Workbook(file)
    sheet = writer.add_worksheet("List")
    sheet.write_row("A1", ["Name", "Seats", "Mail"])
    for row in range(1, 10):
        sheet.write_row(row, 0, [f"n{row}", row * 1.5, f"n{row}@example.org"])
    fill(writer, sheet)
    writer.close()
    return file
