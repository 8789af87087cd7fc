"""Match the columns of a sheet to fields, by heading and by content."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.header import WORDS, Header, compact, find_header
from zoomdesk.roster.text import column_letters

__all__ = ["ColumnGuess", "Header", "find_header", "match_columns"]


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """Say what a column of the sheet probably is, how surely (0 to 1), and why."""

    column: int
    header: str
    field: Field | None
    result: ResultColumn | None
    confidence: float
    reason: str


def match_columns(
    grid: Grid, header_row: int, result_headers: Mapping[str, str]
) -> tuple[ColumnGuess, ...]:
    """Guess each column, in sheet order; no field and no result is given twice."""
    results = {text.strip().casefold(): ResultColumn(name) for name, text in result_headers.items()}
    start = bisect_right(grid.row_numbers, header_row)
    place = start - 1 if header_row else -1
    taken: set[Field] = set()
    guesses = []
    for number in sorted(grid.columns):
        texts = grid.columns[number]
        header = texts[place].strip() if place >= 0 else ""
        result = results.get(header.casefold())
        field, confidence, reason = (None, 1.0, "") if result else _guess(header, texts[start:])
        if field in taken:
            field, confidence, reason = None, 0.0, ""
        if field:
            taken.add(field)
        name = header or f"Column {column_letters(number)}"
        guesses.append(ColumnGuess(number, name, field, result, confidence, reason))
    return tuple(guesses)


def _guess(header: str, texts: Sequence[str]) -> tuple[Field | None, float, str]:
    field = WORDS.get(compact(header))
    if field:
        return field, 1.0, f"The heading says “{header}”."
    filled = [text for text in texts[:200] if text]
    like = sum("@" in text for text in filled)
    if filled and like > len(filled) / 2:
        return Field.EMAIL, 0.7, f"{like} of {len(filled)} cells are email addresses."
    return None, 0.0, ""
