"""Put new cells into a worksheet part in a stream and leave every other byte of it as it was.

Rows that are not written pass through uncut. In a written row only the cells, and where needed
``spans``, change; in front of the rows only ``dimension`` does (hazard 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zoomdesk.workbook.markup.escapes import text_element
from zoomdesk.workbook.markup.patterns import attributes, masked
from zoomdesk.workbook.markup.runs import FIELDS, KnownRun, RowPattern, Run, Taken, row_pattern
from zoomdesk.workbook.markup.tokenizer import Cell, Row, SheetTokens
from zoomdesk.workbook.opc.transcode import batched
from zoomdesk.workbook.references import CellRange, letters_of, parse_range
from zoomdesk.workbook.writing.addition import Addition
from zoomdesk.workbook.writing.appended_strings import StringTable
from zoomdesk.workbook.writing.edited_cells import EditedCells, Value
from zoomdesk.workbook.writing.linking import LinkPlan
from zoomdesk.workbook.writing.row_tags import number_text, row_style, with_spans
from zoomdesk.workbook.writing.splice_alike import AlikeSplicer

_REMEMBERED = 1 << 12
_DIMENSION = re.compile(rb"""<(?:[\w.-]+:)?dimension\s[^<>]*?ref\s*=\s*["']([^"'<>]*)["']""")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^<>]*>")


class Splicer:
    """Writes the cells ``rows`` of one sheet.

    ``new_rows`` are the numbers of ``rows`` that the sheet lacks, ascending. ``headings`` are the
    columns whose cell in ``header_row`` takes the style of the heading on its left. Text goes to
    ``strings`` where the workbook has such a table, else it stands in the cell. ``links`` says what
    becomes of hyperlinks. ``runs`` are those that were found when the sheet was looked at.
    ``addition`` are rows that are added to the list.
    """

    def __init__(
        self,
        rows: EditedCells,
        new_rows: Sequence[int],
        strings: StringTable | None,
        header_row: int = 0,
        headings: Iterable[int] = (),
        links: LinkPlan | None = None,
        runs: Mapping[int, KnownRun] | None = None,
        addition: Addition | None = None,
    ) -> None:
        self._addition = addition
        self._runs = runs
        self._rows = rows
        self._new_rows = list(reversed(new_rows))
        self._strings = strings
        self._header_row = header_row
        self._headings = frozenset(headings)
        self._links = links
        self._link_rows = {row for row, _ in links.styled} if links is not None else set()
        self._prefix = b""
        self._column_styles: list[tuple[int, int, bytes]] = []
        self._pattern: RowPattern | None = None
        self._columns: tuple[int, ...] = ()
        self._close = b""
        self._alike: AlikeSplicer | None = None
        self._widened: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._starts: dict[tuple[int, bytes], tuple[bytes, bytes]] = {}

    def patched(self, blocks: Iterable[bytes], part: str) -> Iterator[bytes]:
        """Yield the part with the new cells, in its own encoding."""
        tokens = SheetTokens(blocks, part)
        yield from tokens.stream.encoded(batched(self._pieces(tokens)))

    def _pieces(self, tokens: SheetTokens) -> Iterator[bytes]:
        self._prefix = tokens.prefix
        self._close = b"</" + tokens.prefix + b"row>"
        self._pattern = row_pattern(tokens.prefix, self._rows.every_column)
        self._columns = self._pattern.columns if self._pattern else ()
        self._column_styles = list(_column_styles(masked(tokens.head)))
        self._alike = AlikeSplicer(tokens.prefix, self._rows, self._strings, self._new_style)
        head = self._head(tokens)
        yield head[:-2].rstrip() + b">" if tokens.self_closed else head
        waiting = self._new_rows
        for item in tokens.stretches(self._runs):
            if isinstance(item, Run):
                yield from self._run(tokens, item)
                continue
            while waiting and waiting[-1] < item.number:
                yield self._new_row(waiting.pop())
            yield item.lead
            wanted = self._rows.get(item.number)
            yield item.xml if wanted is None else self._row(item, tokens.cells(item), wanted)
        while waiting:
            yield self._new_row(waiting.pop())
        if tokens.self_closed:
            yield b"</" + tokens.prefix + b"sheetData>"
        yield self._tail(tokens)

    def _tail(self, tokens: SheetTokens) -> bytes:
        """Return what stands behind the rows, with new links and a filter that grew."""
        if self._addition is not None and self._addition.tail is not None:
            return self._addition.tail
        return tokens.tail if self._links is None else self._links.sheet.tail

    def _head(self, tokens: SheetTokens) -> bytes:
        """Return the head with ``dimension`` widened to what is written."""
        match = _DIMENSION.search(masked(tokens.head))
        written = self._rows.extent()
        if match is None or written is None:
            return tokens.head
        try:
            known = parse_range(match[1].decode("ascii", "replace"))
        except ValueError:
            return tokens.head
        wider = CellRange(
            min(known.first_row, written.first_row),
            min(known.first_column, written.first_column),
            max(known.last_row, written.last_row),
            max(known.last_column, written.last_column),
        )
        if wider == known:
            return tokens.head
        return tokens.head[: match.start(1)] + str(wider).encode() + tokens.head[match.end(1) :]

    # -- rows ------------------------------------------------------------------------------------

    def _run(self, tokens: SheetTokens, run: Run) -> Iterator[bytes]:
        """Yield many rows, with the new cells and the new rows among them."""
        waiting = self._new_rows
        if waiting and waiting[-1] < max(run.numbers):
            for number, xml in zip(run.numbers, run.rows(), strict=True):
                while waiting and waiting[-1] < number:
                    yield self._new_row(waiting.pop())
                yield self._one(tokens, number, xml)
            return
        groups = self._rows.groups(run.numbers)
        if groups is None or not self._link_rows.isdisjoint(run.numbers):
            for number, xml in zip(run.numbers, run.rows(), strict=True):
                yield self._one(tokens, number, xml)
            return
        written: dict[int, bytes] = {}
        for places, columns in groups:
            part = run.part(places)
            spliced = self._alike.spliced(part, columns) if columns and self._alike else None
            if spliced is not None and part is run:
                yield spliced
                return
            if spliced is not None:
                written.update(zip(places, part._replace(xml=spliced).rows(), strict=True))
                continue
            for place, number, xml in zip(places, part.numbers, part.rows(), strict=True):
                written[place] = self._one(tokens, number, xml)
        yield from run.replaced(written)

    def _one(self, tokens: SheetTokens, number: int, xml: bytes) -> bytes:
        """Return a row of a run with its new cells, if it gets any."""
        wanted = self._rows.get(number)
        if wanted is None:
            return xml
        is_odd = number == self._header_row or number in self._link_rows
        if self._pattern is not None and not is_odd:
            taken = self._pattern.take(xml)
            if taken is not None:
                return self._taken(number, taken, wanted)
        row = tokens.row(number, xml)
        return self._row(row, tokens.cells(row), wanted)

    def _taken(self, number: int, taken: Taken, wanted: Mapping[int, Value]) -> bytes:
        """Return a row that a pattern has cut: what ``_row`` makes of it."""
        out = [b"", taken[2]]
        style_of_row = row_style(taken[1])
        missing: tuple[int, ...] = ()
        at = 3
        for column in self._columns:
            xml, after = taken[at], taken[at + 4]
            if column in wanted:
                value = wanted[column]
                if xml:
                    out.append(self._cell(number, column, value, taken[at + 1]))
                elif value is not None:
                    missing += (column,)
                    style = self._new_style(column, style_of_row)
                    out.append(self._cell(number, column, value, style))
            elif xml:
                out.append(xml)
            if after:
                out.append(after)
            at += FIELDS
        known = (taken[1], missing)
        attributes_ = self._widened.get(known)
        if attributes_ is None:
            if len(self._widened) > _REMEMBERED:
                self._widened.clear()
            attributes_ = self._widened[known] = with_spans(taken[1] + b">", missing)
        p = self._prefix
        out[0] = b'<%brow r="%d"%b' % (p, number, attributes_)
        out.append(self._close)
        return b"".join(out)

    def _new_row(self, number: int) -> bytes:
        columns = self._rows[number]
        cells = [
            self._cell(
                number,
                column,
                columns[column],
                self._linked(number, column, self._style_below(number, column)),
            )
            for column in sorted(columns)
            if columns[column] is not None
        ]
        name = self._prefix + b"row"
        return b'<%b r="%d">%b</%b>' % (name, number, b"".join(cells), name)

    def _row(self, row: Row, cells: Sequence[Cell], wanted: Mapping[int, Value]) -> bytes:
        present = {cell.column for cell in cells}
        missing = sorted(
            (c for c, value in wanted.items() if c not in present and value is not None),
            reverse=True,
        )
        start_tag = with_spans(row.start_tag, missing)
        style_of_row = row_style(row.start_tag)
        xml, at, number = row.xml, row.body, row.number
        out: list[bytes] = []
        left = b""
        for cell in cells:
            while missing and missing[-1] < cell.column:
                out.append(xml[at : cell.start])
                at = cell.start
                left = self._added(out, number, missing.pop(), wanted, style_of_row, left)
            if cell.column in wanted:
                value = wanted[cell.column]
                style = self._linked(number, cell.column, cell.style)
                out += (xml[at : cell.start], self._cell(number, cell.column, value, style))
                at = cell.end
            left = cell.style
        out.append(xml[at : row.body_end])
        while missing:
            left = self._added(out, number, missing.pop(), wanted, style_of_row, left)
        body = b"".join(out)
        if row.body:
            return start_tag + body + xml[row.body_end :]
        if not body:
            return xml
        return b"%b>%b</%brow>" % (start_tag[:-2].rstrip(), body, self._prefix)

    def _added(
        self, out: list[bytes], row: int, column: int, wanted: Mapping[int, Value],
        style_of_row: bytes, left: bytes,
    ) -> bytes:  # fmt: skip
        """Append a cell that the row lacked; return its style."""
        if row == self._header_row and column in self._headings:
            style = left
        else:
            style = self._new_style(column, style_of_row)
        out.append(self._cell(row, column, wanted[column], self._linked(row, column, style)))
        return style

    def _style_below(self, row: int, column: int) -> bytes:
        """Return the style of a cell in a new row; an added row is like the one above."""
        above = self._addition.style(row, column) if self._addition is not None else b""
        return above or self._new_style(column, b"")

    def _linked(self, row: int, column: int, style: bytes) -> bytes:
        """Return the style of links for a cell that becomes one and has none of its own."""
        links = self._links
        if links is None or links.style is None or style not in (b"", b"0"):
            return style
        return b"%d" % links.style.style if (row, column) in links.styled else style

    # -- cells -----------------------------------------------------------------------------------

    def _cell(self, row: int, column: int, value: Value, style: bytes) -> bytes:
        start = self._starts.get((column, style))
        if start is None:
            open_ = b'<%bc r="%b' % (self._prefix, letters_of(column).encode())
            start = self._starts[column, style] = (open_, b'" s="%b"' % style if style else b'"')
        p = self._prefix
        if value is None:
            return b"%b%d%b/>" % (start[0], row, start[1])
        if not isinstance(value, str):
            return b"%b%d%b><%bv>%b</%bv></%bc>" % (
                start[0], row, start[1], p, number_text(value), p, p,
            )  # fmt: skip
        if self._strings is not None:
            index = self._strings.numbers.of(self._rows, row, column, value)
            return b'%b%d%b t="s"><%bv>%d</%bv></%bc>' % (start[0], row, start[1], p, index, p, p)
        text = text_element(value, p)
        return b'%b%d%b t="inlineStr"><%bis>%b</%bis></%bc>' % (
            start[0], row, start[1], p, text, p, p,
        )  # fmt: skip

    def _new_style(self, column: int, style_of_row: bytes) -> bytes:
        """Return the style that Excel gives to a new cell: its row's, else its column's."""
        if style_of_row or not self._column_styles:
            return style_of_row
        for first, last, style in self._column_styles:
            if first <= column <= last:
                return style
        return b""


def _column_styles(head: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield first column, last column and style of the ``<col>`` elements that have a style."""
    for tag in _COLUMN.findall(head):
        given = attributes(tag)
        first, last, style = (given.get(name, b"") for name in (b"min", b"max", b"style"))
        if first.isdigit() and last.isdigit() and style.isdigit() and style != b"0":
            yield int(first), int(last), style
