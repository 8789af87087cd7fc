"""Write edits and results into the workbook, and explain what to do where that fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop import i18n, state, writing
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.notices import Notice
from zoomdesk.errors import WorkbookChanged, WriteRefused, ZoomdeskError
from zoomdesk.registration.newfile import Target, proposed


class Saving(QObject):
    """Save one at a time; a wish that comes while saving is done afterwards."""

    copy_wanted = Signal()
    """The person wants a copy: ask for its place."""
    reload_wanted = Signal()
    """The person wants the workbook as it is now, with what is unsaved on top."""
    saved = Signal()
    """All edits and results are in the file."""
    place_wanted = Signal(object, object)
    """The results go into a new workbook: ask for its place, this one is proposed. The second is
    what to do once it is saved, or None."""
    overtaken = Signal(object)
    """The rows of the file are not those on the table any more: read it again, then do this."""
    empty_wanted = Signal()
    """The rows cannot go: empty them instead, and save."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._again: Callable[[], None] | None = None
        self.saving = False

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Write what is unsaved into the workbook itself; call ``then`` once it is there."""
        document = self._desk.document
        if document is None:
            return
        if self.saving:
            self._again = lambda: self.save(then)
            return
        if document.info.new_file and (document.dirty or then is not None):
            self.place_wanted.emit(proposed(document.info), then)
            return
        if not document.dirty:
            if then is not None:
                then()
            return
        self._write(document, None, then)

    def save_new(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Make the new workbook that results go into, go on in it, and save."""
        document = self._desk.document
        if document is None or self.saving:
            return
        self.saving = True
        self._desk.unnotify("save")
        info, password = document.info, document.password
        self._desk.bridge.run(
            lambda: writing.make_new(info, path, password),
            lambda target: self._made(document, target, then),
            self._failed,
        )
        self._desk.touch()

    def _made(self, document: Document, target: Target, then: Callable[[], None] | None) -> None:
        self.saving = False
        document.info = writing.moved_into(document.info, target)
        document.fingerprint = target.fingerprint
        self._desk.state.opened(document.path)
        state.save(self._desk.state)
        self._desk.notify(Notice("newfile", "info", target.told))
        self.save(then)
        self._desk.touch()
        self._go_on()

    def save_copy(self, path: Path) -> None:
        """Write everything into a copy and go on with the copy."""
        document = self._desk.document
        if document is not None and not self.saving:
            self._write(document, path, None)

    def _write(
        self, document: Document, output: Path | None, then: Callable[[], None] | None
    ) -> None:
        self.saving = True
        self._desk.unnotify("save")
        parts = writing.parts_of(document, every=output is not None)
        job = writing.Job(
            document.path,
            document.fingerprint,
            self._desk.settings,
            document.password,
            output,
            backed_up=document.backup is not None,
        )
        self._desk.bridge.run(
            lambda: writing.write_parts(job, parts),
            lambda saved: self._saved(document, saved, then, copied=output is not None),
            self._failed,
        )
        self._desk.touch()

    def _saved(
        self,
        document: Document,
        saved: writing.Saved,
        then: Callable[[], None] | None,
        *,
        copied: bool,
    ) -> None:
        warnings: list[str] = []
        overtaken = False
        for part, report in saved.parts:
            document.mark_saved(part.sheet, part.saved_edits(report), part.outcomes)
            sheet = document.sheets[part.sheet]
            sheet.new_written |= bool(part.added)
            sheet.gone_written |= part.rows_gone(report)
            document.backup = document.backup or report.backup
            warnings += report.warnings
            if report.reapplied is not None or part.moves_rows:
                # Until the table is read again, its rows are found by who stands in them.
                overtaken = True
                document.info = replace(document.info, path=report.path)
                continue
            document.fingerprint = report.fingerprint
            document.info = writing.renamed(document.info, report)
        if saved.error is not None:
            self._failed(saved.error)
            return
        self.saving = False
        self.saved.emit()
        if copied:
            self._desk.state.opened(document.path)
            text = i18n.fill(self.tr("Saved as %1. You go on in this copy."), document.path.name)
            self._desk.notify(Notice("copied", "info", text))
        if warnings:
            title = self.tr("Saved, but please note")
            self._desk.notify(Notice("warnings", "warning", title, " ".join(warnings)))
        self._desk.touch()
        self._go_on()
        if overtaken:
            self.overtaken.emit(then)
        elif then is not None:
            then()

    def _failed(self, error: ZoomdeskError) -> None:
        self.saving = False
        actions = [
            (self.tr("Try again"), self.save),
            (self.tr("Save a copy…"), self.copy_wanted.emit),
        ]
        document = self._desk.document
        gone = document is not None and any(s.gone_rows() for s in document.sheets.values())
        if isinstance(error, WorkbookChanged):
            actions = [(self.tr("Reload"), self.reload_wanted.emit)]
        elif isinstance(error, WriteRefused) and gone:
            actions = [(self.tr("Empty the rows instead"), self.empty_wanted.emit)]
        self._desk.fail("save", error, *actions)
        self._desk.touch()
        self._go_on()

    def _go_on(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again()
