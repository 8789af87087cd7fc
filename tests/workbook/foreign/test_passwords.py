"""Workbooks behind a password: opened with it, written with it, never laid open on a disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from tests.workbook.foreign.locked_by_office import opened_by_libreoffice
from zoomdesk.errors import (
    PasswordNeeded,
    WorkbookDamaged,
    WorkbookError,
    WriteFailed,
    WrongPassword,
)
from zoomdesk.workbook import (
    Edits,
    apply,
    inspect,
    is_locked,
    plan,
    preview,
    read,
    save_as_workbook,
)
from zoomdesk.workbook.foreign import passwords

PASSWORD = "Grüße 王!"


def package(rows: int = 3) -> bytes:
    """Return an .xlsx of guests."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Guests"
    book.active.append(["Email", "Name"])
    for row in range(rows):
        book.active.append([f"guest{row}@example.com", f"Zoë {row}"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    return lock(tmp_path / "guests.xlsx", package(), PASSWORD)


def lock(path: Path, content: bytes, password: str) -> Path:
    with path.open("wb") as file:
        passwords.lock(content, password, file)
    return path


def by_msoffcrypto(path: Path, password: str) -> bytes:
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password=password, verify_password=True)
        plain = io.BytesIO()
        office.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def test_without_the_password_nothing_is_told(locked: Path) -> None:
    assert is_locked(locked)
    for attempt in (inspect, read, preview):
        with pytest.raises(PasswordNeeded, match="locked by a password") as caught:
            attempt(locked)
        assert "password" in caught.value.hint
    with pytest.raises(PasswordNeeded):
        plan(locked, Edits("Guests", {(2, 3): "x"}))


@pytest.mark.parametrize("password", ["grüße 王!", "Grüße 王! ", "x" * 300])
def test_a_wrong_password_is_said_to_be_wrong(locked: Path, password: str) -> None:
    with pytest.raises(WrongPassword) as caught:
        read(locked, password=password)
    assert password not in str(caught.value)


def test_with_the_password_all_is_as_without_a_lock(locked: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(package())
    sheet, same = read(locked, password=PASSWORD), read(plain)
    assert sheet.columns == same.columns
    assert preview(locked, rows=2, password=PASSWORD).columns == preview(plain, rows=2).columns
    assert sheet.book.locked
    assert sheet.book.kind == ".xlsx"
    assert sheet.book.new_file == (
        "“guests.xlsx” is locked by a password: results are saved as a new workbook "
        "“guests (2).xlsx” with the same password."
    )
    assert not same.book.locked
    assert not same.book.new_file


def test_the_corpus(shared: Path) -> None:
    folder = shared / "workbooks" / "corpus" / "refuse"
    assert read(folder / "protected_passtika.xlsx", password="tika").columns
    assert inspect(folder / "pass_protected.xlsx", password="123").locked
    for name in ("pass_protected.xlsx", "pass_protected.xlsb", "protected_passtika.xlsx"):
        with pytest.raises(PasswordNeeded):
            read(folder / name)


def test_what_excel_opens_without_asking_is_opened_without_asking(tmp_path: Path) -> None:
    path = lock(tmp_path / "guests.xlsx", package(), passwords.EXCELS_OWN)
    assert read(path).book.locked
    new = save_as_workbook(path)
    assert by_msoffcrypto(new, passwords.EXCELS_OWN) == package_of(path, passwords.EXCELS_OWN)


def package_of(path: Path, password: str) -> bytes:
    return passwords.unlocked(path, password)


def test_the_new_workbook_is_the_very_package_locked_alike(locked: Path) -> None:
    before = locked.read_bytes()
    new = save_as_workbook(locked, password=PASSWORD)
    assert new.name == "guests (2).xlsx"
    assert by_msoffcrypto(new, PASSWORD) == by_msoffcrypto(locked, PASSWORD)
    assert locked.read_bytes() == before
    with pytest.raises(PasswordNeeded):
        read(new)


def test_writing_changes_the_cells_and_nothing_else(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = save_as_workbook(locked, password=PASSWORD)
    seen = read(new, password=PASSWORD)
    laid_open: list[str] = []
    original = passwords.lock_into

    def watched(content: bytes, password: str | None, finished: Path, file: io.BytesIO) -> None:
        laid_open.extend(
            path.name
            for path in tmp_path.rglob("*")
            if path.is_file() and path.read_bytes().startswith(b"PK")
        )
        original(content, password, finished, file)

    monkeypatch.setattr("zoomdesk.workbook.writing.apply.lock_into", watched)
    checked = plan(
        new,
        Edits("Guests", {(2, 3): "https://zoom.example/j/1"}),
        expect=seen.book.fingerprint,
        password=PASSWORD,
    )
    assert PASSWORD not in repr(checked)
    report = apply(checked)
    assert laid_open == []
    assert read(new, password=PASSWORD).text(2, 3) == "https://zoom.example/j/1"
    assert read(new, password=PASSWORD).book.fingerprint.same_content(report.fingerprint)
    old, now = (
        zipfile.ZipFile(io.BytesIO(by_msoffcrypto(path, PASSWORD))) for path in (locked, new)
    )
    assert old.namelist() == now.namelist()
    changed = {name for name in old.namelist() if old.read(name) != now.read(name)}
    assert changed - {"xl/sharedStrings.xml"} == {"xl/worksheets/sheet1.xml"}


def test_a_lock_that_does_not_open_is_never_kept(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(content: bytes, _: str, target: io.BytesIO) -> None:
        passwords_lock(content, "another password", target)

    passwords_lock = passwords.lock
    monkeypatch.setattr(passwords, "lock", broken)
    with pytest.raises(WriteFailed, match="does not open it"):
        save_as_workbook(locked, password=PASSWORD)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["guests.xlsx"]


@pytest.mark.parametrize("size", [0, 1, 1000, 4087, 4088, 4089, 4096, 5000, 70_000, 8_000_000])
def test_packages_of_every_size_come_back(tmp_path: Path, size: int) -> None:
    """Below 4,096 bytes and beyond 7 MB the container is laid out in other ways ([MS-CFB])."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("x", bytes(range(256)) * (size // 256) + b"\0" * (size % 256))
    path = lock(tmp_path / "guests.xlsx", content.getvalue(), "x")
    assert by_msoffcrypto(path, "x") == content.getvalue()


@pytest.mark.parametrize("password", ["", "x" * 256])
def test_passwords_that_excel_cannot_take(password: str) -> None:
    with pytest.raises(WriteFailed, match="255"):
        passwords.lock(package(), password, io.BytesIO())


@pytest.mark.libreoffice
@pytest.mark.parametrize("rows", [0, 2000])
def test_libreoffice_opens_it(tmp_path: Path, rows: int) -> None:
    path = lock(tmp_path / "guests.xlsx", package(rows), "geheim")
    shown = opened_by_libreoffice(path, "geheim", tmp_path)
    assert shown.splitlines() == [
        "Email,Name", *(f"guest{row}@example.com,Zoë {row}" for row in range(rows))
    ]  # fmt: skip


def test_damage_is_found(locked: Path) -> None:
    data = bytearray(locked.read_bytes())
    for place in (2000, len(data) // 2, len(data) - 3000):
        data[place] ^= 0x10
    locked.write_bytes(data)
    with pytest.raises(WorkbookError) as caught:
        read(locked, password=PASSWORD)
    assert isinstance(caught.value, WorkbookDamaged | WrongPassword)


def test_a_cut_file_is_refused_in_words(locked: Path) -> None:
    whole = locked.read_bytes()
    for size in range(512, len(whole), 701):
        locked.write_bytes(whole[:size])
        with pytest.raises(WorkbookError) as caught:
            read(locked, password=PASSWORD)
        assert "“guests.xlsx”" in caught.value.message
