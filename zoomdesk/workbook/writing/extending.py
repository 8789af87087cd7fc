"""Let a table grow over columns that were given as plain cells, as Excel does while one types."""

from __future__ import annotations

from dataclasses import replace

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.references import reference
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.plan import WritePlan, plan
from zoomdesk.workbook.writing.tables import TablePart


def extended(checked: WritePlan) -> WritePlan:
    """Return the plan in which texts right of a table's headings become its columns (hazard 11).

    That is the same plan where no such text is to be written. Where the table cannot take the
    columns, they are written beside it and a warning says why. Raises what ``plan`` raises.
    """
    if checked.edits.new_columns:
        return checked
    for table in checked.tables:
        row = table.header_row
        headings = _headings(table, checked.rows)
        if not headings or not all((row, column) in checked.edits.cells for column in headings):
            continue
        edits = replace(
            checked.edits,
            cells={
                cell: value
                for cell, value in checked.edits.cells.items()
                if not (cell[0] == row and cell[1] in headings)
            },
            header_row=row,
            new_columns=headings,
        )
        try:
            return plan(checked.path, edits, expect=checked.fingerprint, password=checked.password)
        except WriteRefused as refusal:
            first = reference(row, table.range.last_column + 1)
            warning = (
                f"The columns from {first} on stay outside of the table “{table.name}”. "
                f"{refusal.message}"
            )
            return replace(checked, warnings=(*checked.warnings, warning))
    return checked


def _headings(table: TablePart, rows: EditedCells) -> dict[int, str]:
    """Return the texts that stand side by side from the right edge of the headings on."""
    if not table.header_row or table.fed or table.header_row not in rows:
        return {}
    values, column = rows[table.header_row], table.range.last_column + 1
    found: dict[int, str] = {}
    while isinstance(value := values.get(column), str) and value.strip():
        found[column] = value
        column += 1
    return found
