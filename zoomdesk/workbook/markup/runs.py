"""Take many rows at once where they are written the way that nearly every program writes them.

A *run* is a span of the sheet in which every row is ``<row r="7"...>...</row>``, one right behind
the other; a few counts over the span prove it. Rows of a run that nobody writes to are then never
looked at one by one. Those that are written are cut by one :class:`RowPattern`. Whatever does not
fit is left to the tokenizer, which takes everything, a row at a time: the result is the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from zoomdesk.workbook.references import MAX_COLUMN, letters_of

_SPANS = (1 << 20, 1 << 14)
"""Bytes that a run may have: where a long one fails, short ones around the odd row will do."""
MOST_COLUMNS = 12
"""Written columns up to which one pattern for a row pays."""
FIELDS = 5
"""What a pattern takes of each column: see :meth:`RowPattern.take`."""

Taken = Sequence[bytes]
Cut = tuple[int, bytes, Taken | None]


class Run(NamedTuple):
    """Consecutive rows: ``xml`` is all of them, ``numbers`` are their numbers in order."""

    xml: bytes
    numbers: list[int]
    close: bytes

    def rows(self) -> list[bytes]:
        """Return the XML of each row."""
        return [row + self.close for row in self.xml.split(self.close)[:-1]]


class RunFinder:
    """Finds runs in the successive buffers of one sheet whose elements carry ``prefix``."""

    def __init__(self, prefix: bytes) -> None:
        p = prefix
        self._open, self._start, self._close = b"<%brow" % p, b'<%brow r="' % p, b"</%brow>" % p
        self._joint = self._close + self._start
        # Numbers of seven digits are few: the tokenizer holds them against the last row.
        self._number = re.compile(rb'<%brow r="([1-9]\d{0,5})"[ >]' % re.escape(p))
        self._buffer = b""
        self._odd = [0] * len(_SPANS)

    def find(self, buffer: bytes, at: int) -> tuple[Run, int] | None:
        """Return a run that starts at ``at`` and where it ends; None where the next row is odd."""
        if buffer is not self._buffer:
            self._buffer, self._odd = buffer, [0] * len(_SPANS)
        if not buffer.startswith(self._start, at):
            return None
        for place, size in enumerate(_SPANS):
            if at < self._odd[place]:
                continue
            cut = buffer.rfind(self._close, at, at + size)
            if cut < 0:  # nor is there an end for any row before the last bytes of the window
                self._odd[place] = min(at + size, len(buffer)) - len(self._close) + 1
                continue
            end = cut + len(self._close)
            numbers = self._numbers(buffer, at, end)
            if numbers is not None:
                return Run(buffer[at:end], numbers, self._close), end
            self._odd[place] = end
        return None

    def _numbers(self, buffer: bytes, at: int, end: int) -> list[int] | None:
        count = buffer.count(self._close, at, end)
        if buffer.count(self._joint, at, end) != count - 1:
            return None
        if buffer.count(self._open, at, end) != count:
            return None
        numbers = self._number.findall(buffer, at, end)
        return list(map(int, numbers)) if len(numbers) == count else None


class RowPattern:
    """Cuts rows at ``columns``, ascending: only rows whose cells are in order and named rightly.

    In the written columns no formula is taken, elsewhere none with a range of its own: both are
    the tokenizer's.
    """

    def __init__(self, prefix: bytes, columns: Sequence[int]) -> None:
        self.columns = tuple(columns)
        self._pattern = _row_pattern(re.escape(prefix), self.columns)

    @cached_property
    def _row(self) -> re.Pattern[bytes]:
        return re.compile(self._pattern)

    @cached_property
    def _rows(self) -> re.Pattern[bytes]:
        return re.compile(b"(%b)" % self._pattern.replace(rb"\1", rb"\2"))

    def take(self, row: bytes) -> Taken | None:
        """Return number, attributes behind ``r``, and the cells before the first of the columns.

        Then of each column: its cell, the cell's ``s`` and ``t``, its content, all ``b""`` where
        there is no such cell; and the cells up to the next column. None for a row that is odd.
        """
        match = self._row.fullmatch(row)
        return match.groups(b"") if match else None

    def take_all(self, run: Run) -> list[Taken] | None:
        """Return ``(row, *take(row))`` of each row of a run, None if there is one that is odd."""
        found: list[Taken] = self._rows.findall(run.xml)
        if len(found) != len(run.numbers) or sum(len(row[0]) for row in found) != len(run.xml):
            return None
        return found

    def cut(self, run: Run, rows: Mapping[int, object]) -> Iterator[Cut]:
        """Yield the rows of ``run`` that are in ``rows``: number, XML, and ``take(XML)``.

        What lies between them comes as one piece, with the number 0.
        """
        written = rows.keys() & run.numbers
        if 4 * len(written) >= len(run.numbers):
            found = self.take_all(run)
            if found is not None:
                for number, taken in zip(run.numbers, found, strict=True):
                    yield number, taken[0], taken[1:]
                return
        pieces, close, at = run.xml.split(run.close)[:-1], run.close, 0
        for place, number in enumerate(run.numbers):
            if number in written:
                if at < place:
                    yield 0, close.join(pieces[at:place]) + close, None
                row = pieces[place] + close
                yield number, row, self.take(row)
                at = place + 1
        if at < len(pieces):
            yield 0, close.join(pieces[at:]) + close, None


def _row_pattern(p: bytes, columns: Sequence[int]) -> bytes:
    """Return the pattern of a whole row; group 1 is its number, which every cell must have."""
    attribute = rb" [\w:]++=\"[^<>\"']*+\""
    text = rb"<@v>[^<]*+</@v>|<@is><@t(?: xml:space=\"preserve\")?+>[^<]*+</@t></@is>"
    formula = rb"<@f>[^<]*+</@f>|<@f t=\"shared\" si=\"\d++\"/>"
    other = rb'<@c r="(?:~)\1"(?:%b)*+(?:/>|>(?:%b)?+(?:%b)?+</@c>)' % (attribute, formula, text)
    wanted = rb'(<@c r="~\1"(?: s="(\d++)")?+(?: t="(\w++)")?+(?:/>|>((?:%b)?+)</@c>))?+' % text
    pieces = [rb'<@row r="([1-9]\d{0,5})"((?:%b)*+)>' % attribute]
    first = 1
    for column in (*columns, MAX_COLUMN + 1):
        if first < column:
            pieces.append(b"((?:%b)*+)" % other.replace(b"~", _letters(first, column - 1)))
        else:
            pieces.append(b"()")
        if column <= MAX_COLUMN:
            pieces.append(wanted.replace(b"~", letters_of(column).encode()))
        first = column + 1
    return b"".join([*pieces, b"</@row>"]).replace(b"@", p)


def _letters(first: int, last: int) -> bytes:
    """Return a pattern of the letters of the columns from ``first`` to ``last``."""
    pieces = []
    for length, (low, high) in enumerate(((1, 26), (27, 702), (703, MAX_COLUMN)), 1):
        low, high = max(low, first), min(high, last)
        if low <= high:
            pieces.append(_between(letters_of(low), letters_of(high), length))
    return "|".join(pieces).encode()


def _between(low: str, high: str, length: int) -> str:
    """Return a pattern of the words of ``length`` letters from ``low`` to ``high``.

    >>> _between("AX", "CB", 2)
    '(?:A[X-Z]|[B-B][A-Z]|C[A-B])'
    """
    if length == 1:
        return f"[{low}-{high}]"
    rest = length - 1
    if low[0] == high[0]:
        return low[0] + _between(low[1:], high[1:], rest)
    ways = [low[0] + _between(low[1:], "Z" * rest, rest)]
    if ord(high[0]) - ord(low[0]) > 1:
        middle = f"[{chr(ord(low[0]) + 1)}-{chr(ord(high[0]) - 1)}]"
        ways.append(middle + "[A-Z]" * rest)
    ways.append(high[0] + _between("A" * rest, high[1:], rest))
    return f"(?:{'|'.join(ways)})"


def row_pattern(prefix: bytes, columns: Collection[int]) -> RowPattern | None:
    """Return the pattern for rows that are written in ``columns``; None where it would not pay."""
    return _pattern(prefix, tuple(sorted(columns))) if 0 < len(columns) <= MOST_COLUMNS else None


@lru_cache(maxsize=32)
def _pattern(prefix: bytes, columns: tuple[int, ...]) -> RowPattern:
    return RowPattern(prefix, columns)
