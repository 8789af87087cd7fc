"""Choose and order rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zoomdesk.roster.text import caseless

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


class Filter(StrEnum):
    """The views on the rows, as the counts above the table name them."""

    ALL = "all"
    READY = "ready"
    TO_FIX = "to_fix"
    DUPLICATES = "duplicates"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Counts:
    """Count the rows that each ``Filter`` shows."""

    all: int
    ready: int
    to_fix: int
    duplicates: int
    registered: int


def sort_key(text: str) -> tuple[int, float, str]:
    """Order as a person does: numbers by value, then texts without regard to case; blanks last."""
    text = text.strip()
    if not text:
        return (2, 0.0, "")
    if _NUMBER.fullmatch(text):
        return (0, float(text.replace(",", ".")), "")
    return (1, 0.0, caseless(text))


def sort_rows(texts: Sequence[str], rows: Sequence[int], descending: bool) -> list[int]:
    """Return ``rows`` ordered by their text, stable, blanks last in both directions."""
    keyed = [(sort_key(texts[row]), row) for row in rows]
    filled = [item for item in keyed if item[0][0] != 2]
    filled.sort(key=lambda item: item[0], reverse=descending)
    return [row for _, row in filled] + [row for key, row in keyed if key[0] == 2]
