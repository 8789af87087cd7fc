"""Read the written texts back out of a finished table of shared strings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.transcode import Utf8Stream, gather
from zoomdesk.workbook.writing.appended_strings import StringTable
from zoomdesk.workbook.writing.edited_cells import EditedCells, Places, Value, picked
from zoomdesk.workbook.writing.progress import STRINGS_CHECKED, Progress
from zoomdesk.workbook.writing.text_column import joined
from zoomdesk.workbook.writing.text_numbers import NO_TEXT

_BATCH = 1 << 12
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)</")
_PLAIN = re.compile(rb"<(?:[\w.-]+:)?t>([^<&_\r]*+)</(?:[\w.-]+:)?t>")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?sst(?=[\s/>])[^<>]*>")
_BLOCK, _HEAD = 1 << 20, 1 << 20


class FinishedTexts:
    """The table of ``package``, whose every written text was held against the edits.

    Raises WriteFailed where an entry that a cell is to refer to holds another text than the cell
    was meant to, and where the entries that were there are not what they were.
    """

    def __init__(
        self, strings: StringTable, cells: EditedCells, package: Package, progress: Progress
    ) -> None:
        self._numbers, self._cells = strings.numbers, cells
        self._texts: dict[int, str] = {}
        """The texts of entries that cells refer to again and again, or here and there."""
        member = package.member(strings.part)
        blocks = progress.through(package.stream_ahead(member), member.size, STRINGS_CHECKED)
        self._table = Taker(Utf8Stream(blocks, strings.part))
        wanted = set(self._numbers.single.values())
        for given in self._numbers.columns.values():
            if not isinstance(given, range):
                wanted.update(given)
        self._check_known(strings, {number for number in wanted if number < strings.base})
        self._check_added(strings, wanted)
        self._check_others()

    def numbers_at(self, column: int, places: Places) -> Sequence[int] | None:
        """Return what the cells of a column at ``places`` are to refer to, None if not all do."""
        numbers = picked(self._numbers.columns[column], places)
        return numbers if isinstance(numbers, range) or NO_TEXT not in numbers else None

    def is_text_of(self, digits: bytes, row: int, column: int, text: str) -> bool:
        """Say whether ``digits`` is the number of the ``text`` that stands in a cell."""
        return digits == b"%d" % self._numbers.of(self._cells, row, column, text)

    def _check_known(self, strings: StringTable, wanted: set[int]) -> None:
        """Check that the entries that were there are the same; keep those ``wanted``."""
        table = self._table
        root = _ROOT.search(table.ahead(_HEAD))
        if root is None:
            raise _failed()
        table.skip(root.end())
        left, checksum, known = strings.size, 0, b""
        while left:
            piece = table.take(min(left, _BLOCK))
            left -= len(piece)
            checksum = crc32(piece, checksum)
            known += piece if wanted else b""
            if not piece:
                break
        if checksum != strings.checksum:
            raise _failed()
        if wanted:
            items = _item(strings.prefix).findall(known)
            self._texts = {number: text_of(items[number]) for number in wanted}

    def _check_added(self, strings: StringTable, wanted: set[int]) -> None:
        """Check the entries behind them, and that no others follow."""
        table, number = self._table, strings.base
        for values, start, stop in self._numbers.pieces():
            plain = _plain_items(values, start, stop, strings.prefix)
            if plain is not None and table.ahead(len(plain)) == plain:
                table.skip(len(plain))
            else:
                items = table.items(stop - start, _item(strings.prefix))
                if texts_of(items) != list(values[start:stop]):
                    raise _failed()
            for again in wanted.intersection(range(number, number + stop - start)):
                self._texts[again] = values[start + again - number]  # type: ignore[assignment]
            number += stop - start
        unchanged = strings.self_closed and not strings.numbers.added
        if not unchanged and not table.ahead(_BLOCK).startswith(b"</%bsst" % strings.prefix):
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
    data = b"\0".join(items)
    between = len(items) - 1
    if (
        data.startswith(b"<t>")
        and data.endswith(b"</t>")
        and data.count(b"\0") == data.count(b"</t>\0<t>") == between
        and data.count(b"<") == 2 * len(items)
        and not any(odd in data for odd in (b"&", b"_x", b"\r"))
    ):
        return data[3:-4].decode("utf-8", "replace").split("</t>\0<t>")
    return [text_of(item) for item in items]


def text_of(markup: bytes) -> str:
    """Return the text of one string item, or of a cell's ``<is>``."""
    plain = _PLAIN.fullmatch(markup)
    if plain:
        return plain[1].decode("utf-8", "replace")
    return undo_escapes("".join(character_data(text) for text in _TEXT.findall(markup)))


def _plain_items(values: Sequence[Value], start: int, stop: int, prefix: bytes) -> bytes | None:
    """Return the items that read back as texts without anything special; None if any has that."""
    data = joined(values, start, stop)
    if data is None or any(odd in data for odd in (b"&", b"<", b"\r")):
        return None
    if b"_" in data and b"_x" in data:
        return None
    p = prefix
    between = b"</%bt></%bsi><%bsi><%bt>" % (p, p, p, p)
    return b"<%bsi><%bt>%b</%bt></%bsi>" % (p, p, data.replace(b"\0", between), p, p)


def _item(prefix: bytes) -> re.Pattern[bytes]:
    p = re.escape(prefix)
    item = rb"<%bsi(?:\s[^<>]*)?(?:/>|(?<!/)>(.*?)</%bsi\s*>)" % (p, p)
    return re.compile(item, re.DOTALL)


class Taker:
    """Takes bytes from a stream of blocks."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._held, self._at = b"", 0

    def ahead(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end, and leave them there."""
        if len(self._held) - self._at < size:
            more = gather(self._blocks, max(size, _BLOCK))
            self._held, self._at = self._held[self._at :] + more, 0
        return self._held[self._at : self._at + size]

    def skip(self, size: int) -> None:
        """Go on behind ``size`` bytes of those ahead."""
        self._at += size

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end, and go on behind them."""
        taken = self.ahead(size)
        self._at += len(taken)
        return taken

    def items(self, count: int, item: re.Pattern[bytes]) -> list[bytes]:
        """Take what is in ``count`` elements that lie one behind the other; fewer if others do."""
        size = _BLOCK
        while True:
            data = self.ahead(size)
            found: list[bytes] = []
            at = 0
            while len(found) < count and (match := item.match(data, at)):
                found.append(match[1] or b"")
                at = match.end()
            if len(found) == count or len(data) < size:
                self.skip(at)
                return found
            size *= 2


def _failed() -> WriteFailed:
    return WriteFailed(
        "The finished file did not pass its check: a text in its table does not read back"
    )
