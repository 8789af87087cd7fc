"""Start, watch, stop and resume runs. A run is a plain object on a worker; this hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from zoomdesk.desktop import jobs
from zoomdesk.desktop.desk import Desk, RunState
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.panels.result import RETRYABLE
from zoomdesk.desktop.tomorrow import Waiting
from zoomdesk.errors import WorkbookChanged, WriteFailed, ZoomdeskError
from zoomdesk.registration.cells import result_texts
from zoomdesk.registration.events import OnEvent, Progress, RowsAnswered, RunEvent
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.lifecycle import Act
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.run import Run
from zoomdesk.registration.tomorrow import again_at
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef

_SHOW_EVERY_MS = 100
_T = TypeVar("_T")


class Running(QObject):
    """Drive one run at a time."""

    planned = Signal(object)
    """A fresh plan and what it rests on (jobs.Prepared): confirm it."""
    save_first = Signal()
    """The rows are in no file yet that results can go into: save, then prepare again."""
    reload_wanted = Signal()
    """Somebody else has changed the workbook: bring it together with the table first."""
    copy_wanted = Signal()
    """The person wants to go on in a copy: ask for its place."""
    begun = Signal(str)
    """A run has begun: which one, "" for a new one."""
    day_is_full = Signal(object)
    """Zoom's limit for the day stopped a run, a ``Waiting``: offer to go on tomorrow."""
    finished = Signal()
    """The run has ended and its outcomes are in the table: write them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cancel = CancelToken()
        self._switch = PauseSwitch()
        self._resumed = ""
        self._arrived: list[Outcome] = []
        self._place: Callable[[list[Outcome]], list[Outcome]] = list
        self._timer = QTimer(self, interval=_SHOW_EVERY_MS)
        self._timer.timeout.connect(self._show_arrived)
        self._outdated = False

    # Before

    def prepare(self) -> None:
        """Rehearse, ask Zoom afresh and plan: what is confirmed is what will happen."""
        desk = self._desk
        document, chosen = desk.document, desk.choice.chosen
        if document is None or chosen is None or desk.run.running or desk.run.preparing:
            return
        if document.must_be_saved:
            self.save_first.emit()
            return
        if desk.account.waiting_for_browser:
            # Who is shown in the confirmation must be who registers.
            title = self.tr("Finish signing in first, or cancel it")
            desk.notify(Notice("run", "info", title, self.tr("Nobody was registered.")))
            return
        state, ref = desk.run, chosen.event.ref
        state.preparing, state.pause = True, ""
        self._outdated = False
        desk.unnotify("run")
        desk.touch()
        desk.bridge.slices(
            jobs.ticked_people(document.roster), lambda ticked: self._ask(ticked, ref, state)
        )

    def _ask(self, ticked: jobs.Ticked, ref: EventRef, state: RunState) -> None:
        desk = self._desk
        document, services = desk.document, desk.services
        if document is None or desk.run is not state:
            return

        def pausing(seconds: float) -> None:
            lingers = services.journal.unanswered(ref).last_sent is not None
            desk.bridge.post(lambda: self._pause(state, seconds, lingers=lingers))

        cancel = self._cancel = jobs.TellingToken(pausing)
        opened, book, password = document.open_sheet, document.info, document.password
        dates = desk.choice.dates
        desk.bridge.run(
            lambda: jobs.prepare(services, opened, book, ticked, ref, cancel, password, dates),
            lambda prepared: self._prepared(prepared, ref, state),
            lambda error: self._not_prepared(error, state),
        )

    def _pause(self, state: RunState, seconds: float, *, lingers: bool) -> None:
        if lingers:
            state.pause = self.tr(
                "A call that was cut short may still be under way at Zoom. Waiting for %Ln seconds,"
                " so that nobody is registered twice.",
                "",
                round(seconds),
            )
        else:
            state.pause = self.tr("Zoom does not answer; asked again in a moment.")
        self._desk.touch()

    def _prepared(self, prepared: jobs.Prepared | None, ref: EventRef, state: RunState) -> None:
        state.preparing = False
        self._desk.touch()
        chosen = self._desk.choice.chosen
        if prepared is None or self._desk.run is not state:
            return
        if chosen is None or chosen.event.ref != ref:
            return
        if self._outdated:
            self.prepare()
            return
        self._desk.choice.chosen = prepared.chosen
        self._desk.plan.plan = prepared.plan
        self.planned.emit(prepared)

    def _not_prepared(self, error: ZoomdeskError, state: RunState) -> None:
        state.preparing = False
        self._desk.touch()
        if self._desk.run is not state:
            return
        if isinstance(error, WorkbookChanged):
            self._desk.fail("run", error, (self.tr("Reload"), self.reload_wanted.emit))
            return
        again = (self.tr("Try again"), self.prepare)
        copy = (self.tr("Save a copy…"), self.copy_wanted.emit)
        self._desk.fail("run", error, again, *([copy] if isinstance(error, WriteFailed) else []))

    def reconsider(self) -> None:
        """Plan once more what is being prepared: rows or ticks have changed meanwhile."""
        self._outdated = True

    # During

    def start(self, plan: Plan, chosen: Preflight) -> None:
        """Carry out a plan that the person has confirmed."""
        desk = self._desk
        document = desk.document
        if document is None:
            return
        services, ref = desk.services, chosen.event.ref
        record = RunRecord(
            ref=ref,
            topic=chosen.event.topic,
            book=str(document.path),
            sheet=document.current,
            header_row=document.roster.header_row,
            people=tuple(row for person in plan.people for row in plan.rows_of(person)),
            options=RunOptions.from_settings(desk.settings, occurrence_ids=desk.choice.dates),
            fingerprint=document.fingerprint,
            account=desk.account.profile.key if desk.account.profile else "",
        )
        cancel, pause = self._begin(document.current, plan.rows), self._switch
        desk.run.holdable = True
        self.begun.emit("")

        def work() -> RunReport:
            run_id = services.journal.start_run(record)
            return Run(
                plan,
                ref,
                services.client(),
                services.journal,
                run_id,
                on_event=self._from_worker,
                cancel=cancel,
                pause=pause,
                at_once=services.at_once,
                others=services.others,
            ).execute()

        desk.bridge.run(work, self._ended, self._broken)

    def resume(self, run: str, sheet: str) -> None:
        """Go on with a run that was cut short; its workbook is on the table."""
        desk = self._desk
        document = desk.document
        if document is None:
            return
        services, roster = desk.services, document.sheets[sheet].roster
        cancel, pause = self._begin(sheet, 0), self._switch
        desk.run.holdable, self._resumed = True, run
        self.begun.emit(run)

        def work() -> RunReport:
            report = jobs.resume_run(services, run, self._from_worker, cancel, pause)
            return replace(
                report, outcomes=tuple(jobs.outcomes_by_address(roster, report.outcomes))
            )

        # Rows may have moved since: nothing is shown before it is known whose they are now.
        self._place = lambda outcomes: jobs.outcomes_by_address(roster, outcomes)
        desk.bridge.run(work, self._ended, self._broken)

    def asking(self) -> CancelToken:
        """Return what stops something else that is being prepared in a run's place."""
        self._cancel = CancelToken()
        return self._cancel

    def carry_out(
        self,
        work: Callable[[OnEvent, CancelToken, PauseSwitch], _T],
        outcomes_of: Callable[[_T], Iterable[Outcome]],
        on_done: Callable[[_T], None],
        *,
        act: Act | None = None,
    ) -> None:
        """Do something else with registrants on a worker: shown, stopped and kept as a run is."""
        desk = self._desk
        document = desk.document
        if document is None:
            return
        cancel, pause = self._begin(document.current, 0), self._switch
        desk.run.act, desk.run.holdable = act, act is not None

        def done(result: _T) -> None:
            self._timer.stop()
            self._arrived = []
            self._keep(list(outcomes_of(result)))
            desk.run.running = desk.run.stopping = False
            on_done(result)
            desk.touch()
            self.finished.emit()

        desk.bridge.run(lambda: work(self._from_worker, cancel, pause), done, self._broken)

    def hold(self) -> None:
        """Pause the run, or let it go on: calls under way end, and none leaves meanwhile."""
        run = self._desk.run
        if not run.running or not run.holdable or run.stopping:
            return
        run.paused = not run.paused
        if run.paused:
            self._switch.pause()
        else:
            self._switch.go_on()
        self._desk.touch()

    def stop(self) -> None:
        """Send nothing more; the calls that are out are awaited. What is prepared is dropped."""
        if self._desk.run.preparing:
            self._cancel.cancel()
        elif self._desk.run.running and not self._desk.run.stopping:
            self._desk.run.stopping = True
            self._cancel.cancel()
            self._desk.touch()

    def end(self) -> None:
        """Stop for good: the window closes, and nobody will show what still comes."""
        self._cancel.cancel()
        self._timer.stop()

    def _begin(self, sheet: str, total: int) -> CancelToken:
        self._cancel, self._switch = CancelToken(), PauseSwitch()
        self._resumed = ""
        self._arrived = []
        self._place = list
        self._desk.run = RunState(running=True, sheet=sheet, total=total)
        self._desk.unnotify("run")
        self._timer.start()
        self._desk.touch()
        return self._cancel

    def _from_worker(self, event: RunEvent) -> None:
        """Take an event on the worker's thread; only the bridge may carry it over."""
        self._desk.bridge.post(lambda: self._take(event))

    def _take(self, event: RunEvent) -> None:
        run = self._desk.run
        if isinstance(event, Progress):
            run.done, run.total = event.done, event.total
            run.seconds_left, run.waiting_for = event.seconds_left, event.waiting_for
            run.in_flight = event.in_flight
        elif isinstance(event, RowsAnswered):
            self._arrived.extend(event.outcomes)

    def _show_arrived(self) -> None:
        outcomes, self._arrived = self._arrived, []
        if outcomes:
            self._keep(self._place(outcomes))
        self._desk.touch()

    def _keep(self, outcomes: list[Outcome]) -> None:
        document = self._desk.document
        sheet = document.sheets.get(self._desk.run.sheet) if document is not None else None
        if sheet is None:
            return
        sheet.outcomes.update((outcome.row, outcome) for outcome in outcomes)
        placed = [(sheet.roster.index_of_row(o.row), result_texts(o)) for o in outcomes]
        self._desk.rows_answered.emit([pair for pair in placed if pair[0] >= 0])

    # After

    def _ended(self, report: RunReport) -> None:
        self._timer.stop()
        self._arrived = []
        self._keep(list(report.outcomes))
        run = self._desk.run
        run.running = run.stopping = False
        run.report = report
        if self._offer_tomorrow(report.stopped, report.run):
            pass
        elif report.stopped is not None:
            go_on = (self.tr("Go on"), lambda: self.go_on(report.run))
            self._desk.fail("run", report.stopped, go_on)
        elif report.cancelled:
            self._desk.notify(
                Notice(
                    "run",
                    "info",
                    self.tr("Stopped. What was done is kept."),
                    "",
                    ((self.tr("Go on"), lambda: self.go_on(report.run)),),
                )
            )
        self._desk.touch()
        self.finished.emit()

    def go_on(self, run: str) -> None:
        """Resume the last run on the sheet that it is of."""
        if not self._desk.run.running:
            self.resume(run, self._desk.run.sheet)

    def _broken(self, error: ZoomdeskError) -> None:
        self._timer.stop()
        self._show_arrived()
        self._desk.run.running = self._desk.run.stopping = False
        if not self._offer_tomorrow(error, self._resumed):
            self._desk.fail("run", error)
        self._desk.touch()

    def _offer_tomorrow(self, error: ZoomdeskError | None, run: str) -> bool:
        at = again_at(error, self._desk.services.journal.clock())
        if at is None or not run:
            return False
        self.day_is_full.emit(Waiting(run, self._desk.run.sheet, at))
        return True

    def mark_written(self) -> None:
        """Record that the last run's results are in the workbook, once they all are."""
        run, document = self._desk.run, self._desk.document
        sheet = document.sheets.get(run.sheet) if document is not None else None
        report, services = run.report, self._desk.services
        if report is None or run.running or run.written or sheet is None or sheet.outcomes:
            return
        run.written = report.complete
        if report.complete:
            self._desk.bridge.run(lambda: services.journal.mark_written(report.run))

    def failed_rows(self) -> list[int]:
        """Return the indexes of the rows that may be tried again."""
        report, roster = self._desk.run.report, self._desk.roster
        if report is None or roster is None:
            return []
        rows = [o.row for o in report.outcomes if o.status in RETRYABLE]
        return [index for index in map(roster.index_of_row, rows) if index >= 0]

    def look_for_unfinished(self, on_found: Callable[[tuple[RunRecord, ...]], None]) -> None:
        """Ask the journal for runs that were cut short."""
        services = self._desk.services
        self._desk.bridge.run(lambda: services.journal.unfinished(), on_found)
