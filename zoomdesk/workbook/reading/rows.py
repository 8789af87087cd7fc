"""Take the rows of a worksheet into columns: many at once where they are alike, else one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import lt
from typing import TypeVar

from zoomdesk.errors import WorkbookError
from zoomdesk.workbook.display.styles import Styles
from zoomdesk.workbook.markup.patterns import attributes
from zoomdesk.workbook.markup.row_shapes import CutRows, RowShape
from zoomdesk.workbook.markup.shared_strings import Strings
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens
from zoomdesk.workbook.reading.cells import CellReader
from zoomdesk.workbook.reading.columns import ColumnBuilder
from zoomdesk.workbook.references import MAX_ROW

_SMALL, _LARGE = 1 << 13, 1 << 18
"""Bytes of rows that are taken at once: few where they may be odd; never so many that other threads
wait long for the end of one call (DESIGN.md, Qt facts)."""
_MOST_FAILURES = 6
_LEARNED_FIRST = 2
"""Rows taken one by one at the start: headings, and a row that all others may be like."""

Odd = list[tuple[int, list[Row]]]
"""Rows that stand before the alike row of that place, as they were not cut with the others."""
_T = TypeVar("_T")


class RowTaker:
    """Gathers what rows hold: texts in ``columns``, formulas in ``cells``, ``hidden`` rows."""

    def __init__(self, tokens: SheetTokens, strings: Strings, styles: Styles) -> None:
        self._tokens = tokens
        self._shape = RowShape(tokens.prefix)
        self._hiding: dict[str, bool] = {}
        self.cells = CellReader(tokens.prefix, tokens.part, strings, styles)
        self.columns = ColumnBuilder()
        self.hidden: set[int] = set()

    @property
    def count(self) -> int:
        """How many rows have been taken."""
        return len(self.columns.row_numbers)

    def take_all(self) -> Iterator[None]:
        """Take every row, some at each step. Raises WorkbookDamaged or WorkbookHostile."""
        tokens, rows = self._tokens, self._tokens.rows()
        size, singly, failures = _SMALL, _LEARNED_FIRST, 0
        while True:
            before = self.count
            for row in islice(rows, singly):
                self.take(row)
            if self.count < before + singly:
                return
            yield
            singly = 1
            while xml := tokens.whole_rows(size):
                number = self._take_alike(xml)
                if number is None:
                    # Once more, one by one: here the error is raised, if there is one.
                    size, singly = _SMALL, xml.count(b"</%brow" % tokens.prefix) << failures
                    failures = min(failures + 1, _MOST_FAILURES)  # ask ever less often
                    if self._shape.is_full:
                        self._shape.forget()
                    break
                failures = 0
                tokens.skip(len(xml), number)
                size = min(2 * size, _LARGE)
                yield

    def take(self, row: Row) -> None:
        """Take one row. Raises WorkbookDamaged or WorkbookHostile."""
        self._take_cells(row, self.columns.start_row(row.number))

    def _take_cells(self, row: Row, index: int) -> None:
        if _is_hidden(row.start_tag):
            self.hidden.add(row.number)
        if row.body < row.body_end:
            cut = self._tokens.cells(row)
            self._shape.learn(row, cut)
            self.cells.read_row(cut, row.number, index, self.columns)

    def _take_alike(self, xml: bytes) -> int | None:
        """Take rows that are mostly alike and return the number of the last.

        None where they are not, or where something is wrong with one: then none has been taken,
        or one that cannot be taken will be met again.
        """
        cut = self._shape.cut(xml)
        odd = self._odd_rows(cut) if cut is not None and cut.numbers else None
        if cut is None or odd is None or sum(len(rows) for _, rows in odd) > len(cut.numbers):
            return None
        numbers = _with_odd(cut.numbers, [(at, [row.number for row in rows]) for at, rows in odd])
        if not _ascends(self._tokens.number, numbers) or numbers[-1] > MAX_ROW:
            return None
        try:
            texts = {column: self._texts(cut, column) for column in self._shape.fields}
        except IndexError:  # a shared string that does not exist
            return None
        self._put(cut, numbers, texts, odd)
        return numbers[-1]

    def _odd_rows(self, cut: CutRows) -> Odd | None:
        """Return the rows between those that were cut; None where there is something else."""
        odd: Odd = []
        if not any(cut.between):
            return odd
        for place, between in enumerate(cut.between):
            if not between:
                continue
            before = cut.numbers[place - 1] if place else self._tokens.number
            try:
                rows = self._tokens.rows_within(between.encode(), before)
            except WorkbookError:
                rows = None
            if rows is None:
                return None
            odd.append((place, rows))
        return odd

    def _texts(self, cut: CutRows, column: int) -> tuple[Sequence[str], int]:
        """Return what the cells of a column show, and how many are missing. Raises IndexError."""
        count = missing = len(cut.numbers)
        shown: list[str] = []
        for field in self._shape.fields[column]:
            contents = cut.pieces(field.value) if field.value else []
            given = len(contents) - contents.count(None)
            if not given:
                continue
            if given == count:
                return self.cells.texts(field, contents), 0
            missing -= given
            shown = shown or [""] * count
            places = [place for place, content in enumerate(contents) if content is not None]
            texts = self.cells.texts(field, [contents[place] for place in places])
            for place, text in zip(places, texts, strict=True):
                shown[place] = text
        return shown, missing

    def _put(
        self,
        cut: CutRows,
        numbers: Sequence[int],
        texts: dict[int, tuple[Sequence[str], int]],
        odd: Odd,
    ) -> None:
        first = self.columns.start_rows(numbers)
        holes = [(place, [""] * len(rows)) for place, rows in odd]
        more = len(numbers) - len(cut.numbers)
        for column, (shown, missing) in texts.items():
            self.columns.put_all(first, column, _with_odd(shown, holes), missing + more)
        given = cut.attributes
        if any(map(self._hides, given[:1] if given.count(given[0]) == len(given) else set(given))):
            pairs = zip(cut.numbers, given, strict=True)
            self.hidden.update(number for number, said in pairs if self._hides(said))
        formulas = self._formulas(cut)
        odd_rows = {row.number: row for _, rows in odd for row in rows}
        for number in sorted({*formulas, *odd_rows}):
            index = first + bisect_left(numbers, number)
            if number in odd_rows:
                self._take_cells(odd_rows[number], index)
            for column, element in formulas.get(number, ()):
                self.cells.formula(number, column, element)
                self.columns.exists(index, column)

    def _formulas(self, cut: CutRows) -> dict[int, list[tuple[int, bytes]]]:
        """Return column and ``<f>`` of each formula, by the number of its row."""
        found: dict[int, list[tuple[int, bytes]]] = {}
        for field in chain.from_iterable(self._shape.fields.values()):
            if field.formula:
                elements = zip(cut.numbers, cut.pieces(field.formula), strict=True)
                for number, element in elements:
                    if element is not None:
                        found.setdefault(number, []).append((field.column, element.encode()))
        return found

    def _hides(self, given: str) -> bool:
        """Tell whether a row whose start tag says this is hidden."""
        hides = self._hiding.get(given)
        if hides is None:
            hides = self._hiding[given] = _is_hidden(b"<row%b>" % given.encode())
        return hides


def _with_odd(alike: Sequence[_T], odd: Sequence[tuple[int, Sequence[_T]]]) -> Sequence[_T]:
    """Return what there is of each row, that of odd rows put in where they stand."""
    if not odd:
        return alike
    merged: list[_T] = []
    at = 0
    for place, those in odd:
        merged += [*alike[at:place], *those]
        at = place
    return [*merged, *alike[at:]]


def _ascends(before: int, numbers: Sequence[int]) -> bool:
    return before < numbers[0] and all(map(lt, numbers, islice(numbers, 1, None)))


def _is_hidden(tag: bytes) -> bool:
    """Tell whether a row of this start tag is hidden, filtered away, or of no height."""
    if b"hidden" not in tag and b"ht=" not in tag:
        return False
    given = attributes(tag)
    if given.get(b"hidden") in (b"1", b"true", b"on"):
        return True
    try:
        return float(given.get(b"ht") or 1) == 0
    except ValueError:
        return False
