"""Know which rows of a roster are shown, in which order, and where each one stands."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from zoomdesk.roster.filters import Filter
from zoomdesk.roster.table import Roster


@dataclass(frozen=True, slots=True)
class View:
    """Say which rows are wanted and how they are sorted.

    ``rows`` narrows to an explicit set before ``kind`` and ``text`` choose; ``sort`` is (position,
    descending), None for the order of the sheet.
    """

    kind: Filter = Filter.ALL
    text: str = ""
    rows: frozenset[int] | None = None
    sort: tuple[int, bool] | None = None

    def chosen(self, roster: Roster) -> list[int]:
        """Return the indexes to show, in order."""
        order = roster.filtered(self.kind, self.text)
        if self.rows is not None:
            order = [index for index in order if index in self.rows]
        if self.sort is not None:
            position, descending = self.sort
            order = roster.sorted_rows(position, descending, order)
        return order

    @property
    def as_in_sheet(self) -> bool:
        """Tell whether every row is wanted, in the order of the sheet."""
        return self == View()

    def sorted_by(self, position: int | None, descending: bool = False) -> View:
        """Return the same rows in another order."""
        return replace(self, sort=None if position is None else (position, descending))


@dataclass(slots=True)
class Order:
    """Hold the shown indexes, ``order[row] -> index``, and find the row of an index.

    ``size`` is the number of indexes that there are, ``gone`` how many of them were taken out.
    Where ``ascending``, as in the sheet, the way back is a search; else it is an array, made when
    it is first asked for: a sort of a million rows that nobody looks into costs nothing more.
    """

    indexes: list[int]
    size: int
    gone: int = 0
    ascending: bool = False
    _rows: array[int] | None = field(default=None, init=False)

    @property
    def complete(self) -> bool:
        """Tell whether no row is left out but those that were taken out."""
        return len(self.indexes) == self.size - self.gone

    def row_of(self, index: int) -> int:
        """Return the row that shows ``index``, -1 where it is not shown."""
        if self.ascending:
            row = bisect_left(self.indexes, index)
            return row if row < len(self.indexes) and self.indexes[row] == index else -1
        if self._rows is None:
            self._rows = array("l", [-1]) * self.size
            for row, shown in enumerate(self.indexes):
                self._rows[shown] = row
        return self._rows[index]

    def ranges(self, indexes: Iterable[int]) -> list[tuple[int, int]]:
        """Return the shown rows of ``indexes`` as (first, last), ascending and joined."""
        rows = sorted(row for index in set(indexes) if (row := self.row_of(index)) >= 0)
        return joined(rows)

    def append(self, indexes: Sequence[int]) -> None:
        """Show new indexes below all others."""
        self.indexes.extend(indexes)
        self.size += len(indexes)
        self._rows = None

    def shrink(self, count: int) -> None:
        """Forget the last indexes, which are not shown any more."""
        self.size -= count
        self._rows = None

    def insert(self, row: int, indexes: Sequence[int]) -> None:
        """Show indexes again from a row on."""
        self.indexes[row:row] = indexes
        self._rows = None

    def places(self, indexes: Iterable[int]) -> list[int]:
        """Return the rows that hidden indexes get in an ascending order, ascending."""
        return [
            bisect_left(self.indexes, index) + before
            for before, index in enumerate(sorted(indexes))
        ]

    def drop(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Show the rows of ascending ranges no more."""
        if len(ranges) == 1:
            first, last = ranges[0]
            del self.indexes[first : last + 1]
        else:
            # One pass: each deletion of its own would move all the rest.
            kept: list[int] = []
            start = 0
            for first, last in ranges:
                kept += self.indexes[start:first]
                start = last + 1
            self.indexes[:] = kept + self.indexes[start:]
        self._rows = None


def joined(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Join ascending rows into (first, last) ranges."""
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and row <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
