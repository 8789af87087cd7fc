"""Say what the cells of a finished sheet are to hold, column by column."""

from __future__ import annotations

from collections.abc import Sequence

from zoomdesk.workbook.markup.runs import MOST_COLUMNS
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.finished_texts import FinishedTexts
from zoomdesk.workbook.writing.row_tags import number_text


class Expected:
    """What the columns of ``cells`` become; ``texts`` is the finished table, if there is one."""

    def __init__(self, cells: EditedCells, texts: FinishedTexts | None) -> None:
        self._cells, self._texts = cells, texts

    def contents(
        self, columns: Sequence[int], numbers: Sequence[int]
    ) -> tuple[str, list[Sequence[object]]] | None:
        """Return the kind of each column's cells in the rows ``numbers``, and their contents.

        The kinds are those of :class:`..markup.alike.WrittenRows`. None where the cells of a column
        are not all of one kind.
        """
        if len(columns) > MOST_COLUMNS:
            return None
        kinds = ""
        expected: list[Sequence[object]] = []
        for column in columns:
            kind, contents = self._column(column, numbers)
            if not kind:
                return None
            kinds += kind
            expected.append(contents)
        return kinds, expected

    def _column(self, column: int, numbers: Sequence[int]) -> tuple[str, Sequence[object]]:
        given = self._cells.columns[column]
        places = given.positions(numbers)
        if self._texts is not None:
            indexes = self._texts.numbers_at(column, places)
            if indexes is not None:
                return "s", indexes
        values = given.at(places)
        kinds = set(map(type, values))
        if kinds == {str} and self._texts is None:
            return "i", [str(value).encode("utf-8", "replace") for value in values]
        if kinds <= {int, float}:
            return "n", [number_text(value) for value in values]  # type: ignore[arg-type]
        return "", ()


def hold(kinds: str, found: Sequence[Sequence[bytes]], expected: list[Sequence[object]]) -> bool:
    """Say whether columns of cells hold what they were to hold."""
    for kind, field, contents in zip(kinds, found, expected, strict=True):
        read = list(map(int, field)) if kind == "s" else list(field)
        if read != list(contents):
            return False
    return True
