"""The table that the window shows: a spreadsheet's habits over a roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QTableView,
    QWidget,
)

from zoomdesk.desktop import theme
from zoomdesk.desktop.i18n import translate
from zoomdesk.desktop.table import keys, menu, speech, widths
from zoomdesk.desktop.table.columns import Kind, kind_of
from zoomdesk.desktop.table.delegate import CellDelegate
from zoomdesk.desktop.table.gestures import GestureView
from zoomdesk.desktop.table.header import Header, RowNumbers
from zoomdesk.desktop.table.model import TICK
from zoomdesk.desktop.table.order import View
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.table import Roster

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 32


class RosterTable(GestureView):
    """Show, tick and edit the people of a sheet."""

    roster_changed = Signal()
    """Counts may have changed."""
    ticks_changed = Signal()
    edited = Signal()
    """The person changed cells, or undid or redid it: there may be something to save."""
    view_changed = Signal()
    """Other rows are shown: by a filter, or because ``go_to`` had to drop one."""
    link_activated = Signal(str)
    """A person double-clicked a link, or pressed Ctrl+Enter on it."""
    failure_wanted = Signal(int)
    """Show the failed call behind the row of this roster index."""
    headerMenuRequested = Signal(int, QPoint)  # noqa: N815  # named as Qt names its own

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = CellDelegate(self._model, self)
        self._sized_by_hand = False
        self._sizing = False
        self._headers = Header(self._model, self)
        self._numbers = RowNumbers(self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(self._headers)
        self.setVerticalHeader(self._numbers)
        self._set_habits()
        self._connect()

    @property
    def shown(self) -> list[int]:
        """Return the roster indexes of the shown rows, in order."""
        return self._model.order.indexes

    @property
    def filter_kind(self) -> Filter:
        """Return the filter in use."""
        return self._model.view.kind

    # What is shown

    def set_roster(self, roster: Roster | None) -> None:
        """Show the people of another sheet; undo steps, filter and widths begin anew."""
        self.close_editor(commit=False)
        self._sized_by_hand = False
        self._model.set_roster(roster)
        self._headers.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._headers.reset_order()
        self._fit_rows()
        self.fit_columns()
        if roster is not None and len(roster):
            self.setCurrentIndex(self._model.index(0, self._email_section()))
            self.clearSelection()
        self.view_changed.emit()

    def set_filter(self, kind: Filter, text: str = "") -> None:
        """Show the rows of one kind whose cells contain ``text``; the sort order stays."""
        self._show(View(kind, text, None, self._model.view.sort))

    def show_rows(self, indexes: Iterable[int]) -> None:
        """Show just these rows, until ``set_filter`` is called."""
        self._show(View(rows=frozenset(indexes), sort=self._model.view.sort))

    def refresh(self) -> None:
        """Ask the filter again: rows that were mended meanwhile leave "To fix"."""
        self._show(self._model.view)

    def columns_changed(self) -> None:
        """Show the columns anew after ``roster.assign_field``."""
        self.close_editor(commit=False)
        self._model.columns_changed()
        self._headers.reset_order()
        self.fit_columns()

    def go_to(self, index: int) -> None:
        """Bring a row into view and make its email the current cell, whatever the filter."""
        if self._model.order.row_of(index) < 0:
            self.set_filter(Filter.ALL)
        target = self._model.index(self._model.order.row_of(index), self._email_section())
        self.setCurrentIndex(target)
        self.scrollTo(target, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit_columns(self) -> None:
        """Size the columns by what they hold, with status and link in view where they fit."""
        roster = self._model.roster
        if roster is None:
            return
        room = self.viewport().width() - widths.TICK_WIDTH
        wanted = widths.wishes(roster, self.fontMetrics())
        chosen = widths.squeezed(roster.columns, wanted, room)
        self._sizing = True
        self.setColumnWidth(TICK, widths.TICK_WIDTH)
        for position, width in enumerate(chosen):
            self.setColumnWidth(self._model.section_of(position), width)
        self._sizing = False

    def apply_results(self, results: Iterable[tuple[int, Mapping[ResultColumn, str]]]) -> None:
        """Show Zoom's answers by roster index; repainted in batches."""
        self._model.apply_results(results)

    def flush_results(self) -> None:
        """Show now what ``apply_results`` still holds back."""
        self._model.flush_results()

    def open_header_menu(self) -> None:
        """Ask for the menu of the current column."""
        self._headers.open_menu(self.currentIndex().column())

    def close_editor(self, *, commit: bool = True) -> None:
        """Leave the editor, if one is open, with or without its text."""
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, QLineEdit):
            if commit:
                self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def move_current(self, rows: int, columns: int) -> None:
        """Go on by rows and columns, as seen, and stop at the edges."""
        current = self.currentIndex()
        if not current.isValid():
            return
        header = self._headers
        row = min(max(current.row() + rows, 0), self._model.rowCount() - 1)
        place = header.visualIndex(current.column()) + columns
        place = min(max(place, 0), header.count() - 1)
        self.setCurrentIndex(self._model.index(row, header.logicalIndex(place)))

    def link_at(self, index: Index) -> str:
        """Return the link that a cell holds, "" for any other cell."""
        column = self._model.column(index.column())
        if column is None or kind_of(column) is not Kind.LINK:
            return ""
        return str(self._model.data(index) or "")

    def activate_link(self, index: Index) -> bool:
        """Report the link of a cell as activated; tell whether it holds one."""
        link = self.link_at(index)
        if link:
            self.link_activated.emit(link)
        return bool(link)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.handle(self, event):
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        # Qt's reads every row of the column; the window has a field to find people.
        return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.activate_link(self.indexAt(event.position().toPoint())):
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.roster is not None and not self._model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme.tokens().color("soft"))
            words = speech.nobody(self._model.view.kind, self._model.view.text)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._sized_by_hand and event.size().width() != event.oldSize().width():
            self.fit_columns()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._numbers.viewport().update()

    # Within

    def _set_habits(self) -> None:
        self.setAccessibleName(translate("table", "People of the sheet"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(True)
        self._headers.setMinimumSectionSize(32)

    def _connect(self) -> None:
        self._model.rows_came.connect(self._rows_came)
        for name in ("roster_changed", "ticks_changed", "edited", "notice"):
            getattr(self._model, name).connect(getattr(self, name))
        self._model.ticks_changed.connect(self._headers.viewport().update)
        self._headers.menu_requested.connect(self.headerMenuRequested)
        self._headers.sectionResized.connect(self._section_resized)
        self._delegate.moved.connect(self.move_current)
        self.customContextMenuRequested.connect(lambda point: menu.open_menu(self, point))
        theme.signals.changed.connect(self._theme_changed)

    def _show(self, view: View) -> None:
        self.close_editor()
        current = self.currentIndex()
        kept = self._model.index_at(current.row()) if current.isValid() else -1
        self._model.set_view(view)
        row = self._model.order.row_of(kept) if kept >= 0 else -1
        if self._model.rowCount():
            target = self._model.index(max(row, 0), max(current.column(), 0))
            self.selectionModel().setCurrentIndex(
                target, QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self.scrollTo(target)
        self.view_changed.emit()

    def _rows_came(self, indexes: list[int]) -> None:
        """Show new rows, and those that were put back, where the person goes on."""
        self._fit_rows()
        if self._model.order.row_of(indexes[0]) >= 0:
            self.go_to(indexes[0])

    def _email_section(self) -> int:
        roster = self._model.roster
        for column in roster.columns if roster is not None else ():
            if column.field is Field.EMAIL:
                return self._model.section_of(column.position)
        return TICK

    def _fit_rows(self) -> None:
        height = max(ROW_HEIGHT, self.fontMetrics().height() + 14)
        self._numbers.setDefaultSectionSize(height)
        self._numbers.setFixedWidth(self._numbers.number_width())

    def _section_resized(self, _section: int, _old: int, _new: int) -> None:
        if not self._sizing:
            self._sized_by_hand = True

    def _theme_changed(self) -> None:
        self._fit_rows()
        self.viewport().update()
