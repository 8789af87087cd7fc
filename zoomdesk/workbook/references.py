"""Translate between A1 references and (row, column), both counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_TEXT = 32_767
"""Excel's limits: rows, columns, and UTF-16 units of text in a cell."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class CellRange(NamedTuple):
    """A rectangle of cells, its corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, cell: object) -> bool:
        """Say whether ``(row, column)`` lies inside."""
        if not isinstance(cell, tuple) or len(cell) != 2:
            return False
        row, column = cell
        in_rows: bool = self.first_row <= row <= self.last_row
        in_columns: bool = self.first_column <= column <= self.last_column
        return in_rows and in_columns

    def __str__(self) -> str:
        first = reference(self.first_row, self.first_column)
        last = reference(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    def intersects(self, other: CellRange) -> bool:
        """Say whether the two share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )


def letters_of(column: int) -> str:
    """Return the letters of a column.

    >>> letters_of(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """Return the number of a column from its letters, of either case.

    >>> column_of("ab")
    28
    """
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def reference(row: int, column: int) -> str:
    """Return the A1 reference of a cell.

    >>> reference(7, 28)
    'AB7'
    """
    return f"{letters_of(column)}{row}"


def parse_reference(text: str) -> tuple[int, int]:
    """Return (row, column) of an A1 reference; dollar signs and lower case are taken.

    Raises ValueError where it is none, or outside of the largest sheet.
    """
    match = _CELL.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a cell reference")
    row, column = int(match[2]), column_of(match[1])
    if row > MAX_ROW or column > MAX_COLUMN:
        raise ValueError(f"{text!r} lies outside of the sheet")
    return row, column


def parse_range(text: str) -> CellRange:
    """Return the range of ``A1:C9``, ``A1``, ``A:C`` or ``1:9``. Raises ValueError."""
    first, _, last = text.strip().replace("$", "").partition(":")
    last = last or first
    if first.isalpha() and last.isalpha():
        first, last = f"{first}1", f"{last}{MAX_ROW}"
    elif first.isdecimal() and last.isdecimal():
        first, last = f"A{first}", f"{letters_of(MAX_COLUMN)}{last}"
    (row1, column1), (row2, column2) = parse_reference(first), parse_reference(last)
    return CellRange(min(row1, row2), min(column1, column2), max(row1, row2), max(column1, column2))


def parse_ranges(text: str) -> Iterator[CellRange]:
    """Yield each range of a blank-separated list (``sqref``). Raises ValueError."""
    return (parse_range(part) for part in text.split())
