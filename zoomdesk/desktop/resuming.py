"""Find runs that were cut short, and go on with them in their own workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from zoomdesk.desktop import i18n
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.opening import Opening
from zoomdesk.desktop.running import Running
from zoomdesk.registration.journal import RunRecord


class Resuming(QObject):
    """Offer the newest unfinished run at the start; nothing goes on by itself."""

    def __init__(self, desk: Desk, opening: Opening, running: Running) -> None:
        super().__init__()
        self._desk = desk
        self._opening = opening
        self._running = running
        self._waiting: RunRecord | None = None
        desk.sheet_shown.connect(self._sheet_shown)

    def look(self) -> None:
        """Ask the journal in the background."""
        self._running.look_for_unfinished(self._found)

    def _found(self, records: tuple[RunRecord, ...]) -> None:
        if not records:
            return
        newest = records[0]
        if newest.done < newest.rows:
            text = self.tr("“%1” for %2: %3 of %4 people are done. Nobody is registered twice.")
        else:
            text = self.tr("“%1” for %2: %3 of %4 are done, but not in the workbook yet.")
        name = Path(newest.output or newest.book).name
        done, rows = i18n.number(newest.done), i18n.number(newest.rows)
        self._desk.notify(
            Notice(
                "resume",
                "warning",
                self.tr("A registration was cut short"),
                i18n.fill(text, newest.topic, name, done, rows),
                (
                    (self.tr("Go on"), lambda: self._go_on(newest)),
                    (self.tr("Not now"), lambda: None),
                ),
            )
        )

    def _go_on(self, record: RunRecord) -> None:
        self._waiting = record
        self._opening.open(Path(record.output or record.book), record.sheet)

    def _sheet_shown(self) -> None:
        record, self._waiting = self._waiting, None
        document = self._desk.document
        if record is None or document is None:
            return
        if str(document.path) == (record.output or record.book):
            self._running.resume(record.id, record.sheet)
