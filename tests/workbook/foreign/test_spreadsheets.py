"""Old and foreign workbooks are read cell by cell where they stand, or refused in words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.workbook.foreign.makers import converted, ods, sample, text_cell, xlsb
from zoomdesk.errors import (
    PasswordNeeded,
    SheetNotFound,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookHostile,
)
from zoomdesk.workbook import Edits, inspect, plan, preview, read

PEOPLE = {
    3: ["E-Mail", "zoe@example.com", "", "0049", "", "merged"],
    4: ["Name", "Zoë 王", "", "", "", ""],
    5: ["Id", "612345678", "", "49", "", ""],
    6: ["Since", "2024-02-29", "", "2", "", ""],
    7: ["Seen", "2024-02-29 13:05:59", "", "", "", ""],
    8: ["At", "13:05:59", "", "", "", ""],
    11: ["Rate", "0.125", "", "", "", ""],
}
"""The sample's columns from row 4, but for those in which the formats differ."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("samples")
    book = sample(folder / "guests.xlsx")
    return {kind: converted(book, folder, kind) for kind in ("xls", "ods")}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_every_cell_is_where_it_was(samples: dict[str, Path], kind: str) -> None:
    book = inspect(samples[kind])
    assert book.kind == f".{kind}"
    assert [(info.name, info.state) for info in book.sheets] == [
        ("Gäste", "visible"), ("Empty", "visible"), ("Hidden", "hidden"),
    ]  # fmt: skip
    assert f"“guests.{kind}”" in book.new_file
    assert "without its formulas and formats" in book.new_file
    sheet = read(samples[kind])
    assert sheet.name == "Gäste"
    rows = list(sheet.row_numbers)
    assert rows == list(range(4, 10))
    found = {column: list(sheet.columns[column]) for column in PEOPLE}
    assert found == PEOPLE
    assert read(samples[kind], "Empty").columns == {}
    assert read(samples[kind], "hidden").text(1, 1) == "x"


@pytest.mark.libreoffice
def test_kinds_of_values_that_formats_treat_differently(samples: dict[str, Path]) -> None:
    xls, table = read(samples["xls"]), read(samples["ods"])
    assert (xls.text(5, 9), xls.text(5, 10)) == ("36:00:00", "TRUE")
    assert table.text(5, 9) == "36:00:00"


@pytest.mark.libreoffice
def test_merged_cells_of_xls(samples: dict[str, Path]) -> None:
    assert [str(area) for area in read(samples["xls"]).merges] == ["C9:E9"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_preview_is_the_beginning(samples: dict[str, Path], kind: str) -> None:
    first = preview(samples[kind], rows=2)
    assert list(first.row_numbers) == [4, 5]
    assert first.text(5, 3) == "zoe@example.com"


def test_binary_workbooks(tmp_path: Path) -> None:
    cells = [(2, 1, "Email"), (2, 2, "Id"), (4, 1, "zoe@example.com"), (4, 2, 612345678.0)]
    path = xlsb(tmp_path / "guests.xlsb", cells, ["People", "Q1/Q2", "q1_q2"])
    assert [info.name for info in inspect(path).sheets] == ["People", "Q1_Q2", "q1_q2 (2)"]
    sheet = read(path)
    assert list(sheet.row_numbers) == [3, 4, 5]
    assert sheet.columns == {2: ["Email", "", "zoe@example.com"], 3: ["Id", "", "612345678"]}
    assert read(path, "Q1/Q2").name == "Q1_Q2"
    with pytest.raises(SheetNotFound, match="Guests"):
        read(path, "Guests")


def test_open_documents_with_repetitions(tmp_path: Path) -> None:
    row = f"<table:table-row table:number-rows-repeated='3'>{text_cell('x', 2)}</table:table-row>"
    rest = (
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read(ods(tmp_path / "guests.ods", row + rest))
    assert sheet.columns == {1: ["x"] * 3, 2: ["x"] * 3}


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("pass_protected.ods", WorkbookEncrypted, "password"),
        ("xor-encryption-abc.xls", WorkbookEncrypted, "password"),
        ("pass_protected.xlsb", PasswordNeeded, "password"),
        ("Simple.xlsb", WorkbookDamaged, "before Excel 2007"),
    ],
)
def test_what_the_corpus_holds_that_cannot_be_read(
    shared: Path, name: str, error: type[WorkbookError], words: str
) -> None:
    with pytest.raises(WorkbookError, match=words) as caught:
        read(shared / "workbooks" / "corpus" / "refuse" / name)
    assert type(caught.value) is error
    assert caught.value.hint


@pytest.mark.parametrize("name", ["SampleSS.xls", "issues.ods"])
def test_what_the_corpus_holds_is_read_but_never_written(shared: Path, name: str) -> None:
    path = shared / "workbooks" / "corpus" / "refuse" / name
    before = path.read_bytes()
    sheet = read(path)
    assert sheet.columns
    with pytest.raises(WorkbookError) as caught:
        plan(path, Edits(sheet.name, {(1, 1): "x"}))
    assert f"“{name}”" in caught.value.message
    assert ".xlsx" in caught.value.hint
    assert path.read_bytes() == before


def test_other_documents_of_that_container(tmp_path: Path) -> None:
    path = tmp_path / "letter.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(WorkbookDamaged, match="old Excel workbook"):
        read(path)


def test_sheets_beyond_memory_are_refused(tmp_path: Path) -> None:
    corner = xlsb(tmp_path / "corner.xlsb", [(0, 0, "a"), (1_048_575, 16_383, "z")], ["S"])
    repeated = ods(
        tmp_path / "repeated.ods",
        f"<table:table-row table:number-rows-repeated='1000000'>{text_cell('x', 16384)}"
        "</table:table-row>",
    )
    endless = ods(
        tmp_path / "endless.ods",
        f"<table:table-row table:number-rows-repeated='99999999999999999999'>{text_cell('x', 99)}"
        "</table:table-row>",
    )
    for path in (corner, repeated, endless):
        with pytest.raises(WorkbookHostile, match="more than is opened"):
            read(path)


def test_entities_and_broken_markup_of_open_documents(tmp_path: Path) -> None:
    path = ods(tmp_path / "guests.ods", "<table:table-row>")
    with pytest.raises(WorkbookDamaged, match="not well-formed"):
        read(path)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_damaged_files_are_read_or_refused(
    samples: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    """Cut short and with bits turned over, whatever the library makes of it: words, no crash."""
    whole = samples[kind].read_bytes()
    chance = random.Random(7)  # noqa: S311  no secret
    path = tmp_path / f"guests.{kind}"
    for attempt in range(40):
        damaged = bytearray(whole)
        if attempt % 4 == 0:
            del damaged[chance.randrange(len(damaged)) :]
        for _ in range(chance.randrange(1, 30)):
            if damaged:
                damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        said = ""
        try:
            read(path)
        except WorkbookError as error:
            said = str(error)
        assert "Error" not in said
        assert "panic" not in said.lower()
