"""Give every written text its number in the table of shared strings, a column at a time.

Texts that are said again and again (a status) get one number. A column whose texts are all
different (links, ids) gets numbers side by side, and no text of it has to be remembered: what is
appended to the table is made again from the edits when it is written.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence

from zoomdesk.workbook.markup.escapes import text_element
from zoomdesk.workbook.writing.edited_cells import EditedCells, Value
from zoomdesk.workbook.writing.text_column import TextColumn

NO_TEXT = 0xFFFFFFFF
"""In place of a number: the cell gets none."""

_BATCH = 1 << 12
_REMEMBERED = 1 << 16
_TEXTS = frozenset([str])


class TextNumbers:
    """The numbers of the texts of ``cells``, in a table that has ``base`` entries.

    ``known`` are entries that are there, by their markup, and will be used again. ``columns`` are
    the numbers of each column, position by position, NO_TEXT where there is no text; ``added``
    counts the new entries, ``uses`` the cells that refer to any.
    """

    def __init__(
        self, cells: EditedCells, base: int, known: Mapping[bytes, int], prefix: bytes
    ) -> None:
        self.base = base
        self.added = self.uses = 0
        self.single: dict[str, int] = {}
        self.columns: dict[int, Sequence[int]] = {}
        self._known, self._prefix = known, prefix
        self._fresh: list[Value] = []
        self._pieces: list[tuple[Sequence[Value], int, int]] = []
        for values in cells.single.values():
            for value in values.values():
                if isinstance(value, str):
                    self.single[value] = self._number(value)
                    self.uses += 1
        for column, given in cells.columns.items():
            self.columns[column] = self._column(given.values)

    def of(self, cells: EditedCells, row: int, column: int, text: str) -> int:
        """Return the number of the ``text`` of one cell of ``cells``."""
        given = cells.columns.get(column)
        place = given.position(row) if given is not None else -1
        return self.columns[column][place] if place >= 0 else self.single[text]

    def texts(self) -> Iterator[Sequence[str]]:
        """Yield what is appended, in order, many texts at a time."""
        for values, start, stop in self.pieces():
            yield values[start:stop]  # type: ignore[misc]  # only texts

    def pieces(self) -> Iterator[tuple[Sequence[Value], int, int]]:
        """Yield the same as slices: values, start and stop."""
        for values, start, stop in self._pieces:
            for at in range(start, stop, _BATCH):
                yield values, at, min(at + _BATCH, stop)

    def _column(self, values: Sequence[Value]) -> Sequence[int]:
        numbers = array("I")
        alone = len(values) > _BATCH and _all_different(values[:_BATCH])
        before = self.base + self.added
        if alone and isinstance(values, TextColumn):
            self._append(values, 0, len(values))
            self.uses += len(values)
            return range(before, self.base + self.added)
        for at in range(0, len(values), _BATCH):
            batch = values[at : at + _BATCH]
            texts = set(map(type, batch)) == _TEXTS
            if alone and texts:
                first = self.base + self.added
                self._append(values, at, at + len(batch))
                numbers.extend(range(first, first + len(batch)))
                self.uses += len(batch)
                continue
            known = list(map(self.single.get, batch)) if texts else [None]  # type: ignore[arg-type]
            found = [number for number in known if number is not None]
            if len(found) < len(batch):
                found = [
                    self._number(value) if isinstance(value, str) else NO_TEXT for value in batch
                ]
            self.uses += len(found) - found.count(NO_TEXT)
            numbers.extend(found)
        if alone and before + len(numbers) == self.base + self.added:
            return range(before, before + len(numbers))  # every one is text, and new
        return numbers

    def _number(self, text: str) -> int:
        """Return the number of a text that may be said again."""
        number = self.single.get(text)
        if number is None:
            number = self._existing(text) if self._known else None
            if number is None:
                number = self.base + self.added
                self._append_one(text)
            if len(self.single) < _REMEMBERED:
                self.single[text] = number
        return number

    def _existing(self, text: str) -> int | None:
        """Return the number of an entry that is there and says ``text`` as we would write it."""
        plain = b"<%bt>%b</%bt>" % (self._prefix, text.encode("utf-8", "replace"), self._prefix)
        number = self._known.get(plain)
        if number is None and not any(odd in text for odd in ("&", "<", ">", " ")):
            return None  # escaped or not, it is written so
        return self._known.get(text_element(text, self._prefix))

    def _append(self, values: Sequence[Value], start: int, stop: int) -> None:
        self.added += stop - start
        last = self._pieces[-1] if self._pieces else None
        if last is not None and last[0] is values and last[2] == start:
            self._pieces[-1] = values, last[1], stop
        else:
            self._pieces.append((values, start, stop))

    def _append_one(self, text: str) -> None:
        self.added += 1
        if not self._pieces or self._pieces[-1][0] is not self._fresh:
            self._fresh = []
            self._pieces.append((self._fresh, 0, 0))
        self._fresh.append(text)
        self._pieces[-1] = self._fresh, 0, len(self._fresh)


def _all_different(values: Sequence[Value]) -> bool:
    texts = [value for value in values if isinstance(value, str)]
    return len(set(texts)) * 4 > len(texts) * 3
