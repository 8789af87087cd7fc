"""Make .xls, .ods, .xlsb and locked files for tests, by programs and bytes that are not ours."""

from __future__ import annotations

import datetime
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

MOMENT = datetime.datetime(2024, 2, 29, 13, 5, 59)  # noqa: DTZ001  cells know no zone


def sample(path: Path) -> Path:
    """Write an .xlsx with a cell of every kind, rows and columns left free, and hidden sheets."""
    book = xlsxwriter.Workbook(path)
    day, moment, clock, hours, padded = (
        book.add_format({"num_format": code})
        for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss", "0000000000")
    )
    people = book.add_worksheet("Gäste")
    people.write_row(3, 2, ["E-Mail", "Name", "Id", "Since", "Seen", "At", "Hours", "Paid", "Rate"])
    people.write_row(4, 2, ["zoe@example.com", "Zoë 王", 612345678])
    people.write_datetime(4, 5, MOMENT.date(), day)
    people.write_datetime(4, 6, MOMENT, moment)
    people.write_datetime(4, 7, MOMENT.time(), clock)
    people.write_number(4, 8, 1.5, hours)
    people.write_boolean(4, 9, True)
    people.write_number(4, 10, 0.125)
    people.write_string(6, 2, "0049")
    people.write_number(6, 4, 49, padded)
    people.write_formula(6, 5, "=1+1", None, 2)
    people.merge_range(8, 2, 8, 4, "merged")
    book.add_worksheet("Empty")
    book.add_worksheet("Hidden").write(0, 0, "x")
    book.get_worksheet_by_name("Hidden").hide()
    book.close()
    return path


def converted(path: Path, folder: Path, kind: str) -> Path:
    """Have LibreOffice convert a file to ``xls``, ``ods``, ``xlsx`` or a filter with options."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice)")
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind,
            "--outdir", str(folder), str(path),
        ],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    made = folder / f"{path.stem}.{kind.partition(':')[0]}"
    assert made.exists()
    return made


def ods(path: Path, *tables: str) -> Path:
    """Write an .ods whose tables hold these rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(
        f'<table:table table:name="Sheet{number}">{rows}</table:table>'
        for number, rows in enumerate(tables, start=1)
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}:manifest:1.0"/>')
    return path


def text_cell(text: str, repeated: int = 1) -> str:
    """Return a cell of an .ods."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def xlsb(path: Path, cells: Iterable[tuple[int, int, str | float]], names: Sequence[str]) -> Path:
    """Write a .xlsb by hand ([MS-XLSB] 2.1.4): its first sheet holds the cells, from (0, 0)."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.ms-excel"
    sheets = b"".join(
        _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(names, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/worksheet" '
        f'Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="bin" '
            f'ContentType="{types}.sheet.binary.macroEnabled.main"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        )
        archive.writestr(
            "xl/workbook.bin",
            _record(131) + _record(143) + sheets + _record(144) + _record(132),
        )
        for number in range(1, len(names) + 1):
            rows = _rows(cells) if number == 1 else b""
            archive.writestr(
                f"xl/worksheets/sheet{number}.bin",
                _record(129)
                + _record(148, struct.pack("<4I", 0, 0, 0, 0))
                + _record(145) + rows + _record(146) + _record(130),
            )  # fmt: skip
    return path


def _rows(cells: Iterable[tuple[int, int, str | float]]) -> bytes:
    data, last = b"", -1
    for row, column, value in cells:
        if row != last:
            data += _record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
            last = row
        head = struct.pack("<II", column, 0)
        if isinstance(value, str):
            data += _record(6, head + _wide(value))
        else:
            data += _record(5, head + struct.pack("<d", value))
    return data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + content
