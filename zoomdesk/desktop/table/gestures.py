"""Do what a person does with the selected cells and rows: blocks, ticks, rows that come and go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack
from PySide6.QtWidgets import QWidget

from zoomdesk.desktop.i18n import translate
from zoomdesk.desktop.table import clipboard
from zoomdesk.desktop.table.blocks import Blocks, suggestions
from zoomdesk.desktop.table.frozen import FrozenTickView
from zoomdesk.desktop.table.model import RosterModel
from zoomdesk.roster.table import Roster

_MOST_AT_ONCE = 1000
"""Rows that one gesture adds at most, however many are selected."""


class GestureView(FrozenTickView):
    """Be a table in which blocks of cells are copied, filled and cleared, each one step to undo."""

    notice = Signal(str)
    """A plain sentence about what a gesture left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RosterModel(self)

    @property
    def roster(self) -> Roster | None:
        """Return what is shown."""
        return self._model.roster

    @property
    def model_(self) -> RosterModel:
        """Return the model, as what it is."""
        return self._model

    @property
    def undo_stack(self) -> QUndoStack:
        """Return the steps that can be undone."""
        return self._model.undo_stack

    # Blocks of cells

    def copy(self) -> None:
        """Put the selected block on the clipboard, as text and as HTML."""
        blocks = self._blocks()
        rows = blocks.read(blocks.ranges(self._selected()))
        if rows:
            clipboard.put(rows)

    def cut(self) -> None:
        """Copy the selected block and empty it, one step to undo."""
        self.copy()
        self._clear(translate("table", "Cut"))

    def paste(self) -> None:
        """Put the clipboard's block at the selection, one step to undo."""
        block = clipboard.from_mime(QGuiApplication.clipboard().mimeData())
        current, blocks = self.currentIndex(), self._blocks()
        if not block or not current.isValid():
            return
        ranges = blocks.ranges(self._selected())
        corner = (
            (ranges[0].top, ranges[0].left)
            if len(ranges) == 1
            else (current.row(), blocks.place(current.column()))
        )
        self._model.edit(blocks.pasted(block, ranges, *corner), translate("table", "Paste"))
        if not blocks.fits(block, *corner):
            self.notice.emit(translate("table", "What did not fit on the table was not pasted."))

    def clear_selected(self) -> None:
        """Empty the selected cells, one step to undo."""
        self._clear(translate("table", "Clear"))

    def fill_down(self) -> None:
        """Copy the top of each selected block down, one step to undo."""
        blocks = self._blocks()
        changes = blocks.filled_down(blocks.ranges(self._selected()))
        self._model.edit(changes, translate("table", "Fill down"))

    def apply_suggestion(self, indexes: Iterable[int]) -> bool:
        """Take the suggestions of rows, by roster index, one step to undo."""
        changes = suggestions(self._model, indexes)
        label = self.tr("Fix %Ln cells", "", len(changes))
        return self._model.edit(changes, label)

    def set_texts(self, changes: Mapping[tuple[int, int], str], label: str) -> bool:
        """Change cells by (roster index, position), one step to undo called ``label``."""
        return self._model.edit(changes, label)

    # Rows

    def add_rows(self) -> None:
        """Add as many blank rows below the list as are selected, as Excel counts them."""
        if self._model.roster is not None:
            count = sum(part.height() for part in self._selected().toList())
            self._model.add_rows(min(max(count, 1), _MOST_AT_ONCE))

    def remove_selected_rows(self) -> None:
        """Take the selected rows out of the list, one step to undo."""
        if self._model.roster is not None:
            self._model.remove_rows(self.selected_indexes())

    def words_for_removing(self, count: int) -> str:
        """Return what a menu says of removing so many rows."""
        return self.tr("Remove %Ln rows", "", count)

    def selected_indexes(self) -> list[int]:
        """Return the roster indexes of the rows in which something is selected, as seen."""
        ranges = self._selected().toList()
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        return [self._model.index_at(row) for row in sorted(rows)]

    def toggle_ticks(self) -> None:
        """Tick the selected rows, or untick them where all are ticked."""
        indexes = self.selected_indexes()
        if self._model.roster is not None and indexes:
            self._model.tick(indexes, not self._model.roster.ticked.issuperset(indexes))

    def tick_all_valid(self) -> None:
        """Tick every shown row that is ready."""
        self._model.tick_shown(True)

    def untick_all(self) -> None:
        """Untick every shown row."""
        self._model.tick_shown(False)

    # Within

    def _clear(self, label: str) -> None:
        blocks = self._blocks()
        self._model.edit(blocks.cleared(blocks.ranges(self._selected())), label)

    def _blocks(self) -> Blocks:
        header = self.horizontalHeader()
        places = range(header.count())
        return Blocks(self._model, [header.logicalIndex(place) for place in places])

    def _selected(self) -> QItemSelection:
        selection = self.selectionModel().selection()
        current = self.currentIndex()
        if selection.isEmpty() and current.isValid():
            selection.select(current, current)
        return selection
