"""``zoomdesk patch`` sets the cells of a JSON object, or says why not."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.endtoend.command import read_text, run
from tests.workbook.oracles import calamine_cells, changed_members
from zoomdesk.cli import main
from zoomdesk.cli.patching import parse_cells
from zoomdesk.errors import UsageError
from zoomdesk.workbook import read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a workbook whose second sheet is shown first; C2 of it is a formula."""
    file = tmp_path / "Gäste.xlsx"
    writer = xlsxwriter.Workbook(file)
    writer.add_worksheet("Other").write_string("A1", "other")
    sheet = writer.add_worksheet("List")
    sheet.activate()
    sheet.write_row("A1", ["Name", "Seats"])
    sheet.write_row("A2", ["Ana", 2])
    sheet.write_formula("C2", "=B2*2", None, 4)
    sheet.merge_range("E1:F2", "wide")
    writer.close()
    return file


def patch(
    book: Path, cells: str, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, dict[str, Any]]:
    file = book.with_name("cells.json")
    file.write_text(cells, encoding="utf-8")
    code = main(["patch", str(book), "--cells", str(file), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_cells_are_set_and_nothing_else(
    path: Path, zoomdesk_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = path.read_bytes()
    before = calamine_cells(path)
    code, data = patch(path, '{"c5": "=text", "D5": 12, "$B$2": 0.5, "A2": null}', capsys)
    backup = Path(data.pop("backup"))
    assert (code, data) == (
        0,
        {
            "book": str(path),
            "sheet": "List",
            "cells": 4,
            "warnings": [],
            "output": str(path),
        },
    )
    assert backup.read_bytes() == original
    assert zoomdesk_home in backup.parents
    assert before is not None
    before |= {("List", 5, 3): "=text", ("List", 5, 4): 12, ("List", 2, 2): 0.5}
    del before["List", 2, 1]
    assert calamine_cells(path) == before
    assert changed_members(backup, path) == {
        "xl/worksheets/sheet2.xml",
        "xl/sharedStrings.xml",
    }


def test_a_copy_leaves_the_workbook_alone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original, copy = path.read_bytes(), path.with_name("copy.xlsx")
    code, data = patch(path, '\ufeff{"A1": "x"}', capsys, "--output", str(copy), "--sheet", "other")
    assert (code, data["output"], data["backup"], data["sheet"]) == (0, str(copy), None, "Other")
    assert path.read_bytes() == original
    assert read(copy, "Other").text(1, 1) == "x"


def test_a_dry_run_writes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = path.read_bytes()
    code, data = patch(path, '{"A1": "x", "B1": 1}', capsys, "--dry-run")
    assert (code, data["dry_run"], data["cells"], data["output"]) == (0, True, 2, None)
    assert path.read_bytes() == original
    code, data = patch(path, '{"C2": 1}', capsys, "--dry-run")
    assert (code, data["error"]["code"]) == (4, "write-refused")


def test_formulas_go_only_when_asked(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = path.read_bytes()
    code, data = patch(path, '{"C2": 9}', capsys)
    assert code == 4
    assert "C2 holds a formula" in data["error"]["message"]
    assert path.read_bytes() == original
    assert patch(path, '{"C2": 9}', capsys, "--overwrite-formulas")[0] == 0
    sheet = read(path)
    assert (sheet.text(2, 3), sheet.formulas) == ("9", {})


@pytest.mark.parametrize(
    ("cells", "words", "reason"),
    [
        ('{"F2": 1}', (), "merged cells E1:F2"),
        ('{"A1": "x"}', ("--sheet", "Nobody"), "“Nobody”"),
        (json.dumps({"A1": "x" * 32_768}), (), "32,767"),
        ('{"A1": "x"}', ("--output", "copy.csv"), "“.xlsx”"),
        ('{"A1": "x"}', ("--output", "/nowhere/copy.xlsx"), "could not be saved"),
    ],
)
def test_what_the_workbook_refuses(
    path: Path,
    capsys: pytest.CaptureFixture[str],
    cells: str,
    words: tuple[str, ...],
    reason: str,
) -> None:
    original = path.read_bytes()
    code, data = patch(path, cells, capsys, *words)
    assert (code, data["error"]["exit_code"]) == (4, 4)
    assert reason in data["error"]["message"]
    assert path.read_bytes() == original


def test_a_workbook_that_somebody_has_open(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"\x03Ana" + b" " * 51 + b"\x03\0A\0n\0a\0" + b" \0" * 51)
    code, data = patch(path, '{"A1": 1}', capsys)
    assert (code, data["error"]["code"]) == (4, "workbook-in-use")
    assert "Ana" in data["error"]["message"]


def test_a_locked_workbook_gets_a_copy(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes((shared / "workbooks/corpus/refuse/pass_protected.xlsx").read_bytes())
    assert patch(locked, '{"A1": "x"}', capsys)[0] == 4
    monkeypatch.setenv("ZOOMDESK_WORKBOOK_PASSWORD", "123")
    code, data = patch(locked, '{"A1": "x"}', capsys)
    assert (code, data["error"]["code"]) == (4, "write-refused")
    assert "--output" in data["error"]["hint"]
    copy = tmp_path / "copy.xlsx"
    assert patch(locked, '{"A1": "x"}', capsys, "--output", str(copy))[0] == 0
    assert read(copy, password="123").text(1, 1) == "x"


NESTED = "[" * 100_000


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"A0": 1}', "“A0”"),
        ('{"XFE1": 1}', "“XFE1”"),
        ('{"A1048577": 1}', "“A1048577”"),
        ('{"A1:B2": 1}', "“A1:B2”"),
        ('{"": 1}', "“”"),
        ('{"Ａ1": 1}', "“Ａ1”"),
        ('{"A1": 1, "a1": 2}', "A1 is there twice"),
        ('{"A1": 1, "A1": 1}', "A1 is there twice"),
        ('{"B7": true}', "“B7” is true"),
        ('{"B7": [1]}', "“B7”"),
        ('{"B7": {"A1": 1}}', "“B7”"),
        ('{"B7": {}}', "“B7”"),
        ('{"B7": NaN}', "NaN for “B7”"),
        ('{"B7": -Infinity}', "-Infinity for “B7”"),
        ('{"B7": 1e309}', "“B7”"),
        ('{"B7": 9.9999999999999999e307}', "“B7”"),
        ('{"B7": 9007199254740993}', "“B7” has more digits"),
        ('{"B7": -9007199254740993}', "“B7” has more digits"),
        ('{"B7": ' + "9" * 5000 + "}", "“B7” has more digits"),
        ('{"B7": "x\\ud83d"}', "“B7” holds half of a character"),
        ("[]", "not a JSON object"),
        ('"A1"', "not a JSON object"),
        ("{}", "names no cell"),
        ("", "line 1, column 1"),
        ('{"A1": 1', "not JSON"),
        ("{'A1': 1}", "not JSON"),
        (NESTED, "nested too deeply"),
        ('{"A1": ' + NESTED, "nested too deeply"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_cells_that_make_no_sense(text: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_cells(text.encode())
    assert named in caught.value.message
    assert len(caught.value.message) < 200


def test_cells_that_make_sense() -> None:
    cells = parse_cells(
        b'{"a1": "", "XFD1048576": "x", "B1": 9007199254740992, "B2": -1.5e300, "B3": "007"}'
    )
    assert cells == {
        (1, 1): None,
        (1_048_576, 16_384): "x",
        (1, 2): 2**53,
        (2, 2): -1.5e300,
        (3, 2): "007",
    }


@pytest.mark.parametrize("content", [b"\xff\xfe{\0}\0", b'{"A1": "\xe9"}', b"\x00\x01"])
def test_a_file_that_is_not_text(content: bytes) -> None:
    with pytest.raises(UsageError):
        parse_cells(content)


def test_a_file_that_cannot_be_read(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("nowhere.json", "nul\0.json", str(path.parent)):
        assert main(["patch", str(path), "--cells", name, "--json"]) == 2
        assert "cannot be read" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_no_standard_input(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["patch", str(path), "--cells", "-"]) == 2


def test_in_a_process_of_its_own(path: Path, tmp_path: Path) -> None:
    env = {"ZOOMDESK_HOME": str(tmp_path / "home")}
    done = run("patch", path, "--cells", "-", env=env, given='{"A9": "через stdin"}')
    assert (done.code, done.said) == (0, "")
    assert read(path).text(9, 1) == "через stdin"
    done = run("patch", path, "--cells", "-", env=env, given='{"A9": true}')
    assert done.code == 2
    assert "“A9”" in done.said
    done = run("patch", path, "--cells", "-", env=env, given='{"C2": 1}')
    assert done.code == 4
    assert "formula" in done.said
    code, out, _ = read_text("patch", path, "--cells", path.with_name("none.json"), env=env)
    assert (code, out) == (2, "")
