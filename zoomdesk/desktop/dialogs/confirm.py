"""State the exact effect of a run before the one act that cannot be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.desktop.jobs import Ticked
from zoomdesk.desktop.panels.event_card import kind_name
from zoomdesk.desktop.panels.register import mails_text, waits_text
from zoomdesk.desktop.panels.result import status_name
from zoomdesk.registration.facts import facts_of
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.registration.wording import Reason

_WIDTH = 480
_MOST_NAMED = 200
_DATES_NAMED = 3


class ConfirmDialog(QDialog):
    """Show who is registered for what, who is left out and why, whether Zoom mails, how long."""

    def __init__(
        self,
        parent: QWidget | None,
        plan: Plan,
        chosen: Preflight,
        ticked: Ticked,
        *,
        notes: Sequence[str] = (),
        typos: int,
        seconds: float,
        book: str,
        practice: bool,
        account: str = "",
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        count = plan.to_send
        verb = self.tr("Register %Ln people", "", count)
        self.setWindowTitle(verb)
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=14)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        question = widgets.label(self.tr("Register %Ln people?", "", count), "title")
        layout.addWidget(question)
        layout.addWidget(self._event_card(chosen))
        who = "" if practice else account
        layout.addLayout(self._facts(plan, seconds, book, who, practice=practice))
        for warning in (*self._warnings(plan, typos), *notes):
            text = _wide(warning)
            text.setProperty("role", "warning")
            layout.addWidget(text)
        layout.addWidget(self._left_out(plan, ticked))
        if not practice:
            note = self.tr(
                "Registrations can be cancelled later; what was mailed cannot be taken back."
            )
            layout.addWidget(widgets.label(note, "small", wrap=True))
        self.cancel_button = widgets.button(self.tr("Cancel"), self.reject)
        self.ok_button = widgets.button(verb, self.accept, kind="primary")
        layout.addSpacing(4)
        layout.addLayout(widgets.row(None, self.cancel_button, self.ok_button))
        # Enter must not send four hundred mails by habit: the focus starts on Cancel.
        self.cancel_button.setFocus()
        self.setAccessibleDescription(self.spoken())

    def _event_card(self, chosen: Preflight) -> QWidget:
        event = chosen.event
        card = QFrame()
        card.setProperty("card", "true")
        layout = widgets.column(card, margins=(12, 12, 12, 12), gap=6)
        topic = widgets.label(event.topic or self.tr("(no topic)"), "strong", wrap=True)
        facts, zone = facts_of(chosen), i18n.zone_name()
        dates = [each for each in facts.dates if not chosen.dates or each.id in chosen.dates]
        when = i18n.moment(dates[0].start if dates else event.start)
        text = f"{when} ({zone}) · {kind_name(event.ref.kind)}"
        layout.addWidget(topic)
        layout.addWidget(widgets.label(text, "soft", wrap=True))
        if len(facts.dates) > 1:
            count = i18n.fill(
                self.tr("%Ln of its %1 dates", "", len(dates)), i18n.number(len(facts.dates))
            )
            shown = [i18n.moment(each.start) for each in dates[:_DATES_NAMED]]
            shown += ["…"] if len(dates) > _DATES_NAMED else []
            layout.addWidget(widgets.label(f"{count}: {'; '.join(shown)}", "soft", wrap=True))
        return card

    def _facts(
        self, plan: Plan, seconds: float, book: str, account: str, *, practice: bool
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        mail = mails_text(plan, practice=practice)
        facts: tuple[tuple[str, str, str], ...] = (
            ("mail", "accent", mail),
            *([("users", "soft", wait)] if (wait := waits_text(plan)) else []),
            ("clock", "soft", f"{self._calls_text(plan)}, {i18n.about(seconds)}."),
            ("sheet", "soft", i18n.fill(self.tr("The links are written into %1."), book)),
            *([("copy-squares", "soft", same)] if (same := self._same_text(plan)) else []),
        )
        if account:
            text = i18n.fill(self.tr("Signed in to Zoom as %1."), account)
            facts = (("user", "soft", text), *facts)
        self.facts = [text for _, _, text in facts]
        for line, (icon, role, text) in enumerate(facts):
            grid.addWidget(widgets.Picture(icon, role, 18), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_wide(text), line, 1)
        return grid

    def _calls_text(self, plan: Plan) -> str:
        """Count the calls, by kind where there are two."""
        calls = self.tr("%Ln calls to Zoom", "", plan.calls)
        if not plan.singles:
            return calls
        if not plan.batches:
            return i18n.fill(self.tr("%1, one for each person"), calls)
        together = self.tr("%Ln for up to 30 people each", "", len(plan.batches))
        alone = self.tr("%Ln for one person each", "", len(plan.singles))
        return f"{calls} ({together}, {alone})"

    def _same_text(self, plan: Plan) -> str:
        """Count the further rows of addresses that are sent: the person ticked them, too."""
        rows = plan.kinds["same_address"]
        same = self.tr("%Ln more rows have the same addresses and get the same links.", "", rows)
        return same if rows else ""

    def _warnings(self, plan: Plan, typos: int) -> list[str]:
        slips = self.tr("%Ln of these addresses look like slips of the keys.", "", typos)
        return [*plan.warnings, *([slips] if typos else [])]

    def _left_out(self, plan: Plan, ticked: Ticked) -> QWidget:
        box = QWidget()
        layout = widgets.column(box, gap=4)
        counts = Counter(plan.reasons)
        counts[Reason.ERROR] += ticked.errors
        counts[Reason.ALREADY] += ticked.registered
        counts[Reason.PENDING] += ticked.pending
        total = counts.total() + ticked.duplicates + ticked.hidden + ticked.unticked
        reasons = [i18n.reason(reason, n) for reason, n in counts.items() if n]
        if ticked.duplicates:
            reasons.append(self.tr("%Ln duplicates", "", ticked.duplicates))
        if ticked.hidden:
            reasons.append(self.tr("%Ln in hidden rows", "", ticked.hidden))
        if ticked.unticked:
            reasons.append(self.tr("%Ln not ticked", "", ticked.unticked))
        if not total:
            box.hide()
            return box
        head = self.tr("%Ln are left out: %1.", "", total)
        sentence = i18n.fill(head, i18n.listed(reasons))
        self._names = widgets.label(self._names_text(plan), "small", wrap=True)
        self._names.setMinimumWidth(_WIDTH - 60)
        self._names.hide()
        self._more = widgets.button(self.tr("Who and why"), self._flip, kind="link")
        layout.addWidget(_wide(sentence))
        if waiting := len(plan.approvable) + ticked.pending:
            offer = self.tr(
                "%Ln of them can be approved: tick them and choose “Approve”.", "", waiting
            )
            layout.addWidget(_wide(offer))
        layout.addLayout(widgets.row(self._more, None))
        layout.addWidget(self._names)
        self._more.setVisible(bool(plan.settled))
        return box

    def _names_text(self, plan: Plan) -> str:
        settled = sorted(plan.settled, key=lambda outcome: outcome.row)
        lines = [
            i18n.fill(self.tr("Row %1: %2"), o.row, o.message or status_name(o.status))
            for o in settled[:_MOST_NAMED]
        ]
        if len(settled) > _MOST_NAMED:
            lines.append(self.tr("and %Ln more", "", len(settled) - _MOST_NAMED))
        return "\n".join(lines)

    def _flip(self) -> None:
        self._names.setVisible(not self._names.isVisible())

    def spoken(self) -> str:
        """Return everything that the dialog says, as one text for a screen reader."""
        return " ".join(found.text() for found in self.findChildren(QLabel) if found.text())


def _wide(text: str) -> QLabel:
    made = widgets.label(text, wrap=True)
    made.setMinimumWidth(_WIDTH - 90)
    return made
