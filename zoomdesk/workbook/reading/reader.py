"""Open a workbook and read one of its worksheets as the person sees it.

    book = inspect(path)             # sheets, fingerprint; no cells
    sheet = read(path, "Guests")     # columns of displayed text

The rows come from the tokenizer that writing uses, so that the reader sees exactly what the
writer will touch (workbooks/README.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from zoomdesk.errors import SheetNotFound, WorkbookDamaged
from zoomdesk.workbook.book import BookInfo, SheetInfo
from zoomdesk.workbook.display.styles import Styles, parse_styles
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.markup.row_shapes import RowShapes
from zoomdesk.workbook.markup.shared_strings import read_shared_strings
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import SheetPart, WorkbookParts, read_workbook
from zoomdesk.workbook.opc.sniff import refuse_foreign
from zoomdesk.workbook.reading.cells import CellReader
from zoomdesk.workbook.reading.columns import ColumnBuilder
from zoomdesk.workbook.reading.features import read_features
from zoomdesk.workbook.sheet import Sheet, TableInfo, Texts


def inspect(path: Path | str) -> BookInfo:
    """Return what the workbook is and which worksheets it has, without reading cells.

    Raises WorkbookNotFound, NotAWorkbook, WorkbookEncrypted, WorkbookDamaged or WorkbookHostile.
    """
    path = Path(path)
    refuse_foreign(path)
    fingerprint = Fingerprint.of(path)
    with Package(path) as package:
        return _describe(path, fingerprint, read_workbook(package))


def read(path: Path | str, sheet: str | None = None) -> Sheet:
    """Read a worksheet: by its name, or the one that Excel would show first.

    Raises what ``inspect`` raises, and SheetNotFound.
    """
    path = Path(path)
    refuse_foreign(path)
    # The fingerprint is taken first: should the file change in between, writing finds out.
    fingerprint = Fingerprint.of(path)
    with Package(path) as package:
        parts = read_workbook(package)
        book = _describe(path, fingerprint, parts)
        return _read_sheet(package, parts, book, _choose(path, parts, sheet))


def _describe(path: Path, fingerprint: Fingerprint, parts: WorkbookParts) -> BookInfo:
    refusal = ""
    if parts.signed:
        refusal = (
            f"“{path.name}” carries a digital signature, which any change would break: "
            "the results can be saved in a copy without the signature only."
        )
    sheets = tuple(SheetInfo(sheet.name, sheet.state) for sheet in parts.sheets)
    return BookInfo(path, parts.kind, sheets, fingerprint, refusal)


def _choose(path: Path, parts: WorkbookParts, name: str | None) -> SheetPart:
    if not parts.sheets:
        raise SheetNotFound(
            f"“{path.name}” has no worksheet.", hint="Choose a workbook that has a list in it."
        )
    if name is None:
        visible = [sheet for sheet in parts.sheets if sheet.state == "visible"]
        active = [sheet for sheet in visible if sheet.position == parts.active]
        return (active or visible or list(parts.sheets))[0]
    for sheet in parts.sheets:
        if sheet.name == name:
            return sheet
    for sheet in parts.sheets:  # Excel takes two names that differ in case for the same
        if sheet.name.casefold() == name.strip().casefold():
            return sheet
    names = ", ".join(f"“{sheet.name}”" for sheet in parts.sheets)
    raise SheetNotFound(f"“{path.name}” has no worksheet called “{name}”.", hint=f"It has {names}.")


def _read_sheet(package: Package, parts: WorkbookParts, book: BookInfo, chosen: SheetPart) -> Sheet:
    member = package.find(chosen.part)
    if member is None:
        raise WorkbookDamaged(f"The content of the sheet “{chosen.name}” is missing.")
    tokens = SheetTokens(package.stream(member), chosen.part)
    cells = CellReader(
        tokens.prefix, chosen.part, _strings(package, parts), _styles(package, parts)
    )
    columns = ColumnBuilder()
    shapes = RowShapes(tokens.prefix)
    hidden: set[int] = set()
    for row in tokens.rows():
        index = columns.start_row(row.number)
        if _is_hidden(row):
            hidden.add(row.number)
        if row.body == row.body_end:
            continue
        known = shapes.match(row)
        if known is None:
            cut = tokens.cells(row)
            shapes.learn(row, cut)
            cells.read_row(cut, row.number, index, columns)
        else:
            cells.read_values(*known, row.number, index, columns)
    row_numbers, texts = columns.finish()
    features = read_features(package, chosen.part, tokens.head + tokens.tail)
    totals = _take_totals(features.tables, row_numbers, texts)
    return Sheet(
        book=book,
        name=chosen.name,
        state=chosen.state,
        row_numbers=row_numbers,
        columns=texts,
        hidden_rows=frozenset(hidden),
        formulas=cells.formulas(),
        hyperlinks=features.hyperlinks,
        merges=features.merges,
        tables=features.tables,
        auto_filter=features.auto_filter,
        protected=features.protected,
        totals=totals,
    )


def _take_totals(
    tables: tuple[TableInfo, ...], row_numbers: Sequence[int], columns: Mapping[int, Texts]
) -> dict[tuple[int, int], str]:
    """Move the texts of totals rows out of the columns: a sum is nobody's row."""
    totals: dict[tuple[int, int], str] = {}
    for table in tables:
        start = bisect_left(row_numbers, table.last_data_row + 1)
        end = bisect_right(row_numbers, table.ref.last_row)
        for column in range(table.ref.first_column, table.ref.last_column + 1):
            texts = columns.get(column)
            if texts is None:
                continue
            for index in range(start, end):
                if texts[index]:
                    totals[row_numbers[index], column] = texts[index]
                    texts[index] = ""
    return totals


def _strings(package: Package, parts: WorkbookParts) -> list[str]:
    member = package.find(parts.shared_strings) if parts.shared_strings else None
    if member is None:
        return []
    return read_shared_strings(partial(package.stream, member), member.name)


def _styles(package: Package, parts: WorkbookParts) -> Styles:
    if not parts.styles:
        return Styles((), {}, date1904=parts.date1904)
    return parse_styles(package.read(parts.styles), parts.styles, date1904=parts.date1904)


def _is_hidden(row: Row) -> bool:
    """Tell whether a row is hidden, filtered away, or of no height."""
    tag = row.start_tag
    if b"hidden" in tag and row.attribute("hidden") in ("1", "true", "on"):
        return True
    if b"ht=" not in tag:
        return False
    try:
        return float(row.attribute("ht") or 1) == 0
    except ValueError:
        return False
