"""Start, watch, stop and resume runs. A run is a plain object on a worker; this hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from zoomdesk.desktop import jobs
from zoomdesk.desktop.desk import Desk, RunState
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.panels.result import RETRYABLE
from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.cells import result_texts
from zoomdesk.registration.events import Progress, RowsAnswered, RunEvent
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.run import Run
from zoomdesk.zoom.cancel import CancelToken

_SHOW_EVERY_MS = 100


class Running(QObject):
    """Drive one run at a time."""

    planned = Signal(object, object, object)
    """A fresh plan and what it rests on (Plan, Preflight, Ticked): confirm it."""
    finished = Signal()
    """The run has ended and its outcomes are in the table: write them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cancel = CancelToken()
        self._arrived: list[Outcome] = []
        self._place: Callable[[list[Outcome]], list[Outcome]] = list
        self._timer = QTimer(self, interval=_SHOW_EVERY_MS)
        self._timer.timeout.connect(self._show_arrived)
        self._preparing = False

    # Before

    def prepare(self) -> None:
        """Ask Zoom afresh who is registered, and plan: what is confirmed is what will happen."""
        desk = self._desk
        roster, chosen = desk.roster, desk.choice.chosen
        if roster is None or chosen is None or desk.run.running or self._preparing:
            return
        self._preparing = True
        desk.bridge.slices(jobs.ticked_people(roster), lambda ticked: self._ask(ticked, chosen))

    def _ask(self, ticked: jobs.Ticked, chosen: Preflight) -> None:
        services = self._desk.services
        options = RunOptions.from_settings(self._desk.settings)

        def work() -> tuple[Plan, Preflight]:
            fresh = jobs.read_event(services.client(), chosen.event.ref)
            return jobs.plan_of(services, ticked.people, fresh, options), fresh

        def done(result: tuple[Plan, Preflight]) -> None:
            self._preparing = False
            plan, fresh = result
            self._desk.choice.chosen = fresh
            self._desk.plan.plan = plan
            self._desk.touch()
            self.planned.emit(plan, fresh, ticked)

        def failed(error: ZoomdeskError) -> None:
            self._preparing = False
            self._desk.fail("run", error, (self.tr("Try again"), self.prepare))

        self._desk.bridge.run(work, done, failed)

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
            options=RunOptions.from_settings(desk.settings),
            fingerprint=document.fingerprint,
            account=desk.account.name,
        )
        cancel = self._begin(document.current, plan.rows)

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
            ).execute()

        desk.bridge.run(work, self._ended, self._broken)

    def resume(self, run: str, sheet: str) -> None:
        """Go on with a run that was cut short; its workbook is on the table."""
        desk = self._desk
        document = desk.document
        if document is None:
            return
        services, roster = desk.services, document.sheets[sheet].roster
        cancel = self._begin(sheet, 0)

        def work() -> RunReport:
            report = jobs.resume_run(services, run, self._from_worker, cancel)
            return replace(
                report, outcomes=tuple(jobs.outcomes_by_address(roster, report.outcomes))
            )

        # Rows may have moved since: nothing is shown before it is known whose they are now.
        self._place = lambda outcomes: jobs.outcomes_by_address(roster, outcomes)
        desk.bridge.run(work, self._ended, self._broken)

    def stop(self) -> None:
        """Send nothing more; the calls that are out are awaited."""
        if self._desk.run.running and not self._desk.run.stopping:
            self._desk.run.stopping = True
            self._cancel.cancel()
            self._desk.touch()

    def end(self) -> None:
        """Stop for good: the window closes, and nobody will show what still comes."""
        self._cancel.cancel()
        self._timer.stop()

    def _begin(self, sheet: str, total: int) -> CancelToken:
        self._cancel = CancelToken()
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
        if report.stopped is not None:
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
        self._desk.fail("run", error)
        self._desk.touch()

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
