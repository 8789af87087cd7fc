"""Rows right below a list become part of it: of its table, its filter, its look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.workbook.corpus.schema import assert_no_new_faults
from tests.workbook.handmade import MAIN, book
from tests.workbook.libreoffice import as_shown
from tests.workbook.oracles import calamine_cells, changed_members
from zoomdesk.errors import WriteFailed, WriteRefused
from zoomdesk.workbook import Edits, apply, plan, read
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.writing.edited_cells import Value
from zoomdesk.workbook.writing.shape import Shape, check_shape

SHEET = "xl/worksheets/sheet1.xml"
NEW: dict[tuple[int, int], Value] = {(6, 1): "Ada", (6, 2): 7, (7, 1): "Bo", (7, 3): "new"}
Fill = Callable[[xlsxwriter.Workbook, Worksheet], object]


def written(folder: Path, fill: Fill) -> Path:
    """Write a list of four people in A1:C5, its seats in a format of their own."""
    path = folder / "list.xlsx"
    writer = xlsxwriter.Workbook(path)
    sheet = writer.add_worksheet("List")
    other = writer.add_worksheet("Other")
    other.write("A1", "other")
    framed = writer.add_format({"border": 1, "num_format": "0.00"})
    sheet.write_row("A1", ["Name", "Seats", "Note"])
    for row in range(1, 5):
        sheet.write(row, 0, f"n{row}")
        sheet.write(row, 1, row, framed)
    fill(writer, sheet)
    writer.close()
    return path


def table(_: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.add_table(
        "A1:C5", {"name": "People", "columns": [{"header": h} for h in ("Name", "Seats", "Note")]}
    )


def add(path: Path, cells: dict[tuple[int, int], Value], *rows: int, **more: object) -> Path:
    after = path.with_name("after.xlsx")
    edits = Edits("List", cells, added_rows=rows, **more)  # type: ignore[arg-type] # as given
    apply(plan(path, edits), after)
    return after


def test_a_table_grows(tmp_path: Path) -> None:
    path = written(tmp_path, table)
    before = calamine_cells(path)
    after = add(path, NEW, 6, 7)
    assert before is not None
    assert calamine_cells(after) == before | {("List", *cell): value for cell, value in NEW.items()}
    sheet = openpyxl.load_workbook(after)["List"]
    assert sheet.tables["People"].ref == "A1:C7"
    assert sheet.tables["People"].autoFilter.ref == "A1:C7"
    assert sheet["B6"].number_format == "0.00"
    assert sheet["B6"].border.left.style == "thin"
    assert sheet["A6"].border.left.style is None
    changed = {SHEET, "xl/sharedStrings.xml", "xl/tables/table1.xml"}
    assert changed_members(path, after) == changed
    rows = as_shown([after], tmp_path)["after-List"]
    assert rows[5:] == [["Ada", "7.00", ""], ["Bo", "", "new"]]


def test_columns_and_rows_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, table)
    cells = NEW | {(6, 4): "https://a.example"}
    after = add(path, cells, 6, 7, header_row=1, new_columns={4: "Link"}, removed_rows=[2, 5])
    assert_no_new_faults(path, after)
    found = read(after).tables[0]
    assert (str(found.ref), found.columns[-1]) == ("A1:D5", "Link")
    assert read(after).text(4, 4) == "https://a.example"


def test_the_filter_of_the_sheet_grows_with_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, lambda _, sheet: sheet.autofilter("A1:C5"))
    after = add(path, NEW, 6, 7, hyperlinks={(6, 3): "https://a.example"})
    sheet = read(after)
    assert str(sheet.auto_filter) == "A1:C7"
    assert sheet.hyperlinks == {(6, 3): "https://a.example"}
    with Package(after) as package:
        assert "$A$1:$C$7" in package.read("xl/workbook.xml").decode()


def test_a_list_that_is_no_table(tmp_path: Path) -> None:
    path = written(tmp_path, lambda *_: None)
    after = add(path, NEW, 6, 7)
    assert openpyxl.load_workbook(after)["List"]["B6"].number_format == "0.00"
    assert changed_members(path, after) == {SHEET, "xl/sharedStrings.xml"}


def test_a_table_grows_without_cells(tmp_path: Path) -> None:
    assert str(read(add(written(tmp_path, table), {}, 6)).tables[0].ref) == "A1:C6"


def test_rows_that_are_there_but_empty(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"><v>{n}</v></c></row>' for n in range(1, 6))
    path = book(tmp_path / "e.xlsx", rows + '<row r="6" ht="30"><c r="A6"/></row><row r="9"/>')
    after = add(path, NEW, 6, 7)
    assert [read(after).text(row, 1) for row in (5, 6, 7)] == ["5", "Ada", "Bo"]


def test_two_lists_side_by_side(tmp_path: Path) -> None:
    def fill(writer: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        table(writer, sheet)
        sheet.add_table("E1:F9", {"name": "Longer"})
        sheet.write_column("E2", range(8))

    sheet = read(add(written(tmp_path, fill), NEW, 6, 7))
    assert {found.name: str(found.ref) for found in sheet.tables} == {
        "People": "A1:C7",
        "Longer": "E1:F9",
    }


def test_columns_that_calculate_themselves_are_named(tmp_path: Path) -> None:
    columns = [{"header": "Name"}, {"header": "Seats"}, {"header": "N", "formula": "=[@Seats]*2"}]
    path = written(tmp_path, lambda _, s: s.add_table("A1:C5", {"columns": columns}))
    checked = plan(path, Edits("List", {(6, 1): "Ada"}, added_rows=[6]))
    assert any("calculate themselves" in warning for warning in checked.warnings)


REFUSED: list[tuple[str, Fill, str]] = [
    ("total row", lambda _, s: s.add_table("A1:C6", {"total_row": True}), "totals row"),
    ("totals above", lambda _, s: s.add_table("A1:C5", {"total_row": True}), "row of totals"),
    ("content", lambda _, s: s.write("A7", "in the way"), "row 7 holds something"),
    ("formula", lambda _, s: s.write_formula("B6", "=1+1"), "B6 holds a formula"),
    ("merge", lambda _, s: s.merge_range("B7:B9", "m"), "B7:B9 is in their way"),
]


@pytest.mark.parametrize(("fill", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_where_there_is_no_room(tmp_path: Path, fill: Fill, why: str) -> None:
    path = written(tmp_path, fill)
    content = path.read_bytes()
    with pytest.raises(WriteRefused, match=why) as caught:
        plan(path, Edits("List", NEW, added_rows=[6, 7]))
    assert "Nothing was changed" in caught.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize("rows", [[6, 8], [1]])
def test_rows_that_are_not_below_one_another(tmp_path: Path, rows: list[int]) -> None:
    with pytest.raises(WriteRefused, match="one below the other"):
        plan(written(tmp_path, table), Edits("List", added_rows=rows))


def test_a_table_that_is_filled_from_outside(tmp_path: Path) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{office}"><sheetData><row r="1"><c r="A1">'
        '<v>1</v></c></row></sheetData><tableParts><tablePart r:id="rId1"/></tableParts>'
        "</worksheet>"
    )
    fed = (
        f'<table xmlns="{MAIN}" id="1" displayName="Fed" ref="A1:A5" tableType="queryTable">'
        '<tableColumns count="1"><tableColumn id="1" name="1"/></tableColumns></table>'
    )
    link = f'<Relationship Id="rId1" Type="{office}/table" Target="../tables/table1.xml"/>'
    parts = {"xl/tables/table1.xml": fed}
    path = book(tmp_path / "fed.xlsx", sheet, sheet_links=link, parts=parts)
    with pytest.raises(WriteRefused, match="filled from outside"):
        plan(path, Edits("List", {(6, 1): "x"}, added_rows=[6]))
    with pytest.raises(WriteRefused, match="filled from outside"):
        plan(path, Edits("List", removed_rows=[3]))


def test_the_check_of_the_finished_file_knows_the_table(tmp_path: Path) -> None:
    path = written(tmp_path, table)
    checked = plan(path, Edits("List", NEW, added_rows=[6, 7]))
    apply(plan(path, Edits("List", NEW)), tmp_path / "wrong.xlsx")
    assert isinstance(checked.shape, Shape)
    with (
        Package(path) as original,
        Package(tmp_path / "wrong.xlsx") as finished,
        pytest.raises(WriteFailed, match="a table is not where"),
    ):
        check_shape(checked.shape, checked.rows, SHEET, original, finished)
