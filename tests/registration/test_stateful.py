"""Any order of answers, losses, refusals and deaths: nobody twice, nobody blindly, no link lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.registration.model import BAD, REF, Killed, ModelZoom, MortalJournal, Step
from tests.registration.office import LINKED
from zoomdesk.errors import ZoomUnreachable
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.plan import make_plan
from zoomdesk.registration.preflight import read_event
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Person

NAMES = [*(f"{letter}@example.com" for letter in "abcdefgh"), BAD, "A@example.com", "C@EXAMPLE.com"]
SCRIPTS = st.lists(st.sampled_from(Step), max_size=6)
SHEETS = st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=len(NAMES))


class Registration(RuleBasedStateMachine):
    """Runs and resumes on one journal against one Zoom."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.zoom = ModelZoom()
        self.journal = MortalJournal(self.folder / "journal.sqlite3", self.zoom)
        self.sheets: dict[str, tuple[Person, ...]] = {}

    def teardown(self) -> None:
        try:
            self.zoom.script, self.zoom.lists_fail = [], 0
            for record in self.journal.unfinished():
                # What a day's tries leave open may need no more than this; each resume looks again.
                self.check(resume(self.journal, record.id, self.zoom, settle_seconds=0.0))
            for run, guests in self.sheets.items():
                self.check_nothing_lost(run, guests)
        finally:
            self.journal.close()
            shutil.rmtree(self.folder)

    @initialize(whole=st.booleans(), existing=st.booleans())
    def choose(self, whole: bool, existing: bool) -> None:
        self.zoom.whole, self.zoom.existing = whole, existing

    @rule(sheet=SHEETS, script=SCRIPTS, size=st.integers(1, 5), fails=st.integers(0, 1))
    def register(
        self, sheet: list[tuple[str, bool]], script: list[Step], size: int, fails: int
    ) -> None:
        guests = tuple(
            Person(row, email, "Ann", "Lee", {Field.ORG: "Kite"} if alone else {})
            for row, (email, alone) in enumerate(sheet, 2)
        )
        options = RunOptions(batch_size=size)
        found = read_event(self.zoom, REF)
        plan = make_plan(
            guests, found.event, found.questions, found.listed, options, self.journal.tries(REF)
        )
        assert plan.rows == len(guests)
        run = self.journal.start_run(RunRecord(ref=REF, people=guests, options=options))
        self.sheets[run] = guests
        self.zoom.script, self.zoom.lists_fail = list(script), fails
        try:
            self.check(Run(plan, REF, self.zoom, self.journal, run, settle_seconds=0.0).execute())
        except Killed:
            pass
        finally:
            self.zoom.script, self.zoom.lists_fail = [], 0

    @rule(script=SCRIPTS, fails=st.integers(0, 1))
    def go_on(self, script: list[Step], fails: int) -> None:
        for record in self.journal.unfinished():
            self.zoom.script, self.zoom.lists_fail = list(script), fails
            try:
                self.check(resume(self.journal, record.id, self.zoom, settle_seconds=0.0))
            except (Killed, ZoomUnreachable):
                pass
            finally:
                self.zoom.script, self.zoom.lists_fail = [], 0

    @rule(email=st.sampled_from(NAMES[:6]), status=st.sampled_from(["pending", "denied"]))
    def the_host_changes_somebody(self, email: str, status: str) -> None:
        self.zoom.people[email] = status  # type: ignore[assignment]  # one of two literals

    @rule(email=st.sampled_from(NAMES[:6]))
    def somebody_registers_by_hand(self, email: str) -> None:
        self.zoom.people[email] = "approved"

    @invariant()
    def nobody_is_sent_too_often_or_blindly(self) -> None:
        assert not self.zoom.broken
        assert all(count <= 3 for count in self.zoom.sends.values())
        assert all(count <= 1 for count in self.zoom.registrations.values())

    def check(self, report: RunReport) -> None:
        guests = self.sheets[report.run]
        assert [outcome.row for outcome in report.outcomes] == [guest.row for guest in guests]
        for outcome in report.outcomes:
            key = emails.key(outcome.email)
            if outcome.status in LINKED:
                assert outcome.join_url == self.zoom.link(key)
            else:
                assert outcome.join_url == ""
                assert outcome.message
        kept = {outcome.row: outcome for outcome in self.journal.outcomes(report.run)}
        for outcome in report.outcomes:
            # What the report promises, the journal holds; only open rows are open there.
            assert outcome.row in kept or outcome.status is Status.NOT_SENT
            if outcome.row in kept:
                assert kept[outcome.row] == outcome

    def check_nothing_lost(self, run: str, guests: Sequence[Person]) -> None:
        kept = {outcome.row: outcome for outcome in self.journal.outcomes(run)}
        for guest in guests:
            key = emails.key(guest.email)
            ours = self.zoom.registrations[key] and key in self.journal.sent_keys(run)
            if ours and self.zoom.people[key] == "approved":
                settled = kept[guest.row].status
                # Denied or waiting when it was looked at, and approved by the host since.
                assert settled in LINKED | {Status.DENIED, Status.PENDING}


TestRegistration = Registration.TestCase
TestRegistration.settings = settings(
    max_examples=60,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
