"""Find the row of headings in a sheet, and bring headings into a form to compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from zoomdesk.roster.fields import Field
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.synonyms import SYNONYMS

_ROWS_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Header:
    """Say in which row of the sheet the headings are; 0 means that there are none."""

    row: int
    confidence: float


def compact(text: str) -> str:
    """Return letters and digits only, without case and accents."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in text if not unicodedata.combining(c)))


WORDS: dict[str, Field] = {
    unicodedata.normalize("NFKD", word): field
    for field, words in SYNONYMS.items()
    for word in words.split()
}


def find_header(grid: Grid) -> Header:
    """Find the row of headings; titles and blank rows above it are common."""
    best, score = 0, 0
    for place, number in enumerate(grid.row_numbers[:_ROWS_LOOKED_AT]):
        found = {WORDS.get(compact(texts[place])) for texts in grid.columns.values()} - {None}
        points = len(found) + (Field.EMAIL in found)
        if points > score:
            best, score = number, points
    return Header(best, min(1.0, 0.4 + 0.2 * score) if best else 0.0)
