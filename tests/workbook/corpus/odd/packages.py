"""One sound workbook as other programs would have packed it and written its parts.

Each of ``PACKED`` changes the members of a workbook by xlsxwriter, or how they are zipped.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.workbook.corpus.odd.rich import make

Members = dict[str, bytes]

SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"
LINKS = "xl/_rels/workbook.xml.rels"
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
     b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main",
     b"http://purl.oclc.org/ooxml/drawingml/main"),
)  # fmt: skip
"""Transitional and strict namespaces (ECMA-376 part 1, annex A; part 4)."""


def spreadsheet_parts(members: Members) -> list[str]:
    """Return the parts that hold sheets, tables, texts and the list of sheets."""
    names = ("worksheets/sheet", "tables/table", "sharedStrings", "xl/workbook.xml", "styles")
    return [n for n in members if any(part in n for part in names) and "_rels" not in n]


def edited(members: Members, name: str, *pairs: tuple[bytes, bytes]) -> Members:
    data = members[name]
    for old, new in pairs:
        assert old in data, old
        data = data.replace(old, new)
    return {**members, name: data}


def recoded(
    encoding: str, bom: bytes = b"", *, declared: bool = True
) -> Callable[[Members], Members]:
    """Return a change of the parts into another encoding."""

    def change(members: Members) -> Members:
        changed = {}
        for name in spreadsheet_parts(members):
            text = members[name].decode()
            if declared:
                text = text.replace("UTF-8", encoding, 1)
            else:
                text = text.split("?>", 1)[1].lstrip()
            changed[name] = bom + text.encode(encoding)
        return {**members, **changed}

    return change


def strict(members: Members) -> Members:
    changed = {}
    for name, data in members.items():
        for transitional, other in STRICT:
            data = data.replace(transitional, other)
        changed[name] = data
    return edited(changed, "xl/workbook.xml", (b"<workbook ", b'<workbook conformance="strict" '))


def prefixed(members: Members) -> Members:
    changed = {}
    for name in spreadsheet_parts(members):
        data = re.sub(rb"<(/?)(?=[A-Za-z]\w*[\s/>])", rb"<\1x:", members[name])
        changed[name] = data.replace(b"xmlns=", b"xmlns:x=")
    return {**members, **changed}


def without_references(members: Members) -> Members:
    """Leave out where rows and cells are; that is allowed where there are no gaps."""
    data = re.sub(rb'(<row|<c) r="\w+"', rb"\1", members[SHEET])
    return {**members, SHEET: re.sub(rb"<dimension [^>]*>", b"", data)}


def spaced(members: Members) -> Members:
    """Put line breaks, comments and instructions between the elements."""
    data = members[SHEET]
    data = data.replace(b"<row ", b"\r\n  <!-- <row r='9'> --><row ").replace(b"<c ", b"\n    <c ")
    data = data.replace(b"</row>", b"\n  </row ><?keep it?>").replace(
        b"<sheetData>", b"<sheetData >"
    )
    return {**members, SHEET: data}


def quoted(members: Members) -> Members:
    """Use single quotes, and more space than is needed."""
    data = re.sub(rb'(\w+)="([^"\']*)"', rb"\1 = '\2'", members[SHEET])
    return {**members, SHEET: data}


def lying(members: Members) -> Members:
    """Declare a dimension, spans and counts that are wrong."""
    data = re.sub(rb'spans="[^"]*"', rb'spans="2:2"', members[SHEET])
    data = re.sub(rb'<dimension ref="[^"]*"', rb'<dimension ref="C2"', data)
    strings = re.sub(rb'ount="\d+"', rb'ount="3"', members["xl/sharedStrings.xml"])
    return {**members, SHEET: data, "xl/sharedStrings.xml": strings}


def targeted(target: bytes) -> Callable[[Members], Members]:
    """Return a change of how the workbook names its first sheet."""
    return lambda members: edited(members, LINKS, (b"worksheets/sheet1.xml", target))


def moved(members: Members) -> Members:
    """Put the sheet into a part of another name, in another folder."""
    name = "Data/Книга 1/tab.eins.bin"
    members = {name if key == SHEET else key: data for key, data in members.items()}
    members = edited(members, LINKS, (b"worksheets/sheet1.xml", f"../{name}".encode()))
    types = members["[Content_Types].xml"].replace(f"/{SHEET}".encode(), f"/{name}".encode())
    folder, _, last = name.rpartition("/")
    links = members.pop("xl/worksheets/_rels/sheet1.xml.rels").replace(b'"../', b'"/xl/')
    return {**members, "[Content_Types].xml": types, f"{folder}/_rels/{last}.rels": links}


def at_the_root(members: Members) -> Members:
    """Put everything of ``xl/`` beside the list of content types."""
    changed = {name.removeprefix("xl/"): data for name, data in members.items()}
    for name in ("_rels/.rels", "[Content_Types].xml"):
        changed[name] = members[name].replace(b"xl/", b"")
    return changed


def reversed_order(members: Members) -> Members:
    return dict(reversed(members.items()))


def without_extras(members: Members) -> Members:
    """Leave out theme, styles and properties, which nothing needs."""
    gone = ("theme1.xml", "styles.xml", "core.xml", "app.xml")
    kept = {name: data for name, data in members.items() if not name.endswith(gone)}
    mention = re.compile(rb"<(Relationship|Override) [^>]*(theme1|styles|core|app)\.xml[^>]*>")
    for name in ("_rels/.rels", LINKS, "[Content_Types].xml"):
        kept[name] = mention.sub(b"", kept[name])
    return kept


def empty_strings(members: Members) -> Members:
    """Move all texts into the cells; an empty table of shared strings stays."""
    data = members["xl/sharedStrings.xml"]
    texts = re.findall(rb"<si>(.*?)</si>", data)
    sheet = re.sub(
        rb'<c r="(\w+)" t="s"><v>(\d+)</v></c>',
        lambda found: b'<c r="%s" t="inlineStr"><is>%s</is></c>' % (found[1], texts[int(found[2])]),
        members[SHEET],
    )
    table = re.sub(rb"(<sst [^>]*)>.*</sst>", rb"\1/>", data, flags=re.DOTALL)
    return {**members, SHEET: sheet, "xl/sharedStrings.xml": table}


PARTS: dict[str, Callable[[Members], Members]] = {
    "utf-16": recoded("UTF-16"),
    "utf-16-le": recoded("utf-16-le", codecs.BOM_UTF16_LE, declared=False),
    "utf-16-be": recoded("utf-16-be", codecs.BOM_UTF16_BE, declared=False),
    "utf-8-bom": recoded("utf-8", codecs.BOM_UTF8),
    "undeclared": recoded("utf-8", declared=False),
    "strict": strict,
    "prefixed": prefixed,
    "no-references": without_references,
    "spaced": spaced,
    "quoted": quoted,
    "lying": lying,
    "absolute": targeted(b"/xl/worksheets/sheet1.xml"),
    "dotted": targeted(b"../xl/./worksheets/../worksheets/sheet1.xml"),
    "case": targeted(b"Worksheets/SHEET1.XML"),
    "moved": moved,
    "root": at_the_root,
    "reversed": reversed_order,
    "bare": without_extras,
    "inline": empty_strings,
}


def plain(members: Members) -> Members:
    return members


def zipped(path: Path, members: Members, compression: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def stored(path: Path, members: Members) -> None:
    zipped(path, members, zipfile.ZIP_STORED)


def streamed(path: Path, members: Members) -> None:
    """Zip to where nothing can be written twice: sizes follow in data descriptors."""

    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    path.write_bytes(out.getvalue())


def large(path: Path, members: Members) -> None:
    """Zip with 64-bit sizes in every local header."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                member.write(data)


def decorated(path: Path, members: Members) -> None:
    """Zip with folders, comments, extra fields, attributes and a member that nobody knows."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"packed with care"
        archive.mkdir("xl")
        for name, data in {**members, "readme.txt": b"no part of the package"}.items():
            info = zipfile.ZipInfo(name, (1999, 12, 31, 23, 59, 58))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.comment = b"about " + name.encode()
            info.extra = b"UT\x05\x00\x03\x00\x00\x00\x40"
            info.external_attr = 0o640 << 16
            archive.writestr(info, data)


def backslashed(path: Path, members: Members) -> None:
    """Zip with the separators of Windows in the names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.filename = name.replace("/", "\\")  # ZipInfo() itself would not have it
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


ZIPS: dict[str, Callable[[Path, Members], None]] = {
    "stored": stored,
    "streamed": streamed,
    "large": large,
    "decorated": decorated,
    "backslashed": backslashed,
}

PACKED = (*PARTS, *ZIPS)
SIMPLE = {"no-references": "sparklines", "inline": "sparklines"}
"""What is made of a workbook without gaps and with one sheet; the others have tables."""


def pack(folder: Path, name: str) -> Path:
    """Make one of ``PACKED`` of a workbook by xlsxwriter."""
    source = make(folder, SIMPLE.get(name, "tables"))
    with zipfile.ZipFile(source) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    path = folder / f"packed-{name}.xlsx"
    ZIPS.get(name, zipped)(path, PARTS.get(name, plain)(members))
    return path
