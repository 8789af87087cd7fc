"""Write the package of a plain new workbook: values and number formats, nothing else.

What is written is what Excel itself writes for such a sheet: shared strings, rows with spans, one
style for each number format (ECMA-376-1 12.3, 18.3.1, 18.4, 18.8). Rows are asked for twice, once
for the cells and once for their texts, so that a million of them need no more memory than a page.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.foreign.values import FORMATS, Number, Value, stored
from zoomdesk.workbook.markup.escapes import escape_attribute, text_element
from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW, MAX_TEXT, letters_of, reference

Rows = Iterable[tuple[int, int, Sequence[Value]]]
"""Of each row its number, the column of its first value, and its values; ``""`` is empty."""

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REMEMBERED = 1_000_000
"""Texts that may stand in the table of strings once for many cells; later ones are repeated."""
_BATCH = 1 << 18
_WIDEST, _NARROWEST = 60, 9
_SAMPLED = 500
_FIXED_DATE = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class NewSheet:
    """A sheet to write; ``rows()`` gives its rows, the same ones each time, in ascending order."""

    name: str
    state: str
    rows: Callable[[], Rows]


class Numbers:
    """Hand out the numbers of shared strings, and give the strings in their order again."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self.count = 0
        self.uses = 0

    def number(self, text: str) -> int:
        """Return the number of a text."""
        self.uses += 1
        known = self._known.get(text)
        if known is None:
            known = self.count
            self.count += 1
            if len(self._known) < _REMEMBERED:
                self._known[text] = known
        return known

    def is_new(self, text: str) -> bool:
        """Count ``text`` and tell whether it has got a number of its own now."""
        before = self.count
        self.number(text)
        return self.count > before


def write_package(file: BinaryIO, sheets: Sequence[NewSheet]) -> None:
    """Write a workbook with these sheets into ``file``.

    Raises WriteRefused for what no sheet of Excel can hold, naming the cell.
    """
    numbers = Numbers()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _write(archive, "[Content_Types].xml", [_content_types(len(sheets))])
        _write(archive, "_rels/.rels", [_relationships([("officeDocument", "xl/workbook.xml")])])
        _write(archive, "xl/workbook.xml", [_workbook(sheets)])
        links = [("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(sheets))]
        links += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        _write(archive, "xl/_rels/workbook.xml.rels", [_relationships(links)])
        _write(archive, "xl/styles.xml", [_styles()])
        for number, sheet in enumerate(sheets, start=1):
            _write(archive, f"xl/worksheets/sheet{number}.xml", _worksheet(sheet, numbers))
        _write(archive, "xl/sharedStrings.xml", _strings(sheets, numbers))


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    info = zipfile.ZipInfo(name, _FIXED_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=name.startswith(("xl/worksheets", "xl/shared"))) as f:
        batch: list[bytes] = []
        size = 0
        for piece in pieces:
            batch.append(piece)
            size += len(piece)
            if size > _BATCH:
                f.write(b"".join(batch))
                batch, size = [], 0
        f.write(b"".join(batch))


def _worksheet(sheet: NewSheet, numbers: Numbers) -> Iterator[bytes]:
    yield _HEAD + b'<worksheet xmlns="%b">' % _MAIN
    yield _columns(sheet.rows())
    yield b"<sheetData>"
    letters: list[bytes] = [b""]
    for number, first, values in sheet.rows():
        last = first + len(values) - 1
        if number > MAX_ROW or last > MAX_COLUMN:
            raise WriteRefused(
                f"The sheet “{sheet.name}” is larger than a sheet of Excel can be: "
                f"{MAX_ROW:,} rows and {MAX_COLUMN:,} columns."
            )
        while last >= len(letters):
            letters.append(letters_of(len(letters)).encode())
        row = b"%d" % number
        cells = [
            _cell(letters[column] + row, value, numbers, number, column)
            for column, value in enumerate(values, start=first)
            if value != ""
        ]
        if cells:
            yield b'<row r="%b">%b</row>' % (row, b"".join(cells))
    yield b"</sheetData></worksheet>"


def _cell(where: bytes, value: Value, numbers: Numbers, row: int, column: int) -> bytes:
    content = stored(value)
    if isinstance(content, str):
        if len(content) > MAX_TEXT // 2 and len(content.encode("utf-16-le")) // 2 > MAX_TEXT:
            raise WriteRefused(
                f"The text of {reference(row, column)} is longer than the {MAX_TEXT:,} characters "
                "that a cell of Excel can hold."
            )
        return b'<c r="%b" t="s"><v>%d</v></c>' % (where, numbers.number(content))
    if isinstance(content, Number):
        style = b' s="%d"' % content.style if content.style else b""
        return b'<c r="%b"%b><v>%b</v></c>' % (where, style, _digits(content.stored))
    return b'<c r="%b" t="b"><v>%d</v></c>' % (where, content)


def _digits(number: float) -> bytes:
    whole = int(number) if abs(number) < 1e15 else None
    return (repr(whole) if whole == number else repr(float(number))).encode()


def _columns(rows: Rows) -> bytes:
    """Return column widths that show the texts of the first rows."""
    widths: dict[int, int] = {}
    for index, (_, first, values) in enumerate(rows):
        if index == _SAMPLED:
            break
        for column, value in enumerate(values, start=first):
            size = 10 if not isinstance(value, str) else min(len(value), _WIDEST)
            if size > widths.get(column, 0):
                widths[column] = size
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d.7109375" customWidth="1"/>'
        % (column, column, max(_NARROWEST, widths[column] + 2))
        for column in sorted(widths)
        if column <= MAX_COLUMN and widths[column]
    )
    return b"<cols>%b</cols>" % columns if columns else b""


def _strings(sheets: Sequence[NewSheet], numbers: Numbers) -> Iterator[bytes]:
    yield _HEAD + b'<sst xmlns="%b" count="%d" uniqueCount="%d">' % (
        _MAIN,
        numbers.uses,
        numbers.count,
    )
    again = Numbers()
    for sheet in sheets:
        for _, _, values in sheet.rows():
            for value in values:
                content = stored(value) if value != "" else None
                if isinstance(content, str) and again.is_new(content):
                    yield b"<si>%b</si>" % text_element(content)
    yield b"</sst>"


def _workbook(sheets: Sequence[NewSheet]) -> bytes:
    listed = b"".join(
        b'<sheet name="%b" sheetId="%d"%b r:id="rId%d"/>'
        % (
            escape_attribute(sheet.name),
            number,
            b"" if sheet.state == "visible" else b' state="%b"' % sheet.state.encode(),
            number,
        )
        for number, sheet in enumerate(sheets, start=1)
    )
    shown = next((n for n, sheet in enumerate(sheets) if sheet.state == "visible"), 0)
    return _HEAD + (
        b'<workbook xmlns="%b" xmlns:r="%b"><bookViews><workbookView activeTab="%d"/></bookViews>'
        b"<sheets>%b</sheets></workbook>" % (_MAIN, _OFFICE.encode(), shown, listed)
    )


def _relationships(links: Sequence[tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return _HEAD + (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'.encode()
    )


def _content_types(sheets: int) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    parts += [("sharedStrings.xml", "sharedStrings")]
    parts += [(f"worksheets/sheet{number + 1}.xml", "worksheet") for number in range(sheets)]
    listed = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{main}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        _HEAD
        + (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        ).encode()
    )


def _styles() -> bytes:
    own = range(164, 164 + len(FORMATS) - 1)  # below are the built-in ones (18.8.30)
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in zip(own, FORMATS[1:], strict=True)
    )
    applied = ' applyNumberFormat="1"'
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"'
        f"{applied if number else ''}/>"
        for number in (0, *own)
    )
    return _HEAD + (
        b'<styleSheet xmlns="%b">' % _MAIN
        + (
            f'<numFmts count="{len(own)}">{formats}</numFmts>'
            '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
            '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
            '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
            f'borderId="0"/></cellStyleXfs><cellXfs count="{len(FORMATS)}">{cells}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        ).encode()
    )
