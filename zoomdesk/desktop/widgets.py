"""Make the small widgets that every panel is built from, with their role and their name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zoomdesk.desktop import icons, theme


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Make a plain-text label with a role of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # a sheet may be called "<b>"
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)
    if role:
        made.setProperty("role", role)
    return made


_QT_GAP = 4
_GAP = 8


def icon_size(edge: int) -> QSize:
    """Return the size of an icon beside a word: Qt's own gap between them is too narrow."""
    return QSize(edge + _GAP - _QT_GAP, edge)


def button(
    text: str, clicked: Callable[[], object] | None = None, *, kind: str = "", icon: str = ""
) -> QPushButton:
    """Make a button of a kind of the style sheet: ``primary``, ``link``, ``pill``, ``quiet``."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        role = "on_accent" if kind == "primary" else "text"
        made.setIcon(icons.icon(icon, role, 18))
        made.setIconSize(icon_size(18) if kind != "quiet" else QSize(18, 18))
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def column(
    parent: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QVBoxLayout:
    """Give a widget a vertical layout."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def row(*widgets: QWidget | None, gap: int = 8) -> QHBoxLayout:
    """Lay widgets side by side; None is room that stretches."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


class Picture(QWidget):
    """Show an icon of the set; it follows the theme."""

    def __init__(self, name: str, role: str = "soft", size: int = 18) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        theme.signals.changed.connect(self.update)

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, icons.pixmap(self._name, self._role, self._size, ratio))
        painter.end()


class ElidedLabel(QLabel):
    """Show one line, with the middle left out where it does not fit; the tool tip has it all."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._update_tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()

    def _update_tip(self) -> None:
        wide = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if wide else "")
