"""Approve, deny, cancel and delete the ticked people, and fetch links again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop import life_jobs
from zoomdesk.desktop.desk import Desk, RunState
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.running import Running
from zoomdesk.errors import WorkbookChanged, WriteFailed, ZoomdeskError
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.lifecycle import Act, LifePlan, LifeReport, Result, Subject
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.roster.filters import Filter
from zoomdesk.zoom.events import EventRef

SETTLED = (Result.DONE, Result.ALREADY)


class Registrants(QObject):
    """Drive one act at a time; it takes the place of a run, so nothing else goes on meanwhile."""

    planned = Signal(object)
    """Whom an act would change (life_jobs.PreparedAct): confirm it."""
    save_first = Signal(object)
    """The rows are in no file yet that results can go into: save, then prepare this act."""
    tick_wanted = Signal(list, bool)
    """Tick, or untick, these indexes of the roster."""
    show_wanted = Signal(list)
    """Show these indexes of the roster."""

    def __init__(self, desk: Desk, running: Running) -> None:
        super().__init__()
        self._desk = desk
        self._running = running

    @property
    def is_ready(self) -> bool:
        """Whether the ticked people can be asked about: an event is chosen, nothing goes on."""
        desk = self._desk
        busy = desk.run.running or desk.run.preparing
        return desk.document is not None and desk.choice.chosen is not None and not busy

    # Before

    def prepare(self, act: Act) -> None:
        """Ask Zoom whom the ticked rows mean and what it has of them; nothing is changed yet."""
        desk = self._desk
        document, chosen = desk.document, desk.choice.chosen
        if document is None or chosen is None or not self.is_ready:
            return
        if not document.roster.ticked:
            self._say(self.tr("Nobody is ticked."), self.tr("Tick the people whom you mean."))
            return
        if document.must_be_saved:
            self.save_first.emit(act)
            return
        state, ref = desk.run, chosen.event.ref
        state.preparing, state.pause = True, self.tr("Asking Zoom who these people are…")
        desk.unnotify("run")
        desk.touch()
        desk.bridge.slices(
            life_jobs.ticked_subjects(document.roster),
            lambda subjects: self._ask(act, subjects, ref, state),
        )

    def _ask(self, act: Act, subjects: list[Subject], ref: EventRef, state: RunState) -> None:
        desk = self._desk
        document, services = desk.document, desk.services
        if document is None or desk.run is not state:
            return
        cancel = self._running.asking()
        opened, book, password = document.open_sheet, document.info, document.password
        dates = desk.choice.dates
        desk.bridge.run(
            lambda: life_jobs.prepare(
                services, act, opened, book, subjects, ref, cancel, password, dates
            ),
            lambda prepared: self._prepared(prepared, state),
            lambda error: self._not_prepared(act, error, state),
        )

    def _prepared(self, prepared: life_jobs.PreparedAct | None, state: RunState) -> None:
        state.preparing = False
        self._desk.touch()
        if prepared is not None and self._desk.run is state:
            self.planned.emit(prepared)

    def _not_prepared(self, act: Act, error: ZoomdeskError, state: RunState) -> None:
        state.preparing = False
        self._desk.touch()
        if self._desk.run is not state:
            return
        again = (self.tr("Try again"), lambda: self.prepare(act))
        if isinstance(error, WorkbookChanged):
            again = (self.tr("Reload"), self._running.reload_wanted.emit)
        copy = (self.tr("Save a copy…"), self._running.copy_wanted.emit)
        self._desk.fail("run", error, again, *([copy] if isinstance(error, WriteFailed) else []))

    # During

    def start(self, plan: LifePlan) -> None:
        """Carry out what the person has confirmed."""
        desk = self._desk
        document = desk.document
        if document is None:
            return
        services = desk.services
        record = RunRecord(
            ref=plan.event.ref,
            topic=plan.event.topic,
            book=str(document.path),
            sheet=document.current,
            header_row=document.roster.header_row,
            people=plan.people,
            fingerprint=document.fingerprint,
            account=desk.account.profile.key if desk.account.profile else "",
            act=plan.act.value,
        )
        self._running.carry_out(
            lambda on_event, cancel, pause: life_jobs.carry_out(
                services, plan, record, on_event, cancel, pause
            ),
            lambda report: report.outcomes,
            self._ended,
            act=plan.act,
        )

    def fetch_links(self) -> None:
        """Read the lists and put the links of everybody on the sheet into their rows again."""
        desk = self._desk
        document, chosen = desk.document, desk.choice.chosen
        if document is None or chosen is None or not self.is_ready:
            return
        state, ref = desk.run, chosen.event.ref
        desk.bridge.slices(
            life_jobs.everybody(document.roster), lambda people: self._fetch(people, ref, state)
        )

    def _fetch(self, people: list[Subject], ref: EventRef, state: RunState) -> None:
        desk = self._desk
        document, services = desk.document, desk.services
        if document is None or desk.run is not state or not self.is_ready:
            return
        roster = document.roster
        ended = {roster.row_number(index) for index in roster.filtered(Filter.ENDED)}
        self._running.carry_out(
            lambda _event, cancel, _pause: life_jobs.links(services, people, ended, ref, cancel),
            lambda outcomes: outcomes,
            lambda outcomes: self._fetched(outcomes, len(people)),
        )

    # After

    def _ended(self, report: LifeReport) -> None:
        self._desk.run.life = report
        settled = self.rows([fate.row for fate in report.fates if fate.result in SETTLED])
        self.tick_wanted.emit(settled, False)
        again = (self.tr("Do the rest"), lambda: self.prepare(report.act))
        if report.stopped is not None:
            self._desk.fail("run", report.stopped, again)
        elif report.cancelled:
            title = self.tr("Stopped. What was done is kept.")
            self._desk.notify(Notice("run", "info", title, "", (again,)))

    def _fetched(self, outcomes: list[Outcome], people: int) -> None:
        links = sum(bool(outcome.join_url) for outcome in outcomes)
        found = self.tr("%Ln links were fetched.", "", links)
        waiting = sum(outcome.status is Status.PENDING for outcome in outcomes)
        rest = people - len(outcomes)
        parts = [self.tr("%Ln people wait for approval.", "", waiting)] if waiting else []
        parts += [self.tr("%Ln people are not on Zoom’s list.", "", rest)] if rest else []
        self._say(found, " ".join(parts))

    def rows(self, numbers: list[int]) -> list[int]:
        """Return the indexes of rows of the table by their numbers in the sheet."""
        roster = self._desk.roster
        return [i for i in map(roster.index_of_row, numbers) if i >= 0] if roster else []

    def show_result(self, result: Result) -> None:
        """Show the rows of the last act that ended so."""
        report = self._desk.run.life
        if report is not None:
            numbers = [fate.row for fate in report.fates if fate.result is result]
            self.show_wanted.emit(self.rows(numbers))

    def approve_rows(self, numbers: list[int]) -> None:
        """Tick these rows of the sheet, and only them, and prepare to approve them."""
        roster = self._desk.roster
        if roster is not None and self.is_ready:
            wanted = self.rows(numbers)
            self.tick_wanted.emit(sorted(roster.ticked.difference(wanted)), False)
            self.tick_wanted.emit(wanted, True)
            self.show_wanted.emit(wanted)
            self.prepare(Act.APPROVE)

    def _say(self, title: str, text: str = "") -> None:
        self._desk.notify(Notice("run", "info", title, text))
