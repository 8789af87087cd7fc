"""The oracles themselves: each complains of the harm that it is there to find."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.corpus import readers
from tests.workbook.corpus.canonical import assert_equal_but_for_the_write
from tests.workbook.corpus.holding import assert_untouched, compare
from tests.workbook.corpus.odd.rich import make
from tests.workbook.corpus.results import Written, write_results
from tests.workbook.corpus.schema import assert_no_new_faults
from tests.workbook.corpus.table import main

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"

Question = Callable[[Written, readers.NodeReaders], object]

ORACLES: dict[str, Question] = {
    "members": lambda one, _: assert_untouched(one),
    "c14n": lambda one, _: assert_equal_but_for_the_write(one),
    "schema": lambda one, _: assert_no_new_faults(one.before, one.after),
    "openpyxl": lambda one, _: compare(one, readers.openpyxl),
    "calamine": lambda one, _: compare(one, readers.calamine),
    "xlsx": lambda one, node: compare(one, node.sheetjs),
    "exceljs": lambda one, node: compare(one, node.exceljs),
}

EVERY_READER = {"openpyxl", "calamine", "xlsx", "exceljs"}

HARMS: dict[str, tuple[str, bytes, bytes, set[str]]] = {
    "another text": (STRINGS, b"Grace Hopper", b"Grace Dropper", {"c14n", *EVERY_READER}),
    "a written text": (STRINGS, b"Registered", b"Regretted", EVERY_READER),
    "a lost style": (SHEET, b'<row r="4" ', b'<row r="4" s="3" customFormat="1" ', {"c14n"}),
    "a lost margin": (SHEET, b'<pageMargins left="0.7"', b'<pageMargins left="0.8"', {"c14n"}),
    "a wrong order": (SHEET, b"<sheetData>", b"<pageMargins/><sheetData>", {"c14n", "schema"}),
    "a lost table": (SHEET, b"<tablePart ", b"<tablePiece ", {"c14n", "schema"}),
    "a renamed sheet": (WORKBOOK, b'"Two tables"', b'"Two stables"', {"c14n", *EVERY_READER}),
    "a touched part": ("docProps/app.xml", b"<Company>", b"<Company >", {"members", "c14n"}),
}
"""The part, what is done to it, and the oracles that must notice."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("sound")
    return write_results(make(folder, "tables"), folder / "after.xlsx")


@pytest.mark.parametrize("harm", HARMS)
def test_harm_is_noticed(
    harm: str, sound: Written, tmp_path: Path, node: readers.NodeReaders
) -> None:
    part, old, new, noticing = HARMS[harm]
    spoiled = tmp_path / "spoiled.xlsx"
    with zipfile.ZipFile(sound.after) as source, zipfile.ZipFile(spoiled, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(info, data)
    one = Written(sound.before, spoiled, sound.plan, sound.values, sound.changed, sound.rows)
    for oracle in noticing:
        with pytest.raises(AssertionError):
            ORACLES[oracle](one, node)


@pytest.mark.parametrize("oracle", ORACLES)
def test_a_sound_write_is_not_blamed(
    oracle: str, sound: Written, node: readers.NodeReaders
) -> None:
    ORACLES[oracle](sound, node)


@pytest.mark.libreoffice
@pytest.mark.usefixtures("shared", "node")
def test_the_table_has_a_row_for_each_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, "formulas")
    (tmp_path / "no.xlsx").write_bytes(b"no workbook")
    assert main([tmp_path]) == 0
    said = capsys.readouterr().out
    assert "| xlsxwriter-formulas.xlsx | List | 6 | 9 | 2 | 0 | 60 | 60 | 60 | 60 | 60 |" in said
    assert "no.xlsx: refused: " in said
    assert "1 workbooks written" in said
    assert "| hello-world-signed.xlsx | The workbook is signed |" in said
