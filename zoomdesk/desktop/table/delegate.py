"""Paint the cells and edit them in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from zoomdesk.desktop import icons, theme
from zoomdesk.desktop.i18n import translate
from zoomdesk.desktop.table import marks, speech, ticks
from zoomdesk.desktop.table.boxes import draw_box
from zoomdesk.desktop.table.columns import Kind, kind_of
from zoomdesk.desktop.table.header import PAD, leading_flags
from zoomdesk.desktop.table.model import TICK, RosterModel

Index = QModelIndex | QPersistentModelIndex

ICON = 16
_ICON_ROOM = ICON + 6
_LONGEST_DRAWN = 300
"""Characters; nothing longer fits a cell, and measuring a whole essay costs a frame."""

_INK = {Kind.LINK: "accent", Kind.OTHER: "soft", Kind.RESULT: "soft"}
_MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}


class CellDelegate(QStyledItemDelegate):
    """Paint ticks, problems, results, links and formulas of a roster."""

    moved = Signal(int, int)
    """An editor was left by Enter or Tab: go on by (rows, columns)."""

    def __init__(self, model: RosterModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, colors = option.rect, theme.tokens()
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colors.color("selection" if selected else "surface"))
        if index.column() == TICK:
            self._paint_tick(painter, rect, index)
        else:
            self._paint_cell(painter, option, index, selected)
        painter.setPen(colors.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colors.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = self._model.data(index) or ""
        width = option.fontMetrics.horizontalAdvance(text[:_LONGEST_DRAWN])
        return QSize(width + 2 * PAD + _ICON_ROOM, 32)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if index.column() != TICK or not isinstance(event, QMouseEvent):
            return False
        # The whole cell is the target: a box of 16 pixels is a small one.
        if event.type() == QEvent.Type.MouseButtonRelease and (
            event.button() == Qt.MouseButton.LeftButton
            and option.rect.contains(event.position().toPoint())
            and not event.modifiers()
        ):
            on = model.data(index, Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
            state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)
        return False

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), self.tip(option, index), view)
        return True

    def tip(self, option: QStyleOptionViewItem, index: Index) -> str:
        """Return what the tool tip says: the text that was cut off, then what explains it."""
        explained = self._model.data(index, Qt.ItemDataRole.ToolTipRole) or ""
        text = self._model.data(index) or ""
        shown = self.sizeHint(option, index).width() - _ICON_ROOM <= option.rect.width()
        return explained if shown else f"{text}\n{explained}".strip()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        spoken = self._model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        editor.setAccessibleName(spoken or "")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        cast(QLineEdit, editor).setText(self._model.data(index) or "")

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, cast(QLineEdit, editor).text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            move = _MOVES.get(Qt.Key(event.key()))
            if move is not None and isinstance(editor, QWidget):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                rows, columns = move
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.moved.emit(-rows if back else rows, columns)
                return True
        return super().eventFilter(editor, event)

    def _paint_tick(self, painter: QPainter, rect: QRect, index: Index) -> None:
        roster = self._model.roster
        if roster is None:
            return
        row = self._model.index_at(index.row())
        on = row in roster.ticked
        draw_box(
            painter,
            rect,
            Qt.CheckState.Checked if on else Qt.CheckState.Unchecked,
            enabled=on or ticks.tickable(roster, row),
        )

    def _paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, selected: bool
    ) -> None:
        roster, column = self._model.roster, self._model.column(index.column())
        if roster is None or column is None:
            return
        row, colors = self._model.index_at(index.row()), theme.tokens()
        text, kind = roster.text(row, column.position), kind_of(column)
        mark = self._mark(row, column.position, kind, text)
        rect = option.rect
        ink = mark.role if mark else _INK.get(kind, "text")
        if mark and mark.ground and not selected:
            painter.fillRect(rect, colors.color(mark.ground))
        if mark is marks.NOTE:
            ink = "text"
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        leading = option.direction != Qt.LayoutDirection.RightToLeft
        if mark:
            self._icon(painter, inner, mark, leading=leading)
            room = _ICON_ROOM
            inner = inner.adjusted(room, 0, 0, 0) if leading else inner.adjusted(0, 0, -room, 0)
        if roster.is_formula(row, column.position):
            self._icon(painter, inner, marks.LOCKED, leading=not leading)
            room = _ICON_ROOM
            inner = inner.adjusted(0, 0, -room, 0) if leading else inner.adjusted(room, 0, 0, 0)
        if kind is Kind.LINK:
            text = text.removeprefix("https://")
        if not text and mark and mark.ground:
            text = translate("table", "missing")
        if text:
            painter.setPen(colors.color(ink))
            painter.setFont(option.font)
            self._words(painter, inner, text, leading=leading)

    def _mark(self, row: int, position: int, kind: Kind, text: str) -> marks.Mark | None:
        roster = self._model.roster
        if kind is Kind.STATUS:
            return marks.of_status(text)
        if roster is None or kind not in (Kind.CORE, Kind.FIELD):
            return None
        problem = speech.worst_at(roster, row, position)
        return marks.of_problem(problem) if problem is not None else None

    def _icon(self, painter: QPainter, rect: QRect, mark: marks.Mark, *, leading: bool) -> None:
        ratio = painter.device().devicePixelRatio()
        left = rect.left() if leading else rect.right() - ICON + 1
        at = QPoint(left, rect.center().y() - ICON // 2 + 1)
        painter.drawPixmap(at, icons.pixmap(mark.icon, mark.role, ICON, ratio))

    def _words(self, painter: QPainter, rect: QRect, text: str, *, leading: bool) -> None:
        line = text[:_LONGEST_DRAWN].replace("\n", " ").replace("\t", " ")
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
        flags = leading_flags(ltr=leading) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(rect, flags, shown)
