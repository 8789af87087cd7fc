"""An office in a hurry: its pauses last a fiftieth, so that thousands of cases can be played."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.registration.matrix.faults import LITTLE_PATIENCE, PATIENCE
from tests.registration.office import AT_ONCE, Office
from zoomdesk.registration.journal import CallKind, Journal, RunRecord
from zoomdesk.registration.lingering import SETTLE_SECONDS
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.plan import make_plan
from zoomdesk.registration.preflight import read_event
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.roster.table import Person
from zoomdesk.simulator import Behaviour, ManualClock, Simulator, sample_world
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.pacing import Pacer

HASTE = 50
BATCH = 4
MANY = dict.fromkeys(CallKind, AT_ONCE)
CALM = Behaviour(rate_limits=False, access_seconds=10**9, retry_after="seconds")
"""How Zoom behaves where a case says nothing else. Days pass by a clock of its own: tokens outlive
them, and a wait is named in seconds, for a date would be held against the true time of day."""


class Hurry(CancelToken):
    """Wait a fiftieth of what is asked for."""

    def wait(self, seconds: float) -> bool:
        return super().wait(seconds / HASTE)

    def child(self) -> CancelToken:
        """Return one that hurries, too; nobody stops a run of the matrix."""
        return Hurry()


class RenewingToken:
    """Fetch another token when Zoom refuses the one that is in use."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._token = sim.issue_token()

    def access_token(self) -> str:
        return self._token

    def renew(self, stale: str) -> str:
        if stale == self._token:
            self._token = self._sim.issue_token()
        return self._token

    def api_url(self) -> str:
        return ""


def day_one() -> datetime:
    return datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)


class Desk(Office):
    """Register against a simulator that many cases share, one after the other.

    ``is_silent`` is for cases in which Zoom keeps the client waiting until it gives up.
    """

    def __init__(self, sim: Simulator, journal: Path, *, is_silent: bool = False) -> None:
        self.sim = sim
        self.client = ZoomClient(
            RenewingToken(sim),
            Endpoints(sim.api_url, sim.oauth_url),
            pacer=Pacer("business", 1.0, clock=lambda: time.monotonic() * HASTE),
            timeout=(5.0, LITTLE_PATIENCE if is_silent else PATIENCE),
        )
        self.journal = Journal(journal, realm=sim.api_url, clock=self.now)
        # Zoom may be at work on a call that was given up: a look at the lists waits as long.
        self.settle_seconds = HASTE * 0.2 if is_silent else SETTLE_SECONDS

    def prepared(self, guests: Sequence[Person], ref: EventRef, **options: Any) -> Run:
        """Plan, and return the run that would be confirmed."""
        hurry = Hurry()
        found = read_event(self.client, ref, cancel=hurry)
        plan = make_plan(
            guests,
            found.event,
            found.questions,
            found.listed,
            RunOptions(batch_size=BATCH, **options),
            self.journal.tries(ref),
        )
        record = RunRecord(ref=ref, people=tuple(guests), options=plan.options)
        return Run(
            plan,
            ref,
            self.client,
            self.journal,
            self.journal.start_run(record),
            cancel=hurry,
            settle_seconds=self.settle_seconds,
            at_once=MANY,
        )

    def go_on(self, report: RunReport) -> RunReport:
        return resume(
            self.journal,
            report.run,
            self.client,
            cancel=Hurry(),
            settle_seconds=self.settle_seconds,
            at_once=MANY,
        )


class HastyClock(ManualClock):
    """Go as fast as the office's pauses are short, from nine in the morning on."""

    def __init__(self) -> None:
        super().__init__(day_one())
        self._started = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=(time.monotonic() - self._started) * HASTE)


def zoom_for_many() -> Simulator:
    """Return a simulator whose day a case may turn."""
    return Simulator(sample_world(day_one()), CALM, clock=HastyClock())
