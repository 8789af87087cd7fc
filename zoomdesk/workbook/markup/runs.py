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

from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW, letters_of

SPAN = 2 << 20
"""Bytes that a run may have."""
_SPANS = (SPAN, 1 << 14)
"""Where a long one fails, short ones around the odd row will do."""
MOST_COLUMNS = 12
"""Written columns up to which one pattern for a row pays."""
FIELDS = 5
"""What a pattern takes of each column: see :meth:`RowPattern.take`."""

Taken = Sequence[bytes]
Spots = Mapping[int, tuple[int, int]]


class Run(NamedTuple):
    """Consecutive rows: ``xml`` is all of them, ``numbers`` are their numbers in order.

    ``numbers`` is a range where each is the one before plus one. ``start`` is where the run starts
    in the part, as UTF-8, -1 where it was put together. ``attributes`` are what is behind ``r`` in
    each start tag, where they are known to be the same in all, and all written columns to be behind
    the last cell; else None. ``spots`` say where rows start and end in ``xml``, by their places,
    where few rows are to be written.
    """

    xml: bytes
    numbers: Sequence[int]
    close: bytes
    start: int = -1
    attributes: bytes | None = None
    spots: Spots | None = None

    def rows(self) -> list[bytes]:
        """Return the XML of each row."""
        return [row + self.close for row in self.xml.split(self.close)[:-1]]

    def part(self, places: Sequence[int]) -> Run:
        """Return the rows at ``places``, which are ascending: the run itself where they are all."""
        if len(places) == len(self.numbers):
            return self
        numbers = [self.numbers[place] for place in places]
        close, xml = self.close, self.xml
        if self.is_many(places):
            pieces = xml.split(close)
            found = [pieces[place] + close for place in places]
        else:
            spots = self.spots or self.found(places)
            found = [xml[spots[place][0] : spots[place][1]] for place in places]
        return Run(b"".join(found), numbers, close)

    def is_many(self, places: Collection[int]) -> bool:
        """Say whether it pays to cut all rows to get at those at ``places``."""
        return 16 * len(places) > len(self.numbers)

    def found(self, places: Sequence[int]) -> Spots:
        """Return where the rows at ``places``, ascending, start and end."""
        close, xml, count = self.close, self.xml, len(self.numbers)
        start = b'<%brow r="%%d"' % close[2:-4]
        # No row has the number of another where they are counted up: then a guess saves the way.
        mean = len(xml) / count if isinstance(self.numbers, range) else 0.0
        near = int(mean) * 4 + 256
        spots: dict[int, tuple[int, int]] = {}
        at = next_ = 0
        for place in places:
            tag = start % self.numbers[place]
            guess = max(at + int(mean * (place - next_)) - near, at)
            row = xml.find(tag, guess, guess + 2 * near) if mean else -1
            if row < 0:
                row = xml.index(tag, at)
            at = xml.index(close, row) + len(close)
            spots[place], next_ = (row, at), place + 1
        return spots

    def replaced(self, written: Mapping[int, bytes]) -> Iterator[bytes]:
        """Yield the rows, those at the places of ``written`` as it says."""
        if not written:
            yield self.xml
        elif self.is_many(written):
            rows = self.rows()
            for place, row in written.items():
                rows[place] = row
            yield b"".join(rows)
        else:
            places = sorted(written)
            xml, at, spots = self.xml, 0, self.spots or self.found(places)
            for place in places:
                start, end = spots[place]
                yield xml[at:start]
                yield written[place]
                at = end
            yield xml[at:]


class KnownRun(NamedTuple):
    """What was found out about a run of ``size`` bytes; see :class:`Run`.

    ``rest`` is a CRC-32 by which the finished file is told to hold all that was to stay: of the run
    without what is written where there are ``spots`` (see :mod:`.remains`), else of the whole run,
    to which nothing happens, or cells are added behind. None where it was not taken.
    """

    size: int
    numbers: Sequence[int]
    attributes: bytes | None = None
    spots: Spots | None = None
    rest: int | None = None


class RunFinder:
    """Finds runs in the successive buffers of one sheet whose elements carry ``prefix``."""

    def __init__(self, prefix: bytes) -> None:
        p = prefix
        self._open, self._start, self._close = b"<%brow" % p, b'<%brow r="' % p, b"</%brow>" % p
        name = re.escape(p)
        number = rb'<%brow r="([1-9]\d{0,6})"[ >]' % name
        self._first = re.compile(number)
        # One rare letter is found faster than a word: what is before it is looked at afterwards.
        self._joint = re.compile(rb"w(?<=</%brow)>" % name + number)
        self._buffer = b""
        self._odd = [0] * len(_SPANS)

    def find(self, buffer: bytes, at: int) -> Run | None:
        """Return a run that starts at ``at``; None where the next row is odd."""
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
                return Run(buffer[at:end], numbers, self._close)
            self._odd[place] = end
        return None

    def _numbers(self, buffer: bytes, at: int, end: int) -> Sequence[int] | None:
        first = self._first.match(buffer, at, end)
        if first is None:
            return None
        found = [first[1], *self._joint.findall(buffer, at, end)]
        count = len(found)
        # Each row has a w in its start tag and one in its end tag: where there are no others,
        # between the joints are no other tags of rows.
        if buffer.count(b"w", at, end) != 2 * count and (
            buffer.count(self._close, at, end) != count
            or buffer.count(self._open, at, end) != count
        ):
            return None
        numbers = list(map(int, found))
        if numbers[-1] - numbers[0] == count - 1:
            alike = range(numbers[0], numbers[-1] + 1)
            if numbers == list(alike):
                return alike if numbers[-1] <= MAX_ROW else None
        return numbers if max(numbers) <= MAX_ROW else None


class RowPattern:
    """Cuts rows at ``columns``, ascending: only rows whose cells are in order and named rightly.

    In the written columns no formula is taken, elsewhere none with a range of its own: both are
    the tokenizer's.
    """

    def __init__(self, prefix: bytes, columns: Sequence[int]) -> None:
        self.columns = tuple(columns)
        self._prefix = re.escape(prefix)
        self._pattern = _row_pattern(self._prefix, self.columns)

    @cached_property
    def _row(self) -> re.Pattern[bytes]:
        return re.compile(self._pattern)

    @cached_property
    def _run(self) -> re.Pattern[bytes]:
        pieces = [ROW_START, ATTRIBUTES, b">"]
        wanted = rb'(?:<@c r="~\1"(?: s="\d++")?+(?: t="\w++")?+(?:/>|>%b</@c>))?+' % CONTENT
        first = 1
        for column in (*self.columns, MAX_COLUMN + 1):
            pieces.append(other_cells(first, column - 1))
            if column <= MAX_COLUMN:
                pieces.append(wanted.replace(b"~", letters_of(column).encode()))
            first = column + 1
        pattern = b"(?:%b</@row>)*+" % b"".join(pieces)
        return re.compile(pattern.replace(b"@", self._prefix))

    def take(self, row: bytes) -> Taken | None:
        """Return number, attributes behind ``r``, and the cells before the first of the columns.

        Then of each column: its cell, the cell's ``s`` and ``t``, its content, all ``b""`` where
        there is no such cell; and the cells up to the next column. None for a row that is odd.
        """
        match = self._row.fullmatch(row)
        return match.groups(b"") if match else None

    def takes(self, run: Run) -> bool:
        """Say whether ``take`` would take each row of a run."""
        return self._run.fullmatch(run.xml) is not None


ATTRIBUTE = rb" [\w:]++=\"[^<>\"']*+\""
TEXT = rb"<@v>[^<]*+</@v>|<@is><@t(?: xml:space=\"preserve\")?+>[^<]*+</@t></@is>"
FORMULA = rb"<@f>[^<]*+</@f>|<@f t=\"shared\" si=\"\d++\"/>"
_OTHER = rb'<@c r="(?:~)\1"(?:%b)*+(?:/>|>(?:%b)?+(?:%b)?+</@c>)' % (ATTRIBUTE, FORMULA, TEXT)
ROW_START = rb'<@row r="([1-9]\d{0,6})"'
ATTRIBUTES = rb"(?:%b)*+" % ATTRIBUTE
CONTENT = rb"(?:%b)?+" % TEXT


def other_cells(first: int, last: int) -> bytes:
    """Return the pattern of any cells in the columns from ``first`` to ``last``."""
    return b"(?:%b)*+" % _OTHER.replace(b"~", _letters(first, last)) if first <= last else b""


def _row_pattern(p: bytes, columns: Sequence[int]) -> bytes:
    """Return the pattern of a whole row; group 1 is its number, which every cell must have."""
    wanted = rb'(<@c r="~\1"(?: s="(\d++)")?+(?: t="(\w++)")?+(?:/>|>(%b)</@c>))?+' % CONTENT
    pieces = [ROW_START, b"(%b)>" % ATTRIBUTES]
    first = 1
    for column in (*columns, MAX_COLUMN + 1):
        pieces.append(b"(%b)" % other_cells(first, column - 1))
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
