"""Hold one worksheet in columns, as the person sees it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from zoomdesk.workbook.book import BookInfo
from zoomdesk.workbook.references import CellRange


@dataclass(frozen=True, slots=True)
class TableInfo:
    """An Excel table of the sheet (ECMA-376 18.5.1.2).

    ``ref`` includes header and totals rows, of which there are ``header_row_count`` and
    ``totals_row_count``. ``has_query`` tables are filled from outside and must not be changed.
    """

    name: str
    ref: CellRange
    header_row_count: int
    totals_row_count: int
    part: str
    columns: tuple[str, ...]
    has_query: bool

    @property
    def first_data_row(self) -> int:
        """The row below the header."""
        return self.ref.first_row + self.header_row_count

    @property
    def last_data_row(self) -> int:
        """The row above the totals."""
        return self.ref.last_row - self.totals_row_count


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The cells of a worksheet as displayed text, by columns; rows and columns count from 1.

    ``row_numbers`` are the rows that exist, ascending; rows below the last content are left out.
    ``columns[c]`` has one text a row of ``row_numbers``, ``""`` where the cell is empty; columns
    without content are missing. ``formulas`` are as the formula bar shows them, ``=A1&B1`` or
    ``{=A1:A3}``; ``hyperlinks`` hold addresses, ``#Sheet2!A1`` for places in the workbook. What
    stands in the totals row of a table is in ``totals`` and not in ``columns``: it is nobody's row.
    ``text`` knows both.
    """

    book: BookInfo
    name: str
    state: str
    row_numbers: Sequence[int]
    columns: Mapping[int, Sequence[str]]
    hidden_rows: frozenset[int]
    formulas: Mapping[tuple[int, int], str]
    hyperlinks: Mapping[tuple[int, int], str]
    merges: tuple[CellRange, ...]
    tables: tuple[TableInfo, ...]
    auto_filter: CellRange | None
    protected: bool
    totals: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def last_column(self) -> int:
        """The last column that holds content or belongs to a table; 0 on an empty sheet."""
        return max((*self.columns, *(table.ref.last_column for table in self.tables)), default=0)

    def index_of(self, row: int) -> int | None:
        """Return the position of a row in ``row_numbers``, or None where the row is empty."""
        index = bisect_left(self.row_numbers, row)
        if index < len(self.row_numbers) and self.row_numbers[index] == row:
            return index
        return None

    def text(self, row: int, column: int) -> str:
        """Return the displayed text of a cell, ``""`` where there is none."""
        texts = self.columns.get(column)
        index = self.index_of(row) if texts is not None else None
        if texts is None or index is None:
            return ""
        return texts[index] or self.totals.get((row, column), "")


class SparseColumn(Sequence[str]):
    """A column that is empty but for some rows: what it costs does not grow with its length."""

    __slots__ = ("_length", "_texts")

    def __init__(self, texts: dict[int, str], length: int) -> None:
        self._texts = texts
        self._length = length

    def __len__(self) -> int:
        return self._length

    def filled(self) -> Mapping[int, str]:
        """Return the texts that are not empty, by their index."""
        return self._texts

    def __setitem__(self, index: int, text: str) -> None:
        if text:
            self._texts[index] = text
        else:
            self._texts.pop(index, None)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self._texts.get(i, "") for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError("row index out of range")
        return self._texts.get(index % self._length, "")


Texts = list[str] | SparseColumn
"""A column while a sheet is being read."""
