"""What the workbook would refuse in the end is refused before anybody is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endtoend.command import people_of
from zoomdesk import workbook
from zoomdesk.errors import WriteFailed, WriteRefused
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.settings import Settings


@pytest.fixture
def sheet(tmp_path: Path) -> workbook.Sheet:
    rows = [["Email", "First name"], ["a@example.org", "Ana"]]
    return workbook.read(people_of(tmp_path / "b.xlsx", rows))


@pytest.mark.parametrize("name", ["copy.csv", "copy", "copy.xlsm"])
def test_a_copy_of_another_kind(sheet: workbook.Sheet, tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteRefused, match="must end in") as caught:
        rehearse(sheet, 1, [2], Settings(), tmp_path / name)
    assert "Nothing was sent" in caught.value.hint
    assert "copy.xlsx" in caught.value.hint


def test_a_folder_instead_of_a_copy(sheet: workbook.Sheet, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="is a folder"):
        rehearse(sheet, 1, [2], Settings(), tmp_path)


def test_a_copy_in_no_folder(sheet: workbook.Sheet, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="no folder"):
        rehearse(sheet, 1, [2], Settings(), tmp_path / "missing" / "copy.xlsx")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where root cannot write")
def test_a_folder_that_takes_no_files(sheet: workbook.Sheet) -> None:
    with pytest.raises(WriteFailed, match="may not write"):
        rehearse(sheet, 1, [2], Settings(), Path("/proc/copy.xlsx"))


def test_a_file_that_the_copy_would_replace_is_named(sheet: workbook.Sheet, tmp_path: Path) -> None:
    other = tmp_path / "copy.xlsx"
    other.write_text("somebody's")
    assert any("copy.xlsx" in each for each in rehearse(sheet, 1, [2], Settings(), other))
    assert other.read_text() == "somebody's"
    assert rehearse(sheet, 1, [2], Settings(), sheet.book.path) == ()
    assert rehearse(sheet, 1, [2], Settings()) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.xlsx", "copy.xlsx"]
