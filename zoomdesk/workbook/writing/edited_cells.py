"""Hold the cells that are to be written, column by column: a million rows cost a few megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from operator import lt
from typing import TypeVar

from zoomdesk.workbook.references import CellRange

Value = str | int | float | None
T = TypeVar("T")
Places = Sequence[int]
"""Positions in a column's values: a range where they lie side by side."""

_NOWHERE = range(0)


class ColumnValues:
    """The values that rows of one column get: ``values[i]`` goes to row ``rows[i]``, from 1.

    ``rows`` are ascending; a ``range`` costs nothing. ``values`` may be any sequence that takes
    slices, also one that makes its items when asked: each is fetched several times, many at once.
    Raises ValueError where rows are not ascending, or not as many as the values.
    """

    __slots__ = ("rows", "values")

    def __init__(self, rows: Sequence[int], values: Sequence[Value]) -> None:
        self.rows = _ascending(rows)
        self.values = values
        if len(self.rows) != len(values):
            raise ValueError(f"{len(self.rows)} rows and {len(values)} values")

    def position(self, row: int) -> int:
        """Return where ``row`` is among ``rows``, -1 if it is not."""
        rows = self.rows
        if isinstance(rows, range):
            return row - rows.start if row in rows else -1
        place = bisect_left(rows, row)
        return place if place < len(rows) and rows[place] == row else -1

    def within(self, first: int, last: int) -> range:
        """Return the positions of the rows from ``first`` to ``last``."""
        return range(bisect_left(self.rows, first), bisect_right(self.rows, last))

    def positions(self, numbers: Sequence[int]) -> Places:
        """Return the positions of ``numbers``, ascending, all of which are among ``rows``."""
        if not numbers:
            return _NOWHERE
        first = self.position(numbers[0])
        if self.position(numbers[-1]) - first == len(numbers) - 1:
            return range(first, first + len(numbers))
        return list(map(self.position, numbers))

    def at(self, places: Places) -> Sequence[Value]:
        """Return the values at ``places``."""
        return picked(self.values, places)


def picked(items: Sequence[T], places: Places) -> Sequence[T]:
    """Return the items at ``places``, as a slice where they lie side by side."""
    if isinstance(places, range):
        return items[places.start : places.stop]
    return [items[place] for place in places]


def _ascending(rows: Sequence[int]) -> Sequence[int]:
    if isinstance(rows, range) and rows.step == 1:
        return rows
    try:
        compact = rows if isinstance(rows, array) else array("I", rows)
    except (OverflowError, TypeError) as error:
        raise ValueError(f"rows are numbers from 1: {error}") from None
    if not all(map(lt, compact, compact[1:])):
        raise ValueError("the rows of a column must be ascending")
    if compact and compact[-1] - compact[0] == len(compact) - 1:
        return range(compact[0], compact[-1] + 1)
    return compact


class EditedCells(Mapping[int, Mapping[int, Value]]):
    """All cells to be written: as a mapping, row -> column -> value, ascending.

    ``columns`` are those written down the sheet, ``single`` are other cells by their row: headings,
    for one. No cell is in both. ``numbers`` are all rows, ascending.
    """

    def __init__(
        self, columns: Mapping[int, ColumnValues], single: Mapping[int, Mapping[int, Value]]
    ) -> None:
        self.columns = {column: columns[column] for column in sorted(columns)}
        self.single = {row: dict(single[row]) for row in sorted(single) if single[row]}
        self.numbers = self._numbers()

    @cached_property
    def every_column(self) -> tuple[int, ...]:
        """All columns that are written, ascending."""
        singles = (column for values in self.single.values() for column in values)
        return tuple(sorted({*self.columns, *singles}))

    @property
    def count(self) -> int:
        """How many cells there are."""
        down = sum(len(column.rows) for column in self.columns.values())
        return down + sum(map(len, self.single.values()))

    def __getitem__(self, row: int) -> Mapping[int, Value]:
        values = dict(self.single.get(row, {}))
        for number, column in self.columns.items():
            place = column.position(row)
            if place >= 0:
                values[number] = column.values[place]
        if not values:
            raise KeyError(row)
        return values

    def __contains__(self, row: object) -> bool:
        if isinstance(self.numbers, range):
            return row in self.numbers
        if not isinstance(row, int):
            return False
        place = bisect_left(self.numbers, row)
        return place < len(self.numbers) and self.numbers[place] == row

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def inside(self, area: CellRange) -> Iterator[tuple[int, int]]:
        """Yield the cells in ``area``, row by row."""
        first, last = area.first_row, area.last_row
        wanted = range(area.first_column, area.last_column + 1)

        def down(number: int, column: ColumnValues) -> Iterator[tuple[int, int]]:
            return ((column.rows[place], number) for place in column.within(first, last))

        singles = (
            (row, column)
            for row, values in self.single.items()
            if first <= row <= last
            for column in sorted(values)
            if column in wanted
        )
        columns = (down(n, column) for n, column in self.columns.items() if n in wanted)
        return merge(singles, *columns)

    def places(self, numbers: Sequence[int]) -> Places:
        """Return the places of the rows of ``numbers`` in which something is written."""
        if not isinstance(numbers, range):
            return [place for place, number in enumerate(numbers) if number in self]
        start = numbers.start
        inside = range(
            bisect_left(self.numbers, start), bisect_right(self.numbers, numbers.stop - 1)
        )
        if len(inside) == len(numbers):
            return range(len(numbers))
        rows = picked(self.numbers, inside)
        if isinstance(rows, range):
            return range(rows.start - start, rows.stop - start)
        return [row - start for row in rows]

    def groups(self, numbers: Sequence[int]) -> list[tuple[Places, tuple[int, ...]]] | None:
        """Sort rows by the columns that are written in them.

        ``numbers`` are those of rows one below the other. Returned are, for each set of columns,
        the places in ``numbers`` of the rows that are written in just these; ``()`` stands for
        single cells too. None where the numbers are not ascending.
        """
        first, last = numbers[0], numbers[-1]
        singles = [row for row in self.single if first <= row <= last]
        inside = {n: column.within(first, last) for n, column in self.columns.items()}
        inside = {n: places for n, places in inside.items() if places}
        whole = isinstance(numbers, range)
        if whole and not singles and all(len(p) == len(numbers) for p in inside.values()):
            return [(range(len(numbers)), tuple(inside))] if inside else []
        if not whole and not all(map(lt, numbers, numbers[1:])):
            return None
        place_of = {} if whole else {number: place for place, number in enumerate(numbers)}
        marks: dict[int, int] = {}
        for bit, (n, places) in enumerate(inside.items()):
            for row in picked(self.columns[n].rows, places):
                place = row - first if whole else place_of.get(row, -1)
                if place >= 0:
                    marks[place] = marks.get(place, 0) | 1 << bit
        for row in singles:
            place = row - first if whole else place_of.get(row, -1)
            if place >= 0:
                marks[place] = -1
        sets: dict[int, list[int]] = {}
        for place in sorted(marks):
            sets.setdefault(marks[place], []).append(place)
        return [
            (
                places,
                () if mark < 0 else tuple(n for bit, n in enumerate(inside) if mark >> bit & 1),
            )
            for mark, places in sets.items()
        ]

    def extent(self) -> CellRange | None:
        """Return the rectangle around all cells that will hold something."""
        found: list[tuple[int, int, int]] = []
        for n, column in self.columns.items():
            down = range(len(column.rows))
            top = next((i for i in down if column.values[i] is not None), None)
            if top is not None:
                end = next(i for i in reversed(down) if column.values[i] is not None)
                found.append((column.rows[top], column.rows[end], n))
        for row, values in self.single.items():
            found += [(row, row, n) for n, value in values.items() if value is not None]
        if not found:
            return None
        tops, ends, columns = zip(*found, strict=True)
        return CellRange(min(tops), min(columns), max(ends), max(columns))

    def holds_something(self, row: int) -> bool:
        """Say whether a cell of ``row`` will hold something."""
        return row in self and any(value is not None for value in self[row].values())

    def _numbers(self) -> Sequence[int]:
        """Return all rows: the usual lists need no set of them."""
        rows: Iterable[Sequence[int]] = [column.rows for column in self.columns.values()]
        spans = sorted(
            {(part.start, part.stop) for part in rows if isinstance(part, range) and part}
            | {(row, row + 1) for row in self.single}
        )
        joined: list[tuple[int, int]] = []
        for start, stop in spans:
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(stop, joined[-1][1])
            else:
                joined.append((start, stop))
        others = {part.tobytes(): part for part in rows if isinstance(part, array)}
        if not others and len(joined) == 1:
            return range(*joined[0])
        if len(others) == 1 and not joined:
            return next(iter(others.values()))
        numbers = {number for span in joined for number in range(*span)}
        numbers.update(*others.values())
        return array("I", sorted(numbers))
