"""Hazard 11 of workbooks/README.md: tables."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.workbook.oracles import changed_members
from tests.workbook.writes import SHEET, cells_of, refuse, sheet_of, write
from zoomdesk.workbook import Edits, apply, plan, read


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
