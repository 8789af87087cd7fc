"""Fetch the events, read the chosen one, and keep the plan of who would go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from zoomdesk.desktop import jobs
from zoomdesk.desktop.bridge import Task
from zoomdesk.desktop.desk import Desk, PlanState, ProblemGroup
from zoomdesk.desktop.table.ticks import tickable
from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.roster.form import Answerable
from zoomdesk.roster.problems import FORM_CODES
from zoomdesk.zoom.events import EventRef, Reference, parse_reference
from zoomdesk.zoom.models import EventSummary

_SETTLE_MS = 120
_DATES_SETTLE_MS = 400


class Choosing(QObject):
    """Answer what the event step asks for, and plan anew whenever ticks or rows change."""

    cured = Signal(list)
    """These rows, by index, had an error and have none any more."""
    event_changed = Signal()
    """Another event is chosen now, or none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._blocked: set[int] = set()
        self._new_sheet = True
        self._stopped = False
        self._reading: Task | None = None
        self._planning: Task | None = None
        self._stop_collecting: Callable[[], None] | None = None
        self._stop_grouping: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(self._look_again)
        self._dates_timer = QTimer(self, singleShot=True, interval=_DATES_SETTLE_MS)
        self._dates_timer.timeout.connect(self._read_dates)

    # The list

    def load_events(self) -> None:
        """Fetch the upcoming events in the background."""
        desk = self._desk
        if desk.choice.loading:
            return
        desk.choice.loading = True
        desk.choice.problem = ""
        services = desk.services
        desk.bridge.run(
            lambda: jobs.upcoming(services.client()), self._events_loaded, self._events_failed
        )
        desk.touch()

    def forget_events(self) -> None:
        """Drop the list and the chosen event: another account has others."""
        if self._reading is not None:
            self._reading.dismiss()
        self._desk.choice = type(self._desk.choice)()
        self._desk.plan = PlanState()
        self.event_changed.emit()
        self._desk.touch()

    def _events_loaded(self, events: tuple[EventSummary, ...]) -> None:
        self._desk.choice.loading = False
        self._desk.choice.events = events
        self._desk.touch()

    def _events_failed(self, error: ZoomdeskError) -> None:
        self._desk.choice.loading = False
        self._desk.choice.problem = str(error)
        self._desk.touch()

    # The chosen one

    def choose_text(self, text: str) -> None:
        """Choose by a pasted link or ID."""
        try:
            reference = parse_reference(text)
        except ZoomdeskError as error:
            self._desk.choice.problem = str(error)
            self._desk.touch()
            return
        self.choose(reference)

    def choose_dates(self, dates: tuple[str, ...]) -> None:
        """Take some dates of the chosen event, none for all; soon read who is on their lists.

        Until then nobody knows who would go.
        """
        self._desk.choice.dates = dates
        self._desk.plan.plan = None
        self._dates_timer.start()
        self._desk.touch()

    def _read_dates(self) -> None:
        desk = self._desk
        chosen = desk.choice.chosen
        if chosen is None:
            return
        if self._reading is not None:
            self._reading.dismiss()
        desk.unnotify("event")
        services, ref, dates = desk.services, chosen.event.ref, desk.choice.dates
        self._reading = desk.bridge.run(
            lambda: jobs.read_event(services.client(), ref, dates),
            self._chosen,
            lambda error: desk.fail("event", error, (self.tr("Try again"), self._read_dates)),
        )

    def choose(self, reference: EventRef | Reference) -> None:
        """Read an event and who is registered for it; then it is the chosen one."""
        desk = self._desk
        if self._reading is not None:
            self._reading.dismiss()
        desk.choice.choosing = True
        desk.choice.problem = ""
        desk.choice.chosen = None
        desk.choice.dates = ()
        self._dates_timer.stop()
        desk.plan = PlanState()
        desk.unnotify("event")
        services = desk.services
        self._reading = desk.bridge.run(
            lambda: jobs.read_event(services.client(), reference),
            self._chosen,
            self._not_chosen,
        )
        desk.touch()

    def reread(self) -> None:
        """Ask again who is registered for the chosen event, without a word if that fails."""
        desk = self._desk
        before = desk.choice.chosen
        if before is None:
            return

        def fresh(after: Preflight) -> None:
            if desk.choice.chosen is before:
                desk.choice.chosen = after
                self.replan()

        services, ref, dates = desk.services, before.event.ref, desk.choice.dates
        desk.bridge.run(lambda: jobs.read_event(services.client(), ref, dates), fresh)

    def _chosen(self, chosen: Preflight) -> None:
        event = self._desk.choice
        event.choosing = False
        event.chosen = chosen
        self._desk.left_out = True
        self.event_changed.emit()
        self.replan()
        self._desk.touch()

    def _not_chosen(self, error: ZoomdeskError) -> None:
        self._desk.choice.choosing = False
        self._desk.fail("event", error)
        self._desk.touch()

    # The plan

    def replan(self) -> None:
        """Work out soon who would go now; until then the plan is unknown."""
        self._desk.plan.plan = None
        self._desk.plan.checked_only = False
        if not self._stopped:
            self._timer.start()
        self._desk.touch()

    def _look_again(self) -> None:
        desk = self._desk
        for stop in (self._stop_collecting, self._stop_grouping):
            if stop is not None:
                stop()
        self._stop_collecting = self._stop_grouping = None
        if self._planning is not None:
            self._planning.dismiss()
        roster = desk.roster
        if roster is None or desk.run.running:
            return
        self._stop_grouping = desk.bridge.slices(jobs.group_problems(roster), self._grouped)
        if desk.choice.chosen is not None and not self._dates_timer.isActive():
            self._stop_collecting = desk.bridge.slices(jobs.ticked_people(roster), self._collected)

    def _grouped(self, groups: list[ProblemGroup]) -> None:
        self._stop_grouping = None
        self._desk.problems = groups
        # What only this event asks is no error of the row's own: Answering sees to its tick.
        own = [group for group in groups if group.error and group.code not in FORM_CODES]
        blocked = {index for group in own for index in group.indexes}
        roster = self._desk.roster
        mended = sorted(self._blocked - blocked)
        cured = [index for index in mended if roster is not None and tickable(roster, index)]
        self._blocked = blocked
        self._desk.touch()
        if cured and not self._new_sheet:
            self.cured.emit(cured)
        self._new_sheet = False

    def new_sheet(self) -> None:
        """Plan for another sheet: what was wrong on the former one says nothing about this one."""
        self._new_sheet = True
        self._blocked = set()
        self.replan()

    def stop(self) -> None:
        """Plan no more: the window closes."""
        self._stopped = True
        self._timer.stop()
        self._dates_timer.stop()

    def typos(self) -> int:
        """Return how many ticked rows have an address that looks mistyped."""
        roster = self._desk.roster
        if roster is None:
            return 0
        groups = (g for g in self._desk.problems if g.fix and not g.error)
        return len({index for g in groups for index in g.indexes} & roster.ticked)

    def _collected(self, ticked: jobs.Ticked) -> None:
        self._stop_collecting = None
        desk = self._desk
        chosen = desk.choice.chosen
        if chosen is None:
            return
        desk.plan.hidden = ticked.hidden
        services = desk.services
        options = RunOptions.from_settings(desk.settings, occurrence_ids=desk.choice.dates)
        sheet = desk.roster.meanings.answerable if desk.roster is not None else Answerable()
        self._planning = desk.bridge.run(
            lambda: jobs.plan_of(services, ticked.people, chosen, options, sheet),
            self._planned,
            self._not_planned,
        )

    def _planned(self, plan: Plan) -> None:
        self._desk.plan.plan = plan
        self._desk.plan.problem = ""
        self._desk.touch()

    def _not_planned(self, error: ZoomdeskError) -> None:
        self._desk.plan.problem = str(error)
        self._desk.touch()
