"""An office whose programs die at any moment, and a Zoom that may die, too.

What a person types is what is started: ``register`` for a new sheet, ``resume`` while a run is
unfinished. Whoever uses this kills it, goes on, and compares the sheet with Zoom's own record.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tests.endtoend.command import command, run
from zoomdesk.registration.wording import NO_TRIES_LEFT

LATENCY = 0.12
"""Seconds that the simulator thinks before it carries a call out: a kill hits calls in flight."""

PATIENCE = 60.0
MOST_TURNS = 25
OURS = ("Join URL", "Zoom Status", "Registrant ID", "Registered At", "Zoom Message")

Row = tuple[object, ...]


@dataclass
class Zoom:
    """The simulator as a process that can be killed and started again at the same address."""

    state: Path
    env: dict[str, str]
    port: int = field(default_factory=lambda: free_port())
    said: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        words = command("practice", "--json", "--port", str(self.port), "--state", self.state)
        self.process = subprocess.Popen(
            words, env=os.environ | self.env, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.said = json.loads(self.process.stdout.readline())
        self.steer(latency_seconds=LATENCY)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)

    def steer(self, **behaviour: object) -> None:
        self._ask("behaviour", json.dumps(behaviour).encode())

    def record(self) -> dict[str, Any]:
        return self._ask("record")

    def sent(self) -> int:
        """Return how many requests to register came since it was started."""
        counts = self._ask("calls")
        return int(counts.get("batch", 0)) + int(counts.get("register", 0))

    def _ask(self, what: str, body: bytes | None = None) -> dict[str, Any]:
        url = f"{self.said['url']}/_sim/{what}"
        request = urllib.request.Request(url, body)  # noqa: S310  loopback
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
            data: dict[str, Any] = json.load(reply)
        return data


@dataclass
class Office:
    """One workbook, one Zoom, and the commands that somebody types again and again.

    ``event`` is the option that names the event, with its ID.
    """

    zoom: Zoom
    book: Path
    env: dict[str, str]
    before: list[Row]
    event: tuple[str, str]
    kills: int = 0
    cut_writes: int = 0
    """How many of the kills left half a workbook beside the whole one."""

    @property
    def log(self) -> Path:
        """Return the file with what the last command printed."""
        return self.zoom.state.with_name("said.json")

    def words(self) -> list[str]:
        """Return what a person types next: resume where a run is unfinished, else register."""
        if run("resume", "--list", env=self.env).data["runs"]:
            return command("resume", "--json")
        return command("register", self.book, *self.event, "--yes", "--json")

    def type_once(self, moment: Moment | None) -> int:
        """Run the next command, killed at a moment of its life; return its exit code."""
        words = self.words()
        with (
            self.log.open("wb") as log,
            subprocess.Popen(
                words, env=os.environ | self.env, stdout=log, stderr=subprocess.DEVNULL
            ) as process,
        ):
            if moment is not None:
                moment(self, process)
                process.kill()
            process.wait(PATIENCE)
        if process.returncode == -signal.SIGKILL:
            self.kills += 1
            self.cut_writes += self.is_writing()
        with zipfile.ZipFile(self.book) as archive:
            assert archive.testzip() is None, "the workbook was left in pieces"
        return process.returncode

    def is_done(self, code: int) -> bool:
        """Return whether the last command left nothing that it could do today.

        A call that was killed counts as a try, and Zoom takes three of a person a day.
        """
        if code <= 0:
            return code == 0
        said = json.loads(self.log.read_text(encoding="utf-8"))
        open_rows = [row for row in said.get("rows_detail", ()) if not row["join_url"]]
        return bool(open_rows) and all(row["message"] == NO_TRIES_LEFT for row in open_rows)

    def go_on_until_done(self) -> None:
        for _ in range(MOST_TURNS):
            if self.is_done(self.type_once(None)):
                return
        raise AssertionError(f"not done after {MOST_TURNS} turns: {self.log.read_text()[-2000:]}")

    def is_writing(self) -> bool:
        """Return whether a new workbook lies beside the old one."""
        return len(list(self.book.parent.iterdir())) > 1


Moment = Callable[[Office, "subprocess.Popen[bytes]"], None]


def after(seconds: float) -> Moment:
    def wait(_: Office, process: subprocess.Popen[bytes]) -> None:
        watch(process, lambda: False, seconds)

    return wait


def in_flight(number: int, more: float) -> Moment:
    """Wait until that many calls of this command were answered, and some seconds more."""

    def wait(office: Office, process: subprocess.Popen[bytes]) -> None:
        before = office.zoom.sent()
        watch(process, lambda: office.zoom.sent() - before >= number)
        watch(process, lambda: False, more)

    return wait


def writing(office: Office, process: subprocess.Popen[bytes]) -> None:
    """Wait until the new workbook is being written beside the old one."""
    watch(process, office.is_writing)


def written(office: Office, process: subprocess.Popen[bytes]) -> None:
    """Wait until the new workbook has taken the place of the old one."""
    before = office.book.stat().st_ino
    watch(process, lambda: office.book.stat().st_ino != before)


def zoom_dies(number: int, more: float) -> Moment:
    """Kill Zoom instead, and wait until the command has ended by itself: nobody answers it."""

    def kill(office: Office, process: subprocess.Popen[bytes]) -> None:
        in_flight(number, more)(office, process)
        office.zoom.kill()
        watch(process, lambda: False)

    return kill


def watch(
    process: subprocess.Popen[bytes], is_reached: Callable[[], bool], seconds: float = PATIENCE
) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline and not is_reached():
        time.sleep(0.001)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def write_book(book: Path, guests: Sequence[int], notes: int, *, every_nameless: int = 0) -> None:
    """Write a sheet of guests by their numbers, with ``notes`` columns beside the addresses.

    Every so manieth has no last name, which sends that guest alone.
    """
    sheet = openpyxl.Workbook()
    assert sheet.active is not None
    sheet.active.append(["Nr", "Vorname", "Nachname", "E-Mail", *(f"N{n}" for n in range(notes))])
    for n in guests:
        texts = [f"{n}/{m} & <so>" if m % 3 else n * m for m in range(notes)]
        last = None if every_nameless and n % every_nameless == 0 else "Müller"
        sheet.active.append([f"{n:05}", f"Gast {n}", last, address(n), *texts])
    book.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(book)


def address(number: int) -> str:
    return f"Gast{number}@Example.com"


def rows(book: Path) -> list[Row]:
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def check_record(office: Office, guests: Sequence[int], said: str) -> dict[str, str]:
    """Hold Zoom's record to everybody once: sent, registered, mailed. Return the links."""
    event = office.zoom.record()["events"][office.event[1]]
    links = {person["email"].lower(): person["join_url"] for person in event["registrants"]}
    wanted = {address(n).lower() for n in guests}
    assert len(event["registrants"]) == len(wanted), said
    assert links.keys() == wanted, said
    assert event["tally"].keys() == wanted, said
    for what in ("registered", "mails", "submitted"):
        counts = Counter(each[what] for each in event["tally"].values())
        assert counts == {1: len(wanted)}, f"{what}: {counts}; {said}"
    return links


def check_sheet(office: Office, links: dict[str, str], said: str) -> None:
    """Hold the sheet to Zoom's links: each in its row, and nothing else changed."""
    now = rows(office.book)
    width = len(office.before[0])
    assert [row[:width] for row in now] == office.before, said
    assert now[0][width:] == OURS
    for row in now[1:]:
        assert row[width] == links[str(row[3]).lower()], said
        assert row[width + 1] in ("Registered", "Already registered"), said
    assert [path.name for path in office.book.parent.iterdir()] == [office.book.name], said
    assert run("resume", "--list", env=office.env).data["runs"] == [], said
