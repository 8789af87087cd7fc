"""Open a workbook and read one of its worksheets as the person sees it.

    book = inspect(path)             # sheets, fingerprint; no cells
    first = preview(path, "Guests")  # the first rows, at once
    sheet = read(path, "Guests")     # columns of displayed text

The rows come from the tokenizer that writing uses, so that the reader sees exactly what the
writer will touch (workbooks/README.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from zoomdesk.errors import SheetNotFound, WorkbookDamaged
from zoomdesk.workbook.book import BookInfo, SheetInfo
from zoomdesk.workbook.display.styles import Styles, parse_styles
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.markup.shared_strings import LazyStrings, read_shared_strings
from zoomdesk.workbook.markup.tokenizer import SheetTokens
from zoomdesk.workbook.opc.package import Member, Package
from zoomdesk.workbook.opc.relationships import SheetPart, WorkbookParts, read_workbook
from zoomdesk.workbook.opc.sniff import refuse_foreign
from zoomdesk.workbook.reading.features import Features, read_features
from zoomdesk.workbook.reading.meter import Meter
from zoomdesk.workbook.reading.rows import RowTaker
from zoomdesk.workbook.sheet import Sheet, TableInfo, Texts

Progress = Callable[[int, float], None]
"""Is told the rows read so far, and what part of the sheet's bytes that is."""


def inspect(path: Path | str, *, content: bytes | None = None) -> BookInfo:
    """Return what the workbook is and which worksheets it has, without reading cells.

    ``content`` is the package where the file at ``path`` holds it behind a password. Raises
    WorkbookNotFound, NotAWorkbook, WorkbookEncrypted, WorkbookDamaged or WorkbookHostile.
    """
    path = Path(path)
    if content is None:
        refuse_foreign(path)
    fingerprint = Fingerprint.of(path)
    with Package(path, content) as package:
        return _describe(path, fingerprint, read_workbook(package))


def read(
    path: Path | str,
    sheet: str | None = None,
    *,
    progress: Progress | None = None,
    content: bytes | None = None,
) -> Sheet:
    """Read a worksheet: by its name, or the one that Excel would show first.

    ``progress`` is told now and then, on the caller's thread, how many rows have been read and
    what part of the sheet that is, from 0 to 1. What it raises ends the reading and comes out.
    Raises what ``inspect`` raises, and SheetNotFound.
    """
    path = Path(path)
    if content is None:
        refuse_foreign(path)
    # The fingerprint is taken first: should the file change in between, writing finds out.
    fingerprint = Fingerprint.of(path)
    with Package(path, content) as package:
        parts = read_workbook(package)
        book = _describe(path, fingerprint, parts)
        return _read_sheet(package, parts, book, _choose(path, parts, sheet), progress)


def preview(
    path: Path | str, sheet: str | None = None, rows: int = 200, *, content: bytes | None = None
) -> Sheet:
    """Read the first ``rows`` rows of a worksheet, quickly, whatever the size of the file.

    Their texts, formulas and hidden rows are what ``read`` gives, unless the sheet repeats a row's
    number later on. What Excel writes behind the rows has not been seen: links, merges, tables,
    filter and protection are empty, and what stands in a totals row is still in the columns. Nor
    has the whole file: ``book.fingerprint`` has no hash and is the same content as no other.
    Raises what ``read`` raises, as far as it reads.
    """
    path = Path(path)
    if content is None:
        refuse_foreign(path)
    fingerprint = Fingerprint.unhashed(path)
    with Package(path, content) as package:
        parts = read_workbook(package)
        book = _describe(path, fingerprint, parts)
        chosen = _choose(path, parts, sheet)
        tokens = SheetTokens(package.stream(_member(package, chosen)), chosen.part)
        taker = RowTaker(tokens, LazyStrings(*_strings(package, parts)), _styles(package, parts))
        for row in islice(tokens.rows(), rows):
            taker.take(row)
        return _sheet(book, chosen, taker, Features({}, (), (), None, protected=False))


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


def _read_sheet(
    package: Package,
    parts: WorkbookParts,
    book: BookInfo,
    chosen: SheetPart,
    progress: Progress | None,
) -> Sheet:
    member = _member(package, chosen)
    meter = Meter(package.stream_ahead(member), member.size)
    tokens = SheetTokens(meter, chosen.part)
    strings = read_shared_strings(*_strings(package, parts))
    taker = RowTaker(tokens, strings, _styles(package, parts))
    taken = 0
    for _ in taker.take_all():
        if progress is not None and meter.taken != taken:
            taken = meter.taken
            progress(taker.count, meter.fraction)
    if progress is not None:
        progress(taker.count, 1.0)
    return _sheet(
        book, chosen, taker, read_features(package, chosen.part, tokens.head + tokens.tail)
    )


def _member(package: Package, chosen: SheetPart) -> Member:
    member = package.find(chosen.part)
    if member is None:
        raise WorkbookDamaged(f"The content of the sheet “{chosen.name}” is missing.")
    return member


def _sheet(book: BookInfo, chosen: SheetPart, taker: RowTaker, features: Features) -> Sheet:
    row_numbers, texts = taker.columns.finish()
    return Sheet(
        book=book,
        name=chosen.name,
        state=chosen.state,
        row_numbers=row_numbers,
        columns=texts,
        hidden_rows=frozenset(taker.hidden),
        formulas=taker.cells.formulas(),
        hyperlinks=features.hyperlinks,
        merges=features.merges,
        tables=features.tables,
        auto_filter=features.auto_filter,
        protected=features.protected,
        totals=_take_totals(features.tables, row_numbers, texts),
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


def _strings(package: Package, parts: WorkbookParts) -> tuple[Callable[[], Iterable[bytes]], str]:
    """Return what gives the part of the shared strings, each time anew, and its name."""
    member = package.find(parts.shared_strings) if parts.shared_strings else None
    if member is None:
        return (lambda: [b"<sst/>"]), ""
    return partial(package.stream_ahead, member), member.name


def _styles(package: Package, parts: WorkbookParts) -> Styles:
    if not parts.styles:
        return Styles((), {}, date1904=parts.date1904)
    return parse_styles(package.read(parts.styles), parts.styles, date1904=parts.date1904)
