"""What a person does with the rows of a run afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.panels.result import RETRYABLE
from zoomdesk.desktop.running import Running
from zoomdesk.desktop.sheet_page import SheetPage
from zoomdesk.desktop.table.model import RosterModel
from zoomdesk.registration.outcome import Status


class Afterwards(QObject):
    """Show, retry, copy and open results."""

    def __init__(self, desk: Desk, page: SheetPage, running: Running) -> None:
        super().__init__()
        self._desk = desk
        self._page = page
        self._running = running

    def untick_settled(self) -> None:
        """Take the ticks of everybody whom the last run settled."""
        report, roster = self._desk.run.report, self._desk.roster
        if report is not None and roster is not None:
            settled = [o.row for o in report.outcomes if o.status not in RETRYABLE]
            self.tick([i for i in map(roster.index_of_row, settled) if i >= 0], on=False)

    def show_status(self, status: Status) -> None:
        """Show the rows of the last run that have a status."""
        report, roster = self._desk.run.report, self._desk.roster
        if report is not None and roster is not None:
            rows = [roster.index_of_row(o.row) for o in report.outcomes if o.status is status]
            self._page.show_rows([index for index in rows if index >= 0])

    def retry(self) -> None:
        """Tick only the rows that failed, and register these."""
        roster = self._desk.roster
        if roster is not None:
            rows = self._running.failed_rows()
            self.tick(sorted(roster.ticked), on=False)
            self.tick(rows, on=True)
            self._page.show_rows(rows)
            self._running.prepare()

    def tick(self, indexes: list[int], *, on: bool) -> None:
        """Tick or untick rows of the roster."""
        model = self._page.table.model()
        if indexes and isinstance(model, RosterModel):
            model.tick(indexes, on)

    def copy_links(self) -> None:
        """Put every address with its link on the clipboard, a line each, as Excel pastes it."""
        report = self._desk.run.report
        if report is not None:
            lines = [f"{o.email}\t{o.join_url}" for o in report.outcomes if o.join_url]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._say(
                self.tr("%Ln links are on the clipboard, each after its address.", "", len(lines))
            )

    def open_outside(self, *, folder: bool) -> None:
        """Open the workbook, or its folder, in the system's own program."""
        document = self._desk.document
        if document is not None:
            path = document.path.parent if folder else document.path
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _say(self, text: str) -> None:
        self._desk.notify(Notice("said", "info", text))
