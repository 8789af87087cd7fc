"""State the exact effect of a run before the one act that cannot be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.desktop.dialogs.effect import EffectDialog, Fact, folded, wide
from zoomdesk.desktop.jobs import Ticked
from zoomdesk.desktop.panels.register import mails_text, waits_text
from zoomdesk.desktop.panels.result import status_name
from zoomdesk.registration.facts import facts_of
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.registration.wording import Reason

_DATES_NAMED = 3


class ConfirmDialog(EffectDialog):
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
        count = plan.to_send
        verb = self.tr("Register %Ln people", "", count)
        self.setWindowTitle(verb)
        question = self.tr("Register %Ln people?", "", count)
        self.content.addWidget(widgets.label(question, "title"))
        self._show_event(chosen)
        who = "" if practice else account
        self.add_facts(self._facts(plan, seconds, book, who, practice=practice))
        self.add_warnings((*self._warnings(plan, typos), *notes))
        self._add_left_out(plan, ticked)
        if not practice:
            note = self.tr(
                "Registrations can be cancelled later; what was mailed cannot be taken back."
            )
            self.content.addWidget(widgets.label(note, "small", wrap=True))
        self.add_buttons(self.tr("Cancel"), verb)

    def _show_event(self, chosen: Preflight) -> None:
        event, known = chosen.event, facts_of(chosen).dates
        dates = [each for each in known if not chosen.dates or each.id in chosen.dates]
        lines = []
        if len(known) > 1:
            count = i18n.fill(
                self.tr("%Ln of its %1 dates", "", len(dates)), i18n.number(len(known))
            )
            shown = [i18n.moment(each.start) for each in dates[:_DATES_NAMED]]
            shown += ["…"] if len(dates) > _DATES_NAMED else []
            lines.append(f"{count}: {'; '.join(shown)}")
        self.add_event(event, i18n.moment(dates[0].start if dates else event.start), *lines)

    def _facts(
        self, plan: Plan, seconds: float, book: str, account: str, *, practice: bool
    ) -> list[Fact]:
        facts = [
            ("mail", "accent", mails_text(plan, practice=practice)),
            ("users", "soft", waits_text(plan)),
            ("clock", "soft", f"{self._calls_text(plan)}, {i18n.about(seconds)}."),
            ("sheet", "soft", i18n.fill(self.tr("The links are written into %1."), book)),
            ("copy-squares", "soft", self._same_text(plan)),
        ]
        if account:
            text = i18n.fill(self.tr("Signed in to Zoom as %1."), account)
            facts.insert(0, ("user", "soft", text))
        return [fact for fact in facts if fact[2]]

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

    def _add_left_out(self, plan: Plan, ticked: Ticked) -> None:
        counts = Counter(plan.reasons)
        counts[Reason.ERROR] += ticked.errors
        counts[Reason.ALREADY] += ticked.registered
        counts[Reason.PENDING] += ticked.pending
        total = counts.total() + ticked.duplicates + ticked.hidden + ticked.unticked
        if not total:
            return
        reasons = [i18n.reason(reason, n) for reason, n in counts.items() if n]
        if ticked.duplicates:
            reasons.append(self.tr("%Ln duplicates", "", ticked.duplicates))
        if ticked.hidden:
            reasons.append(self.tr("%Ln in hidden rows", "", ticked.hidden))
        if ticked.unticked:
            reasons.append(self.tr("%Ln not ticked", "", ticked.unticked))
        box = QWidget()
        layout = widgets.column(box, gap=4)
        head = self.tr("%Ln are left out: %1.", "", total)
        layout.addWidget(wide(i18n.fill(head, i18n.listed(reasons))))
        if waiting := len(plan.approvable) + ticked.pending:
            offer = self.tr(
                "%Ln of them can be approved: tick them and choose “Approve”.", "", waiting
            )
            layout.addWidget(wide(offer))
        if plan.settled:
            layout.addWidget(folded(self.tr("Who and why"), self._names(plan)))
        self.content.addWidget(box)

    def _names(self, plan: Plan) -> list[str]:
        settled = sorted(plan.settled, key=lambda outcome: outcome.row)
        return [
            i18n.fill(self.tr("Row %1: %2"), o.row, o.message or status_name(o.status))
            for o in settled
        ]
