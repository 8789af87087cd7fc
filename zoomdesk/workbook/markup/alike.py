"""Cut many rows at once that have, or lack, the same cells of the written columns.

Lists are written all alike: where one row has no cell in the new columns, none has. One pattern
over a run of such rows gives what is needed of each; a run in which a row differs is left to
:class:`.runs.RowPattern`, which takes rows of any kind, one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from zoomdesk.workbook.markup.cells import Cell, Row
from zoomdesk.workbook.markup.row_shapes import RowShape
from zoomdesk.workbook.markup.runs import (
    ATTRIBUTE,
    ATTRIBUTES,
    CONTENT,
    FIELDS,
    FORMULA,
    ROW_START,
    SPAN,
    TEXT,
    RowPattern,
    Run,
    other_cells,
)
from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW, letters_of

_FIRST = 2
"""The fields before the cells: the row's number, its attributes."""


_LEARNED = 16
_MOST_FAILURES = 4
"""Where rows are all different, looking for likeness must not cost more than it saves."""


class Part(NamedTuple):
    """What of a row comes next: copied cells, or a written column.

    ``column`` is 0 for copied cells, which are in ``field``; of a written column, ``field`` is the
    attribute ``s`` of the cell that is there, or -1 where there is none.
    """

    column: int
    field: int


class AlikeRows:
    """The pattern of rows written in ``columns``, of which ``present`` have a cell.

    ``gaps`` are the places in ``columns`` before which other cells may stand, from 1 in front of
    the second; the last one is behind them all.
    """

    def __init__(
        self, prefix: bytes, columns: tuple[int, ...], present: frozenset[int], gaps: frozenset[int]
    ) -> None:
        self.parts: list[Part] = []
        cell = rb'<@c r="~\1"((?: s="\d++")?+)(?: t="\w++")?+(?:/>|>%b</@c>)' % CONTENT
        pieces, first, field = [ROW_START, b"(%b)>" % ATTRIBUTES], 1, _FIRST
        for place, column in enumerate((*columns, MAX_COLUMN + 1)):
            if first < column and (not place or place in gaps):
                pieces.append(b"(%b)" % other_cells(first, column - 1))
                self.parts.append(Part(0, field))
                field += 1
            if column in present:
                pieces.append(cell.replace(b"~", letters_of(column).encode()))
                self.parts.append(Part(column, field))
                field += 1
            elif column <= MAX_COLUMN:
                self.parts.append(Part(column, -1))
            first = column + 1
        whole = b"".join([*pieces, b"</@row>"])
        self._pattern = re.compile(whole.replace(b"@", re.escape(prefix)))

    def cut(self, run: Run) -> list[Sequence[bytes]] | None:
        """Return the fields of each row: number, attributes, those of ``parts``.

        Of the parts, a cell that is there is its attribute ``s`` as written, or ``b""``. None where
        a row is of another kind.
        """
        # A match is a whole row, for there is no < in texts: as many matches as rows are all.
        found: list[Sequence[bytes]] = self._pattern.findall(run.xml)
        return found if len(found) == len(run.numbers) else None


def alike_rows(
    pattern: RowPattern, run: Run, prefix: bytes
) -> tuple[AlikeRows, list[Sequence[bytes]]] | None:
    """Return the pattern that fits all rows of ``run``, guessed by its first, and their fields."""
    taken = pattern.take(run.xml[: run.xml.index(run.close) + len(run.close)])
    if taken is None:
        return None
    columns = pattern.columns
    present = frozenset(c for at, c in enumerate(columns) if taken[3 + at * FIELDS])
    filled = frozenset(at + 1 for at in range(len(columns)) if taken[7 + at * FIELDS])
    for gaps in (filled, frozenset(range(1, len(columns) + 1))):
        alike = _alike(prefix, columns, present, gaps)
        fields = alike.cut(run)
        if fields is not None:
            return alike, fields
    return None


_alike = lru_cache(maxsize=64)(AlikeRows)


class BareRows:
    """The pattern of rows that end before column ``first`` and whose start tags are the same.

    Behind their ``r``, that is, are the ``attributes`` and nothing else.
    """

    def __init__(self, prefix: bytes, first: int, attributes: bytes) -> None:
        start = ROW_START.replace(b"@", re.escape(prefix)) + re.escape(attributes)
        rest = b">%b</@row>" % other_cells(1, first - 1)
        row = start + rest.replace(b"@", re.escape(prefix))
        self._pattern = re.compile(b"(?:%b)++" % row)

    def take(self, run: Run) -> bool:
        """Say whether all rows of ``run`` are such."""
        return self._pattern.fullmatch(run.xml) is not None


_bare = lru_cache(maxsize=64)(BareRows)


class BareFinder:
    """Finds runs all of whose rows are bare from column ``first`` on, with start tags all the same.

    Rows that were learned are known again at once; others are looked at more closely.
    """

    def __init__(self, prefix: bytes, first: int) -> None:
        self._prefix, self._column = prefix, first
        self._start = re.compile(
            (ROW_START + b"(%b)>" % ATTRIBUTES).replace(b"@", re.escape(prefix))
        )
        self._close = b"</%brow>" % prefix
        self._shape = RowShape(prefix, values=False)
        self._learned: set[bytes] = set()
        self._failures = 0

    @property
    def wants_to_learn(self) -> bool:
        """Whether to be shown one more row."""
        return self._failures < _MOST_FAILURES and not self._shape.is_full

    def learn(self, row: Row, cells: Sequence[Cell]) -> None:
        """Take notice of a row that the tokenizer has cut into ``cells``."""
        self._shape.learn(row, cells)

    def find(self, buffer: bytes, at: int) -> Run | None:
        """Return a run that starts at ``at``, its ``attributes`` known; None where it is not sure.

        The numbers of its rows are counted up.
        """
        if self._failures >= _MOST_FAILURES or not 0 < self._shape.last_column < self._column:
            return None
        cut = buffer.rfind(self._close, at, at + SPAN)
        if cut < 0:
            return None
        xml = buffer[at : cut + len(self._close)]
        rows = self._shape.cut(xml)
        numbers = rows.numbers if rows is not None else []
        if rows is None or not numbers or any(rows.between) or len(set(rows.attributes)) > 1:
            self._failures += 1
            return None
        self._failures = 0
        alike = range(numbers[0], numbers[-1] + 1)
        if len(alike) != len(numbers) or numbers != list(alike) or numbers[-1] > MAX_ROW:
            return None
        return Run(xml, alike, self._close, attributes=rows.attributes[0].encode())

    def attributes(self, run: Run) -> bytes | None:
        """Return the attributes that all rows of ``run`` share, None where they are not bare."""
        if run.attributes is not None:
            return run.attributes
        last = self._start.match(run.xml, run.xml.rfind(b"<%brow " % self._prefix))
        if last is None:
            return None
        if last[2] not in self._learned:
            if len(self._learned) >= _LEARNED:  # rows are all different: patterns do not pay
                return None
            self._learned.add(last[2])
        return last[2] if _bare(self._prefix, self._column, last[2]).take(run) else None


_CONTENTS = {
    "s": rb' t="s"><@v>(\d++)</@v></@c>',
    "n": rb"><@v>([^<]*+)</@v></@c>",
    "i": rb' t="inlineStr"><@is><@t>([^<&_\r]*+)</@t></@is></@c>',
}


class WrittenRows:
    """The pattern by which finished rows are read back: what stands in the written ``columns``.

    ``kinds`` says for each of them what to expect: ``s`` a number of a shared string, ``n`` a
    number, ``i`` a plain inline text.
    """

    def __init__(self, prefix: bytes, columns: tuple[int, ...], kinds: str) -> None:
        pieces, first = [ROW_START, ATTRIBUTES, b">"], 1
        for column, kind in zip(columns, kinds, strict=True):
            pieces.append(other_cells(first, column - 1))
            pieces.append(b'<@c r="%b' % letters_of(column).encode())
            pieces.append(rb'\1"(?: s="\d++")?+' + _CONTENTS[kind])
            first = column + 1
        pieces += [other_cells(first, MAX_COLUMN), b"</@row>"]
        self._pattern = re.compile(b"".join(pieces).replace(b"@", re.escape(prefix)))

    def cut(self, run: Run) -> list[Sequence[bytes]] | None:
        """Return number and contents of each row, None where one is of another kind."""
        found: list[Sequence[bytes]] = self._pattern.findall(run.xml)
        return found if len(found) == len(run.numbers) else None


written_rows = lru_cache(maxsize=64)(WrittenRows)


class RowsBehind:
    """Takes written cells out from behind those that rows had before, and checks their frame.

    ``kinds`` are as for :class:`WrittenRows`. Behind their ``r``, start tags are ``old`` in the
    original, ``new`` in the finished rows.
    """

    def __init__(
        self, prefix: bytes, columns: tuple[int, ...], kinds: str, old: bytes, new: bytes
    ) -> None:
        self._new, self._width = b'"%b>' % new, len(columns) + 3
        self._open, self._close = b'<%brow r="' % prefix, b"</%brow>" % prefix
        self._between = self._close + self._open, b'"%b>' % old
        pieces = []
        for place, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
            number = rb"\1" if place else rb"([1-9]\d{0,6})"
            pieces.append(b'<@c r="%b' % letters_of(column).encode())
            pieces.append(number + rb'"(?: s="\d++")?+' + _CONTENTS[kind])
        pieces.append(rb'</@row>(?:<@row r="([1-9]\d{0,6})')
        behind = b"".join(pieces).replace(b"@", re.escape(prefix))
        self._pattern = re.compile(behind + re.escape(self._new) + b")?+")

    def cut(self, xml: bytes) -> tuple[bytes, list[Sequence[bytes]]] | None:
        """Return the rows as they were before, and the contents of each column.

        The new cells have the number of their row. None where rows are of another kind.
        """
        flat: list[Any] = self._pattern.split(xml)
        width = self._width
        count = len(flat) // width
        numbers, following = flat[1::width], flat[width - 1 :: width]
        first = self._open + (numbers[0] if numbers else b"") + self._new
        if not count or flat[-1] or following[-1] is not None or not xml.startswith(first):
            return None
        following[-1:] = []
        if following != numbers[1:]:
            return None
        flat[0] = self._open + numbers[0] + self._between[1] + flat[0][len(first) :]
        rows: list[bytes] = [b""] * (4 * count)
        rows[0::4] = flat[0:-1:width]
        rows[1::4] = [self._between[0]] * count
        rows[2::4] = [*following, b""]
        rows[3::4] = [self._between[1]] * count
        rows[-3:] = [self._close]
        contents: list[Sequence[bytes]] = [flat[place::width] for place in range(2, width - 1)]
        return b"".join(rows), contents


rows_behind = lru_cache(maxsize=64)(RowsBehind)


class OtherCells:
    """The pattern that leaves of rows all but the cells of some columns, and ``spans``."""

    def __init__(self, prefix: bytes, columns: tuple[int, ...]) -> None:
        letters = b"|".join(letters_of(column).encode() for column in columns)
        cell = rb'<@c r="(?:%b)\d++"(?:%b)*+(?:/>|>(?:%b)?+(?:%b)?+</@c>)'
        whole = cell % (letters, ATTRIBUTE, FORMULA, TEXT)
        spans = rb' spans="[\d: ]*+"(?=[^<>]*+>)'
        self._pattern = re.compile(b"%b|%b" % (whole.replace(b"@", re.escape(prefix)), spans))

    def of(self, xml: bytes) -> bytes:
        """Return what is left of the rows."""
        return self._pattern.sub(b"", xml)


other_cells_of = lru_cache(maxsize=64)(OtherCells)
