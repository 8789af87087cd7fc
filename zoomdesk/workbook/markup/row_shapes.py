"""Cut many rows at once by one pattern, learned from rows that the tokenizer has cut before.

Programs write the rows of a list all alike: the same columns, styles and types, only numbers and
values differ. From the bytes of each such cell comes a pattern where all is literal but the row's
number, the formula and the value, so that a cell which matches means the same; the pattern of a
row is that of its cells in order, those optional that some rows lack. Rows that do not match are
left over, and the tokenizer takes them: the result is the same either way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from zoomdesk.workbook.markup.tokenizer import Cell, Row

_MOST_KINDS = 400
"""Ways of writing a cell that one pattern tells apart, all columns together."""
_LEARNED_AT_MOST = 2000
_MOST_LIVES = 4
"""Where rows are all different, looking for likeness must not cost more than it saves."""

_ATTRIBUTES = r'((?: [A-Za-z0-9_:]++="[^<>"&]*+")*+)'
_CONTENT, _INDEX = "([^<]*+)", "([0-9]{1,9}+)"
_REFERENCE = re.compile(rb"""<[^<>]*?\sr=["'][A-Za-z]{1,3}(\d+)["']""")


class Field(NamedTuple):
    """A way of writing the cells of a column; the last two are places for ``CutRows.pieces``.

    ``formula`` is that of the ``<f>`` element, ``value`` that of the content of ``<v>`` or of the
    ``<t>`` of an inline text; 0 where such cells have none.
    """

    column: int
    style: bytes
    kind: bytes
    formula: int
    value: int


class CutRows:
    """Rows cut by their shape: their numbers, their other attributes, and what is between them.

    ``between[i]`` lies before row ``i``, the last behind them all: whole rows of other shapes,
    blanks, or ``""``.
    """

    def __init__(self, flat: list[Any], width: int) -> None:
        self._flat, self._width = flat, width
        self.between = flat[0::width]
        self.numbers = list(map(int, flat[1::width]))
        self.attributes = flat[2::width]

    def pieces(self, place: int) -> list[Any]:
        """Return a row each what a field has there, None where the cell is another or missing."""
        return self._flat[place :: self._width]


class _Kind(NamedTuple):
    """A way of writing a cell. ``pattern`` has a group each for formula and value, if any."""

    pattern: str
    style: bytes
    kind: bytes
    formula: bool
    value: bool


class RowShape:
    """What the rows of a sheet whose elements carry ``prefix`` have in common, as far as seen.

    Without ``values`` nothing is taken of the cells, which is twice as fast.
    """

    def __init__(self, prefix: bytes, *, values: bool = True) -> None:
        self.fields: dict[int, list[Field]] = {}
        """The fields of each column, of the pattern that ``cut`` used last."""
        self._p, self._values = prefix, values
        p = re.escape(prefix)
        self._tag = re.compile(b'<%brow r="[1-9][0-9]{0,6}"%b>' % (p, _ATTRIBUTES.encode()))
        self._formula = rb"<%bf(?: [^<>]*+)?+(?:(?<=/)>|(?<!/)>[^<]*+</%bf>)" % (p, p)
        self._whole_formula = re.compile(self._formula)
        self._inline = re.compile(rb'<%bt(?: xml:space="preserve")?+>([^<]*+)</%bt>' % (p, p))
        self._lives = 0
        self.forget()

    def forget(self) -> None:
        """Begin anew, some times at least: the rows that come are other ones."""
        if self._lives >= _MOST_LIVES:
            return
        self._lives += 1
        self._compiled: re.Pattern[str] | None = None
        self._kinds: dict[int, dict[str, _Kind]] = {}
        self._optional: set[int] = set()
        self._learned = self._due = 0
        self._outdated = False

    @property
    def is_full(self) -> bool:
        """Whether no more will be learned."""
        return self._learned >= _LEARNED_AT_MOST

    @property
    def last_column(self) -> int:
        """The last column in which a cell was seen."""
        return max(self._kinds, default=0)

    def learn(self, row: Row, cells: Sequence[Cell]) -> None:
        """Take notice of a row that the tokenizer has cut into ``cells``."""
        if self.is_full or row.mask is not row.xml or not self._tag.fullmatch(row.start_tag):
            return
        self._learned += 1
        kinds: dict[int, _Kind] = {}
        column, at = 0, row.body
        for cell in cells:
            kind = self._kind(row.xml[cell.start : cell.end], cell)
            if kind is None or cell.column <= column or cell.start != at:
                return
            kinds[cell.column] = kind
            column, at = cell.column, cell.end
        if at != row.body_end:
            return
        fresh = [
            (column, kind)
            for column, kind in kinds.items()
            if kind.pattern not in self._kinds.get(column, ())
        ]
        if sum(map(len, self._kinds.values())) + len(fresh) > _MOST_KINDS:
            self._learned = _LEARNED_AT_MOST
            return
        missing = self._kinds.keys() ^ kinds.keys() if self._kinds else set[int]()
        if fresh or not missing <= self._optional:
            self._outdated = True
        self._optional |= missing
        for column, kind in fresh:
            self._kinds.setdefault(column, {})[kind.pattern] = kind

    def cut(self, xml: bytes) -> CutRows | None:
        """Cut ``xml``, which begins and ends between rows; None where that is not possible."""
        if self._outdated and self._learned >= self._due:
            self._compile()
            self._due = 2 * self._learned  # patterns are dear: ever fewer of them
        if self._compiled is None:
            return None
        try:
            text = xml.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return CutRows(self._compiled.split(text), self._compiled.groups + 1)

    def _compile(self) -> None:
        self._outdated = False
        p = re.escape(self._p.decode())
        pieces = [f'<{p}row r="([1-9][0-9]{{0,6}})"{_ATTRIBUTES}>']
        place = 2
        self.fields = {}
        for column in sorted(self._kinds):
            kinds = self._kinds[column].values()
            ways = "|".join(kind.pattern for kind in kinds)
            pieces.append(f"(?>{ways})" if len(kinds) > 1 else ways)
            if column in self._optional:
                pieces[-1] = f"(?:{pieces[-1]})?+"
            self.fields[column] = []
            for kind in kinds:
                formula = place + 1 if kind.formula else 0
                value = place + kind.formula + 1 if kind.value else 0
                place += kind.formula + kind.value
                if formula or value:
                    field = Field(column, kind.style, kind.kind, formula, value)
                    self.fields[column].append(field)
        self._compiled = re.compile("".join([*pieces, f"</{p}row>"]))

    def _kind(self, xml: bytes, cell: Cell) -> _Kind | None:
        """Return how a cell is written, None where its pattern would not be surely right."""
        reference = _REFERENCE.match(xml)
        if reference is None or (cell.kind == b"inlineStr") != bool(cell.inline):
            return None
        pieces = [_literal(xml[: reference.start(1)]), r"\1"]
        rest = xml[reference.end(1) :]
        if cell.formula:
            before, found, rest = rest.partition(cell.formula)
            if not found or not self._whole_formula.fullmatch(cell.formula):
                return None
            pieces += [_literal(before), f"({self._formula.decode()})"]
        if cell.inline:
            before, found, rest = rest.partition(b"<%bis>%b" % (self._p, cell.inline))
            if not found or cell.value or not self._inline.fullmatch(cell.inline):
                return None
            pieces += [_literal(before + b"<%bis>" % self._p), self._inline.pattern.decode()]
        elif cell.value:
            before, found, rest = rest.partition(b"<%bv>%b" % (self._p, cell.value))
            content = _INDEX if cell.kind == b"s" else _CONTENT
            if not found or re.fullmatch(content.encode(), cell.value) is None:
                return None
            pieces += [_literal(before + b"<%bv>" % self._p), content]
        pattern = "".join([*pieces, _literal(rest)])
        if not self._values:
            for group in (_CONTENT, _INDEX, f"({self._formula.decode()})"):
                pattern = pattern.replace(group, f"(?:{group[1:-1]})")
            return _Kind(pattern, cell.style, cell.kind, False, False)
        has_value = bool(cell.inline or cell.value)
        return _Kind(pattern, cell.style, cell.kind, bool(cell.formula), has_value)


def _literal(xml: bytes) -> str:
    return re.escape(xml.decode("utf-8", "surrogateescape"))
