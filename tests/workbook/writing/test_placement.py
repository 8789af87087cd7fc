"""Where results go: existing headers, beside or inside tables, never over anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import ColumnPlacement, Sheet, place_columns, read

NAMES = ("Join URL", "Zoom Status")
PEOPLE = (("Name", "Email"), ("Ada", "ada@example.com"), ("Grace", "grace@example.com"))


def sheet_of(tmp_path: Path, fill: Callable[[Worksheet], object]) -> Sheet:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    fill(book.add_worksheet("List"))
    book.close()
    return read(path)


def write_people(sheet: Worksheet, row: int = 0, column: int = 0) -> None:
    for offset, person in enumerate(PEOPLE):
        sheet.write_row(row + offset, column, person)


def add_table(sheet: Worksheet, row: int = 0, *, totals: bool = False) -> None:
    write_people(sheet, row)
    columns = [{"header": header} for header in PEOPLE[0]]
    sheet.add_table(row, 0, row + 2 + totals, 1, {"columns": columns, "total_row": totals})


def test_new_columns_go_to_the_right_of_everything(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write_people(sheet)
        sheet.write("E40", "a note far below")

    placement = place_columns(sheet_of(tmp_path, fill), 1, NAMES, [2, 3])
    assert placement == ColumnPlacement({"Join URL": 6, "Zoom Status": 7}, frozenset(NAMES), "")


def test_an_existing_header_wins(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write_people(sheet, column=1)
        sheet.write("A1", "  JOIN\nurl ")

    placement = place_columns(sheet_of(tmp_path, fill), 1, NAMES, [2, 3])
    assert placement == ColumnPlacement(
        {"Join URL": 1, "Zoom Status": 4}, frozenset({"Zoom Status"}), ""
    )


def test_the_leftmost_of_two_equal_headers_wins(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ("Email", "Join URL", "Join URL", "Zoom Status"))

    placement = place_columns(sheet_of(tmp_path, fill), 1, NAMES, [2])
    assert placement == ColumnPlacement({"Join URL": 2, "Zoom Status": 4}, frozenset(), "")


def test_a_title_merged_above_is_not_beside_the_list(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.merge_range("A1:J1", "Guests")
        write_people(sheet, row=2)

    assert place_columns(sheet_of(tmp_path, fill), 3, NAMES, [4, 5]).columns["Join URL"] == 3


def test_a_merge_beside_the_list_is(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write_people(sheet)
        sheet.merge_range("D2:F3", "")

    assert place_columns(sheet_of(tmp_path, fill), 1, NAMES, [2, 3]).columns["Join URL"] == 7


@pytest.mark.parametrize("totals", [False, True])
def test_a_table_grows(tmp_path: Path, totals: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write("F1", "a note in another column, above the list")
        add_table(sheet, row=2, totals=totals)

    placement = place_columns(sheet_of(tmp_path, fill), 3, NAMES, [4, 5])
    assert placement == ColumnPlacement(
        {"Join URL": 3, "Zoom Status": 4}, frozenset(NAMES), "Table1"
    )


@pytest.mark.parametrize(
    ("occupy", "first"),
    [
        (lambda sheet: sheet.write("D2", "x"), 5),
        (lambda sheet: sheet.write_formula("C3", '=""', None, ""), 4),
        (lambda sheet: sheet.merge_range("D1:E1", ""), 6),
        (lambda sheet: sheet.add_table("D1:E3"), 7),
    ],
)
def test_a_table_does_not_grow_over_anything(
    tmp_path: Path, occupy: Callable[[Worksheet], object], first: int
) -> None:
    def fill(sheet: Worksheet) -> None:
        add_table(sheet)
        occupy(sheet)

    placement = place_columns(sheet_of(tmp_path, fill), 1, NAMES, [2, 3])
    assert placement == ColumnPlacement(
        {"Join URL": first, "Zoom Status": first + 1}, frozenset(NAMES), ""
    )


def test_new_columns_keep_off_a_table_that_they_do_not_belong_to(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write_people(sheet, row=10)
        add_table(sheet)

    placement = place_columns(sheet_of(tmp_path, fill), 11, NAMES, [12, 13])
    assert placement == ColumnPlacement({"Join URL": 4, "Zoom Status": 5}, frozenset(NAMES), "")


def test_a_header_of_the_table_wins_over_one_beside_it(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write("A1", "Email")
        sheet.add_table("C1:D3", {"columns": [{"header": "Email"}, {"header": "Name"}]})

    assert place_columns(sheet_of(tmp_path, fill), 1, ["Email"], [2, 3]).columns == {"Email": 3}


def test_a_sheet_full_to_its_right_edge_is_refused(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write_people(sheet)
        sheet.write("XFC7", "x")

    with pytest.raises(WriteRefused, match="no free columns"):
        place_columns(sheet_of(tmp_path, fill), 1, NAMES, [2, 3])


@pytest.mark.parametrize("people_first", [True, False])
def test_a_table_beside_the_people_does_not_take_their_results(
    tmp_path: Path, people_first: bool
) -> None:
    """Sorting that table by itself would carry the links to other people."""
    path = tmp_path / "beside.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("List")
    table = "C1:D3" if people_first else "A1:B3"
    for row, text in enumerate(["Email", "ada@example.org", "bob@example.org"]):
        sheet.write(row, 0 if people_first else 7, text)
    sheet.add_table(table, {"name": "Rooms", "columns": [{"header": "Room"}, {"header": "Seats"}]})
    book.close()
    placed = place_columns(read(path), 1, ["Link", "Status"], [2, 3])
    assert placed.table == ""
    assert placed.columns == {"Link": 6 if people_first else 9, "Status": 7 if people_first else 10}


def test_what_stands_beside_the_totals_keeps_the_table_from_growing(tmp_path: Path) -> None:
    path = tmp_path / "totals.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("List")
    columns = [{"header": "Email", "total_string": "Sum"}, {"header": "Seats"}]
    data = [["ada@example.org", 2], ["bob@example.org", 3]]
    sheet.add_table("A1:B4", {"name": "T", "total_row": True, "columns": columns, "data": data})
    sheet.write("C4", "seats are free")
    book.close()
    found = read(path)
    assert found.totals == {(4, 1): "Sum"}
    assert list(found.columns[1]) == ["Email", "ada@example.org", "bob@example.org", ""]
    assert found.text(4, 1) == "Sum"
    assert found.text(4, 3) == "seats are free"
    assert place_columns(found, 1, ["Link"], [2, 3]).table == ""
