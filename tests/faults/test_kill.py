"""Kill the process at random moments, resume until it is done, and compare with Zoom's record."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.registration.office import LINKED, WEBINAR
from zoomdesk.registration.journal import Journal
from zoomdesk.simulator import Behaviour, RequestRecord, Simulator

ROOT = Path(__file__).resolve().parent.parent.parent
GUESTS = 1200
KILLS = 8
SEED = 20261122


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not on Windows")
def test_killed_and_resumed_until_done(tmp_path: Path) -> None:
    # A seeded generator makes a failure repeatable; nothing here is a secret.
    chance = random.Random(SEED)  # noqa: S311
    journal = tmp_path / "journal.sqlite3"
    behaviour = Behaviour(rate_limits=False, latency_seconds=0.04, omit_some_rows=0.02)
    with Simulator(behaviour=behaviour) as sim:
        arguments = [sim.api_url, sim.issue_token(), str(journal), str(GUESTS)]
        killed = 0
        while killed < KILLS:
            if drive(arguments, chance.uniform(0.05, 0.35)) != -signal.SIGKILL:
                break
            killed += 1
        assert drive(arguments, None) == 0
        sys.stdout.write(f"seed {SEED}: killed {killed} times\n")
        assert killed >= KILLS // 2, "killed too late to show anything"
        assert runs_done(journal, sim.api_url)
        check(journal, sim)


def drive(arguments: list[str], kill_after: float | None) -> int:
    """Run the driver, killed that many seconds after it begins to send; return its exit code."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driver", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "sending\n"
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        process.stdout.read()
        return process.wait(60)


def runs_done(path: Path, realm: str) -> bool:
    with Journal(path, realm=realm) as journal:
        (record,) = journal.unfinished()  # its results are in no workbook: one it is, and one only
        return record.done == GUESTS


def check(path: Path, sim: Simulator) -> None:
    with Journal(path, realm=sim.api_url) as journal:
        (record,) = journal.unfinished()
        outcomes = journal.outcomes(record.id)
    assert len(outcomes) == GUESTS
    assert {outcome.status for outcome in outcomes} <= LINKED
    for outcome in outcomes:
        found = sim.world.find(WEBINAR.id, outcome.email)
        assert found is not None
        assert found.join_url == outcome.join_url, "a lost link, or somebody else's"
    tallies = sim.world.tallies(WEBINAR.id)
    assert Counter(tally.registered for tally in tallies.values()) == {1: GUESTS}
    assert max(tally.mails for tally in tallies.values()) == 1, "mailed twice"
    assert max(tally.submitted for tally in tallies.values()) == 1, "sent twice"
    never_twice_without_a_look(sim.requests)


def never_twice_without_a_look(requests: list[RequestRecord]) -> None:
    """Between two requests that name a person, all three lists were read."""
    sent_at: dict[str, int] = {}
    looks: list[int] = []
    for number, request in enumerate(requests):
        if request.call == "list_registrants":
            looks.append(number)
        if request.call not in ("batch", "register"):
            continue
        for email in request.emails:
            before = sent_at.get(email)
            if before is not None:
                assert sum(before < look for look in looks) >= 3, f"{email} was sent blindly"
            sent_at[email] = number
