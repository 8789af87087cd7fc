"""Work out what a gesture on a selection changes: pure functions from ranges to cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection

from zoomdesk.desktop.table.clipboard import Block
from zoomdesk.desktop.table.model import TICK, RosterModel

Changes = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Range:
    """Hold a rectangle of the table by row and by place from left to right, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> range:
        """Return the rows."""
        return range(self.top, self.bottom + 1)

    @property
    def places(self) -> range:
        """Return the places."""
        return range(self.left, self.right + 1)


class Blocks:
    """Read and fill rectangles of a model whose sections stand in the order ``sections``.

    ``sections[place]`` is the model's section at that place from left to right: people may have
    moved columns, and blocks go by what is seen.
    """

    def __init__(self, model: RosterModel, sections: Sequence[int]) -> None:
        self._model = model
        self._sections = [section for section in sections if section != TICK]

    def ranges(self, selection: QItemSelection) -> list[Range]:
        """Return a selection as rectangles, without the ticks."""
        found = []
        place_of = {section: place for place, section in enumerate(self._sections)}
        for part in selection.toList():
            places = sorted(
                place_of[section]
                for section in range(part.left(), part.right() + 1)
                if section in place_of
            )
            found += [
                Range(part.top(), first, part.bottom(), last) for first, last in _runs(places)
            ]
        return found

    def place(self, section: int) -> int:
        """Return where a section stands; the ticks count as the first place."""
        return 0 if section == TICK else self._sections.index(section)

    def read(self, ranges: Sequence[Range]) -> Block:
        """Return the texts of the rectangle around ``ranges``; what is not selected is empty."""
        if not ranges:
            return []
        rows = sorted({row for part in ranges for row in part.rows})
        places = sorted({place for part in ranges for place in part.places})
        chosen = (
            {(row, place) for part in ranges for row in part.rows for place in part.places}
            if len(ranges) > 1
            else None
        )
        return [
            [
                self._text(row, place) if chosen is None or (row, place) in chosen else ""
                for place in places
            ]
            for row in rows
        ]

    def cleared(self, ranges: Iterable[Range]) -> Changes:
        """Return the changes that empty ``ranges``."""
        return {self._cell(row, place): "" for row, place in _cells(ranges)}

    def pasted(self, block: Block, ranges: Sequence[Range], row: int, place: int) -> Changes:
        """Return the changes that put ``block`` at a cell, repeated where it fits the selection.

        As in Excel: a selection whose height and width are whole multiples of the block's is
        filled with it. What would fall off the table is left out.
        """
        if not block:
            return {}
        height, width = len(block), max(map(len, block))
        target = Range(row, place, row + height - 1, place + width - 1)
        if len(ranges) == 1:
            part = ranges[0]
            whole = len(part.rows) % height == 0 and len(part.places) % width == 0
            target = (
                part
                if whole
                else Range(part.top, part.left, part.top + height - 1, part.left + width - 1)
            )
        changes: Changes = {}
        for at_row, at_place in _cells([self._clipped(target)]):
            line = block[(at_row - target.top) % height]
            offset = (at_place - target.left) % width
            changes[self._cell(at_row, at_place)] = line[offset] if offset < len(line) else ""
        return changes

    def fits(self, block: Block, row: int, place: int) -> bool:
        """Tell whether all of ``block`` lies on the table when put at a cell."""
        width = max(map(len, block), default=0)
        bottom, right = row + len(block), place + width
        return bottom <= self._model.rowCount() and right <= len(self._sections)

    def filled_down(self, ranges: Iterable[Range]) -> Changes:
        """Return the changes that copy the top row of each range down, or the row above it."""
        changes: Changes = {}
        for part in ranges:
            source = part.top if part.bottom > part.top else part.top - 1
            if source < 0:
                continue
            for place in part.places:
                text = self._text(source, place)
                for row in range(source + 1, part.bottom + 1):
                    changes[self._cell(row, place)] = text
        return changes

    def _clipped(self, target: Range) -> Range:
        return Range(
            target.top,
            target.left,
            min(target.bottom, self._model.rowCount() - 1),
            min(target.right, len(self._sections) - 1),
        )

    def _cell(self, row: int, place: int) -> tuple[int, int]:
        return self._model.index_at(row), self._model.positions[self._sections[place] - 1]

    def _text(self, row: int, place: int) -> str:
        return self._model.data(self._model.index(row, self._sections[place])) or ""


def suggestions(model: RosterModel, indexes: Iterable[int]) -> Mapping[tuple[int, int], str]:
    """Return the changes that take every suggestion in rows, by roster index."""
    roster = model.roster
    if roster is None:
        return {}
    position_of = {column.topic: column.position for column in roster.columns if column.topic}
    return {
        (index, position): problem.suggestion
        for index in indexes
        for problem in roster.problems(index)
        if problem.suggestion and (position := position_of.get(problem.field)) is not None
    }


def _cells(ranges: Iterable[Range]) -> Iterator[tuple[int, int]]:
    return ((row, place) for part in ranges for row in part.rows for place in part.places)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = None
    for here, after in zip(places, [*places[1:], None], strict=True):
        first = here if first is None else first
        if after != here + 1:
            yield first, here
            first = None
