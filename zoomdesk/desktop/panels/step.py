"""Lay out one step of the job: its number, its title, a line of what is so, and its controls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zoomdesk.desktop import icons, style, theme, widgets
from zoomdesk.desktop.desk import Desk

TODO, NEXT, DONE, ERROR = "todo", "next", "done", "error"


class Badge(QLabel):
    """The round number of a step; a tick once it is done."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self._number = number
        self._state = TODO
        self.setFixedSize(26, 26)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("badge", TODO)
        theme.signals.changed.connect(self._draw)

    def set_state(self, state: str) -> None:
        """Show a state: ``todo``, ``next``, ``done`` or ``error``."""
        if state != self._state:
            self._state = state
            style.set_property(self, "badge", state)
            self._draw()

    def _draw(self) -> None:
        if self._state == DONE:
            self.setPixmap(icons.pixmap("check", "ok", 16, self.devicePixelRatioF()))
        else:
            self.setText(str(self._number))


class Step(QWidget):
    """One step. Subclasses fill ``body`` and show the desk in ``refresh``."""

    def __init__(self, desk: Desk, number: int, title: str) -> None:
        super().__init__()
        self.desk = desk
        self._number = number
        self._badge = Badge(number)
        self._title = widgets.label(title, "step")
        self._summary = widgets.label("", "soft", wrap=True)
        self.body = QWidget()
        self.body_layout = widgets.column(self.body, gap=8)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        words.addSpacing(5)
        words.addWidget(self.body)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        self.state = TODO

    def refresh(self) -> None:
        """Show the desk as it is now. Cheap: it is called after every change."""
        raise NotImplementedError

    def wait(self) -> None:
        """Show nothing but the title: the workbook that it would be about is still being read."""
        self.body.hide()
        self.show_state(TODO, "")

    def show_state(self, state: str, summary: str, *, title: str = "") -> None:
        """Show how far this step is, in a mark and in words."""
        self.state = state
        self._badge.set_state(state)
        if title:
            self._title.setText(title)
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        spoken = {
            DONE: self.tr("done"),
            NEXT: self.tr("next"),
            TODO: self.tr("to do"),
            ERROR: self.tr("needs you"),
        }[state]
        self.setAccessibleName(f"{self._number} {self._title.text()}, {spoken}")
        self.setAccessibleDescription(summary)
        self._badge.setAccessibleName(spoken)

    @property
    def title(self) -> str:
        """Return the title as shown."""
        return self._title.text()

    @property
    def summary(self) -> str:
        """Return the line under the title as shown."""
        return self._summary.text()
