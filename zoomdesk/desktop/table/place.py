"""Keep the place of a person in a table while its rows are read anew."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTableView

from zoomdesk.desktop.table.model import RosterModel
from zoomdesk.roster.table import Roster


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person looks: sheet rows at the top and of the current cell, 0 where there is none.

    ``column`` is the current cell's sheet column, 0 for any other; ``sideways`` are pixels.
    """

    top: int = 0
    row: int = 0
    column: int = 0
    sideways: int = 0


def place_of(table: QTableView, model: RosterModel) -> Place:
    """Return where the table stands now."""
    roster = model.roster
    if roster is None or not model.rowCount():
        return Place()
    current = table.currentIndex()
    row = roster.row_number(model.index_at(current.row())) if current.isValid() else 0
    column = model.column(current.column()) if current.isValid() else None
    top = max(table.rowAt(0), 0)
    return Place(
        roster.row_number(model.index_at(top)) if top else 0,
        row,
        (column.sheet_column or 0) if column is not None else 0,
        table.horizontalScrollBar().value(),
    )


def go_back(table: QTableView, model: RosterModel, place: Place) -> None:
    """Stand again where a table of the same sheet stood, as far as its rows are still there."""
    roster = model.roster
    if roster is None or not model.rowCount():
        return
    row = _row_of(model, roster, place.row)
    if row >= 0:
        section = next(
            (
                model.section_of(c.position)
                for c in roster.columns
                if c.sheet_column == place.column
            ),
            table.currentIndex().column(),
        )
        keep = QItemSelectionModel.SelectionFlag.NoUpdate
        table.selectionModel().setCurrentIndex(model.index(row, max(section, 0)), keep)
    top = _row_of(model, roster, place.top) if place.top else 0
    table.scrollTo(model.index(max(top, 0), 0), QTableView.ScrollHint.PositionAtTop)
    table.horizontalScrollBar().setValue(place.sideways)


def _row_of(model: RosterModel, roster: Roster, number: int) -> int:
    index = roster.index_of_row(number)
    return model.order.row_of(index) if index >= 0 else -1
