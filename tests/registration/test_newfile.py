"""A list that cannot be written gives a new workbook, in which everything stands where it stood."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from zoomdesk import workbook
from zoomdesk.errors import WorkbookChanged, WriteFailed, WriteRefused
from zoomdesk.registration.newfile import make_target, proposed
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.settings import Settings
from zoomdesk.workbook.foreign.passwords import lock


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    path = tmp_path / "guests.csv"
    path.write_text("Email,Name\na@example.com,Ada\n\nb@example.com,Bob\n")
    return path


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Email", "Name"])
    book.active.append(["a@example.com", "Ada"])
    plain, path = tmp_path / "plain.xlsx", tmp_path / "locked.xlsx"
    book.save(plain)
    with path.open("wb") as file:
        lock(plain.read_bytes(), "secret", file)
    plain.unlink()
    return path


def test_a_plain_workbook_is_its_own_target(tmp_path: Path) -> None:
    path = tmp_path / "guests.xlsx"
    openpyxl.Workbook().save(path)
    book = workbook.inspect(path)
    target = make_target(book)
    assert (target.path, target.fingerprint, target.told) == (path, book.fingerprint, "")
    assert not target.is_new
    assert proposed(book) == path


def test_rows_and_sheet_are_found_again(guests: Path) -> None:
    before = workbook.read(guests)
    target = make_target(before.book)
    assert target.is_new
    assert target.path == proposed(before.book).with_name("guests.xlsx")
    assert "“guests.xlsx”" in target.told
    assert "“guests.csv” stays" in target.told
    after = workbook.read(target.path, before.name)
    assert after.book.fingerprint.same_content(target.fingerprint)
    assert (list(after.row_numbers), after.columns) == (
        [1, 2, 4],
        {1: ["Email", "a@example.com", "b@example.com"], 2: ["Name", "Ada", "Bob"]},
    )


def test_the_text_is_saved_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes("Email;Name\na@example.com;Łukasz\n".encode("cp1250"))
    book = workbook.inspect(path, text=workbook.TextOptions("cp1250", ";"))
    assert workbook.read(make_target(book).path).text(2, 2) == "Łukasz"


def test_a_locked_workbook_stays_locked(locked: Path) -> None:
    book = workbook.inspect(locked, password="secret")
    target = make_target(book, password="secret")
    assert target.path.name == "locked (2).xlsx"
    assert workbook.is_locked(target.path)
    assert workbook.read(target.path, password="secret").text(2, 1) == "a@example.com"


def test_a_list_that_changed_since_is_not_taken(guests: Path) -> None:
    book = workbook.inspect(guests)
    guests.write_text("Email,Name\nsomebody.else@example.com,Else\n")
    with pytest.raises(WorkbookChanged):
        make_target(book)
    assert not guests.with_suffix(".xlsx").exists()


def test_what_is_there_stays_unless_told(guests: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.xlsx"
    taken.write_bytes(b"precious")
    book = workbook.inspect(guests)
    with pytest.raises(WriteFailed, match="already"):
        make_target(book, output=taken)
    assert taken.read_bytes() == b"precious"
    assert make_target(book, output=taken, replace_existing=True).path == taken


def test_the_rehearsal_makes_nothing_and_says_what_will_be(guests: Path, locked: Path) -> None:
    sheet = workbook.read(guests)
    assert rehearse(sheet, 1, [2, 4], Settings()) == (sheet.book.new_file,)
    named = guests.with_name("results.xlsx")
    assert rehearse(sheet, 1, [2, 4], Settings(), named) == ()
    secret = workbook.read(locked, password="secret")
    assert rehearse(secret, 1, [2], Settings(), password="secret") == (secret.book.new_file,)
    assert sorted(path.name for path in guests.parent.glob("*.xlsx")) == ["locked.xlsx"]


def test_the_rehearsal_refuses_what_no_sheet_holds(
    guests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = workbook.read(guests)
    with pytest.raises(WriteRefused, match=r"must end in “\.xlsx”"):
        rehearse(sheet, 1, [2], Settings(), guests.with_name("results.csv"))
    guests.write_text(f"Email{',' * 16_383}x\na@example.com\n")
    wide = workbook.read(guests)
    with pytest.raises(WriteRefused, match="no free columns"):
        rehearse(wide, 1, [2], Settings())
    monkeypatch.setattr("zoomdesk.registration.rehearsal.MAX_ROW", 3)
    with pytest.raises(WriteRefused, match="3 rows"):
        rehearse(sheet, 1, [2], Settings())
