"""Choose column widths from what the columns hold, so that status and link stay in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from zoomdesk.desktop.table.columns import Kind, kind_of
from zoomdesk.desktop.table.header import PAD
from zoomdesk.roster.columns import Column
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Roster

TICK_WIDTH = 40
_SAMPLE = 200
_ICON_ROOM = 22
_NARROWEST, _WIDEST = 84, 320
_IN_VIEW = (Kind.CORE, Kind.STATUS, Kind.LINK)
_LEAST_LINK, _LEAST_NAME, _LEAST_EMAIL = 112, 108, 140
_SHARE_IN_FULL = 0.9
_BOLD = 1.1
"""Headings are bold, the metrics are not."""
_LINK_WISH = 220


def wishes(roster: Roster, metrics: QFontMetrics) -> list[int]:
    """Return the width that each position would like, from its heading and its first rows."""
    return [_wish(roster, column, metrics) for column in roster.columns]


def squeezed(columns: Sequence[Column], wanted: Sequence[int], room: int) -> list[int]:
    """Return widths such that names, email, status and link fit ``room`` pixels where they can.

    The link gives way first, because nobody reads it; then the names, the email last: it is what
    people compare. Within a group each gives in proportion to what it has above its least. Room
    left over goes to the link where no other column wants it.
    """
    widths = list(wanted)
    excess = sum(widths[c.position] for c in columns if kind_of(c) in _IN_VIEW) - room
    for group, least in (
        ([c.position for c in columns if kind_of(c) is Kind.LINK], _LEAST_LINK),
        ([c.position for c in columns if _is_name(c)], _LEAST_NAME),
        ([c.position for c in columns if c.field is Field.EMAIL], _LEAST_EMAIL),
    ):
        spare = {position: max(0, widths[position] - least) for position in group}
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


def _is_name(column: Column) -> bool:
    return kind_of(column) is Kind.CORE and column.field is not Field.EMAIL


def _wish(roster: Roster, column: Column, metrics: QFontMetrics) -> int:
    kind = kind_of(column)
    if kind is Kind.LINK:
        return _LINK_WISH
    rows = range(min(_SAMPLE, len(roster)))
    lengths = sorted(metrics.horizontalAdvance(roster.text(r, column.position)[:80]) for r in rows)
    # A few very long texts may be cut off rather than push the results out of view.
    usual = lengths[int(len(lengths) * _SHARE_IN_FULL)] if lengths else 0
    words = max(usual, round(metrics.horizontalAdvance(column.header[:40]) * _BOLD))
    if kind is Kind.STATUS:
        words = max(words, metrics.horizontalAdvance("Already registered"))
    icon = _ICON_ROOM if kind in (Kind.CORE, Kind.STATUS) else 0
    return min(_WIDEST, max(_NARROWEST, words + 2 * PAD + icon + 4))
