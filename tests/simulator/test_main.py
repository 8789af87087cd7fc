"""``python -m zoomdesk.simulator``: another process, killed and started again."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.conftest import ROOT
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Simulator

BATCH = f"/v2/webinars/{SAMPLE_WEBINAR_ID}/batch_registrants"


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "zoomdesk.simulator", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def register(url: str, *emails: str) -> int:
    token = requests.post(f"{url}/_sim/token", timeout=20).json()["access_token"]
    rows = [{"email": email, "first_name": "Ada"} for email in emails]
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(
        url + BATCH, json={"registrants": rows}, headers=headers, timeout=20
    ).status_code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(number: signal.Signals) -> None:
    with serving("--plan", "free", "--latency", "0.01") as (process, url):
        assert url.startswith("http://127.0.0.1:")
        assert register(url, "a@example.com") == 201
        assert register(url, "b@example.com") == 429
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_killed_simulator_remembers(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with serving("--state", str(state)) as (process, url):
        assert register(url, "a@example.com", "b@example.com") == 201
        process.kill()
        process.wait(20)
    with serving("--state", str(state)) as (_, url):
        record = requests.get(f"{url}/_sim/record", timeout=20).json()
    people = record["events"][SAMPLE_WEBINAR_ID]["registrants"]
    assert [each["email"] for each in people] == ["a@example.com", "b@example.com"]


def test_a_taken_port_is_said_plainly() -> None:
    with Simulator() as sim:
        port = sim.url.rpartition(":")[2]
        with serving("--port", port) as (process, line):
            _, err = process.communicate(timeout=20)
    assert line == ""
    assert process.returncode == 1
    assert err.startswith("The simulator cannot start: ")
    assert err.count("\n") == 1


def test_a_foreign_state_file_is_said_plainly(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\n")
    with serving("--state", str(path)) as (process, _):
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert err == f"The simulator cannot start: {path} is not a simulator's state file\n"
    assert path.read_text() == "Dear all,\n"
