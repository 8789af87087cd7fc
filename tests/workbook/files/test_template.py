"""New workbooks: the template, and the sample that practice mode opens."""

from __future__ import annotations

import runpy
from pathlib import Path

import openpyxl
import pytest

from zoomdesk.errors import WriteFailed
from zoomdesk.paths import resource
from zoomdesk.workbook import inspect, read, write_template

ROOT = Path(__file__).resolve().parents[3]


def test_the_template_has_headings_and_two_people(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    write_template(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0] == ("Email", "First name", "Last name", "Company")
    assert len(rows) == 3
    assert [row[0].endswith("@example.com") for row in rows[1:]] == [True, True]
    assert inspect(path).write_refusal == ""


def test_a_template_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="cannot be written"):
        write_template(tmp_path / "no such folder" / "people.xlsx")


def test_the_sample_is_what_its_script_makes(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "packaging" / "make_sample.py"))
    made = tmp_path / "guests.xlsx"
    script["make"](made)
    kept = resource("samples", "guests.xlsx")
    assert inspect(made).sheets == inspect(kept).sheets
    for sheet in inspect(kept).sheets:
        assert read(made, sheet.name).columns == read(kept, sheet.name).columns


def test_the_sample_has_what_real_lists_have() -> None:
    sheet = read(resource("samples", "guests.xlsx"))
    addresses = sheet.columns[4][2:]
    (table,) = sheet.tables
    assert sheet.name == "Guests"
    assert sheet.row_numbers[:2] == [1, 3], "a title, and an empty row below it"
    assert (table.ref.first_row, table.last_data_row) == (3, sheet.row_numbers[-1])
    assert sum(address.endswith("@gmial.com") for address in addresses) == 3
    assert len(set(map(str.casefold, map(str.strip, addresses)))) == len(addresses) - 2
    assert [target for target in sheet.hyperlinks.values() if target.startswith("mailto:")]
    assert sheet.columns[1][2] == "00417"
    assert sheet.columns[7][2] == "1 Sep 2026"
    assert sum(not name for name in sheet.columns[2][2:]) == 1


def test_a_template_asks_what_the_event_asks(tmp_path: Path) -> None:
    path = tmp_path / "fair.xlsx"
    asked = {
        "Company": (),
        "=Which talks, and when?": ("Opening", "Data, and what to do with it"),
        "Parking?": ("Yes", "No"),
    }
    write_template(path, asked)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Email", "First name", "Last name", *asked)
    assert [cell.data_type for cell in sheet[1]] == ["s"] * 6
    assert [row[5] for row in rows[1:]] == ["Yes", "No"]
    offered = sheet.data_validations.dataValidation
    assert [(str(each.sqref), each.formula1) for each in offered] == [("F2:F1048576", '"Yes,No"')]
    assert read(path).columns[5][0] == "=Which talks, and when?"
