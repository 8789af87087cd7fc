"""Read back runs that were known when the write was planned: only what was written is looked at.

All else in them is held against a checksum of the original, which proves more than reading it and
costs next to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Set
from zlib import crc32

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook.markup.alike import rows_behind
from zoomdesk.workbook.markup.remains import remains
from zoomdesk.workbook.markup.runs import KnownRun, Run, Spots
from zoomdesk.workbook.markup.tokenizer import SheetTokens
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.expected import Expected, hold
from zoomdesk.workbook.writing.row_set import RowSet
from zoomdesk.workbook.writing.row_tags import with_spans

_TAG = 64
"""Bytes that a row's number is sure to be in."""
_ROOM = 1 << 16


class KnownRuns:
    """Takes runs of ``known`` from the finished sheet, the rows ``cells`` of which are written.

    ``seen`` gets the written rows that were taken. ``check`` is given the runs in which only some
    rows are written, to take these; it raises what is wrong with them.
    """

    def __init__(
        self,
        known: Iterable[KnownRun],
        cells: EditedCells,
        expected: Expected,
        tokens: SheetTokens,
        seen: RowSet,
        check: Callable[[Run], None],
    ) -> None:
        runs = [run for run in known if run.rest is not None and isinstance(run.numbers, range)]
        first = Counter(run.numbers[0] for run in runs)
        self._runs = {run.numbers[0]: run for run in runs if first[run.numbers[0]] == 1}
        self._cells, self._expected, self._tokens = cells, expected, tokens
        self._seen, self._check = seen, check
        prefix = tokens.prefix
        self._number = re.compile(rb'<%brow r="([1-9]\d{0,6})"[ >]' % re.escape(prefix))
        self._row, self._close = b'<%brow r="%%d"' % prefix, b"</%brow>" % prefix
        self._growth = 1.0

    @property
    def first_rows(self) -> Set[int]:
        """The rows with which the runs begin."""
        return self._runs.keys()

    def take(self) -> bool:
        """Take the run that comes next and say so; False where it is to be read as any other.

        That is so, too, where there are comments or CDATA ahead: then nothing is to be had of it.
        Raises WriteFailed where it is not what it was to become.
        """
        match = self._number.match(self._tokens.ahead(_TAG))
        run = self._runs.get(int(match[1])) if match else None
        if run is None or run.rest is None:
            return False
        if run.spots is not None:
            size = self._take_some(run, run.spots, run.rest)
        elif run.attributes is not None and self._cells.places(run.numbers):
            size = self._take_all(run, run.attributes, run.rest)
        else:
            size = self._take_untouched(run, run.rest)
        if size:
            self._tokens.skip(size, run.numbers[-1])
        return size > 0

    def _take_untouched(self, run: KnownRun, rest: int) -> int:
        if self._cells.places(run.numbers):
            return 0
        xml = self._tokens.ahead(run.size)
        if xml and crc32(xml) != rest:
            raise _failed(run)
        return len(xml)

    def _take_some(self, run: KnownRun, spots: Spots, rest: int) -> int:
        """Take a run with few written rows; each may be longer or shorter than it was."""
        wanted = run.size + _ROOM
        xml = self._tokens.ahead(wanted)
        found: dict[int, tuple[int, int]] = {}
        shift, close = 0, self._close
        for place, (start, end) in spots.items():
            begin = start + shift
            while (stop := xml.find(close, begin) + len(close)) < len(close):
                if not xml:
                    return 0
                if len(xml) < wanted:
                    raise _failed(run)
                wanted *= 2
                xml = self._tokens.ahead(wanted)
            if not xml.startswith(self._row % run.numbers[place], begin):
                raise _failed(run)
            found[place] = begin, stop
            shift = stop - end
        size = run.size + shift
        xml = self._tokens.ahead(size)
        if not xml:
            return 0
        run_ = Run(xml, run.numbers, close, spots=found)
        columns = self._cells.every_column
        if remains(xml, found.values(), self._tokens.prefix, columns) != rest:
            raise _failed(run)
        self._check(run_)
        return size

    def _take_all(self, run: KnownRun, old: bytes, rest: int) -> int:
        """Take a run whose every row got cells behind those that it had."""
        groups = self._cells.groups(run.numbers)
        if groups is None or len(groups) != 1 or len(groups[0][0]) != len(run.numbers):
            return 0
        columns = groups[0][1]
        expected = self._expected.contents(columns, run.numbers) if columns else None
        if expected is None:
            return 0
        kinds, contents = expected
        new = with_spans(old + b">", columns)[:-1]
        xml = self._until(run)
        if not xml:
            return 0
        cut = rows_behind(self._tokens.prefix, columns, kinds, old, new).cut(xml)
        if cut is None and "i" in kinds:  # texts in cells may be escaped
            return 0
        if cut is None:
            raise _failed(run)
        before, found = cut
        if crc32(before) != rest:
            raise _failed(run)
        if not hold(kinds, found, contents):
            return 0  # row by row it will be found out what is wrong
        self._seen.add_all(run.numbers)
        return len(xml)

    def _until(self, run: KnownRun) -> bytes:
        """Return what follows up to the end of the last row of ``run``."""
        last = self._row % run.numbers[-1]
        wanted = int(run.size * self._growth) + _ROOM
        while True:
            xml = self._tokens.ahead(wanted)
            guess = max(int(run.size * (self._growth - 0.01)) - _ROOM, 0)
            found = xml.find(last, guess)
            if found < 0:
                found = xml.find(last)
            end = xml.find(self._close, found) if found >= 0 else -1
            if end >= 0:
                end += len(self._close)
                self._growth = end / run.size
                return xml[:end]
            if not xml:
                return b""
            if len(xml) < wanted:
                raise _failed(run)
            wanted *= 2


def _failed(run: KnownRun) -> WriteFailed:
    return WriteFailed(
        "The finished file did not pass its check: "
        f"rows {run.numbers[0]} to {run.numbers[-1]} are not what they were"
    )
