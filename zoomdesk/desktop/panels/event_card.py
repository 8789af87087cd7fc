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
        self._shown: tuple[Preflight, bool] | None = None
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
        """Show an event that was read; what is shown already is not counted again."""
        if self._shown is not None and self._shown[0] is chosen and self._shown[1] == brief:
            return
        self._shown = (chosen, brief)
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
        approved = facts.counts["approved"]
        parts = [self.tr("%Ln people registered so far", "", approved)]
        if len(facts.chosen_dates) > 1:
            parts = [self.tr("%Ln people registered for all these dates", "", approved)]
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
        self.every.clicked.connect(self._tick_all)
        inside = QWidget()
        self._list = widgets.column(inside, gap=2)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(inside)
        for each in (self._area.viewport(), inside):
            each.setAutoFillBackground(False)  # the card shows through
        layout.addWidget(self.every)
        layout.addWidget(self._area)
        self._boxes: dict[str, QCheckBox] = {}
        self._shown: tuple[Occurrence, ...] = ()

    def show_dates(self, dates: tuple[Occurrence, ...], chosen: tuple[str, ...]) -> None:
        """Show the dates still to come, with those ticked that people are registered for."""
        if self._shown == dates:
            return
        self._shown = dates
        widgets.clear(self._list)
        self._boxes = {}
        for each in dates:
            box = QCheckBox(i18n.moment(each.start))
            box.setChecked(not chosen or each.id in chosen)
            box.clicked.connect(lambda _=False, box=box: self._settle(box))
            self._boxes[each.id] = box
            self._list.addWidget(box)
        self.every.setText(self.tr("All %Ln dates", "", len(dates)))
        self.every.setChecked(self._all_ticked())
        high = max((box.sizeHint().height() for box in self._boxes.values()), default=0) + 2
        self._area.setFixedHeight(high * min(len(dates), _DATES_SHOWN) + 2)

    def ticked(self) -> tuple[str, ...]:
        """Return the IDs of the dates that are ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def _all_ticked(self) -> bool:
        return len(self.ticked()) == len(self._boxes)

    def _tick_all(self) -> None:
        """Tick every date; to untick them all would leave nothing to register for."""
        for box in self._boxes.values():
            box.setChecked(True)
        self.every.setChecked(True)
        self.chosen.emit(())

    def _settle(self, box: QCheckBox) -> None:
        if not self.ticked():
            box.setChecked(True)
            return
        self.every.setChecked(self._all_ticked())
        self.chosen.emit(() if self._all_ticked() else self.ticked())
