"""Hazards 5 and 6 of workbooks/README.md: how a worksheet is written, and where its cells are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workbook.handmade import MAIN, book
from tests.workbook.oracles import changed_members
from tests.workbook.writes import NUMBERS, SHEET, cells_of, refuse, sheet_of, write
from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook import Edits, plan, read
from zoomdesk.workbook.opc.package import Package

PREFIXED = (
    f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:C3"/><x:sheetData>'
    '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    '<x:row r="3"><x:c r="C3"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>'
)
PRETTY = (
    f"<?xml version='1.0'?>\n<worksheet xmlns='{MAIN}'>\n  <sheetData  >\n    <row r='1' >\n"
    "      <c r='a1' >\n <v>1</v>\n </c >\n    </row >\n <row   r = '3'>\n<c r='C3'><v >2</v ></c>"
    "</row>\n  </sheetData >\n</worksheet>\n"
)
COMMENTED = (
    f'<worksheet xmlns="{MAIN}"><!-- <sheetData> --><sheetData><!-- <row r="9"/> --><row r="1">'
    '<!-- </row> --><c r="A1"><v>1</v></c><?pi <c r="Z1"/>?></row><row r="3"><c r="C3"><v>2<!--x-->'
    "</v></c></row></sheetData><!-- end --></worksheet>"
)


@pytest.mark.parametrize("xml", [PREFIXED, PRETTY, COMMENTED], ids=["prefix", "pretty", "comments"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_hazard_5_every_way_to_write_xml(tmp_path: Path, xml: str, encoding: str) -> None:
    if encoding == "cp1252":
        xml = re.sub(r"^(<\?xml[^>]*\?>)?", '<?xml version="1.0" encoding="windows-1252"?>', xml)
    path = book(tmp_path / "odd.xlsx", xml.encode(encoding))
    edits = Edits("List", {(1, 1): "é ✓", (2, 2): 7, (3, 1): "a", (3, 5): "z", (4, 1): None})
    after = write(path, edits)
    assert changed_members(path, after) == {SHEET}
    sheet = read(after)
    shown = {
        (row, column): text
        for column, texts in sheet.columns.items()
        for row, text in zip(sheet.row_numbers, texts, strict=True)
        if text
    }
    assert shown == {(1, 1): "é ✓", (2, 2): "7", (3, 1): "a", (3, 3): "2", (3, 5): "z"}
    with Package(path) as old, Package(after) as new:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        before, now = old.read(SHEET).decode(codec), new.read(SHEET).decode(codec)
    assert now.startswith(before[: before.index("<", 2)])
    assert now.endswith(before[before.rindex("</", 0, len(before) - 5) :])
    assert before.count("<!--") == now.count("<!--")


def test_hazard_5_strict_workbooks(tmp_path: Path) -> None:
    path = book(tmp_path / "strict.xlsx", NUMBERS, strict=True)
    assert cells_of(write(path, Edits("List", {(1, 2): "new"}))) == {
        (1, 1): 1.0, (1, 2): "new", (3, 3): 2.0,
    }  # fmt: skip


def test_hazard_5_cdata_stays_but_in_the_cell_that_is_written(tmp_path: Path) -> None:
    kept = '<c r="B1" t="str"><v>a<![CDATA[</row>]]></v></c><!-- </row> --><?x <c r="C1"/>?>'
    lost = '<c r="A1" s="0" t="inlineStr"><is><t><![CDATA[</c>]]></t></is></c>'
    path = book(tmp_path / "cdata.xlsx", f'<row r="1">{lost}{kept}</row>')
    after = write(path, Edits("List", {(1, 1): 7, (1, 3): 8}))
    new = '<c r="A1" s="0"><v>7</v></c>', '<c r="C1"><v>8</v></c>'
    assert f'<row r="1">{new[0]}{kept}{new[1]}</row>' in sheet_of(after)
    assert read(after).text(1, 2) == "a</row>"


def test_hazard_5_no_rows_go_where_there_is_cdata(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="str"><v><![CDATA[x]]></v></c></row><row r="2"/>'
    refuse(book(tmp_path / "cdata.xlsx", row), Edits("List", removed_rows=[2]), "CDATA")


def test_hazard_6_rows_and_cells_without_references(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>"
        '<row r="9"><c r="c9"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    path = book(tmp_path / "positions.xlsx", rows)
    edits = Edits("List", {(1, 2): "b", (2, 1): "c", (3, 4): "d", (9, 1): "e", (10, 2): "f"})
    assert cells_of(write(path, edits)) == {
        (1, 1): 1.0, (1, 2): "b", (2, 1): "c", (3, 2): 3.0, (3, 4): "d",
        (9, 1): "e", (9, 3): 4.0, (9, 4): 5.0, (10, 1): 6.0, (10, 2): "f",
    }  # fmt: skip


def test_hazard_6_rows_out_of_order(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (5, 2, 9))
    path = book(tmp_path / "order.xlsx", rows)
    after = write(path, Edits("List", {(2, 2): "two", (5, 2): "five", (7, 1): "seven"}))
    xml = sheet_of(after)
    assert re.findall(r'<row r="(\d+)"', xml) == ["5", "2", "7", "9"]
    sheet = read(after)
    assert (sheet.text(2, 2), sheet.text(5, 2), sheet.text(7, 1)) == ("two", "five", "seven")


@pytest.mark.parametrize(
    "row",
    [
        '<row r="x"/>',
        '<row r="0"/>',
        '<row r="-1"/>',
        '<row r="1048577"/>',
        '<row r="99999999999"/>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="B7"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><q/></c></row>',
        '<row r="1"><b r="A1"/></row>',
        "<row r='1'><c r='A1'></row>",
        "text",
    ],
)
def test_hazard_6_what_does_not_parse_is_refused(tmp_path: Path, row: str) -> None:
    path = book(tmp_path / "wrong.xlsx", row)
    with pytest.raises(WorkbookDamaged, match=r"sheet1\.xml"):
        plan(path, Edits("List", {(1, 1): "x"}))


def test_hazard_6_a_row_or_cell_that_is_there_twice(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"/><c r="A1"/></row><row r="2"/><row r="2"/>'
    path = book(tmp_path / "twice.xlsx", rows)
    refuse(path, Edits("List", {(1, 1): "x"}), "cell A1 twice")
    refuse(path, Edits("List", {(2, 1): "x"}), "row 2 twice")
    assert plan(path, Edits("List", {(1, 2): "x"})).cells == 1
