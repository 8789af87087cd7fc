"""Put a roster's columns into the order in which people need them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from zoomdesk.roster.columns import Column
from zoomdesk.roster.fields import Field, ResultColumn

_CORE = frozenset({Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME})

LOW_CONFIDENCE = 0.7
"""Below this a match is marked on the header, because the person should look at it."""


class Kind(Enum):
    """Say how a column is drawn."""

    CORE = "core"
    FIELD = "field"
    STATUS = "status"
    LINK = "link"
    RESULT = "result"
    OTHER = "other"


def kind_of(column: Column) -> Kind:
    """Return what kind of column this is."""
    if column.result is ResultColumn.STATUS:
        return Kind.STATUS
    if column.result is ResultColumn.JOIN_URL:
        return Kind.LINK
    if column.result is not None:
        return Kind.RESULT
    if column.field in _CORE:
        return Kind.CORE
    return Kind.OTHER if column.topic is None else Kind.FIELD


def shown_order(columns: Sequence[Column]) -> list[int]:
    """Return the positions of ``columns`` in the order shown.

    Who comes first, then status and link, so that both are in view beside the side panel on a
    window of 1280 pixels; then what else goes to Zoom, the sheet's other columns, and the rest of
    the results. Within each group the order is the sheet's.
    """
    rank = {
        Kind.CORE: 0,
        Kind.STATUS: 1,
        Kind.LINK: 2,
        Kind.FIELD: 3,
        Kind.OTHER: 4,
        Kind.RESULT: 5,
    }
    return sorted(range(len(columns)), key=lambda position: rank[kind_of(columns[position])])
