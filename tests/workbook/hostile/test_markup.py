"""Hazard 2 of workbooks/README.md: hostile XML in every part, and links that go in circles."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.workbook.handmade import (
    DECLARATION,
    MAIN,
    OFFICE,
    PACKAGE,
    SHEET_TYPE,
    book,
    relationships,
    string_table,
    style_sheet,
)  # fmt: skip
from tests.workbook.hostile.conftest import Open, refused
from tests.workbook.hostile.zips import SHEET
from tests.workbook.writes import framed

WHOLE = "A1:XFD1048576"
ROWS = '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><f>1</f><v>1</v></c></row>'
TABLE = (
    f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:B2"><tableColumns count="2">'
    '<tableColumn id="1" name="A"/><tableColumn id="2" name="B"/></tableColumns></table>'
)
TABLE_LINK = f'<Relationship Id="r1" Type="{OFFICE}/table" Target="../tables/table1.xml"/>'
TABLE_PARTS = f'<tableParts><tablePart xmlns:r="{OFFICE}" r:id="r1"/></tableParts>'


def full_book(path: Path, parts: dict[str, str | bytes] | None = None) -> Path:
    """Make a workbook with a part of every kind that is ever read."""
    return book(
        path,
        framed(ROWS, TABLE_PARTS),
        strings=string_table("<si><t>a</t></si>"),
        styles=style_sheet("0.00"),
        sheet_links=TABLE_LINK,
        parts={"xl/tables/table1.xml": TABLE, **(parts or {})},
    )


PARTS = [
    "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
    "xl/styles.xml", "xl/sharedStrings.xml", SHEET, "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/tables/table1.xml",
]  # fmt: skip
DOCTYPES = {
    "laughs": "<!DOCTYPE b [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>",
    "a file": "<!DOCTYPE b [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>",
    "the network": "<!DOCTYPE b SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    "parameters": "<!DOCTYPE b [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]>",
    "nothing": "<!DOCTYPE b>",
}


def texts(tmp_path: Path) -> dict[str, str]:
    with zipfile.ZipFile(full_book(tmp_path / "sound.xlsx")) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("part", PARTS)
def test_hazard_2_document_types_in_every_part(
    tmp_path: Path, opened: Open, part: str, doctype: str, encoding: str
) -> None:
    text = texts(tmp_path)[part]
    if encoding != "utf-8":
        text = text.removeprefix(DECLARATION)
    head = text[: text.index("?>") + 2] if text.startswith("<?xml") else ""
    hostile = head + DOCTYPES[doctype] + text[len(head) :].replace("</", "&a9;</", 1)
    found = opened(full_book(tmp_path / "b.xlsx", {part: hostile.encode(encoding)}))
    assert found.outcomes["read"][0] == "WorkbookHostile"
    assert "document type" in found.outcomes["read"][1]
    assert found.outcomes["write"][0] in ("WorkbookHostile", "ok")  # styles are not its business
    assert found.outcomes["write"][0] == "WorkbookHostile" or part == "xl/styles.xml"


@pytest.mark.parametrize("part", PARTS)
def test_hazard_2_parts_that_are_something_else(tmp_path: Path, opened: Open, part: str) -> None:
    sound = texts(tmp_path)
    others: list[str | bytes] = [
        "", " ", "\0", "<", "<a", "<a/>", "<a:b/>", "text", "<a><a><a>", "<a xmlns='\xff'/>",
        "<?xml version='1.0' encoding='nowhere'?><a/>", "<?xml version='1.0' encoding='idna'?><a/>",
        "<?xml version='1.0' encoding='hex'?><a/>", "<?xml version='1.0' encoding='utf-7'?><a/>",
        b"\xff\xfe<", b"\xfe\xff\0<\0", b"\xef\xbb\xbf", b"\xff" * 99, *sound.values(),
    ]  # fmt: skip
    for other in others:
        opened(full_book(tmp_path / "b.xlsx", {part: other}))


def deep(tag: str, inside: str = "", depth: int = 20_000) -> str:
    return f"<{tag}>" * depth + inside + f"</{tag}>" * depth


@pytest.mark.parametrize("part", PARTS)
def test_hazard_2_elements_inside_of_elements(tmp_path: Path, opened: Open, part: str) -> None:
    text = texts(tmp_path)[part]
    at = text.rindex("</")
    opened(full_book(tmp_path / "b.xlsx", {part: text[:at] + deep("x") + text[at:]}))
    start = text.index(">", text.index("?>") + 2 if "?>" in text else 0) + 1
    opened(full_book(tmp_path / "b.xlsx", {part: text[:start] + deep("x") + text[start:]}))


@pytest.mark.parametrize("tag", ["c", "v", "is", "f", "row", "t", "extLst"])
def test_hazard_2_cells_inside_of_cells(tmp_path: Path, opened: Open, tag: str) -> None:
    opened(book(tmp_path / "b.xlsx", f'<row r="1"><c r="A1">{deep(tag)}</c></row>'))
    opened(book(tmp_path / "c.xlsx", f'<row r="1">{deep(tag)}</row>'))
    strings = string_table(f"<si>{deep(tag, '<t>a</t>')}</si>")
    opened(book(tmp_path / "d.xlsx", ROWS, strings=strings))


MEGABYTES = 2 << 20
GIANTS = {
    "a start tag of a row": f'<row r="1" x="{"y" * MEGABYTES}"><c r="A1"/></row>',
    "many attributes of a row": "<row r='1' " + "x='1' " * (MEGABYTES // 6) + "/>",
    "an attribute that never ends": f'<row r="1" x="{"y" * MEGABYTES}',
    "a start tag of a cell": f'<row r="1"><c r="A1" x="{"y" * MEGABYTES}"/></row>',
    "blanks in a tag": f'<row r="1"{" " * MEGABYTES}><c r="A1"/></row>',
    "blanks in a cell": f'<row r="1"><c{" " * MEGABYTES}r="A1"/></row>',
    "blanks between rows": f'<row r="1"/>{" " * MEGABYTES}<row r="2"/>',
    "equal signs": f'<row r="1" {"=" * MEGABYTES}/>',
    "quotes": '<row r="1" ' + "\"'" * (MEGABYTES // 2) + "/>",
    "pairs of quotes": '<row r="1" ' + '""' * (MEGABYTES // 2) + "/>",
    "a reference": f'<row r="1"><c r="{"A" * MEGABYTES}1"/></row>',
    "figures of a reference": f'<row r="1"><c r="A{"1" * MEGABYTES}"/></row>',
    "a row number": f'<row r="{"1" * MEGABYTES}"/>',
    "zeros of a row number": f'<row r="{"0" * MEGABYTES}1"/>',
    "a style": f'<row r="1"><c r="A1" s="{"1" * MEGABYTES}"><v>1</v></c></row>',
    "a type": f'<row r="1"><c r="A1" t="{"n" * MEGABYTES}"><v>1</v></c></row>',
    "a value": f'<row r="1"><c r="A1"><v>{"1" * MEGABYTES}</v></c></row>',
    "a fraction": f'<row r="1"><c r="A1"><v>0.{"1" * MEGABYTES}</v></c></row>',
    "an index of a text": f'<row r="1"><c r="A1" t="s"><v>{"1" * MEGABYTES}</v></c></row>',
    "a text": f'<row r="1"><c r="A1" t="str"><v>{"&amp;" * (MEGABYTES // 5)}</v></c></row>',
    "escapes": f'<row r="1"><c r="A1" t="str"><v>{"_x0041_" * (MEGABYTES // 7)}</v></c></row>',
    "half escapes": f'<row r="1"><c r="A1" t="str"><v>{"_x004" * (MEGABYTES // 5)}</v></c></row>',
    "ampersands": f'<row r="1"><c r="A1" t="str"><v>{"&" * MEGABYTES}</v></c></row>',
    "references": f'<row r="1"><c r="A1" t="str"><v>{"&#1" * (MEGABYTES // 3)}</v></c></row>',
    "a formula": f'<row r="1"><c r="A1"><f>{"1+" * (MEGABYTES // 2)}1</f><v>1</v></c></row>',
    "an inline text": '<row r="1"><c r="A1" t="inlineStr"><is>'
    + "<r><t>x</t></r>" * (MEGABYTES // 16) + "</is></c></row>",
    "phonetics": '<row r="1"><c r="A1" t="inlineStr"><is>'
    + '<rPh sb="0" eb="1"><t>x</t>' * (MEGABYTES // 26) + "</is></c></row>",
    "comments": "<!-- -->" * (MEGABYTES // 8) + '<row r="1"/>',
    "comments in a cell": f'<row r="1"><c r="A1"><v>1{"<!---->" * (MEGABYTES // 7)}</v></c></row>',
    "CDATA": '<row r="1"><c r="A1" t="str"><v>' + "<![CDATA[x]]>" * (MEGABYTES // 13)
    + "</v></c></row>",
    "angle brackets": "<" * MEGABYTES,
    "tags that open": '<row r="1">' * (MEGABYTES // 11),
    "cells that open": '<row r="1">' + "<c>" * (MEGABYTES // 3),
    "more rows than there are": "<row/>" * 1_050_000,
    "one row again and again": '<row r="7"/>' * 100_000,
    "rows backwards": "".join(f'<row r="{n}"/>' for n in range(100_000, 0, -1)),
}  # fmt: skip


@pytest.mark.parametrize("giant", GIANTS)
def test_hazard_2_giants_in_a_sheet(tmp_path: Path, opened: Open, giant: str) -> None:
    strings = string_table("<si><t>a</t></si>")
    opened(book(tmp_path / "g.xlsx", GIANTS[giant], strings=strings, styles=style_sheet("0.0")))


STRINGS = {
    "a text": f"<si><t>{'x' * MEGABYTES}</t></si>",
    "a name": f"<si><{'x' * MEGABYTES}/></si>",
    "an attribute": f'<si x="{"y" * MEGABYTES}"><t>a</t></si>',
    "runs": "<si>" + "<r><rPr/><t>x</t></r>" * 300_000 + "</si>",
    "phonetics": "<si><t>a</t>" + "<rPh><t>x</t></rPh>" * 300_000 + "</si>",
    "phonetics that never end": "<si><t>a</t>" + "<rPh>" * 1_000_000 + "</si>",
    "many": "<si><t>a</t></si>" * 1_000_000,
    "empty ones": "<si/>" * 500_000,
    "comments": "<si><t>a<!-- --></t></si>" * 200_000,
    "CDATA": "<si><t><![CDATA[a]]></t></si>" * 200_000,
    "texts in texts": "<si>" + "<t>" * 1_000_000 + "</si>",
    "none": "",
}


@pytest.mark.parametrize("giant", STRINGS)
def test_hazard_2_giants_in_the_shared_strings(tmp_path: Path, opened: Open, giant: str) -> None:
    opened(book(tmp_path / "g.xlsx", ROWS, strings=string_table(STRINGS[giant])))


AROUND = {
    "merges": "<mergeCells>" + f"<mergeCell ref='{WHOLE}'/>" * 100_000 + "</mergeCells>",
    "merges of many": "<mergeCells>"
    + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_000)) + "</mergeCells>",
    "wrong merges": '<mergeCells><mergeCell ref="A0:ZZZZ9"/><mergeCell/></mergeCells>',
    "links": "<hyperlinks>"
    + f"<hyperlink ref='{WHOLE}' location='A1'/>" * 20_000 + "</hyperlinks>",
    "links on many cells": "<hyperlinks>"
    + "<hyperlink ref='A1:A100000' location='A1'/>" * 50 + "</hyperlinks>",
    "validations": "<dataValidations>"
    + f"<dataValidation type='list' sqref='{WHOLE}'/>" * 100_000 + "</dataValidations>",
    "one validation of many": "<dataValidations><dataValidation type='list' sqref='"
    + "A1 " * 200_000 + "'/></dataValidations>",
    "a wrong validation": "<dataValidations><dataValidation type='list' sqref='?'/>"
    "</dataValidations>",
    "a filter": f'<autoFilter ref="{"A" * 1_000_000}"/>',
    "many filters": f'<autoFilter ref="{WHOLE}"/>' * 100_000,
    "tables": "<tableParts>" + f"<tablePart xmlns:r='{OFFICE}' r:id='r1'/>" * 50_000
    + "</tableParts>",
}  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
def test_hazard_2_giants_around_the_cells(tmp_path: Path, opened: Open, around: str) -> None:
    sheet = framed(ROWS, AROUND[around])
    parts = {"xl/tables/table1.xml": TABLE}
    strings = string_table("<si><t>a</t></si>")
    opened(book(tmp_path / "g.xlsx", sheet, strings=strings, sheet_links=TABLE_LINK, parts=parts))


HEADS = {
    "a million columns": '<cols><col min="1" max="4000000000" style="1"/></cols>',
    "columns again and again": "<cols>" + '<col min="1" max="16384" style="1"/>' * 100_000
    + "</cols>",
    "columns that are none": '<cols><col min="-1" max="x" style="y"/><col/></cols>',
    "a wide sheet": '<dimension ref="A1:ZZZZZZ99999999999"/>',
    "no dimension": '<dimension ref=""/><dimension/>',
    "a long head": "<sheetPr/>" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_hazard_2_giants_before_the_cells(tmp_path: Path, opened: Open, head: str) -> None:
    opened(book(tmp_path / "g.xlsx", framed('<row r="1" spans="1:999999999"/>', "", HEADS[head])))


CELLS = {
    "beyond XFD": '<c r="XFE1"/>',
    "far beyond XFD": '<c r="ZZZ1"/>',
    "beyond letters": '<c r="AAAA1"/>',
    "beyond the last row": '<c r="A1048577"/>',
    "a million columns": "<c/>" * 1_000_000,
    "all columns": "<c><v>1</v></c>" * 16_384,
    "a text that is not there": '<c t="s"><v>999999999999</v></c>',
    "a text before the first": '<c t="s"><v>-1</v></c>',
    "a style that is not there": '<c s="999999999999"><v>1</v></c>',
    "a style before the first": '<c s="-1"><v>1</v></c>',
    "a shared formula of nobody": '<c><f t="shared" si="4000000000"/><v>1</v></c>',
    "a shared formula of all": f'<c><f t="shared" si="0" ref="{WHOLE}">A1</f><v>1</v></c>',
    "an array of all": f'<c><f t="array" ref="{WHOLE}">1</f><v>1</v></c>',
    "an array of nothing": '<c><f t="array" ref="">1</f><v>1</v></c>',
    "an array of nonsense": '<c><f t="array" ref="A0:ZZZZ1">1</f><v>1</v></c>',
    "a data table of all": f'<c><f t="dataTable" ref="{WHOLE}"/><v>1</v></c>',
    "arrays again and again": f'<c><f t="array" ref="{WHOLE}">1</f><v>1</v></c>' * 16_384,
}


@pytest.mark.parametrize("cell", CELLS)
def test_hazard_2_cells_that_cannot_be(tmp_path: Path, opened: Open, cell: str) -> None:
    opened(book(tmp_path / "c.xlsx", f'<row r="1">{CELLS[cell]}</row>'))


def link(kind: str, target: str, key: str = "rId1") -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


SHEET_LINK = link("worksheet", "worksheets/sheet1.xml")
LINKS: dict[str, dict[str, str | bytes]] = {
    "the main part is its own list": {
        "_rels/.rels": relationships(link("officeDocument", "_rels/.rels"))
    },
    "the main part is the sheet": {"_rels/.rels": relationships(link("officeDocument", SHEET))},
    "the main part is outside": {
        "_rels/.rels": relationships(link("officeDocument", "../../../etc/passwd"))
    },
    "the main part is a NUL": {"_rels/.rels": relationships(link("officeDocument", "%00"))},
    "no main part": {"_rels/.rels": relationships("")},
    "twenty thousand main parts": {
        "_rels/.rels": relationships(link("officeDocument", "xl/workbook.xml") * 20_000)
    },
    "the sheet is the workbook": {
        "xl/_rels/workbook.xml.rels": relationships(link("worksheet", "workbook.xml"))
    },
    "the sheet is missing": {
        "xl/_rels/workbook.xml.rels": relationships(link("worksheet", "nowhere.xml"))
    },
    "the sheet is a folder": {"xl/_rels/workbook.xml.rels": relationships(link("worksheet", "/"))},
    "the sheet is elsewhere": {
        "xl/_rels/workbook.xml.rels": relationships(
            link("worksheet", "http://127.0.0.1:9/").replace("/>", ' TargetMode="External"/>')
        )
    },
    "the texts are the sheet": {
        "xl/_rels/workbook.xml.rels": relationships(
            SHEET_LINK + link("sharedStrings", "worksheets/sheet1.xml", "rId2")
        )
    },
    "the texts and styles are missing": {
        "xl/_rels/workbook.xml.rels": relationships(
            SHEET_LINK + link("sharedStrings", "x.xml", "b") + link("styles", "y.xml", "c")
        )
    },
    "the styles are the types": {
        "xl/_rels/workbook.xml.rels": relationships(
            SHEET_LINK + link("styles", "../[Content_Types].xml", "rId2")
        )
    },
    "the table is the sheet": {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(link("table", "sheet1.xml", "r1"))
    },
    "the table is missing": {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(link("table", "nowhere.xml", "r1"))
    },
    "the table is its own": {
        "xl/tables/_rels/table1.xml.rels": relationships(link("queryTable", "table1.xml"))
    },
    "the pivot table is the sheet": {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(link("pivotTable", "sheet1.xml"))
    },
    "a pivot table anywhere": {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(link("pivotTable", "/p.xml")),
        "p.xml": f'<pivotTableDefinition xmlns="{MAIN}"><location ref="?"/><location/>'
        "</pivotTableDefinition>",
    },
    "many tables": {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(
            "".join(link("table", "../tables/table1.xml", f"r{n}") for n in range(20_000))
        )
    },
    "links without words": {"xl/_rels/workbook.xml.rels": relationships("<Relationship/>" * 9)},
    "a table nowhere": {"xl/tables/table1.xml": TABLE.replace('ref="A1:B2"', "")},
    "a table of all": {"xl/tables/table1.xml": TABLE.replace("A1:B2", WHOLE)},
    "a table of numbers": {
        "xl/tables/table1.xml": TABLE.replace("<tableColumns", "<tableColumns x").replace(
            'id="1"', 'id="99999999999999999999" headerRowCount="-9" totalsRowCount="1e9"'
        )
    },
    "a workbook of sheets": {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView '
        'activeTab="99999999999999999999"/></bookViews><sheets>'
        + '<sheet name="List" sheetId="1" r:id="rId1"/>' * 50_000
        + "</sheets></workbook>"
    },
    "a chain of nothing": {
        "xl/_rels/workbook.xml.rels": relationships(
            SHEET_LINK + link("calcChain", "workbook.xml", "rId9")
        )
    },
    "types of everything": {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/></Types>'
    },
}


@pytest.mark.parametrize("odd", LINKS)
def test_hazard_2_links_that_lead_in_circles_or_nowhere(
    tmp_path: Path, opened: Open, odd: str
) -> None:
    found = opened(full_book(tmp_path / "l.xlsx", LINKS[odd]))
    if odd.startswith(("the main part", "no main part", "the sheet")):
        refused(found, "WorkbookDamaged", "NotAWorkbook", "WorkbookHostile")
