"""Let the columns on the table answer what the chosen event's form asks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from zoomdesk.desktop.desk import Desk
from zoomdesk.registration import remembered
from zoomdesk.registration.form import form_of
from zoomdesk.roster.fields import Field, Title, Topic
from zoomdesk.roster.form import Form


class Answering(QObject):
    """Say what columns hold: by the event's form, by what was chosen before, and as told now."""

    changed = Signal()
    """Columns mean something else now: show them, and plan anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._remembered: dict[str, str] | None = None
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
        if roster.use_form(form, before):
            self.changed.emit()

    def assign(self, position: int, topic: Topic | None) -> None:
        """Take a person's word for what a column holds."""
        roster = self._desk.roster
        if roster is None or self._desk.run.running:
            return
        if isinstance(topic, Title):
            roster.assign_question(position, topic.text)
        else:
            roster.assign_field(position, Field(topic) if topic else None)
            roster.tick_all_valid()
        chosen = dict(roster.meanings.chosen)
        self._remembered = {**(self._remembered or {}), **chosen}
        if roster.meanings.form.questions:
            self._desk.bridge.run(lambda: remembered.remember(chosen))
        self.changed.emit()
