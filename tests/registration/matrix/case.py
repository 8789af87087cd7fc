"""Play one case of the fault matrix and say what is wrong with how it ended.

A case is a sheet that is registered while one or two faults strike, under one way of one unknown.
It is resumed until it is complete and registered again on the days after. Then must hold:

- everybody who may come has the link that Zoom has; whoever has none is told why;
- nobody was registered twice, or sent more often than three times a day;
- nobody was mailed twice, but for whom somebody else had registered meanwhile;
- the run stopped by no other error than those that the faults are known for.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from tests.registration.matrix.desk import CALM, Desk
from tests.registration.matrix.faults import TROUBLE, CallName, Strike
from tests.registration.matrix.unknowns import Unknown, odd_people
from tests.registration.office import LINKED, people
from zoomdesk.errors import DailyLimitReached, SignInRequired, ZoomdeskError, ZoomRefused
from zoomdesk.registration import reconcile, wording
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.report import RunReport
from zoomdesk.simulator import Event, ManualClock, Question, Simulator
from zoomdesk.zoom.events import EventKind, EventRef

Where = Literal["beside", "again", "lists", "alone"]
"""What the second fault strikes: another call of the kind, the same people's second try, the lists,
or whoever is sent alone after a batch."""

MOST_TURNS = 8
GUESTS = {"batch": {"beside": 11, "again": 7}, "register": {"beside": 4, "again": 2}}
"""With as many people, three calls or two are made, of which the second is struck."""

UNLINKED = (
    wording.STOPPED,
    wording.IN_DOUBT,
    wording.NOT_CONFIRMED,
    wording.NO_TRIES_LEFT,
    wording.HOST,
    reconcile.WAITS,
    reconcile.DENIED,
)
"""Every sentence that may stand in a row without a link, besides Zoom's own words."""

ASKED = "the event’s form requires it"
DENIED_AGAIN = "Registration has been denied for this email address."

_numbers = itertools.count(70_000_000_000)


@dataclass(frozen=True)
class Case:
    """Name one case. ``second`` is None where the first fault strikes alone."""

    first: Strike
    second: Strike | None
    call: CallName
    kind: EventKind
    unknown: Unknown
    where: Where = "beside"

    @property
    def strikes(self) -> tuple[Strike, ...]:
        return (self.first, self.second) if self.second else (self.first,)

    def __str__(self) -> str:
        second = f" + {self.second.name} ({self.where})" if self.second else ""
        return f"{self.first.name}{second} / {self.call} / {self.kind} / {self.unknown.name}"


def play(case: Case, sim: Simulator, journal: Path) -> list[str]:
    """Play a case; return what is wrong with how it ended, nothing if all is well.

    ``sim`` may be shared by many cases, one after the other; ``journal`` is this one's own.
    """
    desk = Desk(sim, journal, is_silent=any(strike.is_silent for strike in case.strikes))
    try:
        return _Play(case, desk).problems()
    except Exception as error:  # noqa: BLE001  nothing may come out of a run
        return [f"raised {error!r}"]
    finally:
        desk.close()


class _Play:
    def __init__(self, case: Case, desk: Desk) -> None:
        self.case = case
        self.desk = desk
        self.ref = _new_event(case, desk.sim)
        extra: dict[str, Any] = {"org": "Blue Kite"} if case.call == "register" else {}
        size = GUESTS[case.call]["again" if case.where == "again" else "beside"]
        self.guests = people(size, **extra)
        odd = odd_people(case.unknown, 500, **extra)
        # The odd ones stand in the middle: their batch has good people in it, too.
        self.sheet = [*self.guests[:2], *odd, *self.guests[2:]]
        self.found: list[str] = []

    def problems(self) -> list[str]:
        unknown, desk, sim = self.case.unknown, self.desk, self.desk.sim
        sim.faults.clear()
        sim.behaviour = replace(CALM, **unknown.behaviour)
        over = sim.limits.refused["registrant"]
        if unknown.before:
            unknown.before(desk, self.ref, self.guests)
        run = desk.prepared(self.sheet, self.ref, **unknown.options)
        if unknown.meanwhile:
            unknown.meanwhile(desk, self.ref, self.guests)
        self._arm()
        report = run.execute()
        self._check(report)
        self._check_first(report)
        self._to_its_end(report)
        self._days_after()
        self._check_nobody_twice()
        if sim.limits.refused["registrant"] != over:
            self.found.append("somebody was sent a fourth time in a day")
        return list(dict.fromkeys(self.found))

    def _arm(self) -> None:
        case, faults = self.case, self.desk.sim.faults
        faults.add(case.first.fault(case.call, skip=1))
        if case.second:
            calls = {"lists": "list_registrants", "alone": "register"}
            call = calls.get(case.where, case.call)
            faults.add(case.second.fault(call, skip=int(call == case.call)))

    # -- the way to the end ----------------------------------------------------------------------

    def _to_its_end(self, report: RunReport) -> None:
        for _ in range(MOST_TURNS):
            if report.complete:
                return
            try:
                report = self.desk.go_on(report)
            except ZoomdeskError as error:
                # What the resume reads before it sends is struck: it is tried again.
                self._check_stop(error)
            else:
                self._check(report)
        self.found.append(f"the run does not come to its end: {report.stopped}")

    def _days_after(self) -> None:
        """Register the sheet again when the tries count anew: all who may come have a link then."""
        sim, unknown = self.desk.sim, self.case.unknown
        assert isinstance(sim.clock, ManualClock)
        sim.faults.clear()
        sim.clock.advance(days=1)
        if unknown.waits:
            _approve_all(sim, self.ref)
        options = {**unknown.options, "multipart": False}
        report = self.desk.prepared(self.sheet, self.ref, **options).execute()
        self._check(report)
        if unknown.waits:
            _approve_all(sim, self.ref)
            report = self.desk.prepared(self.sheet, self.ref, **options).execute()
            self._check(report)
        sim.clock.advance(days=-1)
        if not report.complete:
            self.found.append(f"on the next day, without any fault: {report.stopped}")
        good = {guest.row for guest in self.guests}
        for outcome in report.outcomes:
            if outcome.row in good and outcome.status not in LINKED and not self._may_stay(outcome):
                self.found.append(f"no link in the end: {outcome.status}, {outcome.message}")
            if outcome.row not in good and outcome.status not in (Status.FAILED, Status.SKIPPED):
                self.found.append(f"was not to be registered: {outcome.status}")

    def _may_stay(self, outcome: Outcome) -> bool:
        unknown = self.case.unknown
        if unknown.denies and outcome.row == self.guests[0].row:
            return outcome.status is Status.DENIED
        return unknown.asks_late and ASKED in outcome.message

    # -- what must hold --------------------------------------------------------------------------

    def _check(self, report: RunReport) -> None:
        if [outcome.row for outcome in report.outcomes] != sorted(p.row for p in self.sheet):
            self.found.append("the report does not have every row once")
        if report.stopped:
            self._check_stop(report.stopped)
        for outcome in report.outcomes:
            self._check_row(outcome, complete=report.complete)

    def _check_row(self, outcome: Outcome, *, complete: bool) -> None:
        known = self.desk.sim.world.find(self.ref.id, outcome.email)
        approved = known is not None and known.status == "approved"
        if outcome.status in LINKED:
            if known is None or not approved:
                self.found.append(f"{outcome.status}, and Zoom knows nothing of it")
            elif (outcome.join_url, outcome.registrant_id) != (known.join_url, known.id):
                self.found.append("a link of somebody else, or none")
            return
        if outcome.join_url:
            self.found.append(f"{outcome.status} with a link")
        if complete and approved:
            self.found.append(f"a lost link: {outcome.status}, {outcome.message}")
        if not self._is_said(outcome.message):
            self.found.append(f"{outcome.status} with a strange message: {outcome.message!r}")

    def _is_said(self, message: str) -> bool:
        if message in UNLINKED:
            return True
        unknown = self.case.unknown
        zooms = [*unknown.odd.values()]
        zooms += [s.says for s in self.case.strikes if s.says == TROUBLE]
        zooms += ["Validation Failed.” (org)"] if unknown.asks_late else []
        zooms += [DENIED_AGAIN] if unknown.denies else []
        by_zoom = message.startswith("Zoom: “") and any(words in message for words in zooms)
        return by_zoom or (unknown.asks_late and ASKED in message)

    def _check_stop(self, error: ZoomdeskError) -> None:
        case = self.case
        allowed = {strike.stops for strike in case.strikes}
        names = [strike.name for strike in case.strikes]
        if names == ["token expired"] * 2:
            allowed.add(SignInRequired)
        form = case.unknown.may_refuse_form and "multipart" in error.hint
        if form or (case.where == "lists" and case.strikes[-1].says == TROUBLE):
            allowed.add(ZoomRefused)
        if case.where == "lists" and case.strikes[-1].says == wording.NO_TRIES_LEFT:
            # A list is about nobody: a limit that it meets is the account's.
            allowed.add(DailyLimitReached)
        if type(error) not in allowed or not (error.message and error.hint):
            self.found.append(f"stopped by {error!r}")

    def _check_first(self, report: RunReport) -> None:
        """Hold the first run of one fault, with nothing else odd, against the table."""
        case = self.case
        if case.second or case.unknown.behaviour:
            return
        if self.desk.sim.faults.struck() != 1:
            self.found.append("the fault did not strike")
        if type(report.stopped) is not (case.first.stops or type(None)):
            self.found.append(f"stopped by {report.stopped!r}")
        left = [outcome for outcome in report.outcomes if outcome.status not in LINKED]
        if bool(left) != (case.call in case.first.left):
            self.found.append(f"{len(left)} rows without a link")
        for outcome in left:
            if outcome.status is not case.first.left[case.call]:
                self.found.append(f"{outcome.status} after {case.first.name}")
            if case.first.says not in outcome.message:
                self.found.append(f"after {case.first.name}: {outcome.message}")

    def _check_nobody_twice(self) -> None:
        by_hand = {guest.email for guest in self.guests[: self.case.unknown.by_hand]}
        for email, tally in self.desk.sim.world.tallies(self.ref.id).items():
            if tally.registered > 1:
                self.found.append("somebody was registered twice")
            # Zoom mails its link again to whom we send after somebody else did: its own affair.
            if tally.mails > 1 + (email in by_hand):
                self.found.append(f"somebody was mailed {tally.mails} times")


def _new_event(case: Case, sim: Simulator) -> EventRef:
    """Add an event that asks for what guests sent alone bring, and return it."""
    ref = EventRef(case.kind, str(next(_numbers)))
    asked = (Question("last_name", True), Question("org"), Question("city"))
    start = sim.clock.now() + timedelta(days=7)
    sim.world.add_event(Event(ref.id, case.kind.value, "Matrix", start, questions=asked))
    return ref


def _approve_all(sim: Simulator, ref: EventRef) -> None:
    for person in sim.world.registrants(ref.id):
        if person.status == "pending":
            sim.world.put(ref.id, replace(person, status="approved"))
