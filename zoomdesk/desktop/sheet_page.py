"""The open workbook: its name, the search, the filter, the table, its sheets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from zoomdesk.desktop import i18n, icons, widgets
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.table import RosterTable
from zoomdesk.desktop.table.place import Place, go_back, place_of
from zoomdesk.desktop.text_bar import TextBar
from zoomdesk.roster.filters import Counts, Filter

_TYPING_MS = 150
_MARGIN = 20


class SheetPage(QWidget):
    """Show one sheet's people. The table filters; this holds the controls around it."""

    sheet_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._names: list[str] = []
        self._shown: tuple[Path, str] | None = None
        self.setObjectName("workArea")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.table = RosterTable()
        self._filtering = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._filtering.timeout.connect(self._apply_filter)
        layout = widgets.column(self, margins=(_MARGIN, 16, _MARGIN, 8), gap=12)
        layout.addLayout(self._make_head())
        self.text_bar = TextBar()
        layout.addWidget(self.text_bar)
        layout.addLayout(self._make_pills())
        frame = QFrame()
        frame.setObjectName("tableFrame")
        widgets.column(frame, margins=(1, 1, 1, 1), gap=0).addWidget(self.table)
        layout.addWidget(frame, 1)
        layout.addLayout(self._make_foot())

    def _make_head(self) -> QHBoxLayout:
        words = QWidget()
        column = widgets.column(words, gap=1)
        self._title = widgets.ElidedLabel("", "title")
        self._facts = widgets.ElidedLabel("", "small")
        column.addWidget(self._title)
        column.addWidget(self._facts)
        self.search = _Search()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(self.tr("Find a person"))
        self.search.setAccessibleName(self.tr("Find a person"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.search.addAction(icons.icon("search", "soft", 16), _LEADING)
        self.search.textChanged.connect(lambda _: self._filtering.start())
        self.search.left.connect(self.table.setFocus)
        head = widgets.row(words, self.search, gap=12)
        head.setStretch(0, 1)
        return head

    def _make_pills(self) -> QHBoxLayout:
        self._group = QButtonGroup(self)
        self.pills: dict[Filter, QPushButton] = {}
        for kind in Filter:
            pill = widgets.button("", kind="pill")
            pill.setCheckable(True)
            pill.clicked.connect(lambda _=False, k=kind: self.show_kind(k))
            self._group.addButton(pill)
            self.pills[kind] = pill
        self.pills[Filter.ALL].setChecked(True)
        self._some = widgets.button("", lambda: self.show_kind(Filter.ALL), kind="link")
        self._some.setIcon(icons.icon("x", "accent", 16))
        self._some.hide()
        return widgets.row(*self.pills.values(), self._some, None, gap=4)

    def _make_foot(self) -> QHBoxLayout:
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setObjectName("sheetTabs")
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(self.tr("Sheets"))
        self.tabs.setMinimumWidth(80)
        self.tabs.currentChanged.connect(self._tab_changed)
        self._ticked = widgets.label("", "soft")
        self.tick_all = widgets.button(self.tr("Tick all valid"), kind="link")
        foot = widgets.row(self.tabs, self._ticked, self.tick_all, gap=12)
        foot.setStretch(0, 1)
        return foot

    # What is shown

    def show_sheet(self, place: Place | None = None) -> None:
        """Show the desk's current sheet from its beginning, or from where the person stood."""
        document = self._desk.document
        shown = (document.path, document.current) if document is not None else None
        # The same sheet, read again: the person stays where they are.
        stood = place_of(self.table, self.table.model_) if shown == self._shown else None
        self._shown = shown
        self._filtering.stop()
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self.pills[Filter.ALL].setChecked(True)
        self._some.hide()
        self.table.model_.read_only = False
        self.table.set_roster(document.roster if document is not None else None)
        place = place or stood
        if place is not None:
            go_back(self.table, self.table.model_, place)
        self.refresh()

    def refresh(self) -> None:
        """Show the counts, the name and the state of the file."""
        document = self._desk.document
        if document is None:
            return
        roster = document.roster
        counts = roster.counts()
        self._title.setText(document.path.name)
        self._facts.setText(self._facts_of(document, counts))
        names = _pill_names(counts)
        for kind, pill in self.pills.items():
            text, count = names[kind]
            pill.setText(f"{text} {i18n.number(count)}")
            pill.setAccessibleName(f"{text}, {i18n.number(count)}")
            pill.setVisible(bool(count) or kind in (Filter.ALL, Filter.READY) or pill.isChecked())
        ticked = len(roster.ticked)
        text = self.tr("%1 of %2 ticked")
        self._ticked.setText(i18n.fill(text, i18n.number(ticked), i18n.number(counts.all)))
        self.tick_all.setEnabled(not self._desk.run.running)
        self.text_bar.show_options(document.info.text)
        self._show_tabs(document)

    def _facts_of(self, document: Document, counts: Counts) -> str:
        people = self.tr("%Ln people", "", counts.all)
        parts = [i18n.fill(self.tr("%1 on sheet “%2”"), people, document.current)]
        hidden = document.roster.hidden_count
        if hidden:
            parts.append(self.tr("%Ln hidden in Excel", "", hidden))
        if document.dirty:
            parts.append(self.tr("not saved yet"))
        elif document.saved_at is not None:
            parts.append(i18n.fill(self.tr("saved %1"), i18n.ago(document.saved_at)))
        return " · ".join(parts)

    def _show_tabs(self, document: Document) -> None:
        names = document.sheet_names
        blocked = self.tabs.blockSignals(True)
        if names != self._names:
            self._names = names
            while self.tabs.count():
                self.tabs.removeTab(0)
            for name in names:
                self.tabs.addTab(name.replace("&", "&&"))
                self.tabs.setTabToolTip(self.tabs.count() - 1, name)
        if document.current in names:
            self.tabs.setCurrentIndex(names.index(document.current))
        self.tabs.blockSignals(blocked)

    def stop(self) -> None:
        """Filter no more: the window closes."""
        self._filtering.stop()

    # What the person does

    def show_kind(self, kind: Filter) -> None:
        """Filter the table to one kind of rows."""
        self.pills[kind].setChecked(True)
        self.pills[kind].show()
        self._some.hide()
        self._apply_filter()

    def show_rows(self, indexes: list[int]) -> None:
        """Show these rows only; an empty list shows all again."""
        if not indexes:
            self.show_kind(Filter.ALL)
            return
        self._group.setExclusive(False)
        for pill in self.pills.values():
            pill.setChecked(False)
        self._group.setExclusive(True)
        self._some.setText(self.tr("Showing %Ln rows", "", len(indexes)))
        self._some.setToolTip(self.tr("Show all rows again"))
        self._some.show()
        self.table.show_rows(indexes)
        self.table.go_to(indexes[0])

    def step_sheet(self, by: int) -> None:
        """Go to the next or the previous sheet."""
        if self._names:
            place = (self.tabs.currentIndex() + by) % len(self._names)
            self.tabs.setCurrentIndex(place)

    def _apply_filter(self) -> None:
        kind = next((k for k, pill in self.pills.items() if pill.isChecked()), Filter.ALL)
        self.pills[kind].setChecked(True)
        self._some.hide()
        self.table.set_filter(kind, self.search.text())

    def _tab_changed(self, place: int) -> None:
        if 0 <= place < len(self._names):
            self.sheet_chosen.emit(self._names[place])

    def sizeHint(self) -> QSize:
        return QSize(908, 740)


class _Search(QLineEdit):
    """A search field: Escape clears it, a second one goes back to the table; so does Down."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.left.emit()
        else:
            super().keyPressEvent(event)


_LEADING = QLineEdit.ActionPosition.LeadingPosition


def _pill_names(counts: Counts) -> dict[Filter, tuple[str, int]]:
    return {
        Filter.ALL: (i18n.translate("SheetPage", "All"), counts.all),
        Filter.READY: (i18n.translate("SheetPage", "Ready"), counts.ready),
        Filter.TO_FIX: (i18n.translate("SheetPage", "To fix"), counts.to_fix),
        Filter.DUPLICATES: (i18n.translate("SheetPage", "Duplicates"), counts.duplicates),
        Filter.PENDING: (i18n.translate("SheetPage", "Pending"), counts.pending),
        Filter.REGISTERED: (i18n.translate("SheetPage", "Registered"), counts.registered),
        Filter.ENDED: (i18n.translate("SheetPage", "Ended"), counts.ended),
    }
