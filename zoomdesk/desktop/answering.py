"""Let the columns on the table answer what the chosen event's form asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.table.ticks import tickable
from zoomdesk.registration import remembered
from zoomdesk.registration.form import form_of
from zoomdesk.roster.fields import Field, Title, Topic
from zoomdesk.roster.form import Form
from zoomdesk.roster.table import Roster


class Answering(QObject):
    """Say what columns hold: by the event's form, by what was chosen before, and as told now."""

    changed = Signal()
    """Columns mean something else now: show them, and plan anew."""
    ticks_wanted = Signal(list, bool)
    """Tick these rows, or take their ticks away: the form has something against them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._remembered: dict[str, str] | None = None
        self._stop_judging: Callable[[], None] | None = None
        self._unticked: set[int] = set()
        self._of: Roster | None = None
        desk.assign_field.connect(self.assign)

    def look(self) -> None:
        """Lay the form of the chosen event over the columns on the table, or take it away."""
        roster, chosen = self._desk.roster, self._desk.choice.chosen
        if roster is None or (chosen is None and self._desk.choice.choosing):
            return
        form = form_of(chosen.questions) if chosen is not None else Form()
        if self._remembered is None and form.questions:
            self._remembered = remembered.load()
        before = {**(self._remembered or {}), **roster.meanings.chosen}
        if roster.meanings.use_form(form, before):
            self._judge(roster)
            self.changed.emit()

    def assign(self, position: int, topic: Topic | None) -> None:
        """Take a person's word for what a column holds."""
        roster = self._desk.roster
        if roster is None or self._desk.run.running:
            return
        if isinstance(topic, Title):
            roster.meanings.assign_question(position, topic.text)
        else:
            roster.assign_field(position, Field(topic) if topic else None)
            roster.tick_all_valid()
        chosen = dict(roster.meanings.chosen)
        self._remembered = {**(self._remembered or {}), **chosen}
        if roster.meanings.form.questions:
            self._desk.bridge.run(lambda: remembered.remember(chosen))
        self._judge(roster)
        self.changed.emit()

    def stop(self) -> None:
        """Check no rows any more: the window closes."""
        if self._stop_judging is not None:
            self._stop_judging()

    def _judge(self, roster: Roster) -> None:
        """Check the rows by the form, a few at a time; the plan does not wait for that."""
        self.stop()
        if roster is not self._of:
            self._of, self._unticked = roster, set()
        self._stop_judging = self._desk.bridge.slices(
            roster.judge_form(), lambda rows: self._judged(roster, rows)
        )

    def _judged(self, roster: Roster, rows: set[int]) -> None:
        """Take ticks from rows that cannot go, and give back those that were taken so."""
        self._stop_judging = None
        if roster is not self._desk.roster:
            return
        faulty = [index for index in sorted(rows & roster.ticked) if roster.has_error(index)]
        cured = [index for index in sorted(self._unticked) if tickable(roster, index)]
        self._unticked = self._unticked.difference(cured).union(faulty)
        self.ticks_wanted.emit(faulty, False)
        self.ticks_wanted.emit(cured, True)
        self.changed.emit()
