"""Hazards 10, 12 and 13 of workbooks/README.md: what lies around the cells."""

from __future__ import annotations

import re
from pathlib import Path

from tests.workbook.handmade import MAIN, OFFICE, book
from tests.workbook.writes import NUMBERS, cells_of, framed, refuse, sheet_of, write
from zoomdesk.workbook import Edits, apply, plan


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
