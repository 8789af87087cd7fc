"""Read the written texts back out of a finished table of shared strings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.transcode import Utf8Stream
from zoomdesk.workbook.writing.appended_strings import StringTable
from zoomdesk.workbook.writing.edited_cells import EditedCells, Places, Value, picked
from zoomdesk.workbook.writing.progress import STRINGS_CHECKED, Progress
from zoomdesk.workbook.writing.text_numbers import NO_TEXT

_BATCH = 1 << 12
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)</")
_PLAIN = re.compile(rb"<(?:[\w.-]+:)?t>([^<&_\r]*+)</(?:[\w.-]+:)?t>")


class FinishedTexts:
    """The table of ``package``, whose every written text was held against the edits.

    Raises WriteFailed where an entry that a cell is to refer to holds another text than the cell
    was meant to.
    """

    def __init__(
        self, strings: StringTable, cells: EditedCells, package: Package, progress: Progress
    ) -> None:
        self._numbers, self._cells = strings.numbers, cells
        self._texts: dict[int, str] = {}
        member = package.member(strings.part)
        blocks = progress.through(package.stream_ahead(member), member.size, STRINGS_CHECKED)
        stream = Utf8Stream(blocks, strings.part)
        self._read(stream, strings.prefix)
        self._check_others()

    def numbers_at(self, column: int, places: Places) -> Sequence[int] | None:
        """Return what the cells of a column at ``places`` are to refer to, None if not all do."""
        numbers = picked(self._numbers.columns[column], places)
        return numbers if isinstance(numbers, range) or NO_TEXT not in numbers else None

    def is_text_of(self, digits: bytes, row: int, column: int, text: str) -> bool:
        """Say whether ``digits`` is the number of the ``text`` that stands in a cell."""
        return digits == b"%d" % self._numbers.of(self._cells, row, column, text)

    def _read(self, stream: Iterator[bytes], prefix: bytes) -> None:
        """Go through the table: hold columns of texts side by side against it, keep the others."""
        numbers = self._numbers
        side_by_side: list[tuple[range, Sequence[Value]]] = []
        others = set(numbers.single.values())
        for column, given in numbers.columns.items():
            if isinstance(given, range):
                side_by_side.append((given, self._cells.columns[column].values))
            else:
                others.update(given)
        others.discard(NO_TEXT)
        first = min((*others, *(given.start for given, _ in side_by_side)), default=0)
        end = 0
        for start, batch in _items(stream, prefix, first):
            end = start + len(batch)
            for given, values in side_by_side:
                low, high = max(start, given.start), min(end, given.stop)
                if low < high:
                    found = texts_of(batch[low - start : high - start])
                    if found != list(values[low - given.start : high - given.start]):
                        raise _failed()
            if others:
                for number in others.intersection(range(start, end)):
                    self._texts[number] = text_of(batch[number - start])
        if end < numbers.base + numbers.added:
            raise _failed()

    def _check_others(self) -> None:
        numbers, texts = self._numbers, self._texts
        for row in self._cells.single.values():
            for value in row.values():
                if isinstance(value, str) and texts.get(numbers.single[value]) != value:
                    raise _failed()
        for column, given in numbers.columns.items():
            if isinstance(given, range):
                continue
            values = self._cells.columns[column].values
            for at in range(0, len(given), _BATCH):
                found = list(map(texts.get, given[at : at + _BATCH]))
                batch = list(values[at : at + _BATCH])
                if found != batch and found != [
                    value if isinstance(value, str) else None for value in batch
                ]:
                    raise _failed()


def texts_of(items: Sequence[bytes]) -> list[str]:
    """Return the texts of many string items, given by what is in them."""
    joined = b"\0".join(items)
    between = len(items) - 1
    if (
        joined.startswith(b"<t>")
        and joined.endswith(b"</t>")
        and joined.count(b"\0") == joined.count(b"</t>\0<t>") == between
        and joined.count(b"<") == 2 * len(items)
        and not any(odd in joined for odd in (b"&", b"_x", b"\r"))
    ):
        return joined[3:-4].decode("utf-8", "replace").split("</t>\0<t>")
    return [text_of(item) for item in items]


def text_of(markup: bytes) -> str:
    """Return the text of one string item, or of a cell's ``<is>``."""
    plain = _PLAIN.fullmatch(markup)
    if plain:
        return plain[1].decode("utf-8", "replace")
    return undo_escapes("".join(character_data(text) for text in _TEXT.findall(markup)))


def _items(stream: Iterator[bytes], prefix: bytes, first: int) -> Iterator[tuple[int, list[bytes]]]:
    """Yield what is in each ``<si>``, many at a time, with the number of the first of them.

    Those far before ``first`` are only counted, which comes cheap.
    """
    p = re.escape(prefix)
    item = re.compile(rb"<" + p + rb"si(?:\s[^<>]*)?(?:/>|>(.*?)</" + p + rb"si\s*>)", re.DOTALL)
    close = b"</" + prefix + b"si"
    rest, number = b"", 0
    for block in stream:
        rest += block
        end = rest.rfind(close)
        end = rest.find(b">", end) + 1 if end >= 0 else 0
        if not end:
            continue
        count = rest.count(close, 0, end)
        if number + count > first or rest.count(b"<%bsi" % prefix, 0, end) != count:
            found = item.findall(rest, 0, end)
            yield number, found
            count = len(found)
        number += count
        rest = rest[end:]
    found = item.findall(rest)
    if found:
        yield number, found


def _failed() -> WriteFailed:
    return WriteFailed(
        "The finished file did not pass its check: a text in its table does not read back"
    )
