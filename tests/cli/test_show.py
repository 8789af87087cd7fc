"""``zoomdesk show`` says what a sheet holds: whole, by reference, in two faces."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.endtoend.command import command, read_text, run
from tests.workbook.handmade import OFFICE, book
from tests.workbook.oracles import calamine_cells
from zoomdesk.cli import main
from zoomdesk.workbook.references import parse_reference

LONG = "a text far beyond the sixty letters that a column is aligned for, " * 3


def shown(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["show", str(path), "--json", *words]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """Return a workbook with all that ``show`` speaks of; its second sheet is shown first."""
    path = tmp_path / "rich.xlsx"
    writer = xlsxwriter.Workbook(path)
    secret = writer.add_worksheet("Secret")
    secret.hide()
    sheet = writer.add_worksheet("List")
    sheet.activate()
    sheet.merge_range("A1:C1", "Guests")
    sheet.add_table(
        "A3:C6",
        {
            "name": "People",
            "total_row": True,
            "columns": [
                {"header": "Name", "total_string": "All"},
                {"header": "Seats", "total_function": "sum"},
                {"header": "Mail"},
            ],
        },
    )
    sheet.write_row("A4", ["Ana", 2])
    sheet.write_url("C4", "mailto:ana@example.org", string="ana@example.org")
    sheet.write_row("A5", ["李\nMing", 3.5])
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.write_formula("E9", '=A4&""', None, "")
    sheet.write_string("F9", LONG)
    sheet.protect()
    writer.close()
    return path


def test_the_object_for_programs(rich: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = shown(rich, capsys)
    rows = {row.pop("row"): row for row in data.pop("rows")}
    assert data == {
        "book": str(rich),
        "kind": ".xlsx",
        "sheet": "List",
        "state": "visible",
        "sheets": [{"name": "Secret", "state": "hidden"}, {"name": "List", "state": "visible"}],
        "tables": [
            {
                "name": "People",
                "ref": "A3:C6",
                "header_rows": 1,
                "totals_rows": 1,
                "columns": ["Name", "Seats", "Mail"],
                "has_query": False,
            }
        ],
        "filter": None,
        "merges": ["A1:C1"],
        "protected": True,
        "writable": True,
        "write_refusal": "",
        "new_file": "",
    }
    assert rows[1]["cells"] == {"A1": "Guests"}
    assert rows[4] == {
        "hidden": False,
        "cells": {"A4": "Ana", "B4": "2", "C4": "ana@example.org"},
        "formulas": {},
        "links": {"C4": "mailto:ana@example.org"},
    }
    assert rows[5]["hidden"]
    assert rows[5]["cells"] == {"A5": "李\nMing", "B5": "3.5"}
    assert rows[6]["cells"] == {"A6": "All", "B6": "0"}
    assert rows[6]["formulas"] == {"B6": "=SUBTOTAL(109,[Seats])"}
    assert rows[9]["cells"] == {"E9": "", "F9": LONG}
    assert rows[9]["formulas"] == {"E9": '=A4&""'}


def test_the_face_for_people(rich: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(rich)]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert "Table “People” on A3:C6" in lines
    assert "Merged: A1:C1" in lines
    assert "Other sheets: “Secret”" in lines
    assert "The sheet is protected." in lines
    head = next(line for line in lines if line.split()[:1] == ["Row"])
    at = head.index("B")
    by_row = {line.split()[0]: line for line in lines[lines.index(head) + 2 : -2]}
    assert list(by_row) == sorted(by_row, key=int)
    assert by_row["4"][at:].startswith("2")
    assert by_row["6"][at:].startswith("ƒ 0")
    assert "hidden" in by_row["5"]
    assert "李 Ming" in by_row["5"]
    assert by_row["9"].endswith(LONG.rstrip())
    assert lines[-1] == f"{len(by_row)} rows · 1 hidden · 2 formulas, marked ƒ · 1 link"


def test_a_sheet_is_chosen_by_name(rich: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = shown(rich, capsys, "--sheet", "secret")
    assert (data["sheet"], data["state"], data["rows"]) == ("Secret", "hidden", [])
    assert main(["show", str(rich), "--sheet", "Secret"]) == 0
    assert "The sheet is empty." in capsys.readouterr().out
    assert main(["show", str(rich), "--sheet", "Nobody", "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "sheet-not-found"


def test_links_and_arrays_on_rows_that_do_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}"><sheetData><row r="2"><c r="B2"><f t="array" ref="B2:B3">A1:A2</f>'
        '<v>1</v></c></row></sheetData><hyperlinks><hyperlink ref="C7" location="List!A1"/>'
        "</hyperlinks></worksheet>"
    )
    rows = shown(book(tmp_path / "a.xlsx", sheet), capsys)["rows"]
    assert [(row["row"], row["cells"], row["links"]) for row in rows] == [
        (2, {"B2": "1"}, {}),
        (3, {"B3": ""}, {}),
        (7, {}, {"C7": "#List!A1"}),
    ]
    assert rows[1]["formulas"] == {"B3": "{=A1:A2}"}


def test_far_flung_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns of a few cells in a long sheet are kept apart: they are shown in their rows."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>'
        + (f'<c r="ZZ{n}"><v>7</v></c></row>' if n % 20_000 == 0 else "</row>")
        for n in range(1, 60_001)
    )
    columns = "".join(f'<c r="{name}60001"><v>1</v></c>' for name in wide_names())
    path = book(tmp_path / "far.xlsx", rows + f'<row r="60001">{columns}</row>')
    data = shown(path, capsys)
    cells = {ref: text for row in data["rows"] for ref, text in row["cells"].items()}
    wanted = calamine_cells(path)
    assert wanted is not None
    read = {("List", *parse_reference(ref)): float(text) for ref, text in cells.items()}
    assert read == wanted
    last = list(data["rows"][-1]["cells"])
    assert last == sorted(last, key=lambda ref: parse_reference(ref)[1])


def wide_names() -> list[str]:
    from zoomdesk.workbook.references import letters_of

    return [letters_of(column) for column in range(1, 1001)]


def test_every_workbook_of_the_corpus_is_shown(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in sorted((shared / "workbooks" / "corpus").glob("*.xls[xm]")):
        data = shown(path, capsys)
        numbers = [row["row"] for row in data["rows"]]
        assert numbers == sorted(set(numbers)), path.name
        for row in data["rows"]:
            assert row["formulas"].keys() <= row["cells"].keys(), path.name
            assert all(parse_reference(ref)[0] == row["row"] for ref in row["cells"]), path.name


def test_in_a_process_of_its_own(rich: Path, tmp_path: Path) -> None:
    env = {"ZOOMDESK_HOME": str(tmp_path / "home"), "PYTHONIOENCODING": "ascii"}
    done = run("show", rich, env=env)
    assert done.code == 0
    assert done.data["rows"][3]["cells"]["A5"] == "李\nMing"
    code, out, err = read_text("show", rich, env=env | {"PYTHONIOENCODING": "utf-8"})
    assert (code, err) == (0, "")
    assert "mailto" not in out
    assert "ana@example.org" in out
    done = run("show", tmp_path / "nothing.xlsx", env=env)
    assert (done.code, done.data["error"]["code"]) == (4, "workbook-not-found")


def test_a_reader_that_goes_away_ends_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List")
    for number in range(20_000):
        sheet.append([number, "some text"])
    book.save(tmp_path / "long.xlsx")
    with subprocess.Popen(
        command("show", tmp_path / "long.xlsx"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert "Sheet “List”" in process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert "nobody reads the output" in said
    assert "Traceback" not in said
