"""Find the row of headings in a sheet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from zoomdesk.roster.content import is_address, sample_places
from zoomdesk.roster.fields import BATCH_FIELDS, Field
from zoomdesk.roster.grid import Grid
from zoomdesk.roster.headings import read_heading

_ROWS_LOOKED_AT = 60
_ENOUGH = 2.0
_LIKE_DATA = re.compile(r"[@\d]|\w\.\w")


@dataclass(frozen=True, slots=True)
class Header:
    """Say in which row of the sheet the headings are, and how surely (0 to 1).

    ``row`` 0 means that there are none: the first row is a person already.
    """

    row: int
    confidence: float


def find_header(grid: Grid) -> Header:
    """Find the row of headings; titles, notes and blank rows above it are common.

    The row whose cells name the most fields is taken, if most addresses of the sheet stand below
    it. Where no row names any, it is the row above the first address, if that row looks like
    headings; else there is none.
    """
    filled = _filled_rows(grid)
    addresses = _address_rows(grid)
    named = [(_points(texts), number) for number, texts in filled]
    for points, number in sorted(named, key=lambda item: (-item[0], item[1])):
        if points >= _ENOUGH and _share_below(addresses, number) >= 0.5:
            return Header(number, min(1.0, 0.5 + points / 12))
    return _above_first_address(filled, addresses)


def _filled_rows(grid: Grid) -> list[tuple[int, list[str]]]:
    """Return (row number, texts) of the first rows that hold anything."""
    found = []
    columns = list(grid.columns.values())
    for place, number in enumerate(grid.row_numbers):
        texts = [text for column in columns if (text := column[place].strip())]
        if texts:
            found.append((number, texts))
        if len(found) == _ROWS_LOOKED_AT:
            break
    return found


def _points(texts: Sequence[str]) -> float:
    """Weigh what the cells of a row name; a row with an address in it is no heading."""
    fields = [reading.field for text in texts if (reading := read_heading(text)).field]
    points = 0.0
    for field in set(fields):
        points += 3.0 if field is Field.EMAIL else 2.0 if _is_name(field) else 1.0
    # A heading stands among headings: long rows of other texts are people or prose.
    return points * (0.5 + 0.5 * len(fields) / len(texts)) - 3.0 * sum(map(is_address, texts))


def _is_name(field: Field) -> bool:
    return field in BATCH_FIELDS or field is Field.FULL_NAME


def _address_rows(grid: Grid) -> list[int]:
    """Return the rows, of the first and of a sample, that hold an address in the richest column."""
    numbers = grid.row_numbers
    places = sorted({*range(min(len(numbers), 2 * _ROWS_LOOKED_AT)), *sample_places(len(numbers))})
    richest: list[int] = []
    for texts in grid.columns.values():
        rows = [numbers[place] for place in places if is_address(texts[place])]
        richest = max(richest, rows, key=len)
    return richest


def _share_below(addresses: Sequence[int], row: int) -> float:
    if not addresses:
        return 1.0
    return 1.0 - bisect_right(addresses, row) / len(addresses)


def _above_first_address(
    filled: Sequence[tuple[int, list[str]]], addresses: Sequence[int]
) -> Header:
    if not addresses:
        return Header(filled[0][0], 0.2) if filled else Header(0, 0.0)
    above = [(number, texts) for number, texts in filled if number < addresses[0]]
    if not above:
        return Header(0, 0.8)
    number, texts = above[-1]
    beside = next((len(row) for other, row in filled if other == addresses[0]), len(texts))
    if len(texts) < max(2, beside / 2):
        return Header(number, 0.3)  # a title: no person, and no names for the columns either
    looks_like_data = any(_LIKE_DATA.search(text) for text in texts)
    return Header(0, 0.4) if looks_like_data or number < addresses[0] - 1 else Header(number, 0.4)
