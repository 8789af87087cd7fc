"""Open workbooks: from a path, the recent ones, the sample; switch between their sheets."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from zoomdesk import paths, workbook
from zoomdesk.desktop import i18n, jobs, state
from zoomdesk.desktop.bridge import Task
from zoomdesk.desktop.desk import Desk, EventChoice, PlanState, RunState
from zoomdesk.desktop.document import Document, OpenSheet
from zoomdesk.desktop.notices import Notice
from zoomdesk.errors import WorkbookNotFound, ZoomdeskError
from zoomdesk.services import Services


class Opening(QObject):
    """Put a workbook on the desk. One at a time: a newer wish replaces an older one."""

    save_first = Signal(object)
    """The person wants unsaved work written, and then this path opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self.reading = ""

    def open(self, path: Path, sheet: str | None = None, *, discard: bool = False) -> None:
        """Read a workbook in the background and show it. Unsaved work is asked about first."""
        desk = self._desk
        if desk.run.running:
            self._refuse_while_running()
            return
        if desk.document is not None and desk.document.dirty and not discard:
            self._ask_about_unsaved(path)
            return
        if self._task is not None:
            self._task.dismiss()
        path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  # resolve() would follow links
        self.reading = path.name
        desk.unnotify("open")
        settings = desk.settings
        self._task = desk.bridge.run(
            lambda: jobs.open_book(path, sheet, settings),
            self._opened,
            lambda error: self._failed(path, error),
        )
        desk.touch()

    def reload(self) -> None:
        """Read the open workbook again, as it is on the disk now."""
        if self._desk.document is not None:
            self.open(self._desk.document.path, self._desk.document.current)

    def show_sheet(self, name: str) -> None:
        """Show another sheet of the open workbook; edits of the other ones are kept."""
        desk = self._desk
        document = desk.document
        if document is None or name == document.current:
            return
        if desk.run.running:
            self._refuse_while_running()
            desk.touch()
            return
        if name in document.sheets:
            self._show(document, name)
            return
        settings = desk.settings
        self._task = desk.bridge.run(
            lambda: jobs.read_sheet(document.path, name, settings),
            lambda sheet: self._sheet_read(document, name, sheet),
            lambda error: self._failed(document.path, error),
        )

    def practise(self) -> None:
        """Copy the sample, start the simulator, and open the copy."""
        desk = self._desk
        if desk.run.running:
            self._refuse_while_running()
            return
        folder = practice_folder()
        settings = desk.settings
        start = None if desk.practice else desk.start_practice

        def work() -> tuple[Path, Services | None]:
            return jobs.copy_sample(folder), None if start is None else start(settings)

        def done(result: tuple[Path, Services | None]) -> None:
            path, services = result
            if services is not None:
                desk.use(services)
            self.open(path)

        self.reading = self.tr("the sample")
        desk.bridge.run(work, done, lambda error: self._failed(folder, error))
        desk.touch()

    def save_template(self, path: Path) -> None:
        """Write an empty workbook with the right headings, and open it."""

        def done(_: object) -> None:
            text = i18n.fill(self.tr("The template is saved: %1"), path.name)
            show = (self.tr("Open it"), lambda: self.open(path))
            self._desk.notify(Notice("template", "info", text, "", (show,)))

        self._desk.bridge.run(
            lambda: workbook.write_template(path),
            done,
            lambda error: self._desk.fail("template", error),
        )

    def _opened(self, document: Document) -> None:
        desk = self._desk
        self.reading = ""
        self._task = None
        desk.document = document
        desk.run = RunState()
        # Another workbook is often for another event: keep the list, choose anew.
        desk.choice = EventChoice(events=desk.choice.events)
        desk.state.opened(document.path)
        state.save(desk.state)
        for key in ("save", "refusal", "run"):
            desk.unnotify(key)
        if document.info.write_refusal:
            desk.notify(
                Notice(
                    "refusal",
                    "warning",
                    self.tr("Results cannot be written into this workbook"),
                    document.info.write_refusal,
                )
            )
        self._show(document, document.current)

    def _sheet_read(self, document: Document, name: str, sheet: OpenSheet) -> None:
        if self._desk.document is document:
            document.sheets[name] = sheet
            self._show(document, name)

    def _show(self, document: Document, name: str) -> None:
        desk = self._desk
        document.current = name
        desk.problems = []
        desk.left_out = False
        desk.plan = PlanState()
        if desk.run.sheet != name:
            desk.run = RunState()
        desk.sheet_shown.emit()
        desk.touch()

    def _failed(self, path: Path, error: ZoomdeskError) -> None:
        self.reading = ""
        self._task = None
        if isinstance(error, WorkbookNotFound):
            self._desk.state.forget(path)
        again = (self.tr("Try again"), lambda: self.open(path))
        self._desk.fail("open", error, again)
        self._desk.touch()

    def _refuse_while_running(self) -> None:
        self._desk.notify(
            Notice(
                "busy",
                "info",
                self.tr("People are being registered"),
                self.tr("Wait until it is finished, or stop it, before you open something else."),
            )
        )

    def _ask_about_unsaved(self, path: Path) -> None:
        document = self._desk.document
        name = document.path.name if document is not None else ""
        save = (self.tr("Save, then open"), lambda: self.save_first.emit(path))
        leave = (self.tr("Open without saving"), lambda: self.open(path, discard=True))
        self._desk.notify(
            Notice(
                "unsaved",
                "warning",
                i18n.fill(self.tr("%1 has changes that are not saved"), name),
                "",
                (save, leave),
            )
        )


def practice_folder() -> Path:
    """Return where practice workbooks go: where the person finds them in Excel."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    if os.environ.get("ZOOMDESK_HOME") or not documents:
        return paths.data_dir() / "Practice"
    return Path(documents) / "Zoomdesk practice"
