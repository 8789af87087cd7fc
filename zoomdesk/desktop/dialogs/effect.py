"""Lay out what an act at Zoom would do, for the one question before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.desktop.panels.event_card import kind_name
from zoomdesk.zoom.models import Event

_WIDTH = 480
_MOST_NAMED = 200

Fact = tuple[str, str, str]
"""One line of the effect: its icon, the colour of that, and its words."""


class EffectDialog(QDialog):
    """Hold the parts of such a question, from top to bottom in ``content``.

    ``facts`` are the words of the effect, in their order.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.facts: list[str] = []
        self.content = widgets.column(self, margins=(24, 20, 24, 20), gap=14)
        self.content.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def add_event(self, event: Event, when: str, *lines: str) -> None:
        """Show on a card which event is meant, and what else is to be known of it."""
        card = QFrame()
        card.setProperty("card", "true")
        layout = widgets.column(card, margins=(12, 12, 12, 12), gap=6)
        layout.addWidget(widgets.label(event.topic or self.tr("(no topic)"), "strong", wrap=True))
        first = f"{when} ({i18n.zone_name()}) · {kind_name(event.ref.kind)}"
        for line in (first, *lines):
            layout.addWidget(widgets.label(line, "soft", wrap=True))
        self.content.addWidget(card)

    def add_facts(self, facts: Sequence[Fact]) -> None:
        """Say what happens, a line for each fact."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.facts = [text for _, _, text in facts]
        for line, (icon, role, text) in enumerate(facts):
            grid.addWidget(widgets.Picture(icon, role, 18), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wide(text), line, 1)
        self.content.addLayout(grid)

    def add_warnings(self, warnings: Iterable[str]) -> None:
        """Say what to think of before the answer."""
        for warning in warnings:
            text = wide(warning)
            text.setProperty("role", "warning")
            self.content.addWidget(text)

    def add_buttons(self, refuse: str, accept: str, *, kind: str = "primary") -> None:
        """Let the person answer; everything else is laid out already."""
        self.content.addSpacing(4)
        self.cancel_button = widgets.button(refuse, self.reject)
        self.ok_button = widgets.button(accept, self.accept, kind=kind)
        self.content.addLayout(widgets.row(None, self.cancel_button, self.ok_button))
        # Enter must not do by habit what mails four hundred people: the focus starts on the other.
        self.cancel_button.setFocus()
        self.setAccessibleDescription(self.spoken())

    def spoken(self) -> str:
        """Return everything that the dialog says, as one text for a screen reader."""
        return " ".join(found.text() for found in self.findChildren(QLabel) if found.text())


def wide(text: str) -> QLabel:
    """Make a text as wide as the dialog, so that its height is known before it is shown."""
    made = widgets.label(text, wrap=True)
    made.setMinimumWidth(_WIDTH - 90)
    return made


def folded(title: str, lines: Sequence[str]) -> QWidget:
    """Make a list that a click shows; of a very long one the rest is counted."""
    shown = list(lines[:_MOST_NAMED])
    if len(lines) > _MOST_NAMED:
        shown.append(i18n.more(len(lines) - _MOST_NAMED))
    names = widgets.label("\n".join(shown), "small", wrap=True)
    names.setMinimumWidth(_WIDTH - 60)
    names.hide()
    flip = widgets.button(title, lambda: names.setVisible(names.isHidden()), kind="link")
    box = QWidget()
    layout = widgets.column(box, gap=4)
    layout.addLayout(widgets.row(flip, None))
    layout.addWidget(names)
    return box
