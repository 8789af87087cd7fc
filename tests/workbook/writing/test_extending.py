"""Cells that are given right of a table's headings become columns of it (hazard 11)."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from zoomdesk import paths
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import Edits, WritePlan, apply, extended, plan, read
from zoomdesk.workbook.writing.edits import Value

pytestmark = pytest.mark.hazard(11)


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    """The sample: a table on A3:H51 whose headings stand in row 3."""
    return Path(shutil.copy(paths.resource("samples", "guests.xlsx"), tmp_path))


def checked(path: Path, cells: dict[tuple[int, int], Value]) -> WritePlan:
    return extended(plan(path, Edits("Guests", cells)))


def table_of(path: Path) -> tuple[str, list[str], dict[str, object]]:
    book = openpyxl.load_workbook(path)
    sheet = book["Guests"]
    table = sheet.tables["Guests"]
    cells = {cell.coordinate: cell.value for row in sheet["I3:K5"] for cell in row}
    return table.ref, [column.name for column in table.tableColumns], cells


def test_headings_side_by_side_become_columns(guests: Path) -> None:
    before = table_of(guests)[1]
    found = checked(guests, {(3, 9): "Link", (3, 10): "ID", (4, 9): "https://a", (5, 10): 7})
    assert (found.cells, found.warnings) == (4, plan(guests, Edits("Guests", {})).warnings)
    apply(found)
    ref, columns, cells = table_of(guests)
    assert ref == "A3:J51"
    assert columns == [*before, "Link", "ID"]
    assert {key: value for key, value in cells.items() if value is not None} == {
        "I3": "Link",
        "J3": "ID",
        "I4": "https://a",
        "J5": 7,
    }


@pytest.mark.parametrize(
    "cells",
    [
        {(3, 10): "one column further"},
        {(4, 9): "a text, and no heading"},
        {(3, 9): 12},
        {(3, 9): None},
        {(3, 9): "  "},
    ],
)
def test_other_cells_leave_the_table_alone(
    guests: Path, cells: dict[tuple[int, int], Value]
) -> None:
    before = table_of(guests)[:2]
    first = plan(guests, Edits("Guests", cells))
    assert extended(first) is first
    apply(first)
    assert table_of(guests)[:2] == before


def test_a_name_that_the_table_has_stays_outside_with_a_warning(guests: Path) -> None:
    before = table_of(guests)[:2]
    found = checked(guests, {(3, 9): "e-mail", (4, 9): "a@b.example"})
    assert "stay outside of the table “Guests”" in found.warnings[-1]
    assert "already has a column “e-mail”" in found.warnings[-1]
    apply(found)
    assert table_of(guests)[:2] == before
    assert read(guests, "Guests").text(4, 9) == "a@b.example"


def test_new_columns_that_were_named_are_left_as_they_are(guests: Path) -> None:
    edits = Edits("Guests", {(4, 9): "x"}, header_row=3, new_columns={9: "Link"})
    first = plan(guests, edits)
    assert extended(first) is first
    with pytest.raises(WriteRefused):
        checked(guests, {(1, 20_000): "x"})
