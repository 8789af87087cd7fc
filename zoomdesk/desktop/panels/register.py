"""Step 4: register the ticked people, or only check; progress while it runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from zoomdesk.desktop import acts, i18n, icons, widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.panels.step import DONE, NEXT, TODO, Step
from zoomdesk.registration.journal import CallKind
from zoomdesk.registration.plan import Plan
from zoomdesk.zoom.models import MANUAL
from zoomdesk.zoom.pacing import Label


def mails_text(plan: Plan, *, practice: bool) -> str:
    """Say whether Zoom mails the people of a plan."""
    if practice:
        return i18n.translate("register", "Practice: nobody is mailed.")
    if plan.mails:
        return i18n.translate("register", "Zoom mails each person a confirmation.")
    if plan.mails is None:
        return i18n.translate("register", "Whether Zoom mails them is set in the event.")
    return i18n.translate("register", "Zoom mails nobody.")


def waits_text(plan: Plan) -> str:
    """Say who waits until the host approves, or is approved without; ``""`` where nobody has to."""
    if plan.event.approval_type != MANUAL or not plan.to_send:
        return ""
    if not plan.waits:
        return i18n.translate("register", "They are approved at once, without the host.")
    if plan.batches and not plan.needs_approval(CallKind.BATCH):
        return i18n.translate("register", "Who is sent alone waits for the host’s approval.")
    return i18n.translate("register", "They wait until the host approves them.")


class RegisterStep(Step):
    """Offer the one act that cannot be undone, say why it is not possible yet, show it going on."""

    register = Signal()
    check_only = Signal()
    stop = Signal()
    pause = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, 4, "")
        self.button = widgets.button("", self.register.emit, kind="primary")
        self.check = widgets.button("", self.check_only.emit, kind="link")
        self._before = QWidget()
        before = widgets.column(self._before, gap=6)
        before.addWidget(self.button)
        self.drop = widgets.button("", self.stop.emit, kind="link")
        before.addLayout(widgets.row(self.check, self.drop, None))
        self._checked = widgets.label("", wrap=True)
        before.addWidget(self._checked)
        self._during = self._make_progress()
        self.body_layout.addWidget(self._before)
        self.body_layout.addWidget(self._during)

    def _make_progress(self) -> QWidget:
        during = QWidget()
        layout = widgets.column(during, gap=8)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._count = widgets.label("", "strong")
        self._left = widgets.label("", "soft")
        self._waiting = widgets.label("", "small", wrap=True)
        self.pause_button = widgets.button("", self.pause.emit, icon="pause")
        self.stop_button = widgets.button("", self.stop.emit, icon="stop")
        layout.addWidget(self.bar)
        layout.addLayout(widgets.row(self._count, None, self._left))
        layout.addWidget(self._waiting)
        layout.addLayout(widgets.row(self.pause_button, self.stop_button, None))
        return during

    def refresh(self) -> None:
        running = self.desk.run.running
        self.body.setVisible(self.desk.roster is not None)
        self._before.setVisible(not running)
        self._during.setVisible(running)
        if running:
            self._show_progress()
        else:
            self._show_offer()

    def _show_progress(self) -> None:
        run = self.desk.run
        self.show_state(
            NEXT,
            self.tr("Every answer is kept as it arrives. You can go on working."),
            title=acts.going_on(run.act) if run.act else self.tr("Registering"),
        )
        self.bar.setMaximum(max(1, run.total))
        self.bar.setValue(run.done)
        spoken = i18n.fill(self.tr("%1 of %2"), i18n.number(run.done), i18n.number(run.total))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setAccessibleDescription(spoken)
        self._count.setText(spoken)
        left = run.seconds_left
        shown = "" if left is None else i18n.fill(self.tr("%1 left"), i18n.about(left))
        self._left.setText(self.tr("Paused") if run.paused else shown)
        self._waiting.setText(self._waits_for())
        word = self.tr("Continue") if run.paused else self.tr("Pause")
        if word != self.pause_button.text():
            self.pause_button.setText(word)
            self.pause_button.setIcon(icons.icon("play" if run.paused else "pause", "text", 18))
        self.pause_button.setVisible(run.holdable)
        self.pause_button.setEnabled(not run.stopping)
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setEnabled(not run.stopping)

    def _waits_for(self) -> str:
        run = self.desk.run
        if run.stopping:
            return self.tr("Stopping: the calls that were sent are awaited.")
        if run.paused:
            if run.in_flight:
                return self.tr("%Ln calls that were sent are awaited.", "", run.in_flight)
            return self.tr("Nothing is under way. Nobody is sent until you continue.")
        pacer = self.desk.services.pacer
        if (held := max(map(pacer.held_for, Label))) > 1:
            text = self.tr("Zoom asked for a pause: it goes on in %1.")
            return i18n.fill(text, i18n.about(held))
        if run.waiting_for:
            return i18n.fill(self.tr("Waiting for: %1"), run.waiting_for)
        if pacer.is_shared(Label.HEAVY):
            return self.tr("Others use this Zoom account at the same time: calls go slower.")
        rate = max(1, round(pacer.calls_per_second(Label.HEAVY)))
        plan = self.tr("This plan allows about %Ln calls a second.", "", rate)
        if not run.in_flight:
            return plan
        calls = self.tr("%Ln calls are under way.", "", run.in_flight)
        return f"{calls} {plan}"

    def _show_offer(self) -> None:
        desk, plan = self.desk, self.desk.plan.plan
        going = plan.to_send if plan is not None else 0
        why_not = self._why_not()
        done = desk.run.report is not None and not going
        self.button.setEnabled(not why_not and not desk.run.preparing)
        self.button.setText(
            self.tr("Register %Ln people", "", going) if going else self.tr("Register")
        )
        self.button.setToolTip(why_not)
        self.button.setAccessibleDescription(why_not)
        self.check.setText(self.tr("Check only, send nothing"))
        self.check.setEnabled(plan is not None)
        self.check.setVisible(not desk.run.preparing)
        self.drop.setText(self.tr("Cancel"))
        self.drop.setVisible(desk.run.preparing)
        offered = desk.choice.chosen is not None and not done
        self._before.setVisible(offered or desk.run.preparing)
        if desk.run.preparing:
            asking = self.tr("Asking Zoom once more who is registered already…")
            self.show_state(NEXT, desk.run.pause or asking, title=self.tr("Register"))
        elif done:
            self.show_state(DONE, self.tr("Finished."), title=self.tr("Register"))
        elif why_not or plan is None:
            self.show_state(TODO, why_not, title=self.tr("Register"))
        else:
            self.show_state(NEXT, self._offer_text(plan), title=self.tr("Register"))
        self._show_check(plan)

    def _offer_text(self, plan: Plan) -> str:
        calls = self.tr("%Ln calls", "", plan.calls)
        seconds = i18n.about(plan.seconds(self.desk.services.pacer))
        mails = mails_text(plan, practice=self.desk.practice)
        text = i18n.fill(self.tr("%1, %2. %3"), calls, seconds, mails)
        return " ".join(filter(None, (text, waits_text(plan), self._hidden_text())))

    def _hidden_text(self) -> str:
        hidden = self.desk.plan.hidden
        return self.tr("%Ln hidden rows are left out.", "", hidden) if hidden else ""

    def _why_not(self) -> str:
        desk = self.desk
        if desk.roster is None:
            return self.tr("Open a workbook first.")
        if desk.choice.chosen is None:
            return self.tr("Choose the event first.")
        if desk.plan.problem:
            return desk.plan.problem
        if not desk.roster.ticked:
            return self.tr("Nobody is ticked.")
        if desk.plan.plan is None:
            return self.tr("Working out who goes…")
        if desk.plan.plan.obstacle:
            return self._obstacle_text(desk.plan.plan)
        if not desk.plan.plan.to_send:
            return self.tr("Everybody who is ticked is registered already or is left out.")
        return ""

    def _obstacle_text(self, plan: Plan) -> str:
        """Name the questions that no column answers, and the column that may be meant."""
        headings = i18n.listed([f"“{lack.heading}”" for lack in plan.lacks])
        words = self.tr("The event’s form needs an answer for %1, and no column has one.")
        lines = [i18n.fill(words, headings)]
        for lack in plan.lacks:
            if lack.perhaps:
                maybe = self.tr("Is it “%1”? Say so under Columns.")
                lines.append(i18n.fill(maybe, lack.perhaps))
        if len(lines) == 1:
            lines.append(self.tr("Add a column with that heading, or make the question optional."))
        return " ".join(lines)

    def _show_check(self, plan: Plan | None) -> None:
        shown = self.desk.plan.checked_only and plan is not None
        self._checked.setVisible(shown)
        if shown and plan is not None:
            lines = [self.tr("%Ln people would be registered.", "", plan.to_send)]
            lines += [i18n.reason(reason, n) for reason, n in plan.reasons.items()]
            lines += [text] if (text := self._hidden_text()) else []
            lines.append(self.tr("Nothing was sent."))
            self._checked.setText("\n".join(lines))
