"""Choose column widths from what the columns hold, so that status and link stay in view."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

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
_LEAST = {Kind.CORE: 96, Kind.LINK: 112}
_LINK_WISH = 220


def wishes(roster: Roster, metrics: QFontMetrics) -> list[int]:
    """Return the width that each position would like, from its heading and its first rows."""
    return [_wish(roster, column, metrics) for column in roster.columns]


def squeezed(columns: Sequence[Column], wanted: Sequence[int], room: int) -> list[int]:
    """Return widths such that names, email, status and link fit ``room`` pixels where they can.

    The link gives way first, because nobody reads it; then names and email, in proportion to what
    they have above their least. Room left over goes to the link where no other column wants it.
    """
    widths = list(wanted)
    excess = sum(widths[c.position] for c in columns if kind_of(c) in _IN_VIEW) - room
    for kind in (Kind.LINK, Kind.CORE):
        group = [c.position for c in columns if kind_of(c) is kind]
        spare = {p: max(0, widths[p] - _LEAST[kind]) for p in group}
        total = sum(spare.values())
        if excess > 0 and total:
            share = min(1.0, excess / total)
            for position in group:
                widths[position] -= round(spare[position] * share)
            excess -= min(excess, total)
    if excess < 0 and all(kind_of(c) in (*_IN_VIEW, Kind.RESULT) for c in columns):
        for column in columns:
            if kind_of(column) is Kind.LINK:
                widths[column.position] -= excess
    return widths


def _wish(roster: Roster, column: Column, metrics: QFontMetrics) -> int:
    kind = kind_of(column)
    if kind is Kind.LINK:
        return _LINK_WISH
    rows = range(min(_SAMPLE, len(roster)))
    longest = nlargest(5, (roster.text(row, column.position)[:80] for row in rows), key=len)
    words = max(metrics.horizontalAdvance(text) for text in (*longest, column.header[:40] + "  "))
    if kind is Kind.STATUS:
        words = max(words, metrics.horizontalAdvance("Already registered"))
    icon = _ICON_ROOM if kind in (Kind.CORE, Kind.STATUS) else 0
    return min(_WIDEST, max(_NARROWEST, words + 2 * PAD + icon + 4))
