"""Write edits and results into the workbook, and explain what to do where that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop import i18n, jobs
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.notices import Notice
from zoomdesk.errors import WorkbookChanged, ZoomdeskError
from zoomdesk.registration.writeback import WriteBack
from zoomdesk.settings import Settings

_Written = list[tuple[jobs.Part, WriteBack]]


class Saving(QObject):
    """Save one at a time; a wish that comes while saving is done afterwards."""

    copy_wanted = Signal()
    """The person wants a copy: ask for its place."""
    saved = Signal()
    """All edits and results are in the file."""

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
        if not document.dirty:
            if then is not None:
                then()
            return
        self._write(document, None, then)

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
        parts = [
            jobs.Part(name, sheet.roster.header_row, dict(sheet.outcomes), sheet.unsaved_edits())
            for name, sheet in document.sheets.items()
        ]
        if output is None:
            parts = [part for part in parts if part.outcomes or part.edits]
        settings = self._desk.settings
        self._desk.bridge.run(
            lambda: _write_parts(document, parts, settings, output),
            lambda result: self._saved(document, *result, then, copied=output is not None),
            self._failed,
        )
        self._desk.touch()

    def _saved(
        self,
        document: Document,
        written: _Written,
        error: ZoomdeskError | None,
        then: Callable[[], None] | None,
        *,
        copied: bool,
    ) -> None:
        warnings: list[str] = []
        for part, report in written:
            document.mark_saved(part.sheet, part.edits, part.outcomes)
            document.fingerprint = report.fingerprint
            document.info = jobs.renamed(document.info, report)
            document.backup = document.backup or report.backup
            warnings += report.warnings
        if error is not None:
            self._failed(error)
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
        if then is not None:
            then()

    def _failed(self, error: ZoomdeskError) -> None:
        self.saving = False
        actions = [
            (self.tr("Try again"), self.save),
            (self.tr("Save a copy…"), self.copy_wanted.emit),
        ]
        if isinstance(error, WorkbookChanged):
            actions = actions[1:]
        self._desk.fail("save", error, *actions)
        self._desk.touch()
        self._go_on()

    def _go_on(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again()


def _write_parts(
    document: Document, parts: list[jobs.Part], settings: Settings, output: Path | None
) -> tuple[_Written, ZoomdeskError | None]:
    """Write sheet after sheet; return what was written also where a later one fails."""
    written: _Written = []
    source, expect, target = document.path, document.fingerprint, output
    for part in parts:
        try:
            report = jobs.save(source, part, settings, expect=expect, output=target)
        except ZoomdeskError as error:
            return written, error
        written.append((part, report))
        # The next sheet goes on from what this one made.
        source, expect, target = report.path, report.fingerprint, None
    return written, None
