"""Say where rows are once others are taken out, and where references to them lead then."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection

from zoomdesk.workbook.references import MAX_ROW, CellRange, parse_range

_ROWS = re.compile(r"(?<=[A-Za-z$:])\d+|\d+(?=:)")
"""Every number of a formula that may be a row's: ``B7``, ``$7``, ``7:9``; and some that are not."""
_LONGEST = 7


class RowShift:
    """The rows of a sheet without ``removed``, which are numbers from 1; there is at least one."""

    def __init__(self, removed: Collection[int]) -> None:
        self.removed = frozenset(removed)
        self._ascending = sorted(self.removed)
        self.first = self._ascending[0]

    def place(self, row: int) -> int:
        """Return the number that ``row`` has then, or that of the row which takes its place."""
        return row - bisect_left(self._ascending, row)

    def is_even(self, first: int, last: int) -> bool:
        """Say whether none of the rows from ``first`` to ``last`` goes."""
        place = bisect_left(self._ascending, first)
        return place == len(self._ascending) or self._ascending[place] > last

    def area(self, area: CellRange) -> CellRange | None:
        """Return what is left of ``area``, None if nothing is. Whole columns stay whole."""
        first = self.place(area.first_row)
        last = MAX_ROW if area.last_row == MAX_ROW else self.place(area.last_row + 1) - 1
        return area._replace(first_row=first, last_row=last) if first <= last else None

    def reference(self, text: str) -> str | None:
        """Return a reference or range as it reads then; as it is where nothing of it moves.

        None where nothing of it is left. Raises ValueError where it is none.
        """
        area = parse_range(text)
        moved = self.area(area)
        if moved is None:
            return None
        return text if moved == area else str(moved)

    def references(self, text: str) -> str | None:
        """Do the same for a blank-separated list (``sqref``)."""
        left = [moved for part in text.split() if (moved := self.reference(part)) is not None]
        return " ".join(left) if left else None

    def touches(self, formula: str) -> bool:
        """Say whether a formula may speak of a row that goes or moves; when in doubt, it does."""
        return any(
            len(number) > _LONGEST or int(number) >= self.first for number in _ROWS.findall(formula)
        )
