"""Keep the tick column in place while the rest of the table scrolls sideways.

The column is painted over the scrolled cells, and ``indexAt`` and ``visualRect`` answer for the
area that it covers. A second view on top, Qt's usual way, would be a second table to a screen
reader, with a second focus and a second selection to keep in step.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView

from zoomdesk.desktop import theme
from zoomdesk.desktop.table.model import TICK

Index = QModelIndex | QPersistentModelIndex
_ScrollHint = QAbstractItemView.ScrollHint


class FrozenTickView(QTableView):
    """Be a table whose column ``TICK`` stands still at the leading edge."""

    def frozen_rect(self) -> QRect:
        """Return the area where the tick column covers others; null while nothing is covered."""
        if not self.horizontalOffset() or not self.model().columnCount():
            return QRect()
        width, view = self.columnWidth(TICK), self.viewport().rect()
        left = view.width() - width if self.isRightToLeft() else 0
        return QRect(left, 0, width, view.height())

    def indexAt(self, pos: QPoint) -> QModelIndex:
        if self.frozen_rect().contains(pos):
            return self.model().index(self.rowAt(pos.y()), TICK)
        return super().indexAt(pos)

    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        frozen = self.frozen_rect()
        if index.column() == TICK and not frozen.isNull():
            rect.moveLeft(frozen.left())
        return rect

    def scrollTo(self, index: Index, hint: _ScrollHint = _ScrollHint.EnsureVisible) -> None:
        super().scrollTo(index, hint)
        # Qt does not know that the frozen column hides what lies under it.
        under = self.visualRect(index).intersected(self.frozen_rect())
        if index.column() != TICK and not under.isEmpty():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - under.width())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            # What was blitted holds a shifted copy of the frozen column.
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frozen = self.frozen_rect()
        if not frozen.isNull() and event.rect().intersects(frozen):
            painter = QPainter(self.viewport())
            self._paint_ticks(painter, frozen, event.rect())
            edge = frozen.topLeft() if self.isRightToLeft() else frozen.topRight()
            painter.setPen(theme.tokens().color("line"))
            painter.drawLine(edge, QPoint(edge.x(), frozen.bottom()))
            painter.end()

    def _paint_ticks(self, painter: QPainter, frozen: QRect, damaged: QRect) -> None:
        first, last = self.rowAt(damaged.top()), self.rowAt(damaged.bottom())
        if first < 0:
            return
        last = last if last >= 0 else self.model().rowCount() - 1
        chosen, current = self.selectionModel(), self.currentIndex()
        for row in range(first, last + 1):
            index = self.model().index(row, TICK)
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            top = self.rowViewportPosition(row)
            option.rect = QRect(frozen.left(), top, frozen.width(), self.rowHeight(row))
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if current == index and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)
