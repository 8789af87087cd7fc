"""Choose column widths from what the columns hold, so that status and link stay in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from zoomdesk.desktop.table.columns import Kind, kind_of
from zoomdesk.desktop.table.header import PAD
from zoomdesk.roster.columns import Column
from zoomdesk.roster.table import Roster

TICK_WIDTH = 40
_SAMPLE = 200
_ICON_ROOM = 22
_NARROWEST, _WIDEST = 84, 320
_IN_VIEW = (Kind.CORE, Kind.STATUS, Kind.LINK)
_LEAST = {Kind.CORE: 96, Kind.STATUS: 128, Kind.LINK: 132}
_LINK_WISH = 220


def wishes(roster: Roster, metrics: QFontMetrics) -> list[int]:
    """Return the width that each position would like, from its heading and its first rows."""
    return [_wish(roster, column, metrics) for column in roster.columns]


def squeezed(columns: Sequence[Column], wanted: Sequence[int], room: int) -> list[int]:
    """Return widths such that names, email, status and link fit ``room`` pixels where they can.

    What is too wide gives way in proportion to what it has above its least; room left over goes to
    the link, which is always longer than its column.
    """
    widths = list(wanted)
    shown = [c.position for c in columns if kind_of(c) in _IN_VIEW]
    least = {p: min(widths[p], _LEAST[kind_of(columns[p])]) for p in shown}
    excess = sum(widths[p] for p in shown) - room
    spare = sum(widths[p] - least[p] for p in shown)
    if excess > 0 and spare > 0:
        share = min(1.0, excess / spare)
        for position in shown:
            widths[position] -= round((widths[position] - least[position]) * share)
    elif excess < 0 and len(columns) == len(shown):
        for column in columns:
            if kind_of(column) is Kind.LINK:
                widths[column.position] -= excess
    return widths


def _wish(roster: Roster, column: Column, metrics: QFontMetrics) -> int:
    kind = kind_of(column)
    if kind is Kind.LINK:
        return _LINK_WISH
    rows = range(min(_SAMPLE, len(roster)))
    longest = max((roster.text(row, column.position) for row in rows), key=len, default="")
    words = max(
        metrics.horizontalAdvance(longest[:80]), metrics.horizontalAdvance(column.header[:40]) + 8
    )
    if kind is Kind.STATUS:
        words = max(words, metrics.horizontalAdvance("Already registered"))
    icon = _ICON_ROOM if kind in (Kind.CORE, Kind.STATUS) else 0
    return min(_WIDEST, max(_NARROWEST, words + 2 * PAD + icon + 4))
