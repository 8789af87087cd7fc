"""An office at work: client and journal against a simulated Zoom, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from zoomdesk.registration.events import OnEvent, ignore
from zoomdesk.registration.journal import CallKind, Journal, RunRecord
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.plan import Plan, make_plan, registrant
from zoomdesk.registration.preflight import read_event
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Person
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Question, Simulator
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken

WEBINAR = EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)
MEETING = EventRef(EventKind.MEETING, SAMPLE_MEETING_ID)
EVENTS = {"webinar": WEBINAR, "meeting": MEETING}
AT_ONCE = 4
LINKED = {Status.REGISTERED, Status.ALREADY_REGISTERED}


def people(count: int, start: int = 0, **extra: str) -> list[Person]:
    """Return people in the rows from 2 on."""
    answers = {Field(name): text for name, text in extra.items()}
    return [
        Person(number + 2, f"guest{number}@example.com", f"Guest{number}", "Example", answers)
        for number in range(start, start + count)
    ]


def person(row: int, email: str, first: str = "Ann", last: str = "Lee", **extra: str) -> Person:
    return Person(row, email, first, last, {Field(name): text for name, text in extra.items()})


class Office:
    """Register people against ``sim``; nothing waits longer than it must."""

    def __init__(self, sim: Simulator, path: Path) -> None:
        self.sim = sim
        for event in sim.world.events.values():
            if not any(question.field_name == "org" for question in event.questions):
                event.questions += (Question("org"), Question("city"))
        endpoints = Endpoints(sim.api_url, sim.oauth_url)
        self.client = ZoomClient(
            FixedToken(sim.issue_token()),
            endpoints,
            pacer=Pacer("business", headroom=1.0),
            # A busy machine takes its time; a hang of the simulator ends in a cut before this.
            timeout=(2.0, 5.0),
        )
        self.journal = Journal(path, realm=sim.api_url, clock=self.now)

    def now(self) -> datetime:
        """Return the simulator's time: both sides count the same days."""
        return self.sim.clock.now()

    def close(self) -> None:
        self.client.close()
        self.journal.close()

    def behave(self, **changes: Any) -> None:
        self.sim.behaviour = replace(self.sim.behaviour, **changes)

    def plan(self, guests: Sequence[Person], ref: EventRef = WEBINAR, **options: Any) -> Plan:
        dates = options.get("occurrence_ids", ())
        found = read_event(self.client, ref, dates=dates)
        return make_plan(
            guests,
            found.event,
            found.questions,
            found.listed,
            RunOptions(**options),
            self.journal.tries(ref),
        )

    def run_of(
        self,
        guests: Sequence[Person],
        ref: EventRef = WEBINAR,
        *,
        on_event: OnEvent = ignore,
        cancel: CancelToken | None = None,
        at_once: int = AT_ONCE,
        **options: Any,
    ) -> Run:
        plan = self.plan(guests, ref, **options)
        record = RunRecord(
            ref=ref, topic=plan.event.topic, people=tuple(guests), options=plan.options
        )
        run = self.journal.start_run(record)
        return Run(
            plan,
            ref,
            self.client,
            self.journal,
            run,
            on_event=on_event,
            cancel=cancel,
            settle_seconds=0.0,
            at_once=dict.fromkeys(CallKind, at_once),
        )

    def register(
        self, guests: Sequence[Person], ref: EventRef = WEBINAR, **options: Any
    ) -> RunReport:
        """Plan and run; then compare with what the simulator knows."""
        report = self.run_of(guests, ref, **options).execute()
        self.check(report, guests)
        return report

    def by_hand(self, guests: Sequence[Person], ref: EventRef) -> None:
        """Register people past the journal, as somebody at another computer does."""
        for guest in guests:
            self.client.register_one(ref, registrant(guest))

    def resume(self, report: RunReport, guests: Sequence[Person]) -> RunReport:
        many = dict.fromkeys(CallKind, AT_ONCE)
        again = resume(self.journal, report.run, self.client, settle_seconds=0.0, at_once=many)
        self.check(again, guests)
        return again

    def check(self, report: RunReport, guests: Sequence[Person]) -> None:
        """Hold the report against the simulator's own record."""
        event = report.event.id
        assert [o.row for o in report.outcomes] == sorted(guest.row for guest in guests)
        for outcome in report.outcomes:
            found = self.sim.world.find(event, outcome.email)
            if outcome.status in LINKED:
                assert found is not None
                assert found.status == "approved"
                assert found.join_url == outcome.join_url, "a link of somebody else"
                assert found.id == outcome.registrant_id
                assert outcome.registered_at is not None
            else:
                assert outcome.join_url == ""
                assert outcome.status is Status.PENDING or outcome.message
            if report.complete and found is not None and found.status == "approved":
                assert outcome.status in LINKED, f"a lost link: {outcome}"
        self.check_nobody_twice(event)

    def check_nobody_twice(self, event: str) -> None:
        for email, tally in self.sim.world.tallies(event).items():
            assert tally.registered <= 1, f"{email} was registered twice"
            assert tally.mails <= 1, f"{email} was mailed twice"
            assert tally.submitted <= 3, f"{email} was sent more than three times"

    def sent(self, call: str) -> int:
        """Count the requests of a call that reached Zoom."""
        return sum(request.call == call for request in self.sim.requests)


def by_row(report: RunReport) -> dict[int, Outcome]:
    return {outcome.row: outcome for outcome in report.outcomes}
