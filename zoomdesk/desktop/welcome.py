"""The first page: drop a workbook, open one, practise, or take a template."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zoomdesk.desktop import icons, widgets
from zoomdesk.desktop.desk import Desk

_WIDTH = 640
_SHOWN = 5


class WelcomePage(QScrollArea):
    """Say what the program does, and offer the ways to begin."""

    open_dialog = Signal()
    open_path = Signal(object)
    practise = Signal()
    template = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: list[str] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setObjectName("workArea")
        outer = QHBoxLayout(page)
        outer.setContentsMargins(24, 24, 24, 24)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        layout = widgets.column(middle, gap=16)
        layout.addStretch(2)
        self._head(layout)
        layout.addWidget(self._drop_card())
        layout.addLayout(self._other_ways())
        self._recent_title = widgets.label(self.tr("Recent workbooks"), "step")
        layout.addWidget(self._recent_title)
        self._recent = QWidget()
        self._recent_layout = widgets.column(self._recent, gap=2)
        layout.addWidget(self._recent)
        layout.addStretch(3)
        outer.addStretch(1)
        outer.addWidget(middle, 20)
        outer.addStretch(1)
        self.setWidget(page)

    def refresh(self) -> None:
        """Show the recent workbooks that are still remembered."""
        recent = self._desk.state.recent[:_SHOWN]
        if recent == self._shown:
            return
        self._shown = list(recent)
        widgets.clear(self._recent_layout)
        for text in recent:
            self._recent_layout.addWidget(self._recent_row(Path(text)))
        self._recent_title.setVisible(bool(recent))
        self._recent.setVisible(bool(recent))

    def _head(self, layout: QVBoxLayout) -> None:
        title = widgets.label(self.tr("Register everybody in a workbook"), "title")
        text = self.tr(
            "Zoomdesk reads the people from your Excel workbook, registers them for a Zoom webinar"
            " or meeting, and writes each person’s own join link back into the same row."
        )
        layout.addWidget(title)
        layout.addWidget(widgets.label(text, "soft", wrap=True))

    def _drop_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", "true")
        layout = widgets.column(card, margins=(24, 28, 24, 28), gap=10)
        picture = widgets.Picture("sheet", "accent", 32)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        words = widgets.label(self.tr("Drop a workbook here"), "step")
        layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        self.open_button = widgets.button(
            self.tr("Open a workbook…"), self.open_dialog.emit, kind="primary", icon="open"
        )
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignHCenter)
        kinds = widgets.label(
            self.tr("Excel workbooks, .csv and other lists of text, .ods"), "small"
        )
        layout.addWidget(kinds, 0, Qt.AlignmentFlag.AlignHCenter)
        return card

    def _other_ways(self) -> QHBoxLayout:
        self.practise_button = widgets.button(
            self.tr("Practise with sample data"), self.practise.emit, icon="practice"
        )
        self.template_button = widgets.button(
            self.tr("Save a template…"), self.template.emit, icon="download"
        )
        ways = QHBoxLayout()
        ways.setSpacing(12)
        for button, text in (
            (self.practise_button, self.tr("The whole job with made-up people. Nobody is mailed.")),
            (self.template_button, self.tr("An empty workbook with the right headings.")),
        ):
            button.setAccessibleDescription(text)
            box = QWidget()
            layout = widgets.column(box, gap=6)
            layout.addWidget(button)
            layout.addWidget(widgets.label(text, "small", wrap=True))
            layout.addStretch(1)
            ways.addWidget(box, 1)
        return ways

    def _recent_row(self, path: Path) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        name = widgets.button(path.name.replace("&", "&&"), kind="link")
        name.setIcon(icons.icon("file", "accent", 16))
        name.clicked.connect(lambda: self.open_path.emit(path))
        name.setAccessibleName(path.name)
        name.setAccessibleDescription(str(path.parent))
        layout.addWidget(name)
        layout.addWidget(widgets.ElidedLabel(_short(path.parent), "small"), 1)
        return row


def _short(folder: Path) -> str:
    """Write the person's own folder as ``~``."""
    home = Path.home()
    return (
        f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
    )
