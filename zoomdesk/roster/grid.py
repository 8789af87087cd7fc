"""The cells of one sheet, as a roster needs them: whoever has such cells can make a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Grid(Protocol):
    """One sheet as displayed text, in columns.

    Rows and columns are numbered as in the sheet, from 1. ``row_numbers`` holds the rows that
    exist, ascending; ``columns[c]`` has one text a row of ``row_numbers``, in the same order, and
    ``""`` where the cell is empty. Columns without any cell may be missing.
    """

    @property
    def name(self) -> str:
        """The sheet's name."""

    @property
    def row_numbers(self) -> Sequence[int]:
        """The numbers of the rows that exist, ascending."""

    @property
    def columns(self) -> Mapping[int, Sequence[str]]:
        """The displayed text of each column, by column number."""

    @property
    def hidden_rows(self) -> frozenset[int]:
        """The rows that are hidden or filtered away in the workbook."""

    @property
    def formulas(self) -> Mapping[tuple[int, int], str]:
        """The formula of each cell that has one, by (row, column)."""

    @property
    def hyperlinks(self) -> Mapping[tuple[int, int], str]:
        """The link target of each cell that has one, by (row, column)."""
