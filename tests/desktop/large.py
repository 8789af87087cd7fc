"""Make a workbook that is large enough to be read for a while, in a moment."""

from __future__ import annotations

import zipfile
from pathlib import Path

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/%s" Target="%s"/></Relationships>'
)
_BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Guests" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def large_book(path: Path, people: int) -> Path:
    """Write a sheet of so many people, their headings in row 1."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS % ("officeDocument", "xl/workbook.xml"))
        package.writestr("xl/_rels/workbook.xml.rels", _RELS % ("worksheet", "sheet1.xml"))
        package.writestr("xl/workbook.xml", _BOOK)
        with package.open("xl/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            part.write(_row(1, "Email", "First name", "Last name"))
            for start in range(0, people, 1000):
                rows = range(start, min(start + 1000, people))
                part.write(b"".join(_row(n + 2, f"p{n}@x.org", f"F{n}", f"L{n}") for n in rows))
            part.write(b"</sheetData></worksheet>")
    return path


def _row(number: int, *texts: str) -> bytes:
    cells = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("ABC", texts, strict=True)
    )
    return f'<row r="{number}">{cells}</row>'.encode()
