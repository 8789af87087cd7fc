"""Three programs on one account, which share nothing but Zoom.

What the shares are like over minutes, test_lane.py asks in time that is only counted; here the
limit, the wire and the programs are real, for the few seconds that it takes to see them share.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.zoom.conftest import WEBINAR
from zoomdesk.simulator import Behaviour, Simulator, sample_world

ROOT = Path(__file__).parents[2]
NAMES = ("ada", "bob", "cyd")


@contextmanager
def sharer(sim: Simulator, name: str) -> Iterator[None]:
    """Run one of the programs; on leaving it has ended well."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.zoom.sharer", sim.api_url, sim.issue_token(), name],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            assert program.stdout.readline() == "working\n"
            yield
        finally:
            program.stdin.close()
            assert program.wait(30) == 0


@pytest.mark.endtoend
def test_three_programs_share_the_limit_and_take_what_one_leaves() -> None:
    behaviour = Behaviour(latency_seconds=0.1, rate_headers="absent")
    with Simulator(sample_world(plan="pro"), behaviour) as sim, ExitStack() as others:
        with ExitStack() as leaving:
            for name in NAMES[:2]:
                others.enter_context(sharer(sim, name))
            leaving.enter_context(sharer(sim, NAMES[2]))
            begun = time.monotonic()
            time.sleep(4)
            ended = time.monotonic()
        time.sleep(3)
        done = time.monotonic()
        others.close()
        records = [each for each in sim.requests if each.call == "batch"]

    def got(since: float, until: float) -> Counter[str]:
        return Counter(
            each.emails[0].split("-")[0]
            for each in records
            if each.status == 201 and since <= each.when < until
        )

    together, alone = got(begun, ended), got(ended + 1, done)
    limit = 10
    # Nine tenths where the machine has nothing else to do; CI machines have.
    assert together.total() >= 0.8 * limit * (ended - begun)
    assert alone.total() >= 0.6 * limit * (done - ended - 1)
    assert set(together) == set(NAMES)
    assert set(alone) == set(NAMES[:2])
    people = Counter(person.email for person in sim.world.registrants(WEBINAR.id))
    assert set(people.values()) == {1}
    sent = Counter(email for each in records if each.status == 201 for email in each.emails)
    assert set(sent.values()) == {1}, "what was refused is sent again, what was taken never"
