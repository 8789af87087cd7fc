"""Append texts to the table of shared strings without moving any that is there (ECMA-376-1 18.4).

Existing entries are counted by their ``<si>`` elements: the counts that files declare lie. Of a
small table they are used again, so that saving the same statuses once more does not make it grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from zlib import crc32

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile, WriteRefused
from zoomdesk.workbook.markup.escapes import text_element
from zoomdesk.workbook.opc.transcode import Utf8Stream
from zoomdesk.workbook.writing.edited_cells import EditedCells, Value
from zoomdesk.workbook.writing.text_column import joined
from zoomdesk.workbook.writing.text_numbers import TextNumbers

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sst(?=[\s/>])[^<>]*>")
_COUNT = re.compile(rb"""(\s(count|uniqueCount)\s*=\s*["'])(\d+)""")
_HELD = 1 << 16
_MAX_HEAD = 1 << 20
_SMALL = 2 << 20
"""Bytes of a table up to which its entries are used again."""
_PLAIN = bytes(set(range(0x20, 0x7F)) - set(b"&<>"))


@dataclass
class StringTable:
    """The shared strings of a workbook, and what is to be appended to them.

    ``base`` is the number of entries that are there, ``known`` are those of a small table by their
    markup; ``size`` is how many bytes there are between the tags of the table, with their CRC-32.
    ``numbers`` are those of the texts that are written.
    """

    part: str
    base: int
    prefix: bytes
    self_closed: bool
    known: Mapping[bytes, int]
    size: int = 0
    checksum: int = 0
    numbers: TextNumbers = field(init=False)

    def number(self, cells: EditedCells) -> None:
        """Give the texts of ``cells`` their numbers."""
        self.numbers = TextNumbers(cells, self.base, self.known, self.prefix)

    @classmethod
    def scan(cls, blocks: Iterable[bytes], part: str) -> StringTable:
        """Count the entries of the part.

        Raises WorkbookHostile at a document type, WriteRefused where comments or CDATA make the
        count uncertain, WorkbookDamaged where it is no table of strings.
        """
        stream = Utf8Stream(blocks, part)
        rest, prefix, closed = _beginning(stream, part)
        item = re.compile(rb"<(/?)%bsi(?:\s[^<>]*?)?(/?)>" % re.escape(prefix))
        closing = b"</%bsi>" % prefix
        small: list[bytes] | None = [rest]
        base = ended = size = checksum = 0
        for block in chain((b"",), stream):
            new = max(len(rest) - 1, 0) if block else 0
            rest += block
            _check(rest, part, new)
            if small is not None:
                small.append(block)
                small = small if size + len(rest) <= _SMALL else None
            cut = rest.rfind(closing) + len(closing)
            if cut < len(closing):
                cut = max(rest.rfind(b"<"), 0)
            begun, closed_here = _count(rest, cut, prefix, item)
            base, ended, size = base + begun, ended + closed_here, size + cut
            checksum = crc32(memoryview(rest)[:cut], checksum)
            rest = rest[cut:]
        last = rest.rfind(b"</%bsst" % prefix)
        begun, closed_here = _count(rest, max(last, 0), prefix, item)
        if ended + closed_here != base + begun or (not closed and last < 0):
            raise _damaged(part)
        base, size = base + begun, size + max(last, 0)
        checksum = crc32(rest[: max(last, 0)], checksum)
        known = _known(b"".join(small), prefix, base) if small is not None else {}
        return cls(part, base, prefix, closed, known, size, checksum)

    def patched(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the part again, the new texts at its end and its counts put right."""
        stream = Utf8Stream(blocks, self.part)
        yield from stream.encoded(self._patched(stream))

    def _patched(self, stream: Iterable[bytes]) -> Iterator[bytes]:
        held, head = b"", True
        for block in stream:
            held += block
            if head:
                root = _ROOT.search(held)
                if root is None:
                    continue
                head = False
                yield held[: root.start()] + self._root(root[0])
                held = held[root.end() :]
            if len(held) > _HELD:
                yield held[:-_HELD]
                held = held[-_HELD:]
        close = len(held) if self.self_closed else held.rfind(b"</" + self.prefix + b"sst")
        if head or close < 0:
            raise _damaged(self.part)
        yield held[:close] if not self.self_closed else b""
        yield from self._items()
        yield b"</" + self.prefix + b"sst>" + held if self.self_closed else held[close:]

    def _root(self, tag: bytes) -> bytes:
        def corrected(match: re.Match[bytes]) -> bytes:
            unique = self.base + self.numbers.added
            total = max(int(match[3]) + self.numbers.uses, unique)
            return match[1] + b"%d" % (unique if match[2] == b"uniqueCount" else total)

        tag = _COUNT.sub(corrected, tag)
        return tag[:-2].rstrip() + b">" if self.self_closed else tag

    def _items(self) -> Iterator[bytes]:
        return (string_items(*piece, self.prefix) for piece in self.numbers.pieces())


def _beginning(stream: Iterator[bytes], part: str) -> tuple[bytes, bytes, bool]:
    """Return what was read behind the root's tag, its prefix, and whether it has no content."""
    data = b""
    for block in stream:
        data += block
        root = _ROOT.search(data)
        _check(data[: root.end()] if root else data, part)
        if root is not None:
            prefix = root[1] + b":" if root[1] else b""
            return data[root.end() :], prefix, root[0].endswith(b"/>")
        if len(data) > _MAX_HEAD:
            break
    raise _damaged(part)


def _count(data: bytes, end: int, prefix: bytes, item: re.Pattern[bytes]) -> tuple[int, int]:
    """Return how many entries begin and how many end before ``end``."""
    texts = data.count(b"</%bt></%bsi><%bsi><%bt>" % (prefix, prefix, prefix, prefix), 0, end) + 1
    start, close = b"<%bsi><%bt>" % (prefix, prefix), b"</%bt></%bsi>" % (prefix, prefix)
    if (
        data.count(b"<", 0, end) == 4 * texts
        and data.startswith(start)
        and data.endswith(close, 0, end)
    ):
        return texts, texts  # each a plain text, and nothing between them
    begun, ended = data.count(b"<%bsi>" % prefix, 0, end), data.count(b"</%bsi>" % prefix, 0, end)
    if begun == data.count(b"<%bsi" % prefix, 0, end) and ended == data.count(
        b"</%bsi" % prefix, 0, end
    ):  # no others: with attributes, or empty
        return begun, ended
    found = item.findall(data, 0, end)
    ends = sum(bool(close) for close, _ in found)
    return len(found) - ends, ends + sum(bool(empty) for _, empty in found)


def string_items(values: Sequence[Value], start: int, stop: int, prefix: bytes) -> bytes:
    """Return the ``<si>`` elements of the texts ``values[start:stop]``, of which there is one."""
    p = prefix
    data = joined(values, start, stop)
    if data is not None and _needs_no_escape(data, stop - start - 1):
        between = b"</%bt></%bsi><%bsi><%bt>" % (p, p, p, p)
        return b"<%bsi><%bt>%b</%bt></%bsi>" % (p, p, data.replace(b"\0", between), p, p)
    open_tag, close_tag = b"<%bsi>" % p, b"</%bsi>" % p
    elements = (text_element(str(text), p) for text in values[start:stop])
    return open_tag + (close_tag + open_tag).join(elements) + close_tag


def _needs_no_escape(data: bytes, marks: int) -> bool:
    """Say whether texts go into markup as they are; ``marks`` are the NULs between them."""
    if len(data.translate(None, _PLAIN)) != marks or (b"_" in data and b"_x" in data):
        return False
    if b" " not in data:
        return True
    return not (data[:1] == b" " or data[-1:] == b" ") and not any(
        odd in data for odd in (b"  ", b"\0 ", b" \0")
    )


def _known(data: bytes, prefix: bytes, base: int) -> dict[bytes, int]:
    """Return the plain entries of a table by their markup; none where it is not surely cut."""
    p = re.escape(prefix)
    item = rb"<%bsi(?:\s[^<>]*)?(?:/>|(?<!/)>(.*?)</%bsi\s*>)" % (p, p)
    found: list[bytes] = re.findall(item, data, re.DOTALL)
    if len(found) != base:
        return {}
    return {content: number for number, content in reversed(list(enumerate(found))) if content}


def _check(data: bytes, part: str, start: int = 0) -> None:
    if data.find(b"!", start) < 0 or data.find(b"<!", start) < 0:  # the one byte is found faster
        return
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise WorkbookHostile(
            f"The workbook is not safe to open: its part {part} brings a document type, "
            "which Excel never writes."
        )
    raise WriteRefused(
        f"The part {part} of the workbook holds comments or CDATA sections, between which its "
        "texts cannot be counted with certainty.",
        hint="Open it in Excel, save it, and open it here again. Nothing was changed.",
    )


def _damaged(part: str) -> WorkbookDamaged:
    return WorkbookDamaged(f"The workbook is damaged: its part {part} is no table of texts.")
