"""Hazard 7 of workbooks/README.md: what is kept and what goes where a cell is written."""

from __future__ import annotations

import re
from pathlib import Path

from tests.workbook.handmade import MAIN, book
from tests.workbook.writes import NUMBERS, cells_of, sheet_of, write
from zoomdesk.workbook import Edits


def test_hazard_7_a_written_cell_keeps_its_style_and_loses_its_type(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="0" t="e" cm="1" vm="2" ph="1"><v>#N/A</v></c></row>'
    path = book(tmp_path / "types.xlsx", row)
    after = sheet_of(write(path, Edits("List", {(1, 1): 12})))
    assert '<row r="1"><c r="A1" s="0"><v>12</v></c></row>' in after
    after = sheet_of(write(path, Edits("List", {(1, 1): None})))
    assert '<row r="1"><c r="A1" s="0"/></row>' in after


def test_hazard_7_new_cells_take_the_style_of_row_or_column(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="1" max="3" width="9" style="4"/></cols>'
        '<sheetData><row r="1" s="7" customFormat="1"/><row r="2" s="7"/>'
        '<row r="3"><c r="A3" s="5"/></row></sheetData></worksheet>'
    )
    path = book(tmp_path / "styles.xlsx", sheet)
    edits = Edits("List", {(n, 2): n for n in (1, 2, 3, 4)} | {(4, 9): 9}, 3, {4: "H", 6: "I"})
    after = sheet_of(write(path, edits))
    styles = dict(re.findall(r'<c r="(\w+)"(?: s="(\d+)")?', after))
    assert styles == {
        "B1": "7", "B2": "4", "A3": "5", "B3": "4", "D3": "4", "F3": "4", "B4": "4", "I4": "",
    }  # fmt: skip


def test_hazard_7_spans_and_dimension_are_widened(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="B2:C2"/><sheetData>'
        '<row r="2" spans="2:3"><c r="B2"/></row><row r="3" spans="1:9"/></sheetData></worksheet>'
    )
    path = book(tmp_path / "spans.xlsx", sheet)
    after = sheet_of(write(path, Edits("List", {(2, 1): 1, (2, 5): 2, (3, 4): 3, (8, 2): None})))
    assert '<dimension ref="A2:E3"/>' in after
    assert '<row r="2" spans="1:5">' in after
    assert '<row r="3" spans="1:9">' in after
    assert 'r="8"' not in after


def test_hazard_7_a_sheet_without_rows(tmp_path: Path) -> None:
    for sheet_data in ("<sheetData/>", "<sheetData />", "<sheetData></sheetData>"):
        sheet = (
            f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>{sheet_data}<pageMargins/></worksheet>'
        )
        path = book(tmp_path / "empty.xlsx", sheet)
        after = write(path, Edits("List", {(2, 2): "b", (1, 1): "a"}))
        assert cells_of(after) == {(1, 1): "a", (2, 2): "b"}
        assert sheet_of(after).endswith("</sheetData><pageMargins/></worksheet>")


def test_hazard_7_a_dimension_that_is_not_there_is_not_made_up(tmp_path: Path) -> None:
    path = book(tmp_path / "none.xlsx", NUMBERS)
    assert "dimension" not in sheet_of(write(path, Edits("List", {(9, 9): "x"})))


def test_hazard_7_missing_rows_are_made_in_order(tmp_path: Path) -> None:
    path = book(tmp_path / "rows.xlsx", NUMBERS)
    edits = Edits("List", {(row, 1): row for row in (9, 2, 4, 7)})
    after = sheet_of(write(path, edits))
    assert re.findall(r'<row r="(\d+)"', after) == ["1", "2", "3", "4", "7", "9"]
    assert re.findall(r'<c r="([A-Z]+3)"', after) == ["C3"]
