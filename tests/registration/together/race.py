"""Let several machines register overlapping lists at one Zoom, and compare all they say with it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.registration.together.machine import Task
from zoomdesk.registration.baton import Timing
from zoomdesk.simulator import SAMPLE_WEBINAR_ID

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 300.0


@dataclass(frozen=True)
class Race:
    """Say how many machines register how many people each, and when.

    ``shared`` is the part of each list that is on all of them. ``stagger`` bounds the seconds
    between the first and the last start. ``killed`` ends the first machine once so many people are
    on the list, and starts it again a moment later. ``latency`` bounds what a call takes.
    """

    machines: int = 3
    people: int = 400
    shared: float = 0.5
    stagger: float = 0.0
    killed: int = 0
    latency: tuple[float, float] = (0.05, 0.3)
    timing: Timing | None = field(default_factory=Timing)
    plan: str = "pro"


@dataclass(frozen=True)
class Result:
    """Say what came of it. ``wrong`` names whatever should not be."""

    wrong: list[str]
    doubles: int
    seconds: float
    sending: float
    batches: int
    refused: int


def run(race: Race, seed: int, folder: Path) -> Result:
    """Run a race; the seed decides lists, latency and starts."""
    chance = random.Random(seed)  # noqa: S311  to be repeatable, not secret
    lists = sheets(race, chance)
    with zoom(race.plan, chance.uniform(*race.latency)) as (url, token):
        tasks = [
            Task(
                url,
                token,
                str(folder / f"home{number}"),
                SAMPLE_WEBINAR_ID,
                people,
                asdict(race.timing) if race.timing else None,
                race.plan,
            )
            for number, people in enumerate(lists)
        ]
        for task in tasks:
            Path(task.home).mkdir()
        machines = [Machine(task) for task in tasks]
        for machine in machines:
            machine.wait_until_ready()
        started = time.monotonic()
        pauses = [0.0, *(chance.uniform(0, race.stagger) for _ in machines[1:])]
        for machine, pause in zip(machines, pauses, strict=True):
            threading.Timer(pause, machine.go).start()
        if race.killed:
            machines[0] = killed(machines[0], url, race.killed)
        said = [machine.said() for machine in machines]
        seconds = time.monotonic() - started
        return compare(ask(url, "record"), lists, said, seconds)


def sheets(race: Race, chance: random.Random) -> list[list[str]]:
    """Return each machine's addresses, in an order of its own."""
    together = [f"both{n}@example.com" for n in range(round(race.people * race.shared))]
    lists = []
    for number in range(race.machines):
        own = [f"only{number}.{n}@example.com" for n in range(race.people - len(together))]
        people = [*together, *own]
        chance.shuffle(people)
        lists.append(people)
    return lists


class Machine:
    """A process that has read its task and waits for the word."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.registration.together.machine"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(asdict(task)) + "\n")
        self.process.stdin.flush()

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", self.process.communicate()[1]

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def said(self) -> dict[str, Any]:
        out, err = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, err
        data: dict[str, Any] = json.loads(out)
        return data


def killed(machine: Machine, url: str, people: int) -> Machine:
    """Kill a machine once so many are on the list; return it started again."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and machine.process.poll() is None:
        if len(ask(url, "record")["events"][SAMPLE_WEBINAR_ID]["registrants"]) >= people:
            break
        time.sleep(0.05)
    machine.process.kill()
    machine.process.communicate()
    again = Machine(machine.task)
    again.wait_until_ready()
    again.go()
    return again


def compare(
    record: dict[str, Any],
    lists: Sequence[Sequence[str]],
    said: Sequence[dict[str, Any]],
    seconds: float,
) -> Result:
    """Hold what the machines say against what Zoom knows."""
    event = record["events"][SAMPLE_WEBINAR_ID]
    links = {each["email"].lower(): each["join_url"] for each in event["registrants"]}
    wrong = []
    twice = {
        email: tally
        for email, tally in event["tally"].items()
        if tally["submitted"] > 1 or tally["registered"] > 1 or tally["mails"] > 1
    }
    wrong += [f"{email} was sent {tally['submitted']} times" for email, tally in twice.items()]
    for number, (people, one) in enumerate(zip(lists, said, strict=True)):
        if not one["complete"]:
            wrong.append(f"machine {number} stopped: {one['stopped']}")
        known = {email: link for email, _, link in one["rows"]}
        wrong += [
            f"machine {number} has not the link of {email}"
            for email in people
            if not known.get(email) or known[email] != links.get(email)
        ]
        words = Counter(status for _, status, _ in one["rows"])
        if words.keys() - {"Registered", "Already registered"}:
            wrong.append(f"machine {number} says {dict(words)}")
    times = [each["when"] for each in record["requests"] if each["call"] == "batch"]
    return Result(
        wrong,
        len(twice),
        seconds,
        max(times) - min(times),
        len(times),
        record["limits"].get("second", 0),
    )


@contextmanager
def zoom(plan: str, latency: float) -> Iterator[tuple[str, str]]:
    """Run a Zoom in a process of its own; give its address and a token."""
    words = ["-m", "zoomdesk.simulator", "--plan", plan, "--latency", str(latency)]
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        yield url, ask(url, "token", "POST")["access_token"]
    finally:
        process.terminate()
        process.communicate()


def ask(url: str, what: str, method: str = "GET") -> dict[str, Any]:
    request = urllib.request.Request(f"{url}/_sim/{what}", method=method)  # noqa: S310  loopback
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310  loopback
        found: dict[str, Any] = json.load(reply)
    return found
