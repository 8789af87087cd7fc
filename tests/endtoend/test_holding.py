"""Runs that wait: for a person, for Zoom's new day, for a workbook that is gone."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.command import command, people_of, practice_server, run, sign_in
from tests.endtoend.test_commands import PEOPLE, cells, control, record, registered

pytestmark = pytest.mark.endtoend


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with practice_server(env={"ZOOMDESK_HOME": str(tmp_path / "home")}) as server:
        yield server


@pytest.fixture
def env(server: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    return sign_in(server, tmp_path / "home", tmp_path / "keyring")


def many(path: Path, count: int, start: int = 0) -> Path:
    rows = [(f"G{n}", "Example", f"g{n}@example.com", None) for n in range(start, count)]
    return people_of(path, [PEOPLE[0], *rows])


def registering(
    path: Path, server: dict[str, Any], env: dict[str, str], *more: str
) -> subprocess.Popen[str]:
    """Begin to register a list at the sample webinar, as a script does, in its own process."""
    words = ("register", path, "--webinar", server["webinar"], "--yes", *more, "--json")
    return subprocess.Popen(
        command(*words),
        env=os.environ | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(process: subprocess.Popen[str], pattern: str) -> None:
    """Read what a process says beside its result, up to a line that has the pattern."""
    assert process.stderr is not None
    while not re.search(pattern, line := process.stderr.readline()):
        assert line, f"it ended before it said {pattern}"


def fill_the_day(server: dict[str, Any]) -> None:
    """Let Zoom's limit for the day be met with the second call."""
    control(server, "faults", [{"kind": "rate_day", "label": "Heavy", "skip": 1, "times": 1}])


def before_midnight(server: dict[str, Any], seconds: float) -> None:
    """Let the simulator's day end in some seconds."""
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight = day + timedelta(days=1)
    control(server, "clock", {"now": (midnight - timedelta(seconds=seconds)).isoformat()})


def test_a_run_waits_for_zooms_new_day_and_writes_what_it_has_meanwhile(
    tmp_path: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    path = many(tmp_path / "many.xlsx", 65)
    fill_the_day(server)
    before_midnight(server, 8)
    with registering(path, server, env, "--wait-for-tomorrow") as process:
        until(process, "Going on at")
        sofar = len(registered(record(server), server["webinar"]))
        assert sum(bool(row["Join URL"]) for row in cells(path)) == sofar < 65
        assert sofar > 0
        out, _ = process.communicate(timeout=60)
    data = json.loads(out)
    assert process.returncode == 0
    assert (data["registered"], data["complete"]) == (65, True)
    assert data["conflicts"] == []
    assert sum(bool(row["Join URL"]) for row in cells(path)) == 65
    tally = record(server)["events"][server["webinar"]]["tally"]
    assert {each["mails"] for email, each in tally.items() if email.startswith("g")} == {1}


def test_the_waiting_can_be_stopped(
    tmp_path: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    path = many(tmp_path / "many.xlsx", 40)
    fill_the_day(server)
    before_midnight(server, 3600)
    with registering(path, server, env, "--wait-for-tomorrow") as process:
        until(process, "Going on at")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    data = json.loads(out)
    assert process.returncode == 5
    assert data["registered"] + data["not_sent"] == 40
    assert data["registered"] == len(registered(record(server), server["webinar"])) > 0
    listed = run("resume", "--list", env=env).data["runs"]
    assert [each["run"] for each in listed] == [data["run"]]
    again = datetime.fromisoformat(listed[0]["again_at"]) - datetime.now(UTC)
    assert timedelta(minutes=58) < again < timedelta(minutes=61)


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="no Ctrl+Z on Windows")
def test_ctrl_z_suspends_the_program_once_nothing_is_under_way(
    tmp_path: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    path = many(tmp_path / "many.xlsx", 240)
    control(server, "behaviour", {"latency_seconds": 0.3})
    with registering(path, server, env) as process:
        until(process, "^[1-9][0-9]* of 240")
        process.send_signal(signal.SIGTSTP)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        held = registered(record(server), server["webinar"])
        time.sleep(0.5)
        assert len(registered(record(server), server["webinar"])) == len(held) < 240
        process.send_signal(signal.SIGCONT)
        out, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "go on with: fg" in said
    assert json.loads(out)["registered"] == 240


def test_the_results_of_a_run_go_into_another_workbook_where_its_own_is_gone(
    tmp_path: Path, env: dict[str, str], server: dict[str, Any]
) -> None:
    path = many(tmp_path / "many.xlsx", 40)
    fill_the_day(server)
    first = run("register", path, "--webinar", server["webinar"], "--yes", env=env)
    path.unlink()
    gone = run("resume", first.data["run"], env=env)
    assert gone.code == 4
    assert "Put it back" in gone.said
    assert "--book" in gone.said
    assert gone.data["registered"] == 40, "Zoom was asked all the same"
    # Another list: a title above, other rows in front, one person is missing.
    rows = [(f"G{n}", "Example", f"g{n}@example.com", None) for n in reversed(range(1, 40))]
    other = people_of(tmp_path / "other.xlsx", [("Guests",), (), PEOPLE[0], *PEOPLE[1:3], *rows])
    done = run("resume", first.data["run"], "--book", other, env=env)
    assert (done.code, done.data["output"]) == (0, str(other))
    assert "1 person is not on the sheet any more" in " ".join(done.data["warnings"])
    sheet = people_in(other)
    people = {
        each["email"]: each["join_url"] for each in registered(record(server), server["webinar"])
    }
    assert {email: link for email, link in sheet.items() if link} == {
        email: link for email, link in people.items() if email != "g0@example.com"
    }
    assert len(registered(record(server), server["webinar"])) == 40


def people_in(path: Path) -> dict[str, str]:
    """Return the links of a list by the addresses in the same rows."""
    import openpyxl

    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    (head,) = [row for row in rows if "Join URL" in row]
    email, link = head.index("Email"), head.index("Join URL")
    return {row[email]: row[link] for row in rows[rows.index(head) + 1 :] if row[email]}
