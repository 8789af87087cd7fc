"""Let a person leave only when nothing is lost by it, or when they say so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop import acts, i18n
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.running import Running
from zoomdesk.desktop.saving import Saving


class Leaving(QObject):
    """Ask in the window before it closes over a run or over unsaved changes."""

    left = Signal()
    """Now the window may close."""

    def __init__(self, desk: Desk, saving: Saving, running: Running) -> None:
        super().__init__()
        self._desk = desk
        self._saving = saving
        self._running = running
        self._wanted = False
        self._discard = False

    def may_leave(self) -> bool:
        """Return whether the window may close now; else ask, and say so in a bar."""
        if self._desk.run.running:
            self._ask_about_run()
            return False
        if self._saving.saving:
            self._saving.save(self._leave)
            return False
        document = self._desk.document
        if document is not None and document.dirty and not self._discard:
            self._ask_about_changes(document.path.name)
            return False
        return True

    def discard(self) -> None:
        """Let the window close over unsaved changes: the person has said so."""
        self._discard = True

    def go_on(self) -> None:
        """Close after all: the run has ended and its results are in the workbook."""
        if self._wanted:
            self._leave()

    def _ask_about_run(self) -> None:
        self._desk.notify(
            Notice(
                "leave",
                "warning",
                acts.busy(self._desk.run.act),
                self.tr("The calls that were sent are awaited; you can go on with the rest later."),
                (
                    (self.tr("Stop and close"), self._stop_and_leave),
                    (self.tr("Stay"), lambda: None),
                ),
            )
        )

    def _ask_about_changes(self, name: str) -> None:
        self._desk.notify(
            Notice(
                "leave",
                "warning",
                i18n.fill(self.tr("%1 has changes that are not saved"), name),
                "",
                (
                    (self.tr("Save and close"), lambda: self._saving.save(self._leave)),
                    (self.tr("Close without saving"), self._leave_without_saving),
                    (self.tr("Stay"), lambda: None),
                ),
            )
        )

    def _stop_and_leave(self) -> None:
        self._wanted = True
        self._running.stop()

    def _leave_without_saving(self) -> None:
        self.discard()
        self._leave()

    def _leave(self) -> None:
        self.left.emit()
