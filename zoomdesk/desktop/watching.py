"""Notice that somebody else has changed the open workbook, and that a sync client has put it back.

The system tells of changes where it can; a look at every return to the window finds the rest, such
as changes on a share. Only the content counts: a file that was touched or copied over itself is no
change.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from zoomdesk import workbook
from zoomdesk.desktop import i18n
from zoomdesk.desktop.bridge import Task
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.opening import Opening
from zoomdesk.desktop.saving import Saving
from zoomdesk.errors import WorkbookNotFound
from zoomdesk.workbook import Fingerprint, Settled

_SETTLE_MS = 500
"""A program that saves touches the file several times: it is looked at once it is quiet."""

_GONE_MS = 1500
"""A file that is gone may be on its way back: programs delete and rename when they save."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was found: the file as it is now, None where it is gone, and who did it, if known."""

    now: Fingerprint | None
    who: str = ""


class Watching(QObject):
    """Watch the open workbook; say in a bar what others did to it."""

    def __init__(self, desk: Desk, opening: Opening, saving: Saving) -> None:
        super().__init__()
        self._desk = desk
        self._opening = opening
        self._saving = saving
        self._stopped = threading.Event()
        self._task: Task | None = None
        self._told: Change | None = None
        self._gone_once = False
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(self.look_soon)
        self._files.directoryChanged.connect(self.look_soon)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(self._look)
        desk.sheet_shown.connect(self.follow)
        saving.saved.connect(self._saved)

    def follow(self) -> None:
        """Watch the workbook that is open now, and its folder: many programs replace the file."""
        document = self._desk.document
        wanted = [] if document is None else [str(document.path), str(document.path.parent)]
        watched = [*self._files.files(), *self._files.directories()]
        if gone := [path for path in watched if path not in wanted]:
            self._files.removePaths(gone)
            self._told = None
        if new := [path for path in wanted if path not in watched and Path(path).exists()]:
            self._files.addPaths(new)

    def look_soon(self) -> None:
        """Look at the file once it is quiet."""
        if not self._stopped.is_set() and self._desk.document is not None:
            self._timer.start()

    def stop(self) -> None:
        """Watch no more: the window closes."""
        self._stopped.set()
        self._timer.stop()
        if watched := [*self._files.files(), *self._files.directories()]:
            self._files.removePaths(watched)

    # Changed by others

    def _look(self) -> None:
        document = self._desk.document
        if document is None:
            return
        if self._saving.saving or self._opening.under_way is not None:
            self._timer.start()
            return
        self.follow()
        if self._task is not None:
            self._task.dismiss()
        known = document.fingerprint
        path = document.path
        self._task = self._desk.bridge.run(
            lambda: _compare(path, known),
            lambda change: self._compared(document, known, change),
        )

    def _compared(self, document: Document, known: Fingerprint, change: Change | None) -> None:
        desk = self._desk
        if desk.document is not document or document.fingerprint is not known:
            return
        if change is None:
            self._gone_once = False
            self._told = None
            desk.unnotify("changed")
        elif change.now is None and not self._gone_once:
            self._gone_once = True
            self._timer.start(_GONE_MS)
        elif not _same(change, self._told):
            self._gone_once = change.now is None
            self._told = change
            desk.notify(self._notice(document, change))

    def _notice(self, document: Document, change: Change) -> Notice:
        name = document.path.name
        if change.now is None:
            title = i18n.fill(self.tr("%1 is not in its folder any more"), name)
            text = self.tr("It was moved, renamed or deleted. Put it back to save into it.")
            return Notice("changed", "warning", title, text)
        if change.who:
            title = i18n.fill(self.tr("%1 changed this workbook"), change.who)
        else:
            title = self.tr("Somebody else changed this workbook")
        edits = document.unsaved_count
        keeps = self.tr("Reload keeps your %Ln edits.", "", edits)
        text = keeps if edits else self.tr("The table shows it as it was before.")
        actions = (
            (self.tr("Reload"), self._opening.reload),
            (self.tr("Keep mine for now"), lambda: None),
        )
        return Notice("changed", "warning", title, text, actions)

    # Put back by a sync client

    def _saved(self) -> None:
        """Look some seconds after a save whether the file still is ours."""
        self._desk.unnotify("changed")
        self._told = None
        document = self._desk.document
        if document is None or self._stopped.is_set():
            return
        self.follow()
        path, written, stopped = document.path, document.fingerprint, self._stopped
        self._desk.bridge.run(
            lambda: workbook.settled(path, written, pause=lambda s: _pause(stopped, s)),
            lambda found: self._settled(document, written, found),
        )

    def _settled(self, document: Document, written: Fingerprint, found: Settled) -> None:
        warning = found.warning(document.path)
        same = self._desk.document is document and document.fingerprint is written
        if not warning or not same or not found.client:
            return
        actions = [(self.tr("Reload"), self._opening.reload)] if not found.ours else []
        self._desk.notify(
            Notice(
                "synced", "warning", self.tr("Another version came back"), warning, tuple(actions)
            )
        )


def _pause(stopped: threading.Event, seconds: float) -> None:
    stopped.wait(seconds)


def _compare(path: Path, known: Fingerprint) -> Change | None:
    """Return what became of the file, None where its content is the known one."""
    if workbook.still_holds(path, known):
        return None
    try:
        now = Fingerprint.of(path)
    except WorkbookNotFound:
        return Change(None)
    if now.same_content(known):
        return None
    return Change(now, workbook.lock_owner(path) or workbook.last_editor(path))


def _same(one: Change, other: Change | None) -> bool:
    if other is None or one.now is None or other.now is None:
        return other is not None and one.now is other.now
    return one.now.same_content(other.now)
