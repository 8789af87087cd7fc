"""Any order of answers, losses, refusals and deaths: nobody twice, nobody blindly, no link lost.

Two machines, plans that have grown old, calls side by side, late calls, lists that lag, days.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.memory import folder_in_memory
from tests.registration.model import (
    BAD,
    REF,
    TICK,
    Killed,
    ModelZoom,
    MortalJournal,
    Patience,
    Step,
)
from tests.registration.office import LINKED
from zoomdesk.errors import ZoomUnreachable
from zoomdesk.registration.journal import CallKind, RunRecord
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.plan import Plan, make_plan
from zoomdesk.registration.preflight import read_event
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Person
from zoomdesk.zoom.models import ListedStatus

NAMES = [*(f"{letter}@example.com" for letter in "abcdefgh"), BAD, "A@example.com", "C@EXAMPLE.com"]
SCRIPTS = st.lists(st.sampled_from(Step), min_size=1, max_size=6)
SHEETS = st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=len(NAMES))
MACHINES = st.integers(0, 1)
AT_ONCE = st.sampled_from([1, 3])


@dataclass
class Prepared:
    """A run whose confirmation is shown: what it knows of the lists grows old."""

    machine: int
    plan: Plan
    run: str


class Registration(RuleBasedStateMachine):
    """Runs and resumes of two machines, each with a journal, for one event of one Zoom."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=folder_in_memory()))
        self.zoom = ModelZoom()
        self.journals = [
            MortalJournal(self.folder / f"journal{n}.sqlite3", self.zoom) for n in range(2)
        ]
        self.sheets: dict[str, tuple[Person, ...]] = {}
        self.prepared: list[Prepared] = []

    def teardown(self) -> None:
        try:
            self.prepared.clear()
            self.zoom.script, self.zoom.lists_fail = [], 0
            self.zoom.time_passes(2 * TICK)
            for machine, journal in enumerate(self.journals):
                for record in journal.unfinished():
                    # What a day's tries leave open may need no more than this.
                    self.resume(machine, record.id, 1)
                for run in [record.id for record in journal.runs()]:
                    self.check_nothing_lost(machine, run)
        finally:
            for journal in self.journals:
                journal.close()
            shutil.rmtree(self.folder)

    @initialize(whole=st.booleans(), existing=st.booleans())
    def choose(self, whole: bool, existing: bool) -> None:
        self.zoom.whole, self.zoom.existing = whole, existing

    @rule(machine=MACHINES, sheet=SHEETS, size=st.integers(1, 5))
    def prepare(self, machine: int, sheet: list[tuple[str, bool]], size: int) -> None:
        guests = tuple(
            Person(row, email, "Ann", "Lee", {Field.ORG: "Kite"} if alone else {})
            for row, (email, alone) in enumerate(sheet, 2)
        )
        options, journal = RunOptions(batch_size=size), self.journals[machine]
        with self.at(machine, [], 0):
            patience = Patience(self.zoom)
            found = read_event(self.zoom, REF, journal=journal, cancel=patience)
        plan = make_plan(
            guests, found.event, found.questions, found.listed, options, journal.tries(REF)
        )
        assert plan.rows == len(guests)
        run = journal.start_run(RunRecord(ref=REF, people=guests, options=options))
        self.sheets[run] = guests
        self.prepared.append(Prepared(machine, plan, run))

    @rule(machine=MACHINES, sheet=SHEETS, size=st.integers(1, 5), script=SCRIPTS, at_once=AT_ONCE)
    def register(
        self,
        machine: int,
        sheet: list[tuple[str, bool]],
        size: int,
        script: list[Step],
        at_once: int,
    ) -> None:
        self.prepare(machine, sheet, size)
        self.confirm(script, 0, newest=True, at_once=at_once)

    @precondition(lambda self: self.prepared)
    @rule(script=SCRIPTS, fails=st.integers(0, 1), newest=st.booleans(), at_once=AT_ONCE)
    def confirm(self, script: list[Step], fails: int, *, newest: bool, at_once: int) -> None:
        chosen = self.prepared.pop(-1 if newest else 0)
        with self.at(chosen.machine, script, fails):
            run = Run(
                chosen.plan,
                REF,
                self.zoom,
                self.journals[chosen.machine],
                chosen.run,
                cancel=Patience(self.zoom),
                at_once=dict.fromkeys(CallKind, at_once),
            )
            self.check(chosen.machine, run.execute())

    @rule(machine=MACHINES, script=SCRIPTS, fails=st.integers(0, 1), at_once=AT_ONCE)
    def go_on(self, machine: int, script: list[Step], fails: int, at_once: int) -> None:
        waiting = {each.run for each in self.prepared}
        for record in self.journals[machine].unfinished():
            if record.id not in waiting:
                with self.at(machine, script, fails):
                    self.resume(machine, record.id, at_once)

    @rule(email=st.sampled_from(NAMES[:6]), status=st.sampled_from(["pending", "denied"]))
    def the_host_changes_somebody(self, email: str, status: ListedStatus) -> None:
        self.zoom.people[email] = status

    @rule(email=st.sampled_from(NAMES[:6]))
    def somebody_registers_by_hand(self, email: str) -> None:
        self.zoom.people[email] = "approved"

    @rule()
    def a_day_passes(self) -> None:
        self.zoom.next_day()

    @invariant()
    def nobody_is_sent_too_often_or_blindly(self) -> None:
        assert not self.zoom.broken
        assert all(count <= 1 for count in self.zoom.registrations.values())
        for machine, mails in self.zoom.mails.items():
            twice = [key for key, count in mails.items() if count > 1]
            assert not twice, f"machine {machine} let Zoom mail {twice} twice"

    @contextmanager
    def at(self, machine: int, script: list[Step], fails: int) -> Iterator[None]:
        """Let a machine work while Zoom follows a script; it may die or lose the network."""
        self.zoom.sender = machine
        self.zoom.script, self.zoom.lists_fail = list(script), fails
        try:
            yield
        except (Killed, ZoomUnreachable):
            pass
        finally:
            self.zoom.script, self.zoom.lists_fail = [], 0

    def resume(self, machine: int, run: str, at_once: int) -> None:
        self.zoom.sender = machine
        many = dict.fromkeys(CallKind, at_once)
        patience = Patience(self.zoom)
        journal = self.journals[machine]
        self.check(machine, resume(journal, run, self.zoom, cancel=patience, at_once=many))

    def check(self, machine: int, report: RunReport) -> None:
        guests = self.sheets[report.run]
        assert [outcome.row for outcome in report.outcomes] == [guest.row for guest in guests]
        for outcome in report.outcomes:
            key = emails.key(outcome.email)
            if outcome.status in LINKED:
                assert outcome.join_url == self.zoom.link(key)
            else:
                assert outcome.join_url == ""
                assert outcome.message
        kept = {outcome.row: outcome for outcome in self.journals[machine].outcomes(report.run)}
        for outcome in report.outcomes:
            # What the report promises, the journal holds; only open rows are open there.
            assert outcome.row in kept or outcome.status is Status.NOT_SENT
            if outcome.row in kept:
                assert kept[outcome.row] == outcome

    def check_nothing_lost(self, machine: int, run: str) -> None:
        journal = self.journals[machine]
        kept = {outcome.row: outcome for outcome in journal.outcomes(run)}
        for guest in self.sheets[run]:
            key = emails.key(guest.email)
            ours = self.zoom.mails[machine][key] and key in journal.sent_keys(run)
            if ours and self.zoom.people[key] == "approved":
                settled = kept[guest.row]
                # Denied or waiting when it was looked at, and approved by the host since.
                assert settled.status in LINKED | {Status.DENIED, Status.PENDING}


TestRegistration = Registration.TestCase
TestRegistration.settings = settings(
    max_examples=120,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
