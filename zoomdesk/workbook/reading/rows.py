"""Take the rows of a worksheet into columns, one by one."""

from __future__ import annotations

from zoomdesk.workbook.display.styles import Styles
from zoomdesk.workbook.markup.row_shapes import RowShapes
from zoomdesk.workbook.markup.shared_strings import Strings
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens
from zoomdesk.workbook.reading.cells import CellReader
from zoomdesk.workbook.reading.columns import ColumnBuilder


class RowTaker:
    """Gathers what rows hold: texts in ``columns``, formulas in ``cells``, ``hidden`` rows."""

    def __init__(self, tokens: SheetTokens, strings: Strings, styles: Styles) -> None:
        self._tokens = tokens
        self._shapes = RowShapes(tokens.prefix)
        self.cells = CellReader(tokens.prefix, tokens.part, strings, styles)
        self.columns = ColumnBuilder()
        self.hidden: set[int] = set()

    @property
    def count(self) -> int:
        """How many rows have been taken."""
        return len(self.columns.row_numbers)

    def take(self, row: Row) -> None:
        """Take one row. Raises WorkbookDamaged or WorkbookHostile."""
        index = self.columns.start_row(row.number)
        if _is_hidden(row):
            self.hidden.add(row.number)
        if row.body == row.body_end:
            return
        known = self._shapes.match(row)
        if known is None:
            cut = self._tokens.cells(row)
            self._shapes.learn(row, cut)
            self.cells.read_row(cut, row.number, index, self.columns)
        else:
            self.cells.read_values(*known, row.number, index, self.columns)


def _is_hidden(row: Row) -> bool:
    """Tell whether a row is hidden, filtered away, or of no height."""
    tag = row.start_tag
    if b"hidden" in tag and row.attribute("hidden") in ("1", "true", "on"):
        return True
    if b"ht=" not in tag:
        return False
    try:
        return float(row.attribute("ht") or 1) == 0
    except ValueError:
        return False
