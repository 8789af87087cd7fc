"""Let the person decide, cell by cell, what both they and somebody else have changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop import rereading
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.notices import Notice
from zoomdesk.registration.conflicts import Conflict


class Deciding(QObject):
    """Say in a bar that there are conflicts, and put the person's choices on the table."""

    wanted = Signal(tuple)
    """The person wants to look at these conflicts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def tell(self) -> None:
        """Show how many cells wait for the person, or that none does."""
        conflicts = self._open()
        if not conflicts:
            self._desk.unnotify("conflicts")
            return
        self._desk.notify(
            Notice(
                "conflicts",
                "warning",
                self.tr("%Ln cells were changed by both of you", "", len(conflicts)),
                self.tr("The table shows what the workbook holds now; nothing of theirs is lost."),
                ((self.tr("Decide…"), lambda: self.wanted.emit(self._open())),),
                closable=False,
            )
        )

    def decide(self, mine: tuple[Conflict, ...]) -> None:
        """Take the person's own texts where they are wanted; all conflicts are settled by that."""
        document = self._desk.document
        if document is None:
            return
        for name, conflicts in document.conflicts.items():
            wanted = tuple(conflict for conflict in conflicts if conflict in mine)
            if wanted and name in document.sheets:
                self._put(document, name, wanted)
        document.conflicts.clear()
        self.tell()
        self._desk.touch()

    def _put(self, document: Document, name: str, wanted: tuple[Conflict, ...]) -> None:
        roster = document.sheets[name].roster
        changes, gone = rereading.choices(roster, wanted)
        if name == document.current:
            self._desk.change_cells.emit(changes, self.tr("Keep mine"))
            self._desk.remove_rows.emit(gone)
        else:
            roster.set_texts(changes)
            roster.remove_rows(gone)

    def _open(self) -> tuple[Conflict, ...]:
        document = self._desk.document
        found = document.conflicts.values() if document is not None else ()
        return tuple(conflict for conflicts in found for conflict in conflicts)
