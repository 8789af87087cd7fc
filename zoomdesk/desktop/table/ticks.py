"""Decide which rows may be ticked, and what the box in the header shows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from zoomdesk.desktop.table.order import Order
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Roster

_BLOCKED = (Standing.BLANK, Standing.TO_FIX)


def tickable(roster: Roster, index: int) -> bool:
    """Tell whether the row is there and can go to Zoom: an error blocks its own row only.

    It may be gone since its index was noted: undoing takes added rows back.
    """
    is_there = index < len(roster)
    return is_there and not (roster.has_error(index) or roster.is_blank(index))


def tick_shown(roster: Roster, order: Order, on: bool) -> None:
    """Tick every shown row that is ready, or untick every shown row.

    Ticks of rows that a filter hides stay as they are. Where a filter shows nobody who is ready,
    such as only those who are registered, all of them are meant: their registrations may be
    approved or cancelled.
    """
    if not on:
        roster.tick(order.indexes, False)
    elif order.complete:
        roster.tick_all_valid()
    else:
        roster.tick(_meant(roster, order), True)


def state(roster: Roster | None, order: Order) -> Qt.CheckState:
    """Return what the header's box shows: all that are ready, some, or none of the shown rows."""
    if roster is None or not roster.ticked:
        return Qt.CheckState.Unchecked
    if order.complete and not roster.hidden_count:
        done = len(roster.ticked) >= roster.counts().ready
        return Qt.CheckState.Checked if done else Qt.CheckState.PartiallyChecked
    if roster.ticked.isdisjoint(order.indexes):
        return Qt.CheckState.Unchecked
    done = _meant(roster, order) <= roster.ticked
    return Qt.CheckState.Checked if done else Qt.CheckState.PartiallyChecked


def follow_errors(roster: Roster, rows: Iterable[int], blocked: set[int]) -> None:
    """Keep ticks true after an edit of ``rows``, of which ``blocked`` had an error before.

    A row that was mended joins the others, because nobody could have ticked it; one that broke
    leaves. A later row of an address stays out: that is a question for the person.
    """
    roster.tick((row for row in blocked if roster.standing(row) is Standing.READY), True)
    roster.tick((row for row in rows if roster.has_error(row)), False)


def _meant(roster: Roster, order: Order) -> set[int]:
    """Return the shown rows that are ready, or all that can be ticked where none is."""
    ready = _ready(roster).intersection(order.indexes)
    if ready:
        return ready
    standings = roster.standings()  # a byte a row: asking row by row would be felt at a million
    return {index for index in order.indexes if standings[index] not in _BLOCKED}


def _ready(roster: Roster) -> set[int]:
    ready = roster.filtered(Filter.READY, "")
    return {index for index in ready if not roster.is_hidden(index)}
