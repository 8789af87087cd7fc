"""Lead from an error, a row or a result to the failed call behind it, and on to Zoom's support."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from zoomdesk import paths
from zoomdesk.desktop.dialogs.failed_calls import FailedCallsDialog
from zoomdesk.desktop.notices import Notice
from zoomdesk.errors import ExportFailed
from zoomdesk.zoom.failed_call import FailedCall
from zoomdesk.zoom.failed_calls import Entry

if TYPE_CHECKING:
    from zoomdesk.desktop.window import MainWindow


class Diagnosing(QObject):
    """Show failed calls of one window; the open dialog is ``dialog``, None where none is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self.dialog: FailedCallsDialog | None = None
        self._desk.call_wanted.connect(self.show_call)
        window.side.result.failed_calls.connect(self.show_run)
        window.page.table.failure_wanted.connect(self.show_row)
        window.actions_.failed_calls.triggered.connect(lambda _=False: self.show_all())

    def show_call(self, call: FailedCall) -> None:
        """Show one call."""
        self._show([Entry(call, call.when)])

    def show_all(self) -> None:
        """Show whatever failed lately."""
        services = self._desk.services
        self._find(lambda: list(services.failed_calls.entries()))

    def show_run(self) -> None:
        """Show what failed in the last run."""
        report, services = self._desk.run.life or self._desk.run.report, self._desk.services
        if report is None:
            self.show_all()
            return
        from zoomdesk.registration import diagnosis

        def find() -> list[Entry]:
            entries = services.failed_calls.entries()
            return diagnosis.of_run(services.journal, report.run, entries)

        self._find(find)

    def show_row(self, index: int) -> None:
        """Show the call behind a row that failed in the last run."""
        run, services, roster = self._desk.run, self._desk.services, self._desk.roster
        report = run.life or run.report
        if report is None or roster is None:
            self.show_all()
            return
        from zoomdesk.registration import diagnosis

        email = roster.person(index).email

        def find() -> list[Entry]:
            entries = services.failed_calls.entries()
            found = diagnosis.of_person(services.journal, report.run, email, entries)
            return [found] if found else []

        self._find(find)

    def _find(self, find: Callable[[], list[Entry]]) -> None:
        self._desk.bridge.run(find, self._show, lambda error: self._desk.fail("diagnosis", error))

    def _show(self, entries: Sequence[Entry]) -> None:
        if not entries:
            title = self.tr("No failed call to Zoom is on record for this")
            self._desk.notify(Notice("diagnosis", "info", title))
            return
        self.dialog = FailedCallsDialog(self._window, entries)
        self.dialog.save.connect(self._ask_place)
        self.dialog.open_log.connect(self._open_log)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _ask_place(self, entries: list[Entry]) -> None:
        proposal = "Failed calls to Zoom.postman_collection.json"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as Postman collection"), proposal, "*.json"
        )
        if name:
            self.save(Path(name), entries)

    def save(self, path: Path, entries: Sequence[Entry]) -> None:
        """Write the collection on a worker."""
        from zoomdesk.zoom.as_postman import as_postman

        def write() -> None:
            try:
                path.write_text(as_postman(entry.call for entry in entries), encoding="utf-8")
            except OSError as error:
                raise ExportFailed(f"{path}: {error.strerror}.") from error

        said = Notice("diagnosis", "info", self.tr("Saved for Postman"), str(path))
        self._desk.bridge.run(
            write,
            lambda _: self._desk.notify(said),
            lambda error: self._desk.fail("diagnosis", error),
        )

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_dir())))
