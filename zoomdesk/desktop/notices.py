"""Tell people things in bars above the table instead of boxes in their way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zoomdesk.desktop import widgets
from zoomdesk.errors import ZoomdeskError

_ICONS = {
    "info": "info",
    "warning": "alert-circle",
    "error": "alert-circle",
    "practice": "practice",
}
_COLORS = {"info": "accent", "warning": "warn", "error": "err", "practice": "accent"}


@dataclass(frozen=True)
class Notice:
    """What a bar says. A notice takes the place of an older one with the same ``key``.

    ``actions`` are buttons: their word and what they do; each also takes the bar away.
    """

    key: str
    tone: str
    title: str
    message: str = ""
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    closable: bool = True

    @classmethod
    def of_error(
        cls, key: str, error: ZoomdeskError, *actions: tuple[str, Callable[[], object]]
    ) -> Notice:
        """Say an error in its own words."""
        return cls(key, "error", error.title, f"{error.body} {error.hint}".strip(), actions)


class NoticeBar(QFrame):
    """One bar: icon, words, buttons."""

    def __init__(self, notice: Notice, dismiss: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("bar", notice.tone)
        self.setAccessibleName(f"{notice.title}. {notice.message}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(10)
        picture = widgets.Picture(_ICONS[notice.tone], _COLORS[notice.tone])
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(widgets.label(notice.title, "step", wrap=True))
        if notice.message:
            words.addWidget(widgets.label(notice.message, wrap=True))
        layout.addLayout(words, 1)
        for text, act in notice.actions:
            layout.addWidget(widgets.button(text, _both(dismiss, act), kind="plain"))
        if notice.closable:
            close = widgets.button("", dismiss, kind="quiet", icon="x")
            close.setAccessibleName(self.tr("Dismiss"))
            close.setToolTip(self.tr("Dismiss"))
            layout.addWidget(close)


class NoticeArea(QWidget):
    """The column of bars; it takes no room when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: dict[str, NoticeBar] = {}
        self._notices: dict[str, Notice] = {}
        self._layout = widgets.column(self, gap=8)
        self.hide()

    def post(self, notice: Notice) -> None:
        """Show a notice, in place of the one with its key; the same words twice stay one bar."""
        before = self._notices.get(notice.key)
        if before == notice:
            return
        self.dismiss(notice.key)
        bar = NoticeBar(notice, lambda: self.dismiss(notice.key))
        self._bars[notice.key] = bar
        self._notices[notice.key] = notice
        self._layout.insertWidget(0, bar)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(bar, QAccessible.Event.Alert))

    def dismiss(self, key: str) -> None:
        """Take a notice away, if it is there."""
        bar = self._bars.pop(key, None)
        self._notices.pop(key, None)
        if bar is not None:
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))

    @property
    def titles(self) -> list[str]:
        """Return the titles of the notices that stand there now."""
        return [notice.title for notice in self._notices.values()]

    def notice(self, key: str) -> Notice | None:
        """Return the notice that stands there now, if any."""
        return self._notices.get(key)

    def bar(self, key: str) -> NoticeBar | None:
        """Return the bar of a notice, if it stands."""
        return self._bars.get(key)


def _both(first: Callable[[], None], second: Callable[[], object]) -> Callable[[], None]:
    def act() -> None:
        first()
        second()

    return act
