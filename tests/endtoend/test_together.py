"""Three offices type the same command at the same instant; their lists overlap.

The wait is theirs: they share nothing but Zoom, and see one another on its lists alone.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.endtoend.command import command, people_of, practice_server, sign_in

pytestmark = pytest.mark.endtoend

OFFICES = 3
ROWS = 200
SHARED = 100
LATENCY = 0.1


def test_three_offices_and_one_event(tmp_path: Path) -> None:
    with practice_server(env={"ZOOMDESK_HOME": str(tmp_path / "server")}) as server:
        steer(server, latency_seconds=LATENCY)
        desks = [Desk(tmp_path / f"office{number}", number, server) for number in range(OFFICES)]
        for desk in desks:
            desk.start(server["webinar"])
        codes = [desk.end() for desk in desks]
        event = record(server)["events"][server["webinar"]]
    assert codes == [0] * OFFICES, [desk.said for desk in desks]
    links = {person["email"]: person["join_url"] for person in event["registrants"]}
    assert len(links) == len(event["registrants"]) == SHARED + OFFICES * (ROWS - SHARED)
    assert {
        (tally["submitted"], tally["registered"], tally["mails"])
        for tally in event["tally"].values()
    } == {(1, 1, 1)}
    for desk in desks:
        assert desk.links() == {email: links[email] for email in desk.emails}


class Desk:
    """One office: a home, a workbook, and the command that somebody types."""

    def __init__(self, folder: Path, number: int, server: dict[str, Any]) -> None:
        self.emails = [f"both{n}@example.com" for n in range(SHARED)]
        self.emails += [f"only{number}.{n}@example.com" for n in range(ROWS - SHARED)]
        random.Random(number).shuffle(self.emails)  # noqa: S311  to be repeatable
        folder.mkdir()
        head = ("Email", "First name", "Last name")
        rows = [(email, email.split("@")[0], "Example") for email in self.emails]
        self.book = people_of(folder / "guests.xlsx", [head, *rows])
        self.env = sign_in(server, folder / "home", folder / "keyring", alone=False)
        self.said = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self, webinar: str) -> None:
        self._process = subprocess.Popen(
            command("register", self.book, "--webinar", webinar, "--yes", "--json"),
            env=os.environ | self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def end(self) -> int:
        assert self._process is not None
        self.said = self._process.communicate(timeout=240)[0]
        return self._process.returncode

    def links(self) -> dict[str, object]:
        sheet = openpyxl.load_workbook(self.book).active
        assert sheet is not None
        rows = sheet.iter_rows(min_row=2, max_col=4, values_only=True)
        return {str(email): link for email, _, _, link in rows}


def steer(server: dict[str, Any], **behaviour: object) -> None:
    request = urllib.request.Request(  # noqa: S310  loopback
        f"{server['url']}/_sim/behaviour", json.dumps(behaviour).encode(), method="POST"
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310  loopback


def record(server: dict[str, Any]) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server['url']}/_sim/record", timeout=10) as reply:  # noqa: S310
        data: dict[str, Any] = json.load(reply)
    return data
