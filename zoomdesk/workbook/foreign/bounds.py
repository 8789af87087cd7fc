"""Look at a workbook before calamine does: what it would hold in memory, and what it cannot read.

calamine keeps a sheet as a full rectangle and takes repetitions at their word: two cells at the far
corners of a .xlsb, or one cell of an .ods repeated to the end of the sheet, end the process for
want of memory. .xls has no more than 65,536 x 256 cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import relationships

MAX_CELLS = 40_000_000
"""Cells of the rectangle from A1 to the last one: 32 bytes each while the sheet is read."""

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_MOST = 1 << 24
"""Rows and columns that a repetition is taken for at most."""


def check_ods(package: Package) -> None:
    """Walk through ``content.xml``. Raises WorkbookHostile, WorkbookDamaged."""
    member = package.member("content.xml")
    walk = _OdsWalk(package.path.name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.StartDoctypeDeclHandler = walk.doctype
    try:
        for block in package.stream(member):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookDamaged(
            f"“{package.path.name}” is damaged: its content is not well-formed "
            f"(line {error.lineno}).",
        ) from None


class _OdsWalk:
    """Counts rows and columns up to the last that holds something, as repetitions say."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = self._column = self._last_row = self._last_column = 0
        self._repeat = 1
        self._cell_repeat = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._row = self._last_row = self._last_column = 0
        elif name == f"{_TABLE}table-row":
            self._repeat = _number(attributes.get(f"{_TABLE}number-rows-repeated"))
            self._column = 0
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell_repeat = _number(attributes.get(f"{_TABLE}number-columns-repeated"))
            if any(key.startswith(_OFFICE) for key in attributes):
                self._holds()
            self._column += self._cell_repeat
        elif name == f"{_TEXT}p":
            self._column -= self._cell_repeat
            self._holds()
            self._column += self._cell_repeat

    def end(self, name: str) -> None:
        if name == f"{_TABLE}table-row":
            self._row += self._repeat

    def doctype(self, *_: object) -> None:
        raise WorkbookHostile(f"“{self._name}” brings a document type, which no office writes.")

    def _holds(self) -> None:
        self._last_row = max(self._last_row, self._row + self._repeat)
        self._last_column = max(self._last_column, self._column + self._cell_repeat)
        check_size(self._name, self._last_row, self._last_column)


def _number(text: str | None) -> int:
    if not text:
        return 1
    return int(text) if re.fullmatch(r"[0-9]{1,8}", text) else _MOST


def check_size(name: str, rows: int, columns: int) -> None:
    """Raise WorkbookHostile for a sheet that would not fit into memory."""
    if rows * columns > MAX_CELLS:
        raise WorkbookHostile(
            f"“{name}” has a sheet of {rows:,} rows and {columns:,} columns: more than is opened "
            "here.",
            hint="Open it in its program, keep what is needed, and save that as .xlsx.",
        )


_ROW, _LAST_CELL, _SHEET = 0, 11, 156
"""Records of [MS-XLSB] 2.3: BrtRowHdr, the last of the cells, BrtBundleSh."""


def check_xlsb(package: Package) -> None:
    """Walk through the records of every sheet. Raises WorkbookHostile, WorkbookDamaged."""
    name = package.path.name
    known = {link.id for link in relationships(package, "xl/workbook.bin")}
    for kind, content in _records(package.stream(package.member("xl/workbook.bin")), name):
        if kind == _SHEET and _relationship_of(content) not in known:
            raise WorkbookDamaged(
                f"“{name}” is of a form that was used before Excel 2007 was released.",
                hint="Open it in Excel, save it as .xlsx, and open that file here.",
            )
    for link in relationships(package, "xl/workbook.bin"):
        member = package.find(link.target)
        if link.type == "worksheet" and not link.external and member is not None:
            _check_sheet(package.stream(member), name)


def _check_sheet(blocks: Iterable[bytes], name: str) -> None:
    rows = columns = 0
    for kind, content in _records(blocks, name):
        if kind <= _LAST_CELL and len(content) >= 4:
            number = int.from_bytes(content[:4], "little") + 1
            if kind == _ROW:
                rows = max(rows, number)
            elif number > columns:
                columns = number
                check_size(name, rows, columns)
    check_size(name, rows, columns)


def _relationship_of(content: bytes) -> str:
    size = int.from_bytes(content[8:12], "little")
    return content[12 : 12 + 2 * min(size, 255)].decode("utf-16-le", "replace")


def _records(blocks: Iterable[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of each record ([MS-XLSB] 2.1.4); of long ones the beginning."""
    data, at, skip = b"", 0, 0
    for block in blocks:
        if skip >= len(block):
            skip -= len(block)
            continue
        data, at, skip = data[at:] + block[skip:], 0, 0
        while True:
            head = _head(data, at, name)
            if head is None:
                break
            kind, size, start = head
            if start + size > len(data):
                if size < 1 << 20:
                    break
                yield kind, data[start : start + 1024]
                skip, at = start + size - len(data), len(data)
                break
            yield kind, data[start : start + size]
            at = start + size


def _head(data: bytes, at: int, name: str) -> tuple[int, int, int] | None:
    """Return type, size and start of the record at ``at``, None where more bytes are needed."""
    if len(data) - at < 2:
        return None
    kind = data[at]
    at += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
        at += 1
    size = shift = 0
    while True:
        if at >= len(data):
            return None
        byte = data[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return kind, size, at
        shift += 7
        if shift > 21:
            raise WorkbookDamaged(f"“{name}” is damaged: its records are broken.")
