"""Awkward days at the level of what a person types: two at once, copies nowhere, Ctrl+C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.endtoend.command import Done, command, people_of, practice_server, run, sign_in

pytestmark = pytest.mark.endtoend

GUESTS = 91
PATIENCE = 60.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with practice_server(env={"ZOOMDESK_HOME": str(tmp_path / "server")}) as said:
        yield said


@pytest.fixture
def env(server: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    return sign_in(server, tmp_path / "home", tmp_path / "keyring")


def guests(path: Path, first: int = 0) -> Path:
    path.parent.mkdir(exist_ok=True)
    people = [[f"Gast {n}", f"gast{n}@example.com"] for n in range(first, first + GUESTS)]
    return people_of(path, [["Vorname", "E-Mail"], *people])


def ask(server: dict[str, Any], what: str, body: object | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310  http on loopback
        f"{server['url']}/_sim/{what}", data, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310  http on loopback
        return json.load(answer)


def start(*words: str | Path, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*words, "--json"),
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> Done:
    out, err = process.communicate(timeout=PATIENCE)
    assert out.count("\n") == 1, out + err
    assert "Traceback" not in err
    return Done(process.returncode, json.loads(out), err)


def wait_for_batch(server: dict[str, Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if any(each["call"] == "batch" for each in ask(server, "record")["requests"]):
            return
        time.sleep(0.02)
    pytest.fail("no batch came")


def check(server: dict[str, Any], *books: Path) -> None:
    """Everybody was sent once, and every link stands in every sheet."""
    event = ask(server, "record")["events"][server["webinar"]]
    assert {tally["submitted"] for tally in event["tally"].values()} == {1}
    assert {tally["mails"] for tally in event["tally"].values()} == {1}
    links = {person["email"]: person["join_url"] for person in event["registrants"]}
    for book in books:
        sheet = openpyxl.load_workbook(book).active
        assert sheet is not None
        heading, *rows = sheet.iter_rows(values_only=True)
        email, link = heading.index("E-Mail"), heading.index("Join URL")
        assert [row[link] for row in rows] == [links[str(row[email])] for row in rows]


def test_two_registers_at_once(server: dict[str, Any], env: dict[str, str], tmp_path: Path) -> None:
    ask(server, "behaviour", {"latency_seconds": 0.1})
    books = [guests(tmp_path / "a.xlsx"), guests(tmp_path / "b.xlsx", first=30)]
    both = [
        start("register", book, "--webinar", server["webinar"], "--yes", env=env) for book in books
    ]
    done = [end(process) for process in both]
    assert [each.code for each in done] == [0, 0]
    check(server, *books)


@pytest.mark.parametrize("name", ["copy.csv", "missing/copy.xlsx", ""])
def test_nobody_is_sent_for_a_copy_that_cannot_be_written(
    server: dict[str, Any], env: dict[str, str], tmp_path: Path, name: str
) -> None:
    book = guests(tmp_path / "a.xlsx")
    output = tmp_path / name
    words = ("register", book, "--webinar", server["webinar"], "--yes", "--output", output)
    assert run(*words, env=env).code == 4
    assert ask(server, "record")["events"][server["webinar"]]["registrants"] == []
    assert run("resume", "--list", env=env).data["runs"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT as shells send it")
@pytest.mark.parametrize("seconds", [0.15, 0.5])
def test_ctrl_c_before_anything_was_sent_is_one_object(
    env: dict[str, str], tmp_path: Path, server: dict[str, Any], seconds: float
) -> None:
    book = guests(tmp_path / "a.xlsx")
    ask(server, "behaviour", {"latency_seconds": 2.0})
    going = start("register", book, "--webinar", server["webinar"], "--yes", env=env)
    time.sleep(seconds)
    going.send_signal(signal.SIGINT)
    done = end(going)
    assert (done.code, done.data["error"]["code"]) == (130, "interrupted")
