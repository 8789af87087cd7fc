"""Where passwords come from, and how text is read, on the command line."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import IO

import openpyxl
import pytest

from zoomdesk.cli.main import main
from zoomdesk.cli.opening import PASSWORD_VARIABLE, password_for, text_options
from zoomdesk.errors import PasswordNeeded, UsageError, WrongPassword
from zoomdesk.workbook import TextOptions
from zoomdesk.workbook.foreign.passwords import lock


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Email"])
    book.active.append(["a@example.com"])
    plain, path = tmp_path / "plain.xlsx", tmp_path / "locked.xlsx"
    book.save(plain)
    with path.open("wb") as file:
        lock(plain.read_bytes(), "geheim", file)
    return path


def options(**given: str) -> Namespace:
    return Namespace(**{"password_file": None, "encoding": None, "separator": None} | given)


def test_the_file_of_a_password(locked: Path, tmp_path: Path) -> None:
    file = tmp_path / "password.txt"
    for content in ("geheim", "geheim\n", "\ufeffgeheim\r\nand a remark\n"):
        file.write_text(content, encoding="utf-8", newline="")
        assert password_for(locked, options(password_file=str(file))) == "geheim"
    file.write_text("falsch")
    with pytest.raises(WrongPassword):
        password_for(locked, options(password_file=str(file)))
    for content in (b"", b"\n", b"\xff\xfe\x00"):
        file.write_bytes(content)
        with pytest.raises(UsageError, match="password"):
            password_for(locked, options(password_file=str(file)))


def test_the_environment(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PasswordNeeded) as caught:
        password_for(locked, options())
    assert PASSWORD_VARIABLE in caught.value.hint
    monkeypatch.setenv(PASSWORD_VARIABLE, "geheim")
    assert password_for(locked, options()) == "geheim"


def test_a_workbook_without_a_lock_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email\na@example.com\n")
    assert password_for(path, options(password_file=str(tmp_path / "none"))) is None
    assert password_for(tmp_path / "missing.xlsx", options()) is None


def test_options_for_text() -> None:
    assert text_options(options()) is None
    assert text_options(options(encoding="cp1250")) == TextOptions("cp1250", "")
    assert text_options(options(separator="tab")) == TextOptions("", "tab")


def test_a_guess_that_is_not_sure_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes("Email;Name\na@example.com;Łukasz Żółć\n".encode("cp1250"))
    assert main(["check", str(path)]) == 0
    assert "Look at the names" in capsys.readouterr().err
    assert main(["show", str(path), "--encoding", "cp1250"]) == 0
    captured = capsys.readouterr()
    assert "Łukasz Żółć" in captured.out
    assert "Look at the names" not in captured.err


def said_until(stream: IO[str], end: str) -> str:
    said = ""
    while not said.endswith(end) and (letter := stream.read(1)):
        said += letter
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals: only on Linux and macOS")
@pytest.mark.parametrize(("typed", "code"), [(("falsch", "geheim"), 0), (("a", "b", "c"), 4)])
def test_a_person_at_a_terminal_is_asked_again(
    locked: Path, typed: tuple[str, ...], code: int
) -> None:
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "zoomdesk", "show", str(locked)],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        ) as process:
            assert process.stderr is not None
            asked = ""
            for word in typed:  # what is typed before it is asked for is thrown away
                asked += said_until(process.stderr, "”: ")
                os.write(ours, f"{word}\n".encode())
            shown, rest = process.communicate(timeout=60)
            said = asked + rest
    finally:
        os.close(ours)
        os.close(theirs)
    assert process.returncode == code, said
    assert ("a@example.com" in shown) is (code == 0)
    assert said.count("Password of “locked.xlsx”:") == len(typed)
    assert "geheim" not in shown + said
