"""Rows that are taken out: what is below moves up, and all else is as before, or it is refused."""

from __future__ import annotations

import random
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.workbook.corpus.schema import assert_no_new_faults
from tests.workbook.handmade import DECLARATION, MAIN, OFFICE, book, string_table
from tests.workbook.libreoffice import as_shown
from tests.workbook.oracles import Cells, calamine_cells, changed_members, openpyxl_cells
from tests.workbook.writing.rows import remove, write, written
from zoomdesk.errors import WriteFailed, WriteRefused
from zoomdesk.workbook import Edits, Sheet, apply, plan, read
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.writing.shape import Shape, check_shape

SHEET = "xl/worksheets/sheet1.xml"


def part(path: Path, name: str = SHEET) -> str:
    with Package(path) as package:
        return package.read(name).decode()


def moved(cells: Cells, sheet: str, *rows: int) -> Cells:
    """Return cells as they must be without ``rows`` of the sheet."""
    left = {}
    for (name, row, column), value in cells.items():
        if name != sheet:
            left[name, row, column] = value
        elif row not in rows:
            left[name, row - sum(gone < row for gone in rows), column] = value
    return left


def shown(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {
        (row, column): text
        for column in sheet.columns
        for row in sheet.row_numbers
        if (text := sheet.text(row, column))
    }


# -- what moves ------------------------------------------------------------------------------------


def everything(writer: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.add_table("A1:C10", {"name": "People", "columns": [{"header": h} for h in HEADINGS]})
    for row in range(1, 10):
        sheet.write_url(row, 4, f"https://example.org/{row}", string=f"link {row}")
    sheet.merge_range("G3:H4", "kept")
    sheet.merge_range("G6:H6", "gone")
    sheet.merge_range("G8:H10", "shrunk")
    sheet.data_validation("B2:B10", {"validate": "list", "source": ["a", "b"]})
    sheet.conditional_format("A2:A10", {"type": "duplicate"})
    sheet.ignore_errors({"number_stored_as_text": "B2:B6 C8"})
    sheet.set_row(7, 30, None, {"hidden": True})
    sheet.print_area("A1:C10")
    sheet.repeat_rows(0)
    writer.define_name("Everybody", "=List!$A$2:$A$10")
    writer.define_name("Elsewhere", "=Other!$A$7")
    other = writer.add_worksheet("Other")
    other.write_formula("A1", "=1+1", None, 2)
    other.write_url("A2", "internal:List!A1")


HEADINGS = ["Name", "Seats", "Mail"]


def test_all_that_speaks_of_rows_moves_along(tmp_path: Path) -> None:
    path = written(tmp_path, everything)
    before, links = calamine_cells(path), read(path).hyperlinks
    after = remove(path, 6, 9)
    assert before is not None
    assert calamine_cells(after) == moved(before, "List", 6, 9)
    assert_no_new_faults(path, after)
    sheet = read(after)
    assert sheet.hidden_rows == {7}
    assert [str(area) for area in sheet.merges] == ["G3:H4", "G7:H8"]
    assert [str(table.ref) for table in sheet.tables] == ["A1:C8"]
    assert sheet.hyperlinks == {
        (row - (row > 6) - (row > 9), column): url
        for (row, column), url in links.items()
        if row not in (6, 9)
    }
    assert "https://example.org/5" not in part(after, "xl/worksheets/_rels/sheet1.xml.rels")
    cells = openpyxl.load_workbook(after)
    there = cells["List"]
    assert there.print_area == "'List'!$A$1:$C$8"
    assert there.print_title_rows == "$1:$1"
    assert str(there.data_validations.dataValidation[0].sqref) == "B2:B8"
    assert [str(each.sqref) for each in there.conditional_formatting] == ["A2:A8"]
    assert there.row_dimensions[7].height == 30
    assert cells.defined_names["Everybody"].value == "List!$A$2:$A$8"
    assert cells.defined_names["Elsewhere"].value == "Other!$A$7"
    assert 'sqref="B2:B5 C7"' in part(after)
    assert 'dimension ref="A1:H8"' in part(after)
    assert changed_members(path, after) == {
        SHEET,
        "xl/workbook.xml",
        "xl/tables/table1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }


def test_libreoffice_shows_the_same_without_the_rows(tmp_path: Path) -> None:
    path = written(tmp_path, everything)
    after = remove(path, 2, 4, 7)
    seen = as_shown([path, after], tmp_path)
    rows = seen["list-List"]
    assert seen["after-List"] == [row for at, row in enumerate(rows, 1) if at not in (2, 4, 7)]
    assert seen["after-Other"] == seen["list-Other"]


def test_rows_are_written_and_removed_in_one_go(tmp_path: Path) -> None:
    path = written(tmp_path, everything)
    edits = Edits(
        "List",
        {(5, 1): "five", (10, 2): 77.5, (12, 1): "twelve"},
        header_row=1,
        new_columns={4: "Link"},
        hyperlinks={(10, 4): "https://zoom.example/10"},
        removed_rows=(2, 4),
    )
    after = write(path, edits)
    sheet = read(after)
    assert (sheet.text(3, 1), sheet.text(8, 2), sheet.text(10, 1)) == ("five", "77.5", "twelve")
    assert sheet.hyperlinks[8, 4] == "https://zoom.example/10"
    assert [(str(t.ref), t.columns) for t in sheet.tables] == [("A1:D8", (*HEADINGS, "Link"))]
    with pytest.raises(WriteRefused, match="Row 4 would be written and removed"):
        plan(path, Edits("List", {(4, 1): "x"}, removed_rows=[4]))
    with pytest.raises(WriteRefused, match="outside"):
        plan(path, Edits("List", removed_rows=[0]))


def test_formulas_that_speak_of_nothing_below_stay(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_formula("E1", "=COUNTA(A:A)-1", None, 9)
        sheet.write_formula("E5", "=LEN(A1)", None, 4)
        sheet.write_formula("E7", "=E1*2", None, 18)
        sheet.write_formula("E9", "=B9*2", None, 24)

    path = written(tmp_path, fill)
    chain = (
        f'<calcChain xmlns="{MAIN}"><c r="E9" i="1"/><c r="E7"/><c r="E5"/><c r="E1"/></calcChain>'
    )
    path = with_chain(path, chain)
    after = remove(path, 5, 9)
    assert read(after).formulas == {(1, 5): "=COUNTA(A:A)-1", (6, 5): "=E1*2"}
    assert re.findall(r'r="(\w+)"', part(after, "xl/calcChain.xml")) == ["E6", "E1"]
    assert 'fullCalcOnLoad="1"' in part(after, "xl/workbook.xml")


def with_chain(path: Path, chain: str) -> Path:
    """Return the workbook with a calculation chain, which xlsxwriter does not write."""
    import zipfile

    target = path.with_name("chained.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "[Content_Types].xml":
                entry = (
                    '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.'
                    'openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>'
                )
                text = text.replace("</Types>", entry)
            if name == "xl/_rels/workbook.xml.rels":
                entry = (
                    f'<Relationship Id="rId99" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>'
                    "</Relationships>"
                )
                text = text.replace("</Relationships>", entry)
            new.writestr(name, text)
        new.writestr("xl/calcChain.xml", chain)
    return target


ODD = (
    f"{DECLARATION}<x:worksheet xmlns:x='{MAIN}'><x:dimension ref='A1:C9'/><x:sheetData>\n"
    "<x:row><x:c><x:v>1</x:v></x:c><!-- a --></x:row>\n"
    "<x:row r='3' spans='1:3'><x:c s='0' r='a3'><x:v>3</x:v></x:c>"
    '<x:c><x:v>33</x:v></x:c></x:row><!-- b --><x:row ><x:c r = "B4"/></x:row>'
    "<x:row r='7'/>"
    "<x:row hidden='1' r='8'><x:c t='inlineStr' r='C8'><x:is><x:t>C8\" r=\"C9\"</x:t></x:is>"
    "</x:c></x:row><x:row r='9'><x:c r='A9'><x:v>9</x:v></x:c></x:row></x:sheetData>"
    "<x:mergeCells count='2'><x:mergeCell ref='A8:B8'/><x:mergeCell ref='A4:B4'/></x:mergeCells>"
    "</x:worksheet>"
)


def test_rows_that_are_written_in_odd_ways(tmp_path: Path) -> None:
    path = book(tmp_path / "odd.xlsx", ODD)
    before = shown(read(path))
    for gone in ((1,), (2,), (3,), (4, 5), (7,), (1, 8), (6, 9)):
        sheet = read(remove(path, *gone))
        assert shown(sheet) == {
            (row - sum(each < row for each in gone), column): text
            for (row, column), text in before.items()
            if row not in gone
        }, gone
        assert len(sheet.merges) == 2 - sum(row in gone for row in (4, 8)), gone


def test_the_last_of_a_list_takes_the_list_along(tmp_path: Path) -> None:
    path = written(tmp_path, lambda _, sheet: sheet.merge_range("E5:F5", "gone"))
    assert "mergeCells" not in part(remove(path, 5))


def test_long_lists_with_holes(tmp_path: Path) -> None:
    """Runs of common rows are cut at any place: by numbers, and where cells lack them."""
    chance = random.Random(7)  # noqa: S311  no secret hangs on it
    rows = sorted(chance.sample(range(1, 9000), 6000))
    xml = "".join(
        f'<row r="{n}" spans="1:2"><c r="A{n}"><v>{n}</v></c>'
        + (f'<c r="B{n}" t="s"><v>0</v></c>' if n % 3 else '<c s="0"><v>5</v></c>')
        + "</row>"
        for n in rows
    )
    path = book(tmp_path / "long.xlsx", xml, strings=string_table("<si><t>x</t></si>"))
    gone = {*chance.sample(range(1, 9000), 200), *range(4000, 4500), *range(8990, 9100)}
    before, after = calamine_cells(path), calamine_cells(remove(path, *gone))
    assert before is not None
    place = {n: n - sum(each < n for each in gone) for n in rows}
    assert after == {
        (sheet, place[row], column): value
        for (sheet, row, column), value in before.items()
        if row not in gone
    }


def test_every_workbook_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    """Rows go from the middle of each first sheet, and everything else reads as before."""
    done = 0
    for path in sorted((shared / "workbooks" / "corpus").glob("*.xls[xm]")):
        sheet = read(path)
        if len(sheet.row_numbers) < 3:
            continue
        middle = sheet.row_numbers[len(sheet.row_numbers) // 2]
        after = tmp_path / path.name
        try:
            checked = plan(path, Edits(sheet.name, removed_rows=[middle, middle + 1]))
        except WriteRefused:
            continue
        apply(checked, after)
        done += 1
        for cells_of in (calamine_cells, openpyxl_cells):
            before = cells_of(path)
            if before is not None:
                expected = moved(before, sheet.name, middle, middle + 1)
                assert same(cells_of(after), expected), path.name
    assert done >= 10


def same(found: Cells | None, expected: Cells) -> bool:
    """Compare, but for the formulas of openpyxl: it writes those that are shared anew."""
    return found == expected or (found is None and not expected)


def test_the_check_of_the_finished_file_finds_what_moved_wrongly(tmp_path: Path) -> None:
    path = written(tmp_path, lambda *_: None)
    checked = plan(path, Edits("List", {(3, 1): "x"}, removed_rows=[6]))
    apply(checked, tmp_path / "right.xlsx")
    apply(plan(path, Edits("List", {(3, 1): "x"}, removed_rows=[7])), tmp_path / "wrong.xlsx")
    apply(plan(path, Edits("List", {(3, 1): "x"})), tmp_path / "whole.xlsx")
    assert isinstance(checked.shape, Shape)
    with Package(path) as original:
        for name, words in (("wrong", "row 6 is not what"), ("whole", "row 6"), ("right", "")):
            with Package(tmp_path / f"{name}.xlsx") as finished:
                args = (checked.shape, checked.rows, SHEET, original, finished)
                if not words:
                    check_shape(*args)
                    continue
                with pytest.raises(WriteFailed, match=words):
                    check_shape(*args)
