"""Remember which rows were met: a byte for each that a sheet can have."""

from __future__ import annotations

from collections.abc import Sequence

from zoomdesk.workbook.references import MAX_ROW


class RowSet:
    """A set of row numbers that costs a megabyte, however many are in it."""

    def __init__(self) -> None:
        self._met = bytearray(MAX_ROW + 2)

    def __contains__(self, row: int) -> bool:
        return self._met[row] != 0

    def add(self, row: int) -> bool:
        """Add a row; say whether it was there."""
        met = self._met[row] != 0
        self._met[row] = 1
        return met

    def add_all(self, rows: Sequence[int]) -> list[int]:
        """Add rows; return those that were there, or are among ``rows`` twice."""
        if isinstance(rows, range):
            span = slice(rows.start, rows.stop)
            if 1 not in self._met[span]:
                self._met[span] = b"\1" * len(rows)
                return []
        return [row for row in rows if self.add(row)]

    def lacking(self, rows: Sequence[int]) -> list[int]:
        """Return those of ``rows`` that are not in the set."""
        if isinstance(rows, range) and 0 not in self._met[rows.start : rows.stop]:
            return []
        met = self._met
        return [row for row in rows if not met[row]]
