"""Step 3: choose the webinar or meeting from the list, or by a pasted ID or link."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from zoomdesk.desktop import i18n, theme, widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.panels.event_card import EventCard, kind_name
from zoomdesk.desktop.panels.step import DONE, NEXT, TODO, Step
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import EventSummary

__all__ = ["EventStep", "kind_name"]

_REF = Qt.ItemDataRole.UserRole
_DETAIL = Qt.ItemDataRole.UserRole + 1
_ROWS_SHOWN = 4


class EventStep(Step):
    """Show the chosen event on a card, or the list to choose from."""

    chosen = Signal(object)
    """An EventRef was picked from the list."""
    dates_chosen = Signal(tuple)
    """Some dates of a series were picked, none for all of them."""
    typed = Signal(str)
    """An ID or a link was typed."""
    wanted = Signal()
    """The list is about to be looked at: fetch it."""
    reload = Signal()
    sign_in = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, 3, "")
        self._choosing_another = False
        self._shown: tuple[object, ...] = ()
        self._sign_in = widgets.button("", self.sign_in.emit, kind="primary", icon="sign-in")
        self._chooser = self._make_chooser()
        self._card = EventCard()
        self._card.another.clicked.connect(self._choose_another)
        self._card.dates.chosen.connect(self.dates_chosen)
        self.body_layout.addWidget(self._sign_in)
        self.body_layout.addWidget(self._chooser)
        self.body_layout.addWidget(self._card)

    def _make_chooser(self) -> QFrame:
        chooser = QFrame()
        layout = widgets.column(chooser, gap=8)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._enter)
        self.list = QListWidget()
        self.list.setItemDelegate(_EventDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemClicked.connect(self._pick)
        self.list.itemActivated.connect(self._pick)
        self._note = widgets.label("", "small", wrap=True)
        self._again = widgets.button("", self.reload.emit, kind="link")
        self._keep = widgets.button("", self._keep_chosen, kind="link")
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addWidget(self._note)
        layout.addLayout(widgets.row(self._again, self._keep, None))
        return chooser

    def refresh(self) -> None:
        event = self.desk.choice
        if self.desk.roster is None:
            self.body.hide()
            self.show_state(
                TODO, self.tr("Who will they be registered for?"), title=self.tr("Event")
            )
            return
        self._say()
        self.body.setVisible(not self.desk.run.running)
        signed_in = self.desk.practice or self.desk.account.signed_in
        choosing = event.chosen is None or self._choosing_another
        self._sign_in.setText(self.tr("Sign in to Zoom"))
        self._sign_in.setVisible(not signed_in)
        self._chooser.setVisible(signed_in and choosing)
        self._card.setVisible(not choosing)
        self._card.set_brief(self.desk.run.report is not None)
        if event.chosen is not None and not choosing:
            self._card.show_event(event.chosen, brief=self.desk.run.report is not None)
        if signed_in and choosing:
            self._offer()

    def _say(self) -> None:
        event = self.desk.choice
        if self.desk.run.running or self.desk.run.report is not None:
            chosen = event.chosen.event if event.chosen is not None else None
            topic = f"{chosen.topic} · {i18n.moment(chosen.start)}" if chosen is not None else ""
            self.show_state(DONE, topic, title=self.tr("Event"))
            return
        state = DONE if event.chosen is not None else NEXT
        if event.choosing:
            summary = self.tr("Asking Zoom about it…")
        elif event.chosen is not None:
            summary = self.tr("They will be registered for this:")
        else:
            summary = self.tr("What will they be registered for?")
        self.show_state(state, summary, title=self.tr("Event"))

    def _offer(self) -> None:
        event = self.desk.choice
        self.search.setPlaceholderText(self.tr("Search, or paste a link or ID"))
        self.search.setAccessibleName(self.tr("Search events, or paste a link or ID"))
        self.list.setAccessibleName(self.tr("Upcoming webinars and meetings"))
        self._keep.setVisible(event.chosen is not None)
        self._keep.setText(self.tr("Keep the chosen one"))
        self._again.setText(self.tr("Refresh the list"))
        self._again.setEnabled(not event.loading)
        if event.events is None and not event.loading and not event.problem:
            self.wanted.emit()
        self._fill()

    def _fill(self) -> None:
        event = self.desk.choice
        words = self.search.text().casefold().split()
        found = [e for e in event.events or () if all(w in _haystack(e) for w in words)]
        self._write_note(len(found))
        shown = tuple(found)
        if shown == self._shown:
            return
        self._shown = shown
        self.list.clear()
        for each in found:
            item = QListWidgetItem(each.topic or self.tr("(no topic)"))
            detail = f"{i18n.moment(each.start)} · {kind_name(each.ref.kind)}"
            item.setData(_REF, each.ref)
            item.setData(_DETAIL, detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.topic}, {detail}")
            item.setToolTip(each.topic)
            self.list.addItem(item)
        rows = min(len(found), _ROWS_SHOWN)
        high = max(self.list.sizeHintForRow(0), 50) if rows else 0
        self.list.setFixedHeight(rows * high + 12)

    def _write_note(self, found: int) -> None:
        event = self.desk.choice
        text = event.problem
        if event.loading:
            text = self.tr("Fetching your webinars and meetings…")
        elif not text and event.events is not None and not found:
            if self.search.text():
                text = self.tr("None matches. For a link or an ID, press Enter.")
            else:
                text = self.tr("You have no upcoming events. Paste the link or ID of one.")
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self.list.setVisible(bool(found))

    def _pick(self, item: QListWidgetItem) -> None:
        self._choosing_another = False
        ref: EventRef = item.data(_REF)
        self.chosen.emit(ref)

    def _enter(self) -> None:
        text = self.search.text().strip()
        digits = sum(c.isdigit() for c in text)
        if self.list.count() == 1 or (self.list.count() and digits < 9):
            self._pick(self.list.item(0))
        elif text:
            self._choosing_another = False
            self.typed.emit(text)

    def _choose_another(self) -> None:
        self._choosing_another = True
        self.search.clear()
        self.refresh()
        self.search.setFocus()

    def _keep_chosen(self) -> None:
        self._choosing_another = False
        self.refresh()


class _EventDelegate(QStyledItemDelegate):
    """Draw an event in two lines: its topic, and softer its time and kind."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, max(50, 2 * option.fontMetrics.height() + 18))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = blank.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        area = option.rect.adjusted(10, 7, -10, -7)
        colors, metrics = theme.tokens(), option.fontMetrics
        elide = Qt.TextElideMode.ElideRight
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.save()
        painter.setPen(colors.color("text"))
        topic = index.data(Qt.ItemDataRole.DisplayRole)
        painter.drawText(area, top, metrics.elidedText(topic, elide, area.width()))
        painter.setPen(colors.color("soft"))
        painter.drawText(area, bottom, metrics.elidedText(index.data(_DETAIL), elide, area.width()))
        painter.restore()


def _haystack(event: EventSummary) -> str:
    when = i18n.moment(event.start)
    return f"{event.topic} {event.ref.id} {when} {kind_name(event.ref.kind)}".casefold()
