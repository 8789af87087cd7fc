"""Describe and read a file that is no package of Excel 2007 and later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zoomdesk.errors import SheetNotFound
from zoomdesk.workbook.book import BookInfo, SheetInfo, TextOptions
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.foreign import text as plain_text
from zoomdesk.workbook.foreign.kinds import Kind
from zoomdesk.workbook.foreign.names import free_path, sheet_names
from zoomdesk.workbook.foreign.spreadsheets import Spreadsheet
from zoomdesk.workbook.foreign.text import Progress
from zoomdesk.workbook.references import CellRange
from zoomdesk.workbook.sheet import Sheet, Texts

_WHAT = {
    Kind.TEXT: "holds plain text: results are saved as a new workbook “{new}”.",
    Kind.XLS: "is a workbook of Excel 97 to 2003 (.xls): results are saved as a new workbook "
    "“{new}” with its values, without its formulas and formats.",
    Kind.XLSB: "is a binary workbook (.xlsb): results are saved as a new workbook “{new}” with its "
    "values, without its formulas and formats.",
    Kind.ODS: "is a workbook of LibreOffice (.ods): results are saved as a new workbook “{new}” "
    "with its values, without its formulas and formats.",
    Kind.LOCKED: "is locked by a password: results are saved as a new workbook “{new}” with the "
    "same password.",
}


def inspect(path: Path, kind: Kind, content: bytes | None, wanted: TextOptions | None) -> BookInfo:
    """Return what the file is and its sheets. Raises the WorkbookError family."""
    fingerprint = Fingerprint.of(path)
    if kind is Kind.TEXT:
        return _text_book(path, fingerprint, plain_text.settle(path, wanted))
    with Spreadsheet(path, kind, content) as spreadsheet:
        return _book(path, kind, fingerprint, spreadsheet, locked=content is not None)


def read(
    path: Path,
    kind: Kind,
    sheet: str | None,
    *,
    content: bytes | None = None,
    text: TextOptions | None = None,
    rows: int | None = None,
    progress: Progress | None = None,
) -> Sheet:
    """Read a sheet, or its first ``rows`` rows. Raises the WorkbookError family."""
    # A preview must not wait for the hash of a large file: its fingerprint agrees with no other.
    fingerprint = Fingerprint.of(path) if rows is None else Fingerprint.unhashed(path)
    if kind is Kind.TEXT:
        options = plain_text.settle(path, text)
        book = _text_book(path, fingerprint, options)
        chosen = choose(path, book.sheets, sheet)
        found = plain_text.read_text(book, options, rows=rows, progress=progress)
        return _sheet(book, chosen, *found)
    with Spreadsheet(path, kind, content) as spreadsheet:
        book = _book(path, kind, fingerprint, spreadsheet, locked=content is not None)
        chosen = choose(path, book.sheets, sheet, spreadsheet.by_own_name)
        found = spreadsheet.read(chosen.name, rows=rows, progress=progress)
        return _sheet(book, chosen, *found, merges=spreadsheet.merges(chosen.name))


def choose(
    path: Path,
    sheets: Sequence[SheetInfo],
    name: str | None,
    own_names: Mapping[str, str] | None = None,
) -> SheetInfo:
    """Return the sheet of that name, or the first visible one. Raises SheetNotFound."""
    if not sheets:
        raise SheetNotFound(
            f"“{path.name}” has no worksheet.", hint="Choose a workbook that has a list in it."
        )
    if name is None:
        return next((sheet for sheet in sheets if sheet.state == "visible"), sheets[0])
    wanted = (own_names or {}).get(name, name)
    for sheet in sheets:
        if sheet.name == wanted:
            return sheet
    for sheet in sheets:  # Excel takes two names that differ in case for the same
        if sheet.name.casefold() == wanted.strip().casefold():
            return sheet
    names = ", ".join(f"“{sheet.name}”" for sheet in sheets)
    raise SheetNotFound(f"“{path.name}” has no worksheet called “{name}”.", hint=f"It has {names}.")


def why_new(path: Path, kind: Kind, suffix: str = ".xlsx") -> str:
    """Return the sentence that says which new workbook takes the results, and why."""
    return f"“{path.name}” " + _WHAT[kind].format(new=free_path(path, suffix).name)


def _text_book(path: Path, fingerprint: Fingerprint, options: TextOptions) -> BookInfo:
    sheets = (SheetInfo(sheet_names([path.stem])[0], "visible"),)
    return BookInfo(
        path, Kind.TEXT.value, sheets, fingerprint, "", why_new(path, Kind.TEXT), options
    )


def _book(
    path: Path, kind: Kind, fingerprint: Fingerprint, spreadsheet: Spreadsheet, *, locked: bool
) -> BookInfo:
    why = why_new(path, Kind.LOCKED if locked else kind)
    return BookInfo(path, kind.value, spreadsheet.sheets, fingerprint, "", why, locked=locked)


def _sheet(
    book: BookInfo,
    chosen: SheetInfo,
    row_numbers: Sequence[int],
    columns: Mapping[int, Texts],
    merges: Iterable[CellRange] = (),
) -> Sheet:
    return Sheet(
        book=book,
        name=chosen.name,
        state=chosen.state,
        row_numbers=row_numbers,
        columns=columns,
        hidden_rows=frozenset(),
        formulas={},
        hyperlinks={},
        merges=tuple(merges),
        tables=(),
        auto_filter=None,
        protected=False,
    )
