"""Say how many people the record of runs holds, and clear them after a second question."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.journal import Cleared, Holdings


class PrivacyBox(QWidget):
    """Stand among the preferences; ``stop`` it when they close."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stopped = False
        self._held = Holdings(0, 0, 0, 0)
        layout = widgets.column(self, gap=6)
        self.says = widgets.label("", wrap=True)
        self.clear = widgets.button(self.tr("Clear now…"), self._ask, icon="trash")
        self.question = widgets.label("", "strong", wrap=True)
        self.unfinished = QCheckBox()
        self.sure = widgets.button(self.tr("Clear"), self._clear, kind="primary")
        self.keep = widgets.button(self.tr("Keep"), self._close_question)
        layout.addWidget(self.says)
        layout.addLayout(widgets.row(self.clear, None))
        layout.addWidget(self.question)
        layout.addWidget(self.unfinished)
        layout.addLayout(widgets.row(self.sure, self.keep, None))
        self._close_question()
        self._look()

    def stop(self) -> None:
        """Hear of nothing any more: the window around it closes."""
        self._stopped = True

    def _look(self) -> None:
        if self._desk.practice:
            self.says.setText(self.tr("In practice nothing is kept: it is gone when you leave it."))
            self.clear.hide()
            return
        self.clear.setEnabled(False)
        services = self._desk.services
        self._desk.bridge.run(lambda: services.journal.holdings(), self._show, self._say_error)

    def _show(self, held: Holdings) -> None:
        if self._stopped:
            return
        self._held = held
        runs = self.tr("%Ln runs", "", held.runs)
        people = self.tr("%Ln people", "", held.people)
        text = self.tr(
            "On this computer Zoomdesk has a record of %1 with %2, so that a run can go on and no"
            " link is lost."
        )
        self.says.setText(i18n.fill(text, runs, people))
        self.clear.setEnabled(held.runs > 0)

    def _ask(self) -> None:
        text = self.tr(
            "Clear %Ln people from the record? Workbooks and Zoom stay as they are.",
            "",
            self._held.people,
        )
        self.question.setText(text)
        self.unfinished.setText(
            self.tr(
                "%Ln unfinished runs too: nobody can go on with them then", "", self._unfinished
            )
        )
        self.unfinished.setChecked(False)
        self._open_question(opened=True)
        self.keep.setFocus()

    @property
    def _unfinished(self) -> int:
        return self._held.unfinished

    def _open_question(self, *, opened: bool) -> None:
        for part in (self.question, self.sure, self.keep):
            part.setVisible(opened)
        self.unfinished.setVisible(opened and self._unfinished > 0)
        self.clear.setVisible(not opened and not self._desk.practice)

    def _close_question(self) -> None:
        self._open_question(opened=False)

    def _clear(self) -> None:
        self._close_question()
        self.clear.setEnabled(False)
        services, unfinished = self._desk.services, self.unfinished.isChecked()
        self._desk.bridge.run(
            lambda: services.journal.clear(unfinished=unfinished), self._cleared, self._say_error
        )

    def _cleared(self, cleared: Cleared) -> None:
        self._desk.unnotify("resume")
        if self._stopped:
            return
        parts = [self.tr("%Ln people were cleared from the record.", "", cleared.people)]
        if cleared.unfinished:
            parts.append(self.tr("%Ln unfinished runs were kept.", "", cleared.unfinished))
        if cleared.live:
            parts.append(self.tr("%Ln runs were kept: they go on now.", "", cleared.live))
        self.says.setText(" ".join(parts))

    def _say_error(self, error: ZoomdeskError) -> None:
        if not self._stopped:
            self.says.setText(f"{error.message} {error.hint}".strip())
