"""What must not be written is refused, each with the sentence that says why and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.corpus.books import ODD, SOUND
from tests.workbook.corpus.table import first_sheet
from zoomdesk.errors import (
    NotAWorkbook,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookHostile,
    WorkbookSigned,
)
from zoomdesk.workbook import Edits, inspect, plan, read

REFUSED: dict[str, tuple[type[WorkbookError], str]] = {
    "54764-2.xlsx": (WorkbookHostile, "part [Content_Types].xml brings a document type"),
    "SampleSS.xls": (NotAWorkbook, "is an old Excel workbook (.xls)"),
    "Simple.xlsb": (NotAWorkbook, "is a binary Excel workbook (.xlsb)"),
    "duplicate-filename.xlsx": (WorkbookDamaged, "has its part xl/worksheets/sheet1.xml twice"),
    "hello-world-signed.xlsx": (WorkbookSigned, "carries a digital signature"),
    "issues.ods": (NotAWorkbook, "is an OpenDocument file"),
    "pass_protected.ods": (NotAWorkbook, "is an OpenDocument file"),
    "pass_protected.xlsb": (WorkbookEncrypted, "is locked by a password"),
    "pass_protected.xlsx": (WorkbookEncrypted, "is locked by a password"),
    "poc-xmlbomb.xlsx": (WorkbookHostile, "part xl/sharedStrings.xml brings a document type"),
    "protected_passtika.xlsx": (WorkbookEncrypted, "is locked by a password"),
    "sample-beta.xlsx": (WorkbookDamaged, "of a form that was used before Excel 2007"),
    "xlsx-corrupted.xlsx": (WorkbookDamaged, "part _rels/.rels is not well-formed (line 2)"),
    "xor-encryption-abc.xls": (NotAWorkbook, "is an old Excel workbook (.xls)"),
}

WRITTEN = {SOUND.name, ODD.name}
"""What is sound, and what only odd: its CDATA sections stay as they are."""

READABLE = {
    "SampleSS.xls": "First Sheet",
    "hello-world-signed.xlsx": "Sheet1",
    "issues.ods": "datatypes",
}
"""What is refused for writing only, and its first sheet."""


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "workbooks" / "corpus" / "refuse"


def test_every_file_is_known(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()} - {"index.tsv"}
    assert names == REFUSED.keys() | WRITTEN


@pytest.mark.parametrize("name", REFUSED)
def test_the_sentence(name: str, folder: Path) -> None:
    error, words = REFUSED[name]
    content = (folder / name).read_bytes()
    with pytest.raises(error) as caught:
        plan(folder / name, Edits(first_sheet(folder / name), {(1, 1): "x"}))
    assert words in caught.value.message
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")
    assert (folder / name).read_bytes() == content


@pytest.mark.parametrize(("name", "sheet"), READABLE.items())
def test_what_is_refused_for_writing_only_can_be_read(name: str, sheet: str, folder: Path) -> None:
    assert first_sheet(folder / name) == sheet
    assert any(map(any, read(folder / name, sheet).columns.values()))


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - READABLE.keys()))
def test_what_cannot_be_read_is_refused_at_the_first_look(name: str, folder: Path) -> None:
    with pytest.raises(WorkbookError):
        inspect(folder / name) and read(folder / name)
