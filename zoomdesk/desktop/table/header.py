"""Draw the headings with what each column was matched to, and the row numbers of the sheet.

Neither header asks which sections are selected: at a million rows Qt's own query reads every row of
every section while painting, 27 s for one "select all" (DESIGN.md, Qt facts).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QTableView

from zoomdesk.desktop import icons, theme
from zoomdesk.desktop.table import speech
from zoomdesk.desktop.table.boxes import draw_box
from zoomdesk.desktop.table.columns import LOW_CONFIDENCE, Kind, kind_of
from zoomdesk.desktop.table.model import TICK, RosterModel
from zoomdesk.roster.columns import Column

PAD = 10
_MENU_WIDTH = 26
_GRIP = 4
"""Pixels at a section's edge that belong to resizing it."""


def leading_flags(*, ltr: bool) -> int:
    """Return the alignment to the edge where reading begins; a painter mirrors all but absolute."""
    side = Qt.AlignmentFlag.AlignLeft if ltr else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)


class Header(QHeaderView):
    """Draw headings on two lines: the sheet's words, then the field they were taken as."""

    menu_requested = Signal(int, QPoint)
    """A person asks for the menu of a column: (position in the roster, global point)."""

    def __init__(self, model: RosterModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._hovered = -1
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setMouseTracking(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)

    def sizeHint(self) -> QSize:
        # Qt's own would measure the headings of 1,000 sections.
        small = QFontMetrics(self._small_font())
        return QSize(self.length(), self.fontMetrics().height() + small.height() + 12)

    def sectionSizeFromContents(self, section: int) -> QSize:
        column = self._model.column(section)
        if column is None:
            return QSize(self.minimumSectionSize(), self.sizeHint().height())
        heading = self.fontMetrics().horizontalAdvance(column.header)
        note = QFontMetrics(self._small_font()).horizontalAdvance(speech.column_note(column)) + 18
        return QSize(max(heading, note) + 2 * PAD + _MENU_WIDTH, self.sizeHint().height())

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        option.section = section
        option.text = str(self._model.headerData(section, Qt.Orientation.Horizontal) or "")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colors = theme.tokens()
        painter.fillRect(rect, colors.color("head"))
        painter.setPen(colors.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = self._model.column(section)
        if column is None:
            if section == TICK:
                draw_box(painter, rect, self._model.tick_state())
            return
        end = rect.topRight() if self._ltr() else rect.topLeft()
        painter.drawLine(end + QPoint(0, 12), end + QPoint(0, rect.height() - 12))
        inner = self._inner(rect, section)
        self._paint_words(painter, inner, column)
        if section == self.sortIndicatorSection():
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            beside = inner.right() + 10 if self._ltr() else inner.left() - 10
            at = QPoint(beside, rect.top() + rect.height() // 4 + 2)
            self._paint_icon(painter, at, "arrow-up" if up else "arrow-down", "accent")
        if section == self._hovered:
            self._paint_icon(painter, self._menu_rect(rect).center(), "chevron-down", "soft")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frozen = self.frozen_rect()
        if not frozen.isNull():
            painter = QPainter(self.viewport())
            self.paintSection(painter, frozen, TICK)
            painter.end()

    def frozen_rect(self) -> QRect:
        """Return where the tick column stands still over what scrolls; null while it need not."""
        if not self.count() or not self.offset():
            return QRect()
        width = self.sectionSize(TICK)
        left = 0 if self._ltr() else self.viewport().width() - width
        return QRect(left, 0, width, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            section = self._section_at(point)
            if section == TICK:
                self._model.tick_shown(self._model.tick_state() != Qt.CheckState.Checked)
                return
            rect = self._menu_rect(self._section_rect(section))
            if section > TICK and rect.adjusted(_GRIP, 0, -_GRIP, 0).contains(point):
                self._request_menu(section)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._section_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover(self._section_at(event.position().toPoint()))
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def reset_order(self) -> None:
        """Put columns that a person moved back to where they were."""
        for section in range(self.count()):
            self.moveSection(self.visualIndex(section), section)

    def open_menu(self, section: int) -> None:
        """Ask for the menu of a section from the keyboard."""
        if section > TICK:
            self._request_menu(section)

    def _paint_words(self, painter: QPainter, rect: QRect, column: Column) -> None:
        kind, colors = kind_of(column), theme.tokens()
        doubtful = column.topic is not None and column.confidence < LOW_CONFIDENCE
        quiet = kind in (Kind.OTHER, Kind.RESULT)
        half = rect.height() // 2
        top = QRect(rect.left(), rect.top() + 3, rect.width(), half - 2)
        below = QRect(rect.left(), rect.top() + half, rect.width(), half - 4)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium if quiet else QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colors.color("soft" if quiet else "text"))
        self._draw(painter, top, column.header.replace("\n", " "))
        painter.setFont(self._small_font())
        role = "warn" if doubtful else "faint" if column.topic is None else "accent"
        painter.setPen(colors.color(role))
        if doubtful:
            picture = icons.pixmap("help", "warn", 14, self.devicePixelRatioF())
            at = below.left() if self._ltr() else below.right() - 13
            painter.drawPixmap(at, below.center().y() - 6, picture)
            shift = 18 if self._ltr() else 0
            below = below.adjusted(shift, 0, shift - 18, 0)
        self._draw(painter, below, speech.column_note(column))

    def _draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, elide, rect.width())
        painter.drawText(rect, leading_flags(ltr=self._ltr()), shown)

    def _inner(self, rect: QRect, section: int) -> QRect:
        """Return where the words go, once the sort arrow and the menu button have their room."""
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        room = 0
        if section == self._hovered:
            room = _MENU_WIDTH - PAD
        if section == self.sortIndicatorSection():
            room += 18
        return inner.adjusted(0, 0, -room, 0) if self._ltr() else inner.adjusted(room, 0, 0, 0)

    def _paint_icon(self, painter: QPainter, center: QPoint, name: str, role: str) -> None:
        picture = icons.pixmap(name, role, 16, self.devicePixelRatioF())
        painter.drawPixmap(center - QPoint(8, 8), picture)

    def _menu_rect(self, rect: QRect) -> QRect:
        left = rect.right() - _MENU_WIDTH if self._ltr() else rect.left()
        return QRect(left, rect.top(), _MENU_WIDTH, rect.height())

    def _section_at(self, point: QPoint) -> int:
        return TICK if self.frozen_rect().contains(point) else self.logicalIndexAt(point)

    def _section_rect(self, section: int) -> QRect:
        left = self.sectionViewportPosition(section)
        return QRect(left, 0, self.sectionSize(section), self.height())

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _menu_at(self, point: QPoint) -> None:
        section = self._section_at(point)
        column = self._model.column(section)
        if column is not None:
            self.menu_requested.emit(column.position, self.viewport().mapToGlobal(point))

    def _request_menu(self, section: int) -> None:
        column = self._model.column(section)
        if column is not None:
            corner = self._section_rect(section).bottomLeft()
            self.menu_requested.emit(column.position, self.viewport().mapToGlobal(corner))

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(12, theme.body_size() - 1))
        return font

    def _ltr(self) -> bool:
        return self.layoutDirection() != Qt.LayoutDirection.RightToLeft


class RowNumbers(QHeaderView):
    """Draw the row numbers of the sheet, quietly; hidden rows carry an eye, new ones a plus."""

    def __init__(self, model: RosterModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._table = parent
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        option.section = section
        option.text = str(self._model.headerData(section, Qt.Orientation.Vertical) or "")

    def sizeHint(self) -> QSize:
        return QSize(self.number_width(), self.length())

    def number_width(self) -> int:
        """Return the width that the longest row number needs."""
        roster = self._model.roster
        longest = roster.row_number(len(roster) - 1) if roster is not None and len(roster) else 0
        digits = max(3, len(str(longest)))
        marked = roster is not None and (
            roster.hidden_count or (len(roster) and roster.is_added(len(roster) - 1))
        )
        return self.fontMetrics().horizontalAdvance("8" * digits) + 24 + (20 if marked else 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colors, roster = theme.tokens(), self._model.roster
        if roster is None or section >= self._model.rowCount():
            return
        current = self._table.currentIndex().row() == section
        painter.fillRect(rect, colors.color("accent_soft" if current else "head"))
        painter.setPen(colors.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        index = self._model.index_at(section)
        ltr = self.layoutDirection() != Qt.LayoutDirection.RightToLeft
        added = roster.is_added(index)
        if added or roster.is_hidden(index):
            name, role = ("plus", "accent") if added else ("eye-off", "faint")
            picture = icons.pixmap(name, role, 14, self.devicePixelRatioF())
            left = rect.left() + 8 if ltr else rect.right() - 22
            painter.drawPixmap(left, rect.center().y() - 6, picture)
        painter.setPen(colors.color("accent" if current else "faint"))
        inner = rect.adjusted(12, 0, -12, 0)
        painter.drawText(inner, leading_flags(ltr=not ltr), str(roster.row_number(index)))
