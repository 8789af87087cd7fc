"""State the exact effect of approving, denying, cancelling or deleting people before it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zoomdesk.desktop import acts, i18n, widgets
from zoomdesk.desktop.dialogs.effect import EffectDialog, Fact, folded, wide
from zoomdesk.desktop.life_jobs import PreparedAct
from zoomdesk.registration.lifecycle import Act, LifePlan


class ConfirmActDialog(EffectDialog):
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
        title = acts.question(plan.act, count) if count else self.tr("Nobody is changed")
        self.setWindowTitle(title.rstrip("?"))
        self.content.addWidget(widgets.label(title, "title", wrap=True))
        self.add_event(plan.event, i18n.moment(plan.event.start))
        if count:
            self.add_facts(self._facts(plan, seconds, book, account, practice=practice))
            names = [self._line(person.row, person.email) for person in plan.people]
            self.content.addWidget(folded(self.tr("Show these %Ln rows", "", len(names)), names))
        self.add_warnings((*plan.warnings, *prepared.notes, *self._finality(plan)))
        if plan.left_out:
            self.content.addWidget(self._left_out(plan))
        refuse = self.tr("Do nothing") if count else self.tr("Close")
        kind = "danger" if plan.act is Act.DELETE else "primary"
        self.add_buttons(refuse, acts.verb(plan.act, count), kind=kind)
        self.ok_button.setVisible(bool(count))

    def _facts(
        self, plan: LifePlan, seconds: float, book: str, account: str, *, practice: bool
    ) -> list[Fact]:
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
        return facts

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
        lines = [self._line(fate.row, fate.message) for fate in plan.left_out]
        box = QWidget()
        layout = widgets.column(box, gap=4)
        layout.addWidget(wide(i18n.fill(head, i18n.listed(reasons))))
        layout.addWidget(folded(self.tr("Who and why"), lines))
        return box

    def _line(self, row: int, text: str) -> str:
        return i18n.fill(self.tr("Row %1: %2"), row, text)
