"""Let tables shrink and move when rows are taken out (ECMA-376-1 18.5, hazard 11)."""

from __future__ import annotations

from zoomdesk.workbook.markup.element_edits import Piece, applied, attribute, content
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.patterns import masked
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.writing.removal_frame import refuse_removal
from zoomdesk.workbook.writing.row_shift import RowShift
from zoomdesk.workbook.writing.tables import TablePart

_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")
_RANGES = ("table", "autoFilter", "sortState", "sortCondition")


def check_tables(
    package: Package, tables: tuple[TablePart, ...], shift: RowShift, sheet: str
) -> None:
    """Refuse what a table cannot lose. Raises WriteRefused."""
    for table in tables:
        area = table.range
        if shift.area(area) == area:
            continue
        if table.fed:
            refuse_removal(sheet, f"the table “{table.name}” is filled from outside")
        if table.header_row in shift.removed or table.totals_row in shift.removed:
            refuse_removal(
                sheet, f"the headings or the totals of the table “{table.name}” are among them"
            )
        first, last = area.first_row + table.has_header, area.last_row - table.has_totals
        if shift.area(area._replace(first_row=first, last_row=last)) is None:
            refuse_removal(sheet, f"the table “{table.name}” would have no row any more")
        moved_table(to_utf8(package.read(table.part), table.part), table, shift, sheet)


def moved_table(data: bytes, table: TablePart, shift: RowShift, sheet: str) -> bytes | None:
    """Return the UTF-8 table part as it is without the rows, None where nothing changes.

    Raises WriteRefused where a formula of a column speaks of rows by their numbers.
    """
    mask = masked(data)
    pieces: list[Piece] = []
    for tag in tags(data, table.part):
        if tag.name in _FORMULAS and shift.touches(character_data(content(data, mask, tag))):
            refuse_removal(sheet, f"the table “{table.name}” has a formula about rows below")
        if tag.name not in _RANGES or "ref" not in tag.attributes:
            continue
        text = tag.attributes["ref"]
        try:
            moved = shift.reference(text)
        except ValueError:
            moved = None
        if moved is None:
            refuse_removal(sheet, f"the table “{table.name}” sorts or filters only them")
        if moved != text:
            pieces.append(attribute(data, tag, "ref", moved.encode()))
    return applied(data, pieces) if pieces else None
