"""The rules by which cells of a sheet may be written; each refusal says which cell and why.

The numbers in brackets are the hazards of workbooks/README.md. ``rows`` is what is to be written.
"""

from __future__ import annotations

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.references import CellRange, reference
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.scan import SheetFacts
from zoomdesk.workbook.writing.tables import TablePart

_RESAVE = "Open it in Excel, save it, and open it here again. Nothing was changed."


def check_cells(facts: SheetFacts, rows: EditedCells, edits: Edits) -> None:
    """Refuse what the sheet's own cells forbid. Raises WriteRefused."""
    if facts.has_cdata and (edits.removed_rows or edits.added_rows):  # (5)
        raise WriteRefused(
            f"Cells of the sheet “{edits.sheet}” hold CDATA sections, which Excel never writes: "
            "no rows are added to it or taken out.",
            hint=_RESAVE,
        )
    if facts.repeated_rows or facts.repeated_cells:  # (6)
        what = (
            f"row {min(facts.repeated_rows)}"
            if facts.repeated_rows
            else f"cell {facts.repeated_cells[0]}"
        )
        raise WriteRefused(f"The sheet “{edits.sheet}” has {what} twice.", hint=_RESAVE)
    _check_formulas(facts, rows, edits)
    for merge in facts.merges:  # (10)
        anchor = (merge.first_row, merge.first_column)
        for cell in rows.inside(merge):
            if cell != anchor:
                raise WriteRefused(
                    f"Cell {reference(*cell)} is part of the merged cells {merge}, of which only "
                    f"{reference(*anchor)} can hold something."
                )
    for column, heading in edits.new_columns.items():  # (11)
        if column in facts.filled:
            raise WriteRefused(
                f"The new column “{heading}” has no room: "
                f"{reference(edits.header_row or 0, column)} holds something already."
            )


def _check_formulas(facts: SheetFacts, rows: EditedCells, edits: Edits) -> None:
    """Refuse to overwrite formulas unasked, and what others depend on altogether (8)."""
    for (row, column), kind in facts.formulas.items():
        if kind in ("plain", "shared") and edits.overwrite_formulas:
            continue
        raise WriteRefused(
            f"Cell {reference(row, column)} holds a formula"
            + (", on which other cells depend." if kind == "master" else "."),
            hint="Choose another column for it. Nothing was changed.",
        )
    for area, owner in facts.owned:
        check_outside([area], rows, owner)


def check_tables(tables: tuple[TablePart, ...], rows: EditedCells) -> None:
    """Refuse to change a heading or a total of a table (11)."""
    for table in tables:
        for row, what in (
            (
                table.header_row,
                "is a heading of the table “{}”, by which formulas may know its column",
            ),
            (table.totals_row, "lies in the totals row of the table “{}”"),
        ):
            for cell in rows.inside(table.range._replace(first_row=row, last_row=row)):
                raise WriteRefused(f"Cell {reference(*cell)} {what.format(table.name)}.")


def check_room(
    table: TablePart,
    headings: tuple[str, ...],
    tables: tuple[TablePart, ...],
    merges: list[CellRange],
) -> None:
    """Refuse to let a table grow over another one or over merged cells (11)."""
    first = table.range.last_column + 1
    gained = table.range._replace(first_column=first, last_column=first + len(headings) - 1)
    others = [other.range for other in tables if other is not table]
    for area in (*others, *merges):
        if gained.intersects(area):
            raise WriteRefused(
                f"The table “{table.name}” has no room for new columns: {area} is in their way."
            )


def check_outside(areas: list[CellRange], rows: EditedCells, what: str) -> None:
    """Refuse to write into one of ``areas``, which belong to ``what``."""
    for area in areas:
        for cell in rows.inside(area):
            raise WriteRefused(f"Cell {reference(*cell)} belongs to {what} ({area}).")


def _any_inside(area: CellRange, rows: EditedCells) -> bool:
    return next(rows.inside(area), None) is not None


def warnings_for(
    facts: SheetFacts,
    rows: EditedCells,
    tables: tuple[TablePart, ...],
    edits: Edits,
    *,
    pivots: bool,
) -> list[str]:
    """Return a sentence for the person on everything that is allowed but worth knowing."""
    warnings = []
    if facts.protected:  # (13)
        warnings.append(f"The sheet “{edits.sheet}” is protected in Excel. It stays protected.")
    hidden = facts.hidden_rows
    if hidden:  # (12)
        warnings.append(f"{hidden} of the rows that are written are hidden or filtered away.")
    if any(_any_inside(area, rows) for area in facts.lists):
        warnings.append("Some cells allow only the values of a list; what is written may differ.")
    for table in tables:
        if table.fed and table.range.last_column + 1 in edits.new_columns:
            warnings.append(
                f"The table “{table.name}” is filled by a query: the new columns stay beside it."
            )
        if table.fed and _any_inside(table.range, rows):
            warnings.append(
                f"The table “{table.name}” is filled by a query, which may overwrite the cells."
            )
    if pivots:  # (9)
        warnings.append("Pivot tables show the new values after they are refreshed in Excel.")
    return warnings
