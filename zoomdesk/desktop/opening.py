"""Open workbooks: from a path, the recent ones, the sample; switch between their sheets."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from zoomdesk import paths, workbook
from zoomdesk.desktop import acts, books, i18n, jobs, rereading, state
from zoomdesk.desktop.books import Progress, Reading
from zoomdesk.desktop.bridge import Task
from zoomdesk.desktop.desk import Desk, EventChoice, PlanState, RunState
from zoomdesk.desktop.document import Document, OpenSheet, Wanted
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.rereading import Kept, Reread
from zoomdesk.errors import PasswordNeeded, WorkbookNotFound, WrongPassword, ZoomdeskError
from zoomdesk.registration.form import headings_of
from zoomdesk.services import Services
from zoomdesk.workbook import TextOptions

_SHOW_AFTER_MS = 150
"""A workbook that is read sooner than this comes without a page of its progress: it would flash."""

_RELOAD_SHOWN_AFTER_MS = 700
"""The same table comes back: until then it stays in view and cannot be changed."""


@dataclass(slots=True)
class UnderWay:
    """What is being read now. ``shown`` once it lasts, or its first rows are there."""

    name: str
    progress: Progress = field(default_factory=Progress)
    preview: Document | None = None
    shown: bool = False
    reading: Reading | None = None


class Opening(QObject):
    """Put a workbook on the desk. One at a time: a newer wish replaces an older one."""

    save_first = Signal(object)
    """The person wants unsaved work written, and then this (books.Wanted) opened."""
    password_wanted = Signal(object, bool)
    """This (books.Wanted) needs a password; True where the one that was given is wrong."""
    reread = Signal()
    """The open workbook was read again; its conflicts, if any, are in the document."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self.under_way: UnderWay | None = None
        self._waiting = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._waiting.timeout.connect(self._show_progress)

    @property
    def showing(self) -> UnderWay | None:
        """Return what is being read, if a person is to see it."""
        return self.under_way if self.under_way is not None and self.under_way.shown else None

    def open(self, path: Path, sheet: str | None = None, *, discard: bool = False) -> None:
        """Read a workbook in the background and show it. Unsaved work is asked about first."""
        self.open_wanted(Wanted(_absolute(path), sheet), discard=discard)

    def open_wanted(self, wanted: Wanted, *, discard: bool = False) -> None:
        """Open a workbook as it is wanted: with its password, in its encoding."""
        desk = self._desk
        if desk.run.running:
            self._refuse_while_running()
            return
        if desk.document is not None and desk.document.dirty and not discard:
            self._ask_about_unsaved(wanted)
            return
        settings = desk.settings
        reading = self._begin(wanted.path.name)
        self._task = desk.bridge.run(
            lambda: books.open_book(wanted, settings, reading),
            self._opened,
            lambda error: self._failed(wanted, error),
        )

    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Read the open workbook as it is on the disk now; what is unsaved comes along."""
        desk = self._desk
        document = desk.document
        if document is None:
            return
        if desk.run.running:
            self._refuse_while_running()
            return
        for key in ("changed", "synced"):
            desk.unnotify(key)
        settings, wanted = desk.settings, document.wanted(document.current)
        kept = rereading.kept_of(document, desk.run.sheet if desk.run.report else "")
        reading = self._begin(document.path.name, _RELOAD_SHOWN_AFTER_MS)
        self._task = desk.bridge.run(
            lambda: rereading.reread(wanted, kept, settings, reading),
            lambda found: self._reread(document, kept, found, then),
            lambda error: self._failed(wanted, error, lambda: self.reload(then)),
        )

    def read_text(self, options: TextOptions) -> None:
        """Read the open file of plain text in another way. Unsaved work is asked about first."""
        document = self._desk.document
        if document is not None:
            self.open_wanted(Wanted(document.path, text=options))

    def stop(self) -> None:
        """Read no further: what was open before stays."""
        self._waiting.stop()
        if self._task is not None:
            self._task.dismiss()
        if self.under_way is not None and self.under_way.reading is not None:
            self.under_way.reading.stop()
        self._end()

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
        settings, wanted = desk.settings, document.wanted(name)
        reading = self._begin(document.path.name)
        self._task = desk.bridge.run(
            lambda: books.open_sheet(wanted, settings, reading),
            lambda sheet: self._sheet_read(document, name, sheet),
            lambda error: self._failed(wanted, error),
        )

    def _begin(self, name: str, show_after: int = _SHOW_AFTER_MS) -> Reading:
        """Let go of what is being read, and say that this is now."""
        self.stop()
        self._desk.unnotify("open")
        state = self.under_way = UnderWay(name)
        post = self._desk.bridge.post

        def tell(progress: Progress) -> None:
            post(lambda: self._progressed(state, progress))

        def preview(document: Document) -> None:
            post(lambda: self._first_rows(state, document))

        state.reading = Reading(tell, preview)
        self._waiting.start(show_after)
        return state.reading

    def _progressed(self, state: UnderWay, progress: Progress) -> None:
        state.progress = progress
        if state is self.under_way and state.shown:
            self._desk.touch()

    def _first_rows(self, state: UnderWay, document: Document) -> None:
        state.preview = document
        if state is self.under_way:
            before = self._desk.document
            if before is not None and before.path != document.path:
                self._desk.unnotify("newfile")  # it speaks of the workbook that is left
            self._show_progress()

    def _show_progress(self) -> None:
        if self.under_way is not None:
            self.under_way.shown = True
            self._desk.touch()

    def _end(self) -> None:
        self._waiting.stop()
        self.under_way = None
        self._task = None
        self._desk.touch()

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
            self._end()
            path, services = result
            if services is not None:
                desk.use(services)
            self.open(path)

        self._begin(self.tr("the sample"))
        self._task = desk.bridge.run(work, done, lambda error: self._failed(Wanted(folder), error))

    def save_template(self, path: Path) -> None:
        """Write an empty workbook with the right headings, those of the chosen event too."""

        def done(_: object) -> None:
            text = i18n.fill(self.tr("The template is saved: %1"), path.name)
            show = (self.tr("Open it"), lambda: self.open(path))
            self._desk.notify(Notice("template", "info", text, "", (show,)))

        chosen = self._desk.choice.chosen
        asked = headings_of(chosen.questions) if chosen is not None else None
        self._desk.bridge.run(
            lambda: workbook.write_template(path, asked),
            done,
            lambda error: self._desk.fail("template", error),
        )

    def _opened(self, document: Document) -> None:
        self._end()
        desk = self._desk
        desk.document = document
        desk.run = RunState()
        # Another workbook is often for another event: keep the list, choose anew.
        desk.choice = EventChoice(events=desk.choice.events)
        desk.state.opened(document.path)
        state.save(desk.state)
        for key in ("save", "refusal", "newfile", "run", "changed", "synced", "conflicts", "lost"):
            desk.unnotify(key)
        if document.info.new_file:
            title = self.tr("Results go into a new workbook")
            desk.notify(Notice("newfile", "info", title, document.info.new_file))
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

    def _reread(
        self,
        before: Document,
        kept: dict[str, Kept],
        found: Reread,
        then: Callable[[], None] | None,
    ) -> None:
        self._end()
        desk, document = self._desk, found.document
        if desk.document is not before:
            return
        if not all(kept[name].holds_all_of(before.sheets[name]) for name in kept):
            self.reload(then)  # somebody typed meanwhile, and that must not be lost
            return
        document.saved_at, document.backup = before.saved_at, before.backup
        document.conflicts = {name: found.conflicts[name] for name in found.conflicts}
        for name, changes in found.changes.items():
            if name != document.current:
                document.sheets[name].roster.set_texts(changes)
        report, sheet = desk.run.report, desk.run.sheet
        if report is not None and sheet in found.rows:
            desk.run.report = replace(report, outcomes=found.moved(sheet, report.outcomes))
        desk.document = document
        self._show(document, document.current)
        if mine := found.changes.get(document.current):
            desk.change_cells.emit(mine, self.tr("Your edits"))
        if found.lost:
            title = self.tr("Not everything found its place again")
            desk.notify(Notice("lost", "warning", title, " ".join(found.lost)))
        self.reread.emit()
        if then is not None:
            then()

    def _sheet_read(self, document: Document, name: str, sheet: OpenSheet) -> None:
        self._end()
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

    def _failed(
        self, wanted: Wanted, error: ZoomdeskError, again: Callable[[], None] | None = None
    ) -> None:
        self._end()
        if isinstance(error, PasswordNeeded | WrongPassword):
            self.password_wanted.emit(wanted, isinstance(error, WrongPassword))
            return
        if isinstance(error, WorkbookNotFound):
            self._desk.state.forget(wanted.path)
        retry = again or (lambda: self.open_wanted(wanted))
        self._desk.fail("open", error, (self.tr("Try again"), retry))

    def _refuse_while_running(self) -> None:
        self._desk.notify(
            Notice(
                "busy",
                "info",
                acts.busy(self._desk.run.act),
                self.tr("Wait until it is finished, or stop it, before you open something else."),
            )
        )

    def _ask_about_unsaved(self, wanted: Wanted) -> None:
        document = self._desk.document
        name = document.path.name if document is not None else ""
        save = (self.tr("Save, then open"), lambda: self.save_first.emit(wanted))
        leave = (self.tr("Open without saving"), lambda: self.open_wanted(wanted, discard=True))
        self._desk.notify(
            Notice(
                "unsaved",
                "warning",
                i18n.fill(self.tr("%1 has changes that are not saved"), name),
                "",
                (save, leave),
            )
        )


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  # resolve() would follow links


def practice_folder() -> Path:
    """Return where practice workbooks go: where the person finds them in Excel."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    if os.environ.get("ZOOMDESK_HOME") or not documents:
        return paths.data_dir() / "Practice"
    return Path(documents) / "Zoomdesk practice"
