"""State the exact effect of approving, denying, cancelling or deleting people before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from zoomdesk.desktop import acts, i18n, widgets
from zoomdesk.desktop.life_jobs import PreparedAct
from zoomdesk.desktop.panels.event_card import kind_name
from zoomdesk.registration.lifecycle import Act, LifePlan
from zoomdesk.zoom.models import Event

_WIDTH = 480
_MOST_NAMED = 200


class ConfirmActDialog(QDialog):
    """Show what happens to how many people, who they are, who is left out, whether Zoom mails.

    Without anybody to change it only says why. ``book`` is the workbook's name, ``account`` who is
    signed in.
    """

    def __init__(
        self,
        parent: QWidget | None,
        prepared: PreparedAct,
        *,
        seconds: float,
        book: str,
        practice: bool,
        account: str = "",
    ) -> None:
        super().__init__(parent)
        plan = prepared.plan
        count = len(plan.targets)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        title = acts.question(plan.act, count) if count else self.tr("Nobody is changed")
        self.setWindowTitle(title.rstrip("?"))
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=14)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addWidget(widgets.label(title, "title", wrap=True))
        layout.addWidget(self._event_card(plan.event))
        if count:
            layout.addLayout(self._facts(plan, seconds, book, account, practice=practice))
            names = [_name(person.row, person.email) for person in plan.people]
            layout.addWidget(self._folded(self.tr("Show these %Ln rows", "", len(names)), names))
        for warning in (*plan.warnings, *prepared.notes, *self._finality(plan)):
            text = _wide(warning)
            text.setProperty("role", "warning")
            layout.addWidget(text)
        if plan.left_out:
            layout.addWidget(self._left_out(plan))
        layout.addSpacing(4)
        self.cancel_button = widgets.button(
            self.tr("Do nothing") if count else self.tr("Close"), self.reject
        )
        kind = "danger" if plan.act is Act.DELETE else "primary"
        self.ok_button = widgets.button(acts.verb(plan.act, count), self.accept, kind=kind)
        self.ok_button.setVisible(bool(count))
        layout.addLayout(widgets.row(None, self.cancel_button, self.ok_button))
        # Enter must not delete four hundred people by habit: the focus starts on the other one.
        self.cancel_button.setFocus()
        self.setAccessibleDescription(self.spoken())

    def _event_card(self, event: Event) -> QWidget:
        card = QFrame()
        card.setProperty("card", "true")
        layout = widgets.column(card, margins=(12, 12, 12, 12), gap=6)
        layout.addWidget(widgets.label(event.topic or self.tr("(no topic)"), "strong", wrap=True))
        zone = i18n.zone_name()
        when = f"{i18n.moment(event.start)} ({zone}) · {kind_name(event.ref.kind)}"
        layout.addWidget(widgets.label(when, "soft", wrap=True))
        return card

    def _facts(
        self, plan: LifePlan, seconds: float, book: str, account: str, *, practice: bool
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        calls = self.tr("%Ln calls to Zoom", "", plan.calls)
        facts = [
            ("info", "accent", acts.effect(plan.act)),
            ("mail", "accent", acts.mails(plan, practice=practice)),
            ("clock", "soft", f"{calls}, {i18n.about(seconds)}."),
            ("sheet", "soft", i18n.fill(self.tr("The results are written into %1."), book)),
        ]
        if plan.dates:
            dates = self.tr("For %Ln dates of the series.", "", len(plan.dates))
            facts.insert(1, ("calendar", "soft", dates))
        if account and not practice:
            text = i18n.fill(self.tr("Signed in to Zoom as %1."), account)
            facts.insert(0, ("user", "soft", text))
        for line, (icon, role, text) in enumerate(facts):
            grid.addWidget(widgets.Picture(icon, role, 18), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_wide(text), line, 1)
        return grid

    def _finality(self, plan: LifePlan) -> list[str]:
        if plan.act is not Act.DELETE or not plan.targets:
            return []
        return [
            self.tr(
                "This cannot be undone: whoever is registered again gets another link. To keep "
                "people from joining, cancel their registrations instead."
            )
        ]

    def _left_out(self, plan: LifePlan) -> QWidget:
        reasons = [acts.reason(plan.act, why, n) for why, n in plan.reasons.items()]
        head = self.tr("%Ln rows are left out: %1.", "", len(plan.left_out))
        lines = [i18n.fill(self.tr("Row %1: %2"), fate.row, fate.message) for fate in plan.left_out]
        box = QWidget()
        layout = widgets.column(box, gap=4)
        layout.addWidget(_wide(i18n.fill(head, i18n.listed(reasons))))
        layout.addWidget(self._folded(self.tr("Who and why"), lines))
        return box

    def _folded(self, title: str, lines: list[str]) -> QWidget:
        """Hold a list that a click shows."""
        shown = lines[:_MOST_NAMED]
        if len(lines) > _MOST_NAMED:
            shown.append(self.tr("and %Ln more", "", len(lines) - _MOST_NAMED))
        names = widgets.label("\n".join(shown), "small", wrap=True)
        names.setMinimumWidth(_WIDTH - 60)
        names.hide()
        flip = widgets.button(title, lambda: names.setVisible(names.isHidden()), kind="link")
        box = QWidget()
        layout = widgets.column(box, gap=4)
        layout.addLayout(widgets.row(flip, None))
        layout.addWidget(names)
        return box

    def spoken(self) -> str:
        """Return everything that the dialog says, as one text for a screen reader."""
        return " ".join(found.text() for found in self.findChildren(QLabel) if found.text())


def _name(row: int, email: str) -> str:
    return i18n.fill(i18n.translate("ConfirmActDialog", "Row %1: %2"), row, email)


def _wide(text: str) -> QLabel:
    made = widgets.label(text, wrap=True)
    made.setMinimumWidth(_WIDTH - 90)
    return made
