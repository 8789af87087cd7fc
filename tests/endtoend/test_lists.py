"""The whole job with lists that are no .xlsx, or are locked, by the real command over HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.endtoend.command import command, people_of, practice_server, read_text, run, sign_in
from tests.endtoend.test_commands import control
from tests.workbook.foreign.makers import converted
from zoomdesk.workbook import read
from zoomdesk.workbook.foreign.passwords import lock

pytestmark = pytest.mark.endtoend

PEOPLE = [
    ("E-Mail", "Vorname", "Nachname", "Telefon"),
    ("juergen@example.com", "Jürgen", "Müller", "0049 30 1"),
    ("zoe@example.com", "Zoë", "François", "007"),
    ("no address", "Nobody", "", ""),
]
WEBINAR = "81234567890"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"ZOOMDESK_HOME": str(tmp_path / "home")}


@pytest.fixture
def server(tmp_path: Path, home: dict[str, str]) -> Iterator[dict[str, Any]]:
    with practice_server("--state", tmp_path / "zoom.state", env=home) as server:
        yield server


@pytest.fixture
def env(server: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    return sign_in(server, tmp_path / "home", tmp_path / "keyring")


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    path = tmp_path / "Gäste.csv"
    rows = "".join(f"{';'.join(row)}\r\n" for row in PEOPLE)
    path.write_bytes(rows.encode("cp1252"))
    return path


def links_of(path: Path) -> dict[str, str]:
    """Return the link in each person's row, as openpyxl reads it."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    email, link = head.index("E-Mail"), head.index("Join URL")
    return {str(row[email]): str(row[link] or "") for row in rows}


def test_check_says_how_text_was_read(guests: Path, home: dict[str, str]) -> None:
    done = run("check", guests, env=home)
    assert done.code == 0
    assert done.data["text"] == {"encoding": "cp1252", "separator": ";", "sure": True}
    assert not done.data["writable"]
    assert "“Gäste.xlsx”" in done.data["new_file"]
    other = run("check", guests, "--encoding", "cp1250", "--separator", "semicolon", env=home)
    assert other.data["text"]["encoding"] == "cp1250"
    for words in (("--encoding", "klingon"), ("--separator", "x"), ("--encoding", "utf-8")):
        assert run("check", guests, *words, env=home).code == 4


def test_practice_with_text(guests: Path, home: dict[str, str]) -> None:
    before = guests.read_bytes()
    done = run("register", guests, "--practice", env=home)
    new = guests.with_suffix(".xlsx")
    assert done.code == 0, done
    assert (done.data["registered"], done.data["skipped"]) == (2, 1)
    assert Path(done.data["output"]) == new
    assert guests.read_bytes() == before
    found = links_of(new)
    assert found["juergen@example.com"].startswith("https://")
    assert found["zoe@example.com"] != found["juergen@example.com"]
    assert found["no address"] == ""
    sheet = read(new)
    assert [sheet.text(3, column) for column in range(1, 5)] == list(PEOPLE[2])
    again = run("register", guests, "--practice", env=home)
    assert Path(again.data["output"]).name == "Gäste (2).xlsx"


def test_a_person_is_told_the_new_file(guests: Path, home: dict[str, str]) -> None:
    code, out, said = read_text("register", guests, "--practice", env=home)
    assert code == 0
    assert "The results go into the new workbook “Gäste.xlsx”" in said
    assert out.rstrip().endswith("Gäste.xlsx")


def test_a_dry_run_makes_no_file(guests: Path, home: dict[str, str]) -> None:
    done = run("register", guests, "--practice", "--dry-run", env=home)
    assert (done.code, done.data["output"]) == (0, None)
    assert not guests.with_suffix(".xlsx").exists()


def test_output_names_the_new_file(guests: Path, home: dict[str, str], tmp_path: Path) -> None:
    wanted = tmp_path / "results.xlsx"
    done = run("register", guests, "--practice", "--output", wanted, env=home)
    assert Path(done.data["output"]) == wanted
    assert links_of(wanted)["zoe@example.com"]
    wrong = run("register", guests, "--practice", "--output", tmp_path / "results.csv", env=home)
    assert wrong.code == 4
    assert "“.xlsx”" in wrong.data["error"]["message"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_practice_with_old_workbooks(tmp_path: Path, home: dict[str, str], kind: str) -> None:
    path = converted(people_of(tmp_path / "guests.xlsx", PEOPLE), tmp_path, kind)
    done = run("register", path, "--practice", env=home)
    assert done.code == 0, done
    assert Path(done.data["output"]).name == "guests (2).xlsx"
    assert links_of(Path(done.data["output"]))["zoe@example.com"]


def test_a_locked_workbook_and_its_password(tmp_path: Path, home: dict[str, str]) -> None:
    plain = people_of(tmp_path / "plain.xlsx", PEOPLE)
    locked, secret = tmp_path / "guests.xlsx", tmp_path / "password.txt"
    with locked.open("wb") as file:
        lock(plain.read_bytes(), "Grüße", file)
    refused = run("register", locked, "--practice", env=home)
    assert (refused.code, refused.data["error"]["code"]) == (4, "password-needed")
    assert "--password-file" in refused.data["error"]["hint"]
    secret.write_text("falsch\n", encoding="utf-8")
    wrong = run("check", locked, "--password-file", secret, env=home)
    assert (wrong.code, wrong.data["error"]["code"]) == (4, "wrong-password")
    secret.write_text("Grüße\n", encoding="utf-8")
    done = run("register", locked, "--practice", "--password-file", secret, env=home)
    assert done.code == 0, done
    new = Path(done.data["output"])
    assert new.name == "guests (2).xlsx"
    assert not new.read_bytes().startswith(b"PK")
    sheet = read(new, password="Grüße")
    assert sheet.text(2, 5).startswith("https://")
    shown = run("show", new, env=home | {"ZOOMDESK_WORKBOOK_PASSWORD": "Grüße"})
    assert shown.data["rows"][1]["cells"]["A2"] == "juergen@example.com"
    missing = run("check", locked, "--password-file", tmp_path / "none", env=home)
    assert missing.code == 2


def test_a_run_of_text_is_resumed_into_the_file_that_it_began(
    guests: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    """Killed while Zoom thinks: the journal knows the new workbook, and no second one is made."""
    control(server, "behaviour", {"latency_seconds": 3})
    words = command("register", guests, "--webinar", WEBINAR, "--yes", "--json")
    new = guests.with_suffix(".xlsx")
    with subprocess.Popen(
        words, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "will be registered" in line:
                break
        for _ in range(600):
            if new.exists():
                break
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
    control(server, "behaviour", {"latency_seconds": 0})
    listed = run("resume", "--list", env=env)
    assert [Path(each["book"]).name for each in listed.data["runs"]] == ["Gäste.xlsx"]
    done = run("resume", env=env)
    assert done.code == 0, done
    assert Path(done.data["output"]) == new
    assert links_of(new)["zoe@example.com"].startswith("https://")
    assert sorted(path.name for path in guests.parent.glob("*.xlsx")) == ["Gäste.xlsx"]
