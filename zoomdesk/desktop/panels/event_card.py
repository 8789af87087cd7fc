"""Show the chosen event: what it is, what is known of it, and the choice among its dates."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.registration.dates import may_choose
from zoomdesk.registration.facts import Facts, facts_of
from zoomdesk.registration.preflight import Preflight
from zoomdesk.zoom.events import EventKind
from zoomdesk.zoom.models import Occurrence

_DATES_SHOWN = 5
_NAMED = 4


def kind_name(kind: EventKind) -> str:
    """Name a kind of event inside a sentence."""
    if kind is EventKind.WEBINAR:
        return i18n.translate("events", "webinar")
    return i18n.translate("events", "meeting")


class EventCard(QFrame):
    """The chosen event: topic, time, facts that decide who may register, its dates."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        layout = widgets.column(self, margins=(12, 10, 12, 8), gap=2)
        self.topic = widgets.label("", "strong", wrap=True)
        self.when = widgets.label("", "soft", wrap=True)
        self.facts = widgets.label("", "soft", wrap=True)
        self.dates = DateChooser()
        self.another = widgets.button("", kind="link")
        for each in (self.topic, self.when, self.facts, self.dates):
            layout.addWidget(each)
        layout.addLayout(widgets.row(self.another, None))

    def set_brief(self, brief: bool) -> None:
        """Show only the way to another event: the run for this one is over."""
        for each in (self.topic, self.when):
            each.setVisible(not brief)

    def show_event(self, chosen: Preflight, *, brief: bool = False) -> None:
        """Show an event that was read."""
        event, facts = chosen.event, facts_of(chosen)
        self.topic.setText(event.topic or self.tr("(no topic)"))
        self.when.setText(f"{self._when(facts, chosen)} · {kind_name(event.ref.kind)}")
        lines = [self._lists(facts), *([] if brief else self._rules(facts))]
        self.facts.setText("\n".join(lines))
        self.dates.setVisible(bool(facts.dates) and may_choose(event) and not brief)
        self.dates.show_dates(facts.dates, chosen.dates)
        self.another.setText(self.tr("Choose another"))
        self.setAccessibleName(f"{self.topic.text()}, {self.when.text()}, {self.facts.text()}")

    def _when(self, facts: Facts, chosen: Preflight) -> str:
        if facts.dates:
            first = i18n.moment(facts.dates[0].start)
            more = len(facts.dates) - 1
            return i18n.fill(self.tr("%1 and %Ln more dates", "", more), first) if more else first
        if facts.recurs:
            return self.tr("no fixed times, one link for all of them")
        return i18n.moment(chosen.event.start)

    def _lists(self, facts: Facts) -> str:
        parts = [self.tr("%Ln people registered so far", "", facts.counts["approved"])]
        if pending := facts.counts["pending"]:
            parts.append(self.tr("%Ln waiting for approval", "", pending))
        if denied := facts.counts["denied"]:
            parts.append(self.tr("%Ln denied or cancelled", "", denied))
        if facts.left is not None:
            places = self.tr("%Ln places left", "", facts.left)
            parts.append(i18n.fill(self.tr("%1 of %2"), places, i18n.number(facts.capacity)))
        return " · ".join(parts)

    def _rules(self, facts: Facts) -> list[str]:
        """Say what is unlike the usual event: approval, mails, hosts, questions."""
        lines = []
        if facts.by_hand:
            lines.append(self.tr("The host approves registrations by hand."))
        if not facts.mails:
            lines.append(self.tr("Zoom mails no confirmations for it."))
        if facts.closes:
            lines.append(self.tr("Registration closes when it begins."))
        if facts.required:
            asked = [f"“{i18n.topic_name(topic)}”" for topic in facts.required[:_NAMED]]
            if more := len(facts.required) - _NAMED:
                asked += [self.tr("%Ln more", "", more)] if more > 0 else []
            lines.append(i18n.fill(self.tr("Its form requires %1."), i18n.listed(asked)))
        return lines


class DateChooser(QWidget):
    """Let the person register for all dates of a series, or for some of them."""

    chosen = Signal(tuple)
    """The IDs of the dates, an empty tuple for all of them."""

    def __init__(self) -> None:
        super().__init__()
        layout = widgets.column(self, margins=(0, 6, 0, 2), gap=4)
        self.every = QCheckBox()
        self.every.clicked.connect(lambda: self._tick_all())
        self._inside = QWidget()
        self._list = widgets.column(self._inside, gap=2)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._inside)
        self.take = widgets.button("", self._emit)
        layout.addWidget(self.every)
        layout.addWidget(self._area)
        layout.addLayout(widgets.row(self.take, None))
        self._boxes: dict[str, QCheckBox] = {}
        self._shown: tuple[object, ...] = ()
        self._taken: tuple[str, ...] = ()

    def show_dates(self, dates: tuple[Occurrence, ...], chosen: tuple[str, ...]) -> None:
        """Show the dates still to come, with those ticked that people are registered for."""
        if self._shown == (dates, chosen):
            return
        self._shown = (dates, chosen)
        self._taken = chosen or tuple(each.id for each in dates)
        widgets.clear(self._list)
        self._boxes = {}
        for each in dates:
            box = QCheckBox(i18n.moment(each.start))
            box.setChecked(each.id in self._taken)
            box.toggled.connect(lambda _: self._settle())
            self._boxes[each.id] = box
            self._list.addWidget(box)
        self.every.setText(self.tr("All %Ln dates", "", len(dates)))
        high = max((box.sizeHint().height() for box in self._boxes.values()), default=0) + 2
        self._area.setFixedHeight(high * min(len(dates), _DATES_SHOWN) + 2)
        self._settle()

    def ticked(self) -> tuple[str, ...]:
        """Return the IDs of the dates that are ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def _tick_all(self) -> None:
        for box in self._boxes.values():
            box.setChecked(self.every.isChecked())

    def _settle(self) -> None:
        ticked = self.ticked()
        self.every.setChecked(len(ticked) == len(self._boxes))
        changed = bool(ticked) and ticked != self._taken
        self.take.setText(self.tr("Register for %Ln dates", "", len(ticked)))
        self.take.setVisible(changed)

    def _emit(self) -> None:
        ticked = self.ticked()
        self.chosen.emit(() if len(ticked) == len(self._boxes) else ticked)
