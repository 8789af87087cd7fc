"""Read rows that are written like an earlier row by one pattern of the whole row.

Programs write the rows of a list all alike: the same columns, styles and types, only numbers and
values differ. The first such row is cut up by the tokenizer; from its bytes comes a pattern where
all is literal but the row's number and the values, so that a row which matches means the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zoomdesk.workbook.markup.tokenizer import Cell, Row

_REFERENCE = re.compile(rb"""<[^<>]*?\sr=["'][A-Za-z]{1,3}(\d+)["']""")
_KEPT = 6
_LEARNED_AT_MOST = 200
"""Where rows are all different, looking for likeness must not cost more than it saves."""


class Slot(NamedTuple):
    """A cell that has a value, in a row of a known shape."""

    column: int
    style: bytes
    kind: bytes


class RowShape:
    """What rows of one shape have in common."""

    def __init__(self, pattern: bytes, slots: tuple[Slot, ...], numbered: bool) -> None:
        self.slots = slots
        self._pattern = re.compile(pattern)
        self._numbered = numbered

    def values(self, row: Row) -> Sequence[bytes] | None:
        """Return the content of each slot's ``<v>`` or ``<t>``, or None for another shape."""
        match = self._pattern.fullmatch(row.xml, row.body, row.body_end)
        if match is None:
            return None
        groups = match.groups()
        if not self._numbered:
            return groups
        return groups[1:] if int(groups[0]) == row.number else None


class RowShapes:
    """The shapes met lately on one sheet."""

    def __init__(self, prefix: bytes) -> None:
        self._inline = re.compile(
            rb"<%bt(?: xml:space=\"preserve\")?>([^<]*)</%bt>" % (prefix, prefix)
        )
        self._prefix = prefix
        self._shapes: list[RowShape] = []
        self._learned = 0

    def match(self, row: Row) -> tuple[RowShape, Sequence[bytes]] | None:
        """Return the shape of a row and its values; None where the tokenizer must cut it up."""
        if row.mask is not row.xml:
            return None
        for place, shape in enumerate(self._shapes):
            values = shape.values(row)
            if values is not None:
                if place:
                    self._shapes.insert(0, self._shapes.pop(place))
                return shape, values
        return None

    def learn(self, row: Row, cells: Sequence[Cell]) -> None:
        """Remember the shape of a row that the tokenizer has cut into ``cells``."""
        if self._learned >= _LEARNED_AT_MOST or row.mask is not row.xml:
            return
        self._learned += 1
        shape = self._shape(row, cells)
        if shape is not None:
            self._shapes.insert(0, shape)
            del self._shapes[_KEPT:]

    def _shape(self, row: Row, cells: Sequence[Cell]) -> RowShape | None:
        pieces: list[bytes] = []
        slots: list[Slot] = []
        contents: list[bytes] = []
        numbered = False
        for cell in cells:
            literal, content, tail = self._parts(row.xml[cell.start : cell.end], cell)
            if literal is None:
                return None
            reference = _REFERENCE.match(literal)
            if reference is not None and contents and not numbered:
                return None  # the row's number is to be the first group of the pattern
            if reference is None:
                pieces.append(re.escape(literal))
            else:
                pieces.append(re.escape(literal[: reference.start(1)]))
                pieces.append(rb"\1" if numbered else rb"([1-9]\d{0,6})")
                pieces.append(rb"(?!\d)" + re.escape(literal[reference.end(1) :]))
                numbered = True
            if content is not None:
                pieces.append(tail)
                slots.append(Slot(cell.column, cell.style, cell.kind))
                contents.append(content)
        shape = RowShape(b"".join(pieces), tuple(slots), numbered)
        found = shape.values(row)
        return shape if found is not None and list(found) == contents else None

    def _parts(self, xml: bytes, cell: Cell) -> tuple[bytes | None, bytes | None, bytes]:
        """Return what of a cell is literal, its content, and the pattern from the content on."""
        if cell.formula or (cell.kind == b"inlineStr") != bool(cell.inline):
            return None, None, b""
        if cell.inline:
            inline = self._inline.fullmatch(cell.inline)
            start = xml.find(b"<%bis>" % self._prefix) + len(self._prefix) + 4
            if inline is None or cell.value or xml[start : start + len(cell.inline)] != cell.inline:
                return None, None, b""
            end = re.escape(xml[start + len(cell.inline) :])
            return xml[:start], inline[1], self._inline.pattern + end
        if cell.value:
            start = xml.find(b"<%bv>" % self._prefix) + len(self._prefix) + 3
            if xml[start : start + len(cell.value)] != cell.value:
                return None, None, b""
            return xml[:start], cell.value, b"([^<]*)" + re.escape(xml[start + len(cell.value) :])
        return xml, None, b""
