"""Step 5: what became of everybody, and what to do with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from zoomdesk.desktop import acts, i18n, icons, widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.panels.step import DONE, ERROR, NEXT, TODO, Step
from zoomdesk.registration.lifecycle import LifeReport, Result
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.report import RunReport

RETRYABLE = frozenset({Status.FAILED, Status.NOT_SENT})
_ICONS = {
    Status.REGISTERED: ("check-circle", "ok"),
    Status.ALREADY_REGISTERED: ("check-circle", "ok"),
    Status.PENDING: ("clock", "warn"),
    Status.DENIED: ("minus-circle", "err"),
    Status.FAILED: ("alert-circle", "err"),
    Status.NOT_SENT: ("minus-circle", "warn"),
    Status.SKIPPED: ("minus-circle", "soft"),
    Status.CANCELLED: ("minus-circle", "err"),
    Status.DELETED: ("trash", "soft"),
}
_RESULT_ICONS = {
    Result.DONE: ("check-circle", "ok"),
    Result.ALREADY: ("check-circle", "ok"),
    Result.LEFT_OUT: ("minus-circle", "soft"),
    Result.FAILED: ("alert-circle", "err"),
    Result.UNCONFIRMED: ("alert-circle", "warn"),
    Result.STOPPED: ("minus-circle", "warn"),
}


class ResultStep(Step):
    """Show the counts as buttons that show their rows, the file's state, and the ways onward."""

    show_status = Signal(object)
    show_result = Signal(object)
    approve = Signal(list)
    """Approve these rows of the sheet, which wait for it or were denied."""
    retry = Signal()
    copy_links = Signal()
    open_book = Signal()
    open_folder = Signal()
    save = Signal()
    failed_calls = Signal()
    """Show the calls of the run that failed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, 5, "")
        self._report: RunReport | LifeReport | None = None
        self._counts = QWidget()
        self._count_layout = QGridLayout(self._counts)
        self._count_layout.setContentsMargins(0, 0, 0, 0)
        self._count_layout.setSpacing(6)
        self._saved_line = QWidget()
        line = QHBoxLayout(self._saved_line)
        line.setContentsMargins(0, 0, 0, 0)
        self._saved_icon = widgets.Picture("check-circle", "ok", 16)
        self._saved = widgets.label("", wrap=True)
        line.addWidget(self._saved_icon)
        line.addWidget(self._saved, 1)
        self._retry = widgets.button("", self.retry.emit, icon="refresh")
        self._approve = widgets.button("", self._approve_open, icon="check")
        self._save = widgets.button("", self.save.emit, kind="primary", icon="save")
        self._book = widgets.button("", self.open_book.emit, icon="sheet")
        self._folder = widgets.button("", self.open_folder.emit, kind="link")
        self._links = widgets.button("", self.copy_links.emit, kind="link")
        for each in (self._counts, self._saved_line, self._save, self._retry, self._approve):
            self.body_layout.addWidget(each)
        self.body_layout.addWidget(self._book)
        self.body_layout.addLayout(widgets.row(self._folder, self._links, None, gap=16))
        words = self.tr("Failed calls, for Zoom’s support…")
        self._calls = widgets.button(words, self.failed_calls.emit, kind="link")
        self.body_layout.addLayout(widgets.row(self._calls, None))

    def refresh(self) -> None:
        report = self.desk.run.life or self.desk.run.report
        self.body.setVisible(report is not None and not self.desk.run.running)
        if report is None or self.desk.run.running:
            column = self.desk.settings.join_url_column
            text = i18n.fill(self.tr("Links appear in the column “%1”."), column)
            self.show_state(TODO, text, title=self.tr("Result"))
            return
        document = self.desk.document
        sheet = document.sheets.get(self.desk.run.sheet) if document is not None else None
        # Edits that were made since are no results: the bar at the top saves them.
        unsaved = sheet is not None and bool(sheet.outcomes)
        self._say(report, unsaved=unsaved)
        if report is not self._report:
            self._report = report
            self._fill(_counted(report))
            self._offer(report)
        self._save.setVisible(unsaved)
        self._save.setText(self.tr("Save the workbook"))
        self._book.setText(self.tr("Open the workbook"))
        self._folder.setText(self.tr("Open its folder"))
        self._links.setText(self.tr("Copy the links"))

    def _offer(self, report: RunReport | LifeReport) -> None:
        """Offer what may be done with these outcomes; all of them are looked at, so only once."""
        outcomes = report.outcomes
        failed = sum(outcome.status in RETRYABLE for outcome in outcomes)
        self._calls.setVisible(bool(failed) or report.stopped is not None)
        self._retry.setVisible(bool(failed) and isinstance(report, RunReport))
        self._retry.setText(self.tr("Retry only the %Ln that failed", "", failed))
        waiting = len(self._open_rows())
        self._approve.setVisible(bool(waiting))
        self._approve.setText(self.tr("Approve the %Ln who wait or were denied…", "", waiting))
        self._links.setVisible(any(outcome.join_url for outcome in outcomes))

    def _open_rows(self) -> list[int]:
        """Return the rows of the last run whose people could be approved."""
        report = self.desk.run.report
        outcomes = report.outcomes if report is not None else ()
        return [o.row for o in outcomes if o.status in (Status.PENDING, Status.DENIED)]

    def _approve_open(self) -> None:
        self.approve.emit(self._open_rows())

    def _say(self, report: RunReport | LifeReport, *, unsaved: bool) -> None:
        if report.stopped is not None:
            state, summary = ERROR, str(report.stopped)
        elif unsaved:
            state, summary = NEXT, self.tr("It is finished. Save the workbook next.")
        else:
            state = DONE
            summary = i18n.fill(self.tr("Finished in %1."), i18n.about(report.seconds))
        self.show_state(state, summary, title=self.tr("Result"))
        self._saved_icon.show_icon(
            *(("alert-circle", "warn") if unsaved else ("check-circle", "ok"))
        )
        self._saved.setText(
            self.tr("Not in the workbook yet. The results are safe in the journal.")
            if unsaved
            else self.tr("Saved: the results are in the workbook.")
        )

    def _fill(self, counted: list[_Count]) -> None:
        widgets.clear(self._count_layout)
        for place, (what, count, word, icon, role) in enumerate(counted):
            signal = self.show_status if isinstance(what, Status) else self.show_result
            made = widgets.button(f"{i18n.number(count)} {word}", partial(signal.emit, what))
            made.setIcon(icons.icon(icon, role, 16))
            made.setIconSize(widgets.icon_size(16))
            made.setToolTip(self.tr("Show these rows"))
            self._count_layout.addWidget(made, place // 2, place % 2)


_Count = tuple[Status | Result, int, str, str, str]
"""What is counted, how many rows, its word, its icon and the colour of that."""


def _counted(report: RunReport | LifeReport) -> list[_Count]:
    if isinstance(report, RunReport):
        statuses = [(status, n) for status, n in report.counts().items() if n]
        return [(status, n, status_name(status), *_ICONS[status]) for status, n in statuses]
    results = [(result, n) for result, n in report.counts().items() if n]
    return [(r, n, acts.result(report.act, r), *_RESULT_ICONS[r]) for r, n in results]


def status_name(status: Status) -> str:
    """Name a status inside a sentence, after its number."""
    names = {
        Status.REGISTERED: i18n.translate("status", "registered"),
        Status.ALREADY_REGISTERED: i18n.translate("status", "already registered"),
        Status.PENDING: i18n.translate("status", "pending approval"),
        Status.DENIED: i18n.translate("status", "denied"),
        Status.FAILED: i18n.translate("status", "failed"),
        Status.NOT_SENT: i18n.translate("status", "not sent"),
        Status.SKIPPED: i18n.translate("status", "skipped"),
        Status.CANCELLED: i18n.translate("status", "cancelled"),
        Status.DELETED: i18n.translate("status", "deleted"),
    }
    return names[status]
