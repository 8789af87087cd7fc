"""Hazard 11 of workbooks/README.md: tables."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.workbook.handmade import MAIN, OFFICE, book, relationships, string_table
from tests.workbook.oracles import changed_members
from tests.workbook.writes import SHEET, cells_of, framed, refuse, sheet_of, write
from zoomdesk.workbook import Edits, apply, place_columns, plan, read


def table(path: Path, *, totals: bool = False) -> Path:
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.add_table(
        "B3:C6",
        {
            "name": "People",
            "total_row": totals,
            "columns": [{"header": "Name"}, {"header": "E-Mail"}],
            "data": [["Ada", "ada@example.org"], ["Bob", "bob@example.org"]],
        },
    )
    workbook.close()
    return path


def test_hazard_11_a_table_grows_by_the_columns_that_touch_it(tmp_path: Path) -> None:
    path = table(tmp_path / "t.xlsx")
    heading = 'Link & "more"\nhere_x0041_'
    edits = Edits(
        "List", {(4, 4): "u", (5, 4): "v", (4, 7): "far"}, 3, {4: heading, 5: "Status", 7: "Far"}
    )
    after = write(path, edits)
    assert changed_members(path, after) == {SHEET, "xl/sharedStrings.xml", "xl/tables/table1.xml"}
    grown = openpyxl.load_workbook(after)["List"].tables["People"]
    assert (grown.ref, grown.autoFilter.ref) == ("B3:E6", "B3:E6")
    assert [column.id for column in grown.tableColumns] == [1, 2, 3, 4]
    assert 'count="4"' in sheet_of(after, "xl/tables/table1.xml")
    sheet = read(after)
    assert sheet.tables[0].columns == ("Name", "E-Mail", heading, "Status")
    assert [sheet.text(3, column) for column in range(2, 8)] == [
        "Name", "E-Mail", heading, "Status", "", "Far",
    ]  # fmt: skip
    assert cells_of(after)[3, 4] == heading


def test_hazard_11_headings_totals_and_names_are_kept(tmp_path: Path) -> None:
    path = table(tmp_path / "t.xlsx", totals=True)
    refuse(path, Edits("List", {(3, 2): "x"}), "heading of the table “People”")
    refuse(path, Edits("List", {(6, 2): "x"}), "totals row")
    refuse(path, Edits("List", {}, 3, {4: "e-mail"}), "already has a column")
    refuse(path, Edits("List", {}, 3, {4: "Link", 5: "LINK"}), "already has a column")
    refuse(path, Edits("List", {}, 3, {2: "Link"}), "no room|heading")
    grown = openpyxl.load_workbook(write(path, Edits("List", {}, 3, {4: "Link"})))["List"].tables
    assert (grown["People"].ref, grown["People"].autoFilter.ref) == ("B3:D6", "B3:D5")


def test_hazard_11_a_table_that_a_query_fills_does_not_grow(tmp_path: Path) -> None:
    path = table(tmp_path / "t.xlsx")
    text = sheet_of(path, "xl/tables/table1.xml").replace(
        "<table ", '<table tableType="queryTable" '
    )
    fed = tmp_path / "fed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(fed, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if "tables/table1" in name else old.read(name))
    checked = plan(fed, Edits("List", {(4, 3): "x"}, 3, {4: "Link"}))
    assert len(checked.warnings) == 2
    apply(checked, tmp_path / "after.xlsx")
    assert "xl/tables/table1.xml" not in changed_members(fed, tmp_path / "after.xlsx")


def test_hazard_11_two_tables_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.add_table("A1:B4", {"name": "One"})
    sheet.add_table("C3:D6", {"name": "Two"})
    workbook.close()
    refuse(path, Edits("List", {}, 1, {3: "Link"}), "no room")


def handmade_table(
    path: Path, attributes: str, inside: str, rows: str, **book_options: Any
) -> Path:
    """Make a workbook with one table part as given."""
    link = f'<Relationship Id="rId1" Type="{OFFICE}/table" Target="../tables/table1.xml"/>'
    parts = f'<tableParts count="1"><tablePart xmlns:r="{OFFICE}" r:id="rId1"/></tableParts>'
    part = f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" {attributes}>{inside}</table>'
    members = {"xl/tables/table1.xml": part} | book_options.pop("parts", {})
    return book(path, framed(rows, parts), sheet_links=link, parts=members, **book_options)


PAIR = (
    '<tableColumns count="2"><tableColumn id="9" name="A"/><tableColumn id="4" name="B"/>'
    "</tableColumns>"
)
HEADINGS = (
    '<row r="1"><c r="A1" t="str"><v>A</v></c><c r="B1" t="str"><v>B</v></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row>'
)


def test_hazard_11_ids_of_columns_go_on_from_the_highest(tmp_path: Path) -> None:
    path = handmade_table(tmp_path / "t.xlsx", 'ref="A1:B3"', PAIR, HEADINGS)
    after = write(path, Edits("List", {(2, 3): "u"}, 1, {3: "C", 4: "D"}))
    text = sheet_of(after, "xl/tables/table1.xml")
    assert re.findall(r'<tableColumn id="(\d+)" name="(\w)"', text) == [
        ("9", "A"), ("4", "B"), ("10", "C"), ("11", "D"),
    ]  # fmt: skip
    assert 'ref="A1:D3"' in text
    assert "autoFilter" not in text  # where none was, none is made


@pytest.mark.parametrize("shared_strings", [False, True])
def test_hazard_11_the_heading_of_a_column_is_a_string_cell(
    tmp_path: Path, shared_strings: bool
) -> None:
    strings = string_table("") if shared_strings else None
    path = handmade_table(tmp_path / "t.xlsx", 'ref="A1:B3"', PAIR, HEADINGS, strings=strings)
    after = write(path, Edits("List", {}, 1, {3: "2026"}))
    cell = openpyxl.load_workbook(after)["List"]["C1"]
    assert (cell.data_type, cell.value) == ("s", "2026")
    assert read(after).tables[0].columns == ("A", "B", "2026")


def test_hazard_11_a_query_may_be_known_by_its_part_alone(tmp_path: Path) -> None:
    link = f'<Relationship Id="r1" Type="{OFFICE}/queryTable" Target="../queryTables/q.xml"/>'
    path = handmade_table(
        tmp_path / "q.xlsx",
        'ref="A1:B3"',
        PAIR,
        HEADINGS,
        parts={
            "xl/tables/_rels/table1.xml.rels": relationships(link),
            "xl/queryTables/q.xml": f'<queryTable xmlns="{MAIN}" name="q"/>',
        },
    )
    checked = plan(path, Edits("List", {(2, 3): "u"}, 1, {3: "C"}))
    assert [warning for warning in checked.warnings if "query" in warning]
    assert changed_members(path, write(path, checked.edits)) == {SHEET}


HEADERLESS = (
    '<row r="1"><c r="A1" t="str"><v>ada@example.org</v></c><c r="B1" t="str"><v>Ada</v></c></row>'
    '<row r="2"><c r="A2" t="str"><v>bob@example.org</v></c><c r="B2" t="str"><v>Bob</v></c></row>'
)


def headerless(path: Path) -> Path:
    return handmade_table(path, 'ref="A1:B2" headerRowCount="0"', PAIR, HEADERLESS)


def test_hazard_11_a_table_without_headings_has_no_heading_to_protect(tmp_path: Path) -> None:
    path = headerless(tmp_path / "t.xlsx")
    after = write(path, Edits("List", {(1, 2): "Ada L.", (2, 2): None}))
    assert changed_members(path, after) == {SHEET}
    assert cells_of(after) == {
        (1, 1): "ada@example.org",
        (1, 2): "Ada L.",
        (2, 1): "bob@example.org",
    }


def test_hazard_11_a_table_without_headings_does_not_grow(tmp_path: Path) -> None:
    path = headerless(tmp_path / "t.xlsx")
    sheet = read(path)
    assert sheet.tables[0].header_row_count == 0
    placed = place_columns(sheet, 0, ["Join URL", "Zoom Status"], [1, 2])
    assert (dict(placed.columns), placed.table) == ({"Join URL": 4, "Zoom Status": 5}, "")
    after = write(path, Edits("List", {(row, 4): f"u{row}" for row in (1, 2)}))
    assert changed_members(path, after) == {SHEET}
    assert openpyxl.load_workbook(after)["List"].tables["T"].ref == "A1:B2"
