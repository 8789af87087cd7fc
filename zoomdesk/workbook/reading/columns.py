"""Gather the cells of a sheet, met row by row, into columns of bounded memory."""

from __future__ import annotations

from collections.abc import Sequence

from zoomdesk.workbook.sheet import SparseColumn, Texts

_CHEAP_PADDING = 16_000_000
"""Empty places that columns may hold all together before long gaps make a column sparse."""
_LONG_GAP = 64


class ColumnBuilder:
    """Take the texts of rows in any order; columns come out in the order of row numbers.

    A list a column is the fastest store there is, yet a few far-flung cells could make 16,384
    columns of a million empty places: then a column becomes a dictionary of its texts.
    """

    def __init__(self) -> None:
        self.row_numbers: list[int] = []
        self.lists: dict[int, list[str]] = {}
        """The columns that are lists: whoever appends the next text there may do so directly."""
        self._sparse: dict[int, dict[int, str]] = {}
        self._padding = 0
        self._sorted = True

    def start_row(self, number: int) -> int:
        """Begin a row and return its index."""
        if self.row_numbers and number <= self.row_numbers[-1]:
            self._sorted = False
        self.row_numbers.append(number)
        return len(self.row_numbers) - 1

    def put(self, index: int, column: int, text: str) -> None:
        """Store a text; of two in one cell the later stays.

        An empty one makes row and column exist: so does a formula that shows nothing.
        """
        texts = self.lists.get(column)
        if texts is None:
            if column in self._sparse:
                self._sparse[column][index] = text
                return
            texts = self.lists[column] = []
        gap = index - len(texts)
        if gap > 0:
            self._padding += gap
            if gap > _LONG_GAP and self._padding > _CHEAP_PADDING:
                self._make_sparse(column)
                self._sparse[column][index] = text
                return
            texts += [""] * gap
        if gap >= 0:
            texts.append(text)
        else:
            texts[index] = text

    def start_rows(self, numbers: Sequence[int]) -> int:
        """Begin many rows, of ascending numbers, and return the index of the first."""
        if self.row_numbers and numbers and numbers[0] <= self.row_numbers[-1]:
            self._sorted = False
        self.row_numbers += numbers
        return len(self.row_numbers) - len(numbers)

    def put_all(self, index: int, column: int, texts: Sequence[str], empty: int) -> None:
        """Store the texts of consecutive rows from ``index`` on, in a column where none has one.

        ``empty`` of them at least are for cells that do not exist.
        """
        end = len(texts)
        while end and not texts[end - 1]:
            end -= 1
        if not end:
            return
        start = 0
        while not texts[start]:
            start += 1
        self.put(index + start, column, texts[start])
        rest = texts[start + 1 : end]
        dense = self.lists.get(column)
        if dense is not None:
            self._padding += empty
            if empty <= _LONG_GAP or self._padding <= _CHEAP_PADDING:
                dense += rest
                return
            self._make_sparse(column)
        texts_at = enumerate(rest, index + start + 1)
        self._sparse[column].update((at, text) for at, text in texts_at if text)

    def exists(self, index: int, column: int) -> None:
        """Let a cell exist, whatever it shows: so does a formula that shows nothing."""
        known = self.lists.get(column, ())
        if index >= len(known) and index not in self._sparse.get(column, ()):
            self.put(index, column, "")

    def finish(self) -> tuple[list[int], dict[int, Texts]]:
        """Return row numbers and columns; rows after the last with content are dropped."""
        lengths = [len(texts) for texts in self.lists.values()]
        lengths += [max(texts) + 1 for texts in self._sparse.values() if texts]
        count = max(lengths, default=0)
        del self.row_numbers[count:]
        for column, texts in list(self.lists.items()):
            gap = count - len(texts)
            self._padding += gap
            if gap > _LONG_GAP and self._padding > _CHEAP_PADDING:
                self._make_sparse(column)
            else:
                texts += [""] * gap
        if not self._sorted:
            self._sort()
        columns: dict[int, Texts] = {}
        for column in sorted({*self.lists, *self._sparse}):
            dense = self.lists.get(column)
            columns[column] = (
                SparseColumn(self._sparse[column], len(self.row_numbers))
                if dense is None
                else dense
            )
        return self.row_numbers, columns

    def _make_sparse(self, column: int) -> None:
        texts = self.lists.pop(column)
        self._sparse[column] = {
            index: text for index, text in enumerate(texts) if text or index == len(texts) - 1
        }

    def _sort(self) -> None:
        """Put rows into order; rows of one number become one, later texts winning."""
        numbers = sorted(set(self.row_numbers))
        place = {number: index for index, number in enumerate(numbers)}
        target = [place[number] for number in self.row_numbers]
        for column, texts in self.lists.items():
            ordered = [""] * len(numbers)
            for index, text in enumerate(texts):
                if text:
                    ordered[target[index]] = text
            self.lists[column] = ordered
        for column, sparse in self._sparse.items():
            self._sparse[column] = {target[index]: sparse[index] for index in sorted(sparse)}
        self.row_numbers = numbers
