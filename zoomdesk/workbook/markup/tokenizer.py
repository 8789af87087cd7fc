"""Cut a worksheet part into rows and cells by position, for the reader and the writer alike.

    tokens = SheetTokens(package.stream(member), "xl/worksheets/sheet1.xml")
    tokens.head                          # bytes up to and including <sheetData>
    for row in tokens.rows():            # Row
        for cell in tokens.cells(row):   # Cell
            ...
    tokens.tail                          # bytes from </sheetData> on, once rows() is exhausted

``head`` + every ``row.lead + row.xml`` + ``tail`` are together the part, byte for byte, as UTF-8
without BOM; ``stream.encoded`` brings it back to what it was. Memory: a block, a row, the tail.

* ``row.number`` is its ``r``, or the previous row's number plus one; rows may come in any order.
* ``row.lead`` is what lies before ``<row``: blanks, comments. ``row.xml`` is the whole element;
  ``row.xml[row.body:row.body_end]`` are its cells (both 0 in a self-closed row).
* ``cell.start`` and ``cell.end`` are positions in ``row.xml``. ``style`` (attribute ``s``) and
  ``kind`` (``t``) are ``b""`` where they are missing. ``formula`` is the whole ``<f>`` element,
  ``value`` the content of ``<v>``, ``inline`` the content of ``<is>``, without comments and CDATA
  but escaped as XML (``unescape`` of :mod:`.xml_text` undoes it), ``b""`` where they are missing.

Two ways lead to the same cells: one pattern over the whole row for what nearly every program
writes, and an exact walk for all else: other attributes, blanks, comments, CDATA. Comments and
processing instructions are masked by blanks, CDATA by letters, of the same length, so that
positions hold. What fits neither is refused with WorkbookDamaged or WorkbookHostile
(workbooks/README.md, hazards 5 and 6; ECMA-376-1 18.3.1.73 and 18.3.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from copy import copy

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile
from zoomdesk.workbook.markup.cells import Cell, CellCutter, Row
from zoomdesk.workbook.markup.patterns import (
    ROOT,
    SHEET_DATA,
    Patterns,
    attributes,
    masked,
)
from zoomdesk.workbook.markup.runs import KnownRun, Run, RunFinder
from zoomdesk.workbook.opc.transcode import Utf8Stream, gather
from zoomdesk.workbook.references import MAX_ROW
from zoomdesk.workbook.wording import quoted

__all__ = ["Cell", "Row", "SheetTokens"]

_PIECE_OF_ROW = 1 << 14
MAX_HEAD = 16 << 20
MAX_ROW_BYTES = 64 << 20
MAX_TAIL = 64 << 20
MAX_MASKED = 512 << 20


class SheetTokens:
    """The head, rows and tail of one worksheet part, read once from a stream of blocks.

    Raises WorkbookDamaged or WorkbookHostile, from the constructor and while iterating.
    """

    def __init__(self, blocks: Iterable[bytes], part: str) -> None:
        self.part = part
        self.stream = Utf8Stream(blocks, part)
        self._blocks: Iterator[bytes] = self.stream
        self._buffer = self._mask = b""
        self._at = self._number = self._start = 0
        self._tail: bytes | None = None
        match = self._find_sheet_data()
        self.prefix = match[1] + b":" if match[1] else b""
        """``b"x:"`` where the sheet's elements are written as ``x:row``, else ``b""``."""
        self.head = self._buffer[: match.end()]
        self.self_closed = self.head.endswith(b"/>")
        """Whether the sheet has no rows and says so as ``<sheetData/>``."""
        self._patterns = Patterns(self.prefix)
        self._cutter = CellCutter(self._patterns, part)
        self.has_cdata = False
        """Whether a CDATA section was met among the rows read so far."""
        self._start = match.end()
        self._set_buffer(self._buffer[match.end() :])

    @property
    def tail(self) -> bytes:
        """All that follows the last row; known when ``rows()`` is exhausted."""
        if self._tail is None:
            raise RuntimeError("the tail is known when the rows are exhausted")
        return self._tail

    def rows(self) -> Iterator[Row]:
        """Yield every row in document order."""
        while (row := self._next_row()) is not None:
            yield row
        self._finish()

    def stretches(
        self,
        known: Mapping[int, KnownRun] | None = None,
        take: Callable[[], bool] | None = None,
        stops: Set[int] = frozenset(),
        find: Callable[[bytes, int], Run | None] | None = None,
    ) -> Iterator[Run | Row]:
        """Yield the same rows, those written the common way many at a time.

        ``known`` are runs of the very same part that were found before, by where they start: they
        are not proved again. ``take`` is asked first each time: what it takes by ``skip``, and says
        so, is not yielded. No run goes on over a row whose number is in ``stops``. ``find`` may
        know of a run that starts at a place in the buffer.
        """
        finder = RunFinder(self.prefix)
        while True:
            while take is not None and take():
                pass
            run = self._known(known) if known else None
            if run is None and self._fill_row():
                run = find(self._buffer, self._at) if find is not None else None
                run = run or finder.find(self._buffer, self._at)
                if run is not None and stops:
                    run = _cut_short(run, stops)
            if run is not None:
                run = run._replace(start=self._start + self._at)
                self._at += len(run.xml)
                self._number = run.numbers[-1]
                yield run
                continue
            row = self._next_row()
            if row is None:
                break
            yield row
        self._finish()

    def _known(self, known: Mapping[int, KnownRun]) -> Run | None:
        run = known.get(self._start + self._at)
        if run is None:
            return None
        while len(self._buffer) - self._at < run.size:
            self._more()
        end = self._at + run.size
        xml = self._buffer[self._at : end]
        close = b"</%brow>" % self.prefix
        return Run(xml, run.numbers, close, attributes=run.attributes, spots=run.spots)

    @property
    def number(self) -> int:
        """The number of the last row that was taken, 0 before the first."""
        return self._number

    def whole_rows(self, most: int) -> bytes:
        """Return what follows up to the end of a row, at most ``most`` bytes of it.

        Empty where only ``rows`` can go on. It is for ``skip`` to say that these were taken.
        """
        if self._mask is not self._buffer or self.self_closed:
            return b""
        close = b"</%brow>" % self.prefix
        cut = self._buffer.rfind(close, self._at, self._at + most)
        return self._buffer[self._at : cut + len(close)] if cut >= 0 else b""

    def ahead(self, size: int) -> bytes:
        """Return the next ``size`` bytes; fewer where the part ends, or holds comments or CDATA."""
        return self._buffer[self._at : self._at + size] if self._fill(size) else b""

    def skip(self, size: int, number: int) -> None:
        """Go on behind ``size`` bytes that hold whole rows, the last of which is ``number``."""
        self._at += size
        self._number = number

    def rows_within(self, xml: bytes, before: int) -> list[Row] | None:
        """Return the rows that a part of ``whole_rows`` consists of, behind the row ``before``.

        None, or WorkbookDamaged, where there is anything but rows and blanks.
        """
        inner = copy(self)
        inner._buffer = inner._mask = xml + b"</%bsheetData>" % self.prefix
        inner._at, inner._number, inner._blocks = 0, before, iter(())
        found = list(iter(inner._next_row, None))
        return None if xml[inner._at :].strip() else found

    def row(self, number: int, xml: bytes) -> Row:
        """Return a row of a run as ``rows`` would give it."""
        match = self._patterns.row.match(xml)
        if match is None:
            raise self._damaged(f"has a row {number} that cannot be understood")
        return Row(number, b"", xml, xml, match.end(), xml.rfind(b"</"))

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of ``row`` in document order."""
        return self._cutter.cells(row)

    # -- the stream ------------------------------------------------------------------------------

    def _next_row(self) -> Row | None:
        patterns = self._patterns
        while not self.self_closed:
            match = patterns.row.match(self._mask, self._at)
            if match is None:
                if patterns.data_end.match(self._mask, self._at):
                    break
                self._more()
                continue
            end = match.end()
            if self._mask[end - 2] != 0x2F:  # not "/>"
                end = self._row_end(end)
                if end < 0:
                    self._more()
                    continue
            self._number = self._row_number(match, self._number)
            self._at = end
            return self._row(match, self._number, end)
        return None

    def _find_sheet_data(self) -> re.Match[bytes]:
        for block in self._blocks:
            self._buffer += block
            mask = masked(self._buffer)
            match = SHEET_DATA.search(mask)
            head = mask[: match.start()] if match else mask
            if b"<!DOCTYPE" in head:
                raise WorkbookHostile(
                    f"The workbook is not safe to open: its part {self.part} brings a document "
                    "type, which Excel never writes."
                )
            if match and b"<!" not in head:
                root = ROOT.search(mask)
                if root is None or root[1] != b"worksheet":
                    break
                return match
            if len(self._buffer) > MAX_HEAD:
                break
        raise self._damaged("is not a worksheet")

    def _more(self) -> None:
        """Drop what was used and read on."""
        rest = self._buffer[self._at :]
        if len(rest) > MAX_ROW_BYTES:
            raise WorkbookHostile(
                f"The workbook is not safe to open: a row of its part {self.part} is larger than "
                f"{MAX_ROW_BYTES >> 20} MB."
            )
        # As much again: else a row of many megabytes would be looked at from its start each time.
        block = gather(self._blocks, len(rest))
        if not block:
            raise self._damaged("ends early, or holds something that is neither row nor cell")
        self._set_buffer(rest + block)
        self._start += self._at
        self._at = 0

    def _fill_row(self) -> bool:
        """Read on where only a piece of a row is left in the buffer; say what ``_fill`` does."""
        left = len(self._buffer) - self._at
        # Looked for in a short piece only: rows without such an end may come by the million.
        if left < _PIECE_OF_ROW and self._buffer.find(self._patterns.row_close, self._at) < 0:
            return self._fill(left + 1)
        return self._mask is self._buffer

    def _fill(self, size: int) -> bool:
        """Have the next ``size`` bytes in the buffer, if the part does not end before.

        Say whether there are no comments or CDATA in it.
        """
        while len(self._buffer) - self._at < size and self._mask is self._buffer:
            block = gather(self._blocks, size)
            if not block:
                break
            self._set_buffer(self._buffer[self._at :] + block)
            self._start += self._at
            self._at = 0
        return self._mask is self._buffer

    def _set_buffer(self, buffer: bytes) -> None:
        # One rare byte is found many times faster than the two.
        if (b"!" in buffer and b"<!" in buffer) or (b"?" in buffer and b"<?" in buffer):
            buffer += gather(self._blocks, MAX_MASKED)
            self.has_cdata = self.has_cdata or b"<![CDATA[" in buffer
            self._buffer, self._mask = buffer, masked(buffer)
            if len(buffer) >= MAX_MASKED or b"<!" in self._mask:
                raise self._damaged("holds markup that does not belong there")
        else:
            self._buffer = self._mask = buffer

    def _finish(self) -> None:
        pieces, size = [self._buffer[self._at :]], 0
        for block in self._blocks:
            size += len(block)
            if size > MAX_TAIL:
                raise self._damaged("holds too much after its last row")
            pieces.append(block)
        self._tail = b"".join(pieces)
        self._buffer = self._mask = b""

    # -- rows and cells --------------------------------------------------------------------------

    def _row_end(self, at: int) -> int:
        """Return where the row whose start tag ends at ``at`` ends, -1 if not in the buffer."""
        close = self._mask.find(self._patterns.row_close, at)
        match = self._patterns.row_end.match(self._mask, close) if close >= 0 else None
        return match.end() if match else -1

    def _row(self, match: re.Match[bytes], number: int, end: int) -> Row:
        start, body = match.end(1), match.end()
        xml = self._buffer[start:end]
        mask = xml if self._mask is self._buffer else self._mask[start:end]
        if body == end:
            return Row(number, self._buffer[match.start() : start], xml, mask, 0, 0)
        body -= start
        return Row(
            number, self._buffer[match.start() : start], xml, mask, body, xml.rfind(b"</")
        )  # fmt: skip

    def _row_number(self, match: re.Match[bytes], previous: int) -> int:
        text = match[2]
        if text is None:
            text = attributes(match[3]).get(b"r")
            if text is None:
                text = b"%d" % (previous + 1)
        if not text.isdigit() or not 1 <= int(text[:8]) <= MAX_ROW:
            raise self._damaged(f"has a row numbered {quoted(text)}")
        return int(text)

    def _damaged(self, why: str) -> WorkbookDamaged:
        return WorkbookDamaged(f"The workbook is damaged: its part {self.part} {why}.")


def _cut_short(run: Run, stops: Set[int]) -> Run:
    """Return the rows of a run up to the next whose number is in ``stops``."""
    place = next((at for at, number in enumerate(run.numbers) if at and number in stops), 0)
    return run.part(range(place)) if place else run
