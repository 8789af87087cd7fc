"""Hazards 10, 12 and 13 of workbooks/README.md: what lies around the cells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workbook.handmade import MAIN, OFFICE, book, style_sheet
from tests.workbook.oracles import changed_members
from tests.workbook.writes import (
    NUMBERS,
    SHEET,
    cells_of,
    framed,
    refuse,
    rewritten,
    sheet_of,
    write,
)
from zoomdesk.workbook import Edits, apply, plan, read


def test_hazard_10_only_the_anchor_of_merged_cells(tmp_path: Path) -> None:
    merges = '<mergeCells count="1"><mergeCell ref="B2:D3"/></mergeCells>'
    path = book(tmp_path / "merged.xlsx", framed(NUMBERS, merges))
    assert cells_of(write(path, Edits("List", {(2, 2): "x"})))[2, 2] == "x"
    for cell in ((2, 3), (3, 2), (3, 4)):
        refuse(path, Edits("List", {cell: "x"}), "merged cells B2:D3")


def test_hazard_10_nothing_under_a_pivot_table(tmp_path: Path) -> None:
    link = f'<Relationship Id="r1" Type="{OFFICE}/pivotTable" Target="../pivotTables/p.xml"/>'
    pivot = f'<pivotTableDefinition xmlns="{MAIN}"><location ref="B2:C9"/></pivotTableDefinition>'
    path = book(
        tmp_path / "p.xlsx", NUMBERS, sheet_links=link, parts={"xl/pivotTables/p.xml": pivot}
    )
    refuse(path, Edits("List", {(9, 3): "x"}), "a pivot table")
    assert plan(path, Edits("List", {(10, 3): "x"})).cells == 1


def test_hazards_12_and_13_are_said_and_written(tmp_path: Path) -> None:
    after = (
        '<sheetProtection sheet="1"/><dataValidations><dataValidation type="list" sqref="A1 C3:C9">'
        "<formula1>x</formula1></dataValidation></dataValidations>"
    )
    rows = '<row r="1"/><row r="3" hidden="1"/>'
    path = book(tmp_path / "warned.xlsx", framed(rows, after))
    checked = plan(path, Edits("List", {(3, 3): "x"}))
    assert [re.findall("protected|hidden|list", warning)[0] for warning in checked.warnings] == [
        "protected", "hidden", "list",
    ]  # fmt: skip
    target = tmp_path / "after.xlsx"
    assert apply(checked, target).warnings == checked.warnings
    assert sheet_of(target).endswith(f"</sheetData>{after}</worksheet>")


def test_hazard_12_filters_print_areas_formats_and_validations_stay(tmp_path: Path) -> None:
    after = (
        '<autoFilter ref="A1:C3"><filterColumn colId="0"><filters><filter val="1"/></filters>'
        '</filterColumn></autoFilter><conditionalFormatting sqref="A1:C3"><cfRule type="cellIs" '
        'dxfId="0" priority="1" operator="equal"><formula>1</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="whole" '
        'sqref="B1:B3"><formula1>1</formula1></dataValidation></dataValidations>'
    )
    path = book(tmp_path / "filtered.xlsx", framed(NUMBERS, after))
    names = (
        '</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'
        "List!$A$1:$C$3</definedName></definedNames>"
    )
    text = sheet_of(path, "xl/workbook.xml").replace("</sheets>", names)
    path = rewritten(path, "xl/workbook.xml", text)
    written = write(path, Edits("List", {(2, 2): 5, (9, 5): "beyond"}, 1, {4: "New"}))
    assert changed_members(path, written) == {SHEET}
    assert sheet_of(written).endswith(f"</sheetData>{after}</worksheet>")


def test_hazard_12_no_warning_where_nothing_is_hidden_or_listed(tmp_path: Path) -> None:
    after = (
        '<dataValidations><dataValidation type="list" sqref="A1"><formula1>x</formula1>'
        "</dataValidation></dataValidations>"
    )
    path = book(tmp_path / "plain.xlsx", framed('<row r="1"/><row r="2" hidden="1"/>', after))
    assert plan(path, Edits("List", {(1, 2): "x"})).warnings == ()


def test_hazard_13_the_protection_of_a_workbook_stays(tmp_path: Path) -> None:
    properties = '<workbookProtection lockStructure="1" workbookPassword="83AF"/>'
    path = book(tmp_path / "p.xlsx", NUMBERS, workbook_properties=properties)
    after = write(path, Edits("List", {(1, 1): "x"}))
    assert changed_members(path, after) == {SHEET}
    assert properties in sheet_of(after, "xl/workbook.xml")


@pytest.mark.parametrize(("flag", "shown"), [("1", "2028-02-01"), ("0", "2024-01-31")])
def test_hazard_13_dates_of_1904(tmp_path: Path, flag: str, shown: str) -> None:
    row = '<row r="1"><c r="A1" s="0"><v>45322</v></c></row>'
    path = book(
        tmp_path / "d.xlsx",
        row,
        styles=style_sheet("yyyy-mm-dd"),
        workbook_properties=f'<workbookPr date1904="{flag}"/>',
    )
    after = write(path, Edits("List", {(1, 2): "x"}))
    assert changed_members(path, after) == {SHEET}
    assert read(after).text(1, 1) == shown
