"""Whatever happens, a command ends in plain words, and with --json in one object."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.endtoend.command import command, people_of
from zoomdesk.cli.output import Output

# The package's attribute of this name is the function.
cli_main = importlib.import_module("zoomdesk.cli.main")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ZOOMDESK_HOME", str(folder))
    return folder


def broken(error: BaseException) -> Callable[[argparse.Namespace, Output], int]:
    def end(_: argparse.Namespace, __: Output) -> int:
        raise error

    return end


def test_a_fault_of_ours_is_said_plainly_and_logged_without_names(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = ZeroDivisionError("ana.garcia@example.org eyJhbGciOiJIUzI1NiJ9.secretsecret")
    monkeypatch.setitem(cli_main.COMMANDS, "whoami", broken(fault))
    assert cli_main.main(["whoami", "--json"]) == 5
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    said = json.loads(out)["error"]
    assert said["code"] == "internal"
    assert "resume" in said["hint"]
    assert "Traceback" not in err
    log = (home / "zoomdesk.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "garcia" not in log
    assert "secretsecret" not in log


def test_a_log_that_cannot_be_written_hides_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write_text("a file where the folder should be")
    monkeypatch.setitem(cli_main.COMMANDS, "whoami", broken(ZeroDivisionError()))
    assert cli_main.main(["whoami", "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "internal"


def test_ctrl_c_is_one_object_too(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli_main.COMMANDS, "whoami", broken(KeyboardInterrupt()))
    assert cli_main.main(["whoami", "--json"]) == 130
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "interrupted"


def test_a_home_that_is_no_folder_is_said_plainly(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write_text("a file where the folder should be")
    assert cli_main.main(["check", "book.xlsx", "--json"]) == 2
    said = json.loads(capsys.readouterr().out)["error"]
    assert said["code"] == "settings"
    assert "ZOOMDESK_HOME" in said["hint"]


@pytest.mark.skipif(sys.platform == "win32", reason="locales and pipes of POSIX")
@pytest.mark.parametrize("words", [("--json",), ()], ids=["json", "text"])
@pytest.mark.parametrize(
    "world",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=["LANG=C", "cp1252"],
)
def test_a_poor_terminal_does_not_end_a_run(
    tmp_path: Path, world: dict[str, str], words: tuple[str, ...]
) -> None:
    people = [["Vorname", "Nachname", "E-Mail"], ["小明", "Żółć", "a@example.org"]]
    book = people_of(tmp_path / "Gäste.xlsx", people)
    done = subprocess.run(
        command("register", book, "--practice", *words),
        env=os.environ | {"ZOOMDESK_HOME": str(tmp_path / "home")} | world,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    if words:
        assert json.loads(done.stdout)["output"] == str(book)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("full", ["stdout", "stderr"])
def test_nobody_reads_the_output_and_the_links_are_written_even_so(
    tmp_path: Path, full: str
) -> None:
    book = people_of(tmp_path / "b.xlsx", [["Email", "First name"], ["a@example.org", "Ana"]])
    with Path("/dev/full").open("wb") as nowhere:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, full: nowhere}
        done = subprocess.run(
            command("register", book, "--practice", "--json"),
            env=os.environ | {"ZOOMDESK_HOME": str(tmp_path / "home")},
            stdout=streams["stdout"],
            stderr=streams["stderr"],
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done
    assert b"could not be printed" in done.stderr if full == "stdout" else not done.stderr
    from zoomdesk import workbook

    assert "https://" in workbook.read(book).text(2, 3)
