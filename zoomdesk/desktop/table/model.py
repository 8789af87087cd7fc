"""Show what is in the rows of a Roster as a Qt table model; ``arrangement`` has their order.

Column 0 is the tick; column ``c`` > 0 shows the roster's position ``positions[c - 1]``. ``data``
and ``flags`` test the role first and hand back prebuilt constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from zoomdesk.desktop.i18n import fill, translate
from zoomdesk.desktop.table import speech, ticks
from zoomdesk.desktop.table.arrangement import NOWHERE, ArrangedRows, Index
from zoomdesk.desktop.table.columns import shown_order
from zoomdesk.desktop.table.commands import EditCommand, RowsCommand
from zoomdesk.desktop.table.order import View
from zoomdesk.roster.columns import Column
from zoomdesk.roster.edits import EditDiff
from zoomdesk.roster.fields import ResultColumn
from zoomdesk.roster.table import Roster

TICK = 0
"""The column of the ticks."""

BATCH_MS = 100
"""Results are told to the views this often, in ranges, however fast they come."""

_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_EXPLAINED = Qt.ItemDataRole.AccessibleDescriptionRole
_HORIZONTAL = Qt.Orientation.Horizontal
_CHECKED = Qt.CheckState.Checked
_UNCHECKED = Qt.CheckState.Unchecked

_READ_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDIT_FLAGS = _READ_FLAGS | Qt.ItemFlag.ItemIsEditable
_TICK_FLAGS = _READ_FLAGS | Qt.ItemFlag.ItemIsUserCheckable
_NO_FLAGS = Qt.ItemFlag.NoItemFlags


class RosterModel(ArrangedRows):
    """Serve a roster to views; every change of it by a person goes through here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tick_state: Qt.CheckState | None = None
        self._results: set[int] = set()
        self._batch = QTimer(self)
        self._batch.setSingleShot(True)
        self._batch.setInterval(BATCH_MS)
        self._batch.timeout.connect(self.flush_results)

    # What is shown

    def set_roster(self, roster: Roster | None) -> None:
        """Show another roster, all its rows, in the order of its sheet; the undo steps go."""
        self.beginResetModel()
        self._batch.stop()
        self._results.clear()
        self.undo_stack.clear()
        self.roster = roster
        self.positions = shown_order(roster.columns) if roster is not None else []
        self.view = View()
        self.order = self._ordered()
        self._tick_state = None
        self.endResetModel()
        self.roster_changed.emit()

    def column(self, section: int) -> Column | None:
        """Return the roster's column of a section, None for the ticks."""
        if not 0 < section <= len(self.positions):
            return None
        return self._people.columns[self.positions[section - 1]]

    def section_of(self, position: int) -> int:
        """Return the section that shows a position of the roster."""
        return self.positions.index(position) + 1

    # Qt's side

    def columnCount(self, parent: Index = NOWHERE) -> int:
        if parent.isValid() or self.roster is None:
            return 0
        return len(self.positions) + 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role in (_DISPLAY, _EDIT):
            return self._text(index)
        if role == _CHECK:
            return self._check_state(index)
        if role == _SPOKEN:
            return self._spoken(index)
        if role in (_TIP, _EXPLAINED):
            return self._tip(index)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _NO_FLAGS
        section = index.column()
        if self.read_only:
            return _READ_FLAGS
        if section == TICK:
            return _TICK_FLAGS
        row = self.order.indexes[index.row()]
        if self._people.editable(row, self.positions[section - 1]):
            return _EDIT_FLAGS
        return _READ_FLAGS

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        if not index.isValid():
            return False
        row = self.order.indexes[index.row()]
        if role == _CHECK and index.column() == TICK:
            self.tick([row], Qt.CheckState(value) == _CHECKED)
            return True
        if role == _EDIT and index.column() != TICK:
            position = self.positions[index.column() - 1]
            label = fill(
                translate("table", "Edit %1"), speech.column_name(self._people.columns[position])
            )
            return self.edit({(row, position): str(value)}, label)
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _SPOKEN, _TIP) or self.roster is None:
            return None
        if orientation == _HORIZONTAL:
            return self._column_header(section, role)
        if not 0 <= section < len(self.order.indexes):
            return None
        index = self.order.indexes[section]
        if role == _DISPLAY:
            return str(self.roster.row_number(index))
        if role == _SPOKEN or self.roster.is_hidden(index) or self.roster.is_added(index):
            return speech.row_spoken(self.roster, index)
        return None

    # Edits

    def edit(self, changes: Mapping[tuple[int, int], str], label: str) -> bool:
        """Take one gesture: what may not or need not change is left out. Return if any changed.

        ``changes`` is by (roster index, position). Where cells were left out because a formula or
        Zoom fills them, ``notice`` says so.
        """
        if not changes or not self._may_change():
            return False
        roster = self._people
        wanted = {cell: text for cell, text in changes.items() if roster.text(*cell) != text}
        allowed = {cell: text for cell, text in wanted.items() if roster.editable(*cell)}
        if len(allowed) < len(wanted):
            self.notice.emit(speech.left_out(len(wanted) - len(allowed)))
        if not allowed:
            return False
        blocked = {index for index, _ in allowed if roster.has_error(index)}
        diff = roster.set_texts(allowed)
        self.undo_stack.push(EditCommand(label, diff, self._apply))
        self._tell(diff, blocked)
        return True

    def empty_removed(self) -> bool:
        """Put the rows back that were taken out, emptied, one step to undo. Return if any was."""
        roster = self._people
        rows = roster.removed_indexes()
        if not rows or not self._may_change_rows():
            return False
        positions = range(len(roster.columns))
        cells = [(row, at) for row in rows for at in positions if roster.editable(row, at)]
        diffs: list[EditDiff] = []

        def do() -> None:
            self._put_back(rows, set())
            diffs.append(roster.set_texts(dict.fromkeys(cells, "")))
            self._tell(diffs[-1], set())

        def take_back() -> None:
            roster.apply_diff(diffs.pop(), reverse=True)
            self._take_out(rows)

        label = translate("table", "Empty rows")
        self.undo_stack.push(RowsCommand(label, do, take_back))
        return True

    def apply_results(self, results: Iterable[tuple[int, Mapping[ResultColumn, str]]]) -> None:
        """Take Zoom's answers by roster index; the views hear of them in batches."""
        for index, values in results:
            self._people.set_result(index, values)
            self._results.add(index)
        if self._results and not self._batch.isActive():
            self._batch.start()

    def flush_results(self) -> None:
        """Tell the views now of the answers that came since the last time."""
        self._batch.stop()
        if not self._results:
            return
        rows, self._results = self._results, set()
        self._rows_changed(rows)
        self._counts_changed()

    # Ticks

    def tick(self, indexes: Iterable[int], on: bool) -> None:
        """Tick or untick rows by roster index; a row with an error cannot be ticked."""
        if not self._may_change():
            return
        rows = list(indexes)
        wanted = [row for row in rows if ticks.tickable(self._people, row)] if on else rows
        if rows and not wanted:
            self.notice.emit(speech.not_tickable(self._people, rows))
        self._people.tick(wanted, on)
        self._ticks_changed(wanted)

    def tick_shown(self, on: bool) -> None:
        """Tick every shown row that is ready, or untick every shown row."""
        if not self._may_change():
            return
        ticks.tick_shown(self._people, self.order, on)
        self._tell_ticks([(0, len(self.order.indexes) - 1)])

    def tick_state(self) -> Qt.CheckState:
        """Return what the header's box shows."""
        if self._tick_state is None:
            self._tick_state = ticks.state(self.roster, self.order)
        return self._tick_state

    # Within

    def _may_change(self) -> bool:
        if self.read_only:
            self.notice.emit(translate("table", "The workbook is still being read."))
        return not self.read_only

    def _apply(self, diff: EditDiff, reverse: bool) -> None:
        blocked = {index for index in diff.rows if self._people.has_error(index)}
        self._people.apply_diff(diff, reverse=reverse)
        self._tell(diff, blocked)

    def _tell(self, diff: EditDiff, blocked: set[int]) -> None:
        ticks.follow_errors(self._people, diff.rows, blocked)
        self._rows_changed(diff.rows)
        self.edited.emit()
        self._counts_changed()

    def _forget_ticks(self) -> None:
        self._tick_state = None

    def _ticks_changed(self, indexes: Sequence[int]) -> None:
        self._tell_ticks(self.order.ranges(indexes))

    def _tell_ticks(self, ranges: Iterable[tuple[int, int]]) -> None:
        for first, last in ranges:
            self.dataChanged.emit(self.index(first, TICK), self.index(last, TICK), [_CHECK])
        self._tick_state = None
        self.ticks_changed.emit()

    def _text(self, index: Index) -> str | None:
        section = index.column()
        if section == TICK or not index.isValid():
            return None
        return self._people.text(self.order.indexes[index.row()], self.positions[section - 1])

    def _check_state(self, index: Index) -> Qt.CheckState | None:
        if index.column() != TICK or not index.isValid():
            return None
        ticked = self.order.indexes[index.row()] in self._people.ticked
        return _CHECKED if ticked else _UNCHECKED

    def _spoken(self, index: Index) -> str | None:
        if not index.isValid():
            return None
        row = self.order.indexes[index.row()]
        if index.column() == TICK:
            return speech.tick_spoken(self._people, row)
        return speech.cell_spoken(self._people, row, self.positions[index.column() - 1])

    def _tip(self, index: Index) -> str | None:
        if index.column() == TICK or not index.isValid():
            return None
        row = self.order.indexes[index.row()]
        return speech.cell_tip(self._people, row, self.positions[index.column() - 1]) or None

    def _column_header(self, section: int, role: int) -> str | None:
        if section == TICK:
            ticks = translate("table", "Tick everyone who can be registered")
            return None if role == _DISPLAY else ticks
        column = self.column(section)
        if column is None:
            return None
        if role == _DISPLAY:
            return column.header
        return speech.column_spoken(column) if role == _SPOKEN else speech.column_tip(column)
