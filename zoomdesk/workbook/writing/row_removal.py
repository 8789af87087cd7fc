"""Take rows out of a worksheet part in a stream, and renumber what is below them.

A stage of its own behind the splicer: cells were written where they are in the file that is there,
now the rows go and the others move up. Rows and cells that do not say where they are follow the one
before (hazard 6): they stay as they are, but for a row that would follow another one now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from zoomdesk.workbook.markup.runs import Run
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens
from zoomdesk.workbook.opc.transcode import batched
from zoomdesk.workbook.writing.hyperlinks import Frame
from zoomdesk.workbook.writing.removal_frame import moved_tail
from zoomdesk.workbook.writing.row_shift import RowShift

_BEFORE = rb"""(<[\w:.-]+(?:\s+(?!r\s*=)[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s+r\s*=\s*"""
_ROW_NUMBER = re.compile(_BEFORE + rb"""["'])(\d+)""")
_CELL_NUMBER = re.compile(_BEFORE + rb"""["'][A-Za-z]{1,3})(\d+)""")
_DIMENSION = re.compile(rb"""<(?:[\w.-]+:)?dimension\s[^<>]*?ref\s*=\s*["']([^"'<>]*)["']""")


class RowRemover:
    """Takes the rows that ``shift`` knows out of the sheet ``name``, which is ``part``."""

    def __init__(self, shift: RowShift, part: str, name: str) -> None:
        self._shift, self._part, self._name = shift, part, name
        self._cell = b""
        self._last = 0

    def patched(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the part without the rows, in its own encoding. Raises WriteRefused."""
        tokens = SheetTokens(blocks, self._part)
        yield from tokens.stream.encoded(batched(self._pieces(tokens)))

    def _pieces(self, tokens: SheetTokens) -> Iterator[bytes]:
        self._cell = b"<" + tokens.prefix + b"c"
        yield moved_dimension(tokens.head, self._shift)
        for item in tokens.stretches():
            if isinstance(item, Run):
                yield from self._run(tokens, item)
            elif item.number not in self._shift.removed:
                yield item.lead + self._row(tokens, item)
                self._last = self._shift.place(item.number)
        frame = Frame(tokens.head, tokens.tail, tokens.prefix)
        yield moved_tail(frame, self._part, self._shift, self._name)

    def _run(self, tokens: SheetTokens, run: Run) -> Iterator[bytes]:
        """Yield the rows of a run that stay."""
        self._last = self._shift.place(run.numbers[-1] + 1) - 1
        if max(run.numbers) < self._shift.first:
            yield run.xml
            return
        for number, xml in zip(run.numbers, run.rows(), strict=True):
            if number not in self._shift.removed:
                moved = self._moved(xml, number)
                yield moved if moved is not None else self._row(tokens, tokens.row(number, xml))

    def _moved(self, xml: bytes, number: int) -> bytes | None:
        """Return a row of a run, moved up; None where its numbers cannot just be replaced.

        They can where row and cells all begin with ``r="``, and what ends their numbers stands
        nowhere else: neither in an attribute nor in a text.
        """
        cell, old = self._cell, b'%d"' % number
        named = xml.count(cell) - xml.count(cell + b">") - xml.count(cell + b"/>") + 1
        if not xml.count(old) == xml.count(b' r="') == named:
            return None
        return xml.replace(old, b'%d"' % self._shift.place(number))

    def _row(self, tokens: SheetTokens, row: Row) -> bytes:
        """Return any row, moved up."""
        by = row.number - self._shift.place(row.number)
        if not by:
            return row.xml
        start_tag, count = _ROW_NUMBER.subn(_less(by), row.start_tag, count=1)
        if not count and row.number - by != self._last + 1:
            name = re.compile(rb"<[\w:.-]+").match(start_tag)
            end = name.end() if name else 0
            start_tag = start_tag[:end] + b' r="%d"' % (row.number - by) + start_tag[end:]
        out = [start_tag]
        at = row.body
        for cell in tokens.cells(row) if row.body else ():
            match = _CELL_NUMBER.match(row.xml, cell.start, cell.end)
            if match is not None:
                out += (row.xml[at : cell.start], _less(by)(match))
                at = match.end()
        if row.body:
            out.append(row.xml[at:])
        return b"".join(out)


def _less(by: int) -> Callable[[re.Match[bytes]], bytes]:
    return lambda match: b"%b%d" % (match[1], int(match[2]) - by)


def moved_dimension(head: bytes, shift: RowShift) -> bytes:
    """Return what stands before the rows, with the sheet's extent as it is then."""
    match = _DIMENSION.search(head)
    if match is None:
        return head
    try:
        extent = shift.reference(match[1].decode("ascii", "replace")) or "A1"
    except ValueError:
        return head
    return head[: match.start(1)] + extent.encode() + head[match.end(1) :]
