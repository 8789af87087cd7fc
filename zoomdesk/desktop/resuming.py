"""Find runs that were cut short, and go on with them in their own workbook, or in another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from zoomdesk.desktop import i18n
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.opening import Opening
from zoomdesk.desktop.running import Running
from zoomdesk.desktop.tomorrow import Tomorrow, Waiting
from zoomdesk.registration.journal import RunRecord


class Resuming(QObject):
    """Offer unfinished runs at the start, the newest first; nothing goes on unasked."""

    def __init__(self, desk: Desk, opening: Opening, running: Running) -> None:
        super().__init__()
        self._desk = desk
        self._opening = opening
        self._running = running
        self._waiting: tuple[RunRecord, Path] | None = None
        self.tomorrow = Tomorrow(desk)
        self.tomorrow.due.connect(self._new_day)
        running.day_is_full.connect(self._day_is_full)
        running.begun.connect(self.tomorrow.begun)
        desk.sheet_shown.connect(self._sheet_shown)

    def look(self) -> None:
        """Ask the journal in the background."""
        self._running.look_for_unfinished(self._found)

    def stop(self) -> None:
        """Let go of what waits: the window closes."""
        self.tomorrow.stop()

    # The offer

    def _found(self, records: tuple[RunRecord, ...]) -> None:
        if not records:
            return
        newest, *others = records
        title = self.tr("A registration was cut short")
        if others:
            more = self.tr("%Ln more", "", len(others))
            title = i18n.fill(self.tr("%1 (and %2)"), title, more)
        go_on = (self.tr("Go on"), lambda: self.go_on(newest))
        if newest.again_at is not None and newest.again_at > self._desk.services.journal.clock():
            waiting = Waiting(newest.id, newest.sheet, newest.again_at)
            at = i18n.fill(self.tr("Go on at %1"), waiting.when)
            go_on = (at, lambda: self.tomorrow.wait_for(waiting))
        self._tell(
            "warning",
            title,
            f"{self._state(newest)} {self._reason(newest)}".rstrip(),
            go_on,
            (self.tr("Give it up…"), lambda: self._ask_to_forget(newest, tuple(others))),
            (self.tr("Not now"), lambda: self._found(tuple(others))),
        )

    def _state(self, record: RunRecord) -> str:
        if record.done < record.rows:
            text = self.tr("“%1” for %2: %3 of %4 people are done. Nobody is registered twice.")
        else:
            text = self.tr("“%1” for %2: %3 of %4 are done, but not in the workbook yet.")
        name = Path(record.output or record.book).name
        done, rows = i18n.number(min(record.done, record.rows)), i18n.number(record.rows)
        return i18n.fill(text, record.topic, name, done, rows)

    def _reason(self, record: RunRecord) -> str:
        if record.again_at is not None:
            when = Waiting(record.id, record.sheet, record.again_at).when
            if record.again_at > self._desk.services.journal.clock():
                text = self.tr("Zoom’s limit for the day was used up; it takes calls again at %1.")
                return i18n.fill(text, when)
            return self.tr("Zoom’s limit for the day was used up; a new day has begun since.")
        if not record.stopped:
            return ""
        return i18n.fill(self.tr("It had stopped: %1"), record.stopped)

    def _ask_to_forget(self, record: RunRecord, others: tuple[RunRecord, ...]) -> None:
        text = self.tr(
            "Whoever is registered stays so at Zoom, and “Fetch the links again” brings their"
            " links. The record of this run is cleared."
        )
        self._tell(
            "warning",
            i18n.fill(self.tr("Give up the run for “%1”?"), record.topic),
            text,
            (self.tr("Give it up"), lambda: self._forget(record, others)),
            (self.tr("Keep it"), lambda: self._found((record, *others))),
        )

    def _tell(
        self, tone: str, title: str, text: str, *actions: tuple[str, Callable[[], object]]
    ) -> None:
        self._desk.notify(Notice("resume", tone, title, text, actions))

    def _forget(self, record: RunRecord, others: tuple[RunRecord, ...]) -> None:
        services = self._desk.services
        self._desk.bridge.run(
            lambda: services.journal.clear(run=record.id, unfinished=True),
            lambda _: self._found(others),
            lambda error: self._desk.fail("resume", error),
        )

    # Going on

    def go_on(self, record: RunRecord) -> None:
        """Open the run's workbook and go on with it there; ask for one where it is gone."""
        path = Path(record.output or record.book)

        def looked(is_there: bool) -> None:
            if is_there:
                self._open(record, path)
            else:
                self._say_gone(record, path)

        self._desk.bridge.run(path.is_file, looked)

    def _open(self, record: RunRecord, path: Path) -> None:
        self._waiting = (record, path)
        self._opening.open(path, record.sheet if path == Path(record.book) else None)

    def _say_gone(self, record: RunRecord, path: Path) -> None:
        text = self.tr(
            "Put it back into %1, or choose the workbook that takes the links: rows are found by"
            " their addresses."
        )
        self._tell(
            "error",
            i18n.fill(self.tr("The workbook “%1” is not there any more"), path.name),
            i18n.fill(text, str(path.parent)),
            (self.tr("Choose the workbook…"), lambda: self._choose(record, path)),
            (self.tr("Try again"), lambda: self.go_on(record)),
        )

    def _choose(self, record: RunRecord, path: Path) -> None:
        name, _ = QFileDialog.getOpenFileName(
            QApplication.activeWindow(),
            self.tr("Choose the workbook that takes the links"),
            str(path.parent),
            "*.xlsx *.xlsm",
        )
        if name:
            self._open(record, Path(name))
        else:
            self._say_gone(record, path)

    def _sheet_shown(self) -> None:
        waiting, self._waiting = self._waiting, None
        document = self._desk.document
        if waiting is None or document is None:
            return
        record, path = waiting
        if Path(document.path) == path:
            sheet = record.sheet if record.sheet in document.sheets else document.current
            self._running.resume(record.id, sheet)

    # Tomorrow

    def _day_is_full(self, waiting: Waiting) -> None:
        self.tomorrow.offer(waiting, lambda: self._new_day(waiting))

    def _new_day(self, waiting: Waiting) -> None:
        """Go on with the run where its workbook is on the table, and open it where it is not."""
        services = self._desk.services
        self._desk.bridge.run(
            lambda: services.journal.run(waiting.run),
            self._go_on_with,
            lambda error: self._desk.fail("tomorrow", error),
        )

    def _go_on_with(self, record: RunRecord) -> None:
        document, path = self._desk.document, Path(record.output or record.book)
        if self._desk.run.running or self._desk.run.preparing:
            return
        if document is not None and document.path == path and record.sheet in document.sheets:
            self._running.resume(record.id, record.sheet)
        else:
            self.go_on(record)
