"""Plan the removal of rows: what moves along, and what forbids it (hazards 8 to 13).

Excel rewrites every formula, chart and name when a row is deleted. Here rows go only where nothing
has to be rewritten but what is known: refusing much is right, corrupting anything never.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.markup.patterns import attributes
from zoomdesk.workbook.markup.runs import Run
from zoomdesk.workbook.markup.tokenizer import SheetTokens
from zoomdesk.workbook.markup.xml_text import unescape
from zoomdesk.workbook.opc.package import Member, Package, name_key
from zoomdesk.workbook.opc.parts import to_utf8
from zoomdesk.workbook.opc.relationships import SheetPart, WorkbookParts
from zoomdesk.workbook.opc.transcode import Utf8Stream
from zoomdesk.workbook.references import MAX_ROW
from zoomdesk.workbook.writing.edited_cells import ColumnValues, EditedCells
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.hyperlinks import Frame
from zoomdesk.workbook.writing.removal_around import check_around
from zoomdesk.workbook.writing.removal_frame import moved_tail, refuse_removal
from zoomdesk.workbook.writing.removal_names import mentions, moved_names, spans_sheets
from zoomdesk.workbook.writing.removal_tables import check_tables
from zoomdesk.workbook.writing.row_shift import RowShift
from zoomdesk.workbook.writing.tables import TablePart

_FILLS = (b"shared", b"array", b"dataTable")
_SILENT = ("docprops/", "xl/theme/", "[content_types]")
"""Parts that speak of no cell, or only of texts."""


@dataclass(frozen=True)
class Removal:
    """Rows that go, and the formulas among them, which the calculation chain must forget."""

    shift: RowShift
    lost_formulas: frozenset[tuple[int, int]] = field(repr=False)

    def moved(self, cells: EditedCells) -> EditedCells:
        """Return written cells by the numbers that their rows have then."""
        place = self.shift.place
        columns = {
            number: ColumnValues([place(row) for row in given.rows], given.values)
            for number, given in cells.columns.items()
        }
        return EditedCells(columns, {place(row): cells.single[row] for row in cells.single})


def plan_removal(
    package: Package,
    book: WorkbookParts,
    sheet: SheetPart,
    frame: Frame,
    tables: tuple[TablePart, ...],
    edits: Edits,
    rows: EditedCells,
) -> Removal | None:
    """Return the removal that ``edits`` ask for, None if they ask for none. Raises WriteRefused."""
    if not edits.removed_rows:
        return None
    shift = RowShift(edits.removed_rows)
    _check_rows(shift, edits, rows)
    moved_tail(frame, sheet.part, shift, sheet.name)
    check_tables(package, tables, shift, sheet.name)
    check_around(package, sheet, shift)
    part = book.part
    moved_names(to_utf8(package.read(part), part), part, sheet, shift)
    lost = frozenset(_formulas_among(package, sheet, shift))
    _check_elsewhere(package, book, sheet, shift)
    return Removal(shift, lost)


def _check_rows(shift: RowShift, edits: Edits, rows: EditedCells) -> None:
    if shift.first < 1 or max(shift.removed) > MAX_ROW:
        raise WriteRefused("A row that is to be removed lies outside of the sheet.")
    linked = {row for (row, _), url in edits.hyperlinks.items() if url}
    for row in sorted(shift.removed):
        if row in rows or row in linked or row in edits.added_rows:
            raise WriteRefused(f"Row {row} would be written and removed at once.")


def _formulas_among(
    package: Package, sheet: SheetPart, shift: RowShift
) -> Iterator[tuple[int, int]]:
    """Yield the formulas that go. Raises WriteRefused for those that would have to change."""
    tokens = SheetTokens(package.stream(package.member(sheet.part)), sheet.part)
    marker = b"<" + tokens.prefix + b"f"
    for item in tokens.stretches():
        if isinstance(item, Run):
            if marker not in item.xml:
                continue
            rows = [
                tokens.row(number, xml)
                for number, xml in zip(item.numbers, item.rows(), strict=True)
                if marker in xml
            ]
        else:
            rows = [item]
        for row in rows:
            for cell in tokens.cells(row):
                if not cell.formula:
                    continue
                if row.number in shift.removed:
                    yield row.number, cell.column
                _check_formula(cell.formula, row.number, sheet.name, shift)


def _check_formula(element: bytes, row: int, sheet: str, shift: RowShift) -> None:
    end = element.index(b">") + 1
    if attributes(element[:end]).get(b"t") in _FILLS:
        refuse_removal(sheet, f"it has a formula in row {row} that goes over several cells")
    if row not in shift.removed and shift.touches(
        unescape(element[end:].decode("utf-8", "replace"))
    ):
        refuse_removal(sheet, f"it has a formula in row {row} that speaks of rows below")


# -- the other parts of the workbook ---------------------------------------------------------------


def _check_elsewhere(
    package: Package, book: WorkbookParts, sheet: SheetPart, shift: RowShift
) -> None:
    """Refuse where any other part speaks of the rows: charts, pivot tables, formulas."""
    known = {name_key(name) for name in (sheet.part, book.part, book.shared_strings, book.styles)}
    worksheets = {name_key(other.part) for other in book.sheets}
    for member in package.members:
        key = member.key
        if key in known or key.startswith(_SILENT) or not key.endswith((".xml", ".vml", ".rels")):
            continue
        if key.startswith("xl/revisions") or "volatiledependencies" in key:
            refuse_removal(sheet.name, "the workbook keeps a history of changes or live data")
        pivot = "pivotcachedefinition" in key
        for text in _texts(package, member):
            if pivot and re.search(rf"""["']{re.escape(sheet.name)}["']""", text, re.IGNORECASE):
                refuse_removal(sheet.name, "a pivot table is made from it")
            if mentions(text, sheet.name, shift):
                refuse_removal(sheet.name, f"{_speaker(key, worksheets)} of rows below")
            formulas = _FORMULA.findall(text) if key in worksheets else ()
            if any(map(spans_sheets, formulas)):
                refuse_removal(sheet.name, "a formula elsewhere goes over several sheets")


_FORMULA = re.compile(r"<(?:[\w.-]+:)?f(?:\s[^<>]*)?>([^<]*)<")
_OVERLAP = 1 << 16


def _texts(package: Package, member: Member) -> Iterator[str]:
    """Yield a part as text, block by block, each with the end of the one before."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    for block in Utf8Stream(package.stream(member), member.name):
        rest += unescape(decoder.decode(block))
        yield rest
        rest = rest[-_OVERLAP:]


def _speaker(key: str, worksheets: set[str]) -> str:
    if key in worksheets:
        return "another sheet speaks"
    return "a chart speaks" if "chart" in key else "another part of the workbook speaks"
