"""Choose and order rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zoomdesk.roster.text import caseless, without_accents

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
_RUN = 8192

SortKey = tuple[int, float, str, str]


class Filter(StrEnum):
    """The views on the rows, as the counts above the table name them."""

    ALL = "all"
    READY = "ready"
    TO_FIX = "to_fix"
    DUPLICATES = "duplicates"
    REGISTERED = "registered"
    PENDING = "pending"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Counts:
    """Count the rows that each ``Filter`` shows.

    No row is counted twice but in ``all``: ``duplicates`` are the later rows of an address, which
    are left out; the row that stands for them is counted for itself.
    """

    all: int
    ready: int
    to_fix: int
    duplicates: int
    registered: int
    pending: int = 0
    ended: int = 0


def sort_key(text: str) -> SortKey:
    """Order as a person does: numbers by value, then texts without case and accents.

    Not by the machine's locale: the same file sorts the same everywhere.
    """
    text = text.strip()
    if text[:1] in "+-0123456789" and _NUMBER.fullmatch(text):
        return (0, float(text.replace(",", ".")), "", text)
    folded = caseless(text)
    return (1, 0.0, without_accents(folded), folded)


def sort_rows(texts: Sequence[str], rows: Sequence[int], descending: bool) -> list[int]:
    """Return ``rows`` ordered by their texts, stable, blanks last in both directions.

    Long lists are cut at splitters and sorted in short runs, so that no single call keeps other
    threads waiting (DESIGN.md, Qt facts).
    """
    filled = [(sort_key(texts[row]), row) for row in rows if texts[row].strip()]
    blank = [row for row in rows if not texts[row].strip()]
    ordered: list[int] = []
    for run in _runs(filled, descending):
        run.sort(key=lambda item: item[0], reverse=descending)
        ordered.extend([row for _, row in run])
    return ordered + blank


def _runs(items: list[tuple[SortKey, int]], descending: bool) -> list[list[tuple[SortKey, int]]]:
    """Cut a list into runs that follow one another in the order asked for."""
    if len(items) <= _RUN:
        return [items]
    pieces = len(items) // _RUN + 1
    sample = sorted(item[0] for item in items[:: max(1, len(items) // (pieces * 8))])
    splitters = sample[8::8]
    runs: list[list[tuple[SortKey, int]]] = [[] for _ in range(len(splitters) + 1)]
    for item in items:
        runs[bisect_right(splitters, item[0])].append(item)
    return runs[::-1] if descending else runs


def rows_with(text: str, columns: Sequence[Sequence[str]], rows: Sequence[int]) -> list[int]:
    """Return the rows of which a cell contains the text, whatever its case, in their order."""
    wanted = caseless(text.strip())
    if not wanted:
        return list(rows)
    found: set[int] = set()
    for texts in columns:
        found.update([row for row in rows if row not in found and wanted in caseless(texts[row])])
    return [row for row in rows if row in found]
