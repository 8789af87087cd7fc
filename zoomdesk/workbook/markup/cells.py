"""Cut a row into its cells by position; :mod:`.tokenizer` says how they are to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook.markup.patterns import REFERENCE, Patterns, attributes, plain
from zoomdesk.workbook.references import MAX_COLUMN, column_of
from zoomdesk.workbook.wording import quoted


class Row(NamedTuple):
    """One ``<row>``; see the tokenizer for its fields. ``mask`` is ``xml`` but for comments."""

    number: int
    lead: bytes
    xml: bytes
    mask: bytes
    body: int
    body_end: int

    @property
    def start_tag(self) -> bytes:
        """The start tag, or the whole of a self-closed row."""
        return self.xml[: self.body] if self.body else self.xml

    def attribute(self, name: str) -> str:
        """Return an attribute of the row, ``""`` where it has none."""
        found = attributes(self.start_tag).get(name.encode(), b"")
        return found.decode("utf-8", "replace")


class Cell(NamedTuple):
    """One ``<c>``; see the tokenizer for its fields."""

    column: int
    start: int
    end: int
    style: bytes
    kind: bytes
    formula: bytes
    value: bytes
    inline: bytes


_new = tuple.__new__


class _Columns(dict[bytes, int]):
    """Column numbers by their letters, of either case; KeyError beyond the last column."""

    def __missing__(self, letters: bytes) -> int:
        column = column_of(letters.decode("ascii"))
        if column > MAX_COLUMN:
            raise KeyError(letters)
        self[letters] = column
        return column


_COLUMNS = _Columns()


class CellCutter:
    """Cuts the rows of a sheet; ``part`` is its name in what is raised."""

    def __init__(self, patterns: Patterns, part: str) -> None:
        self._patterns, self._part = patterns, part

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of ``row`` in document order. Raises WorkbookDamaged."""
        try:
            cells = self._common_cells(row) if row.mask is row.xml else None
            return list(self._exact_cells(row)) if cells is None else cells
        except KeyError:
            raise self._beyond(row) from None

    def _common_cells(self, row: Row) -> list[Cell] | None:
        """Return the cells where they are written the common way and nothing is between them."""
        expected = b"%d" % row.number
        column, start, columns = 0, row.body, _COLUMNS
        cells: list[Cell] = []
        append = cells.append
        for found in self._patterns.common_cell.findall(row.xml, row.body, row.body_end):
            whole, letters, digits, style, kind, formula, value, inline = found
            if digits == expected:
                column = columns[letters]
            elif digits:
                return None
            else:
                column += 1
                if column > MAX_COLUMN:  # counted, not named
                    raise self._beyond(row)
            end = start + len(whole)
            append(_new(Cell, (column, start, end, style, kind, formula, value, inline)))
            start = end
        return cells if start == row.body_end else None

    def _exact_cells(self, row: Row) -> Iterator[Cell]:
        patterns, mask, at, column = self._patterns, row.mask, row.body, 0
        while match := patterns.cell.match(mask, at, row.body_end):
            start, end = match.end(1), match.end()
            parts: dict[bytes, tuple[int, int]] = {}
            if mask[end - 2] != 0x2F:
                close = patterns.cell_end.search(mask, end, row.body_end)
                if close is None:
                    break
                parts = self._children(row, end, close.start())
                end = close.end()
            given = attributes(mask[start : match.end()])
            column = self._column(row, given.get(b"r"), column)
            spans = (parts.get(name, (0, 0)) for name in (b"f", b"v", b"is"))
            formula, value, inline = (row.xml[first:last] for first, last in spans)
            if row.mask is not row.xml:
                formula, value, inline = map(plain, (formula, value, inline))
            yield Cell(
                column, start, end, given.get(b"s", b""), given.get(b"t", b""),
                formula, value, inline,
            )  # fmt: skip
            at = end
        if mask[at : row.body_end].strip():
            raise self._damaged(f"holds something that is not a cell in row {row.number}")

    def _children(self, row: Row, at: int, end: int) -> dict[bytes, tuple[int, int]]:
        """Return the spans of a cell's children: of ``f`` whole, of the others their content."""
        spans: dict[bytes, tuple[int, int]] = {}
        while match := self._patterns.child.match(row.mask, at, end):
            if match[2] in spans:
                break
            spans[match[2]] = (
                match.span(1) if match[2] == b"f" or match[3] is None else match.span(3)
            )
            if match[2] != b"f" and match[3] is None:
                spans[match[2]] = (0, 0)
            at = match.end()
        if row.mask[at:end].strip():
            raise self._damaged(f"has a cell that cannot be understood in row {row.number}")
        return spans

    def _column(self, row: Row, reference: bytes | None, previous: int) -> int:
        if reference is None:
            column = previous + 1
        else:
            match = REFERENCE.fullmatch(reference)
            if match is None or int(match[2]) != row.number:
                called = quoted(reference)
                raise self._damaged(f"has a cell called {called} in row {row.number}")
            column = _COLUMNS[match[1]]
        if column > MAX_COLUMN:
            raise self._beyond(row)
        return column

    def _beyond(self, row: Row) -> WorkbookDamaged:
        return self._damaged(f"has a cell beyond the last column in row {row.number}")

    def _damaged(self, why: str) -> WorkbookDamaged:
        return WorkbookDamaged(f"The workbook is damaged: its part {self._part} {why}.")
