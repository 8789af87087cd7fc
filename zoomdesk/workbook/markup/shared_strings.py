"""Read the table of shared strings: plain texts, by their position (ECMA-376 18.4).

Rich text is flattened, phonetic runs are dropped, escapes undone. Entries are counted by their
``<si>`` elements, for the declared counts of real workbooks lie.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Protocol
from xml.parsers import expat

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile
from zoomdesk.workbook.markup.xml_text import undo_escapes, unescape
from zoomdesk.workbook.opc.parts import to_utf8

MAX_STRINGS = 40_000_000
"""More entries than any sheet of Excel has cells worth sharing: beyond, a bomb."""

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sst(?=[\s/>])[^>]*>")


class Strings(Protocol):
    """What a reader of cells asks: the text of an index, or IndexError."""

    def __getitem__(self, index: int, /) -> str:
        """Return the text of an entry, counted from 0."""


def read_shared_strings(blocks: Callable[[], Iterable[bytes]], part: str) -> list[str]:
    """Return the texts of the part whose inflated bytes ``blocks()`` yields, each time anew.

    Raises WorkbookDamaged or WorkbookHostile.
    """
    strings: list[str] = []
    try:
        for texts in _scan(blocks()):
            strings += texts
            _refuse_too_many(strings)
    except _NeedsParser:
        return _parse(b"".join(blocks()), part)
    return strings


class LazyStrings:
    """The same texts, read only as far as the highest index that was asked for.

    Whatever is wrong behind that stays unseen. Raises as ``read_shared_strings``, and IndexError
    for an entry that the part does not have.
    """

    def __init__(self, blocks: Callable[[], Iterable[bytes]], part: str) -> None:
        self._blocks = blocks
        self._part = part
        self._known: list[str] = []
        self._more: Iterator[list[str]] = _scan(blocks())

    def __getitem__(self, index: int, /) -> str:
        while index >= len(self._known):
            try:
                self._known += next(self._more)
                _refuse_too_many(self._known)
            except StopIteration:
                raise IndexError(index) from None
            except _NeedsParser:
                self._known = _parse(b"".join(self._blocks()), self._part)
                self._more = iter(())
        return self._known[index]


def flatten(inside: str, prefix: str = "") -> str:
    """Return the text of a string item: its ``t`` and those of its runs, without phonetics."""
    if f"<{prefix}rPh" in inside:
        before, *phonetic = inside.split(f"<{prefix}rPh")
        inside = before + "".join(run.partition(f"</{prefix}rPh>")[2] for run in phonetic)
    texts = re.findall(rf"<{prefix}t(?:\s[^<>]*)?(?<!/)>([^<]*)", inside)
    return undo_escapes("".join(map(unescape, texts)))


def inline_text(raw: bytes, prefix: bytes = b"") -> str:
    """Return the text of a cell's ``<is>`` element, whose content is ``raw`` (18.3.1.53)."""
    if b"<!" not in raw and b"<?" not in raw:
        return flatten(raw.decode("utf-8", "replace"), prefix.decode("ascii"))
    declared = b' xmlns:%b="x"' % prefix.rstrip(b":") if prefix else b""
    strings = _parse(b"<sst%b><si>%b</si></sst>" % (declared, raw), "of inline text")
    return strings[0] if strings else ""


def _refuse_too_many(strings: list[str]) -> None:
    if len(strings) > MAX_STRINGS:
        raise WorkbookHostile("The workbook claims more texts than any workbook can hold.")


class _NeedsParser(Exception):
    """Only a parser can tell what the part says: it has CDATA, comments, or is not UTF-8."""


def _scan(blocks: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield the strings, many at a time, by pattern. Raises _NeedsParser."""
    source = iter(blocks)
    buffer, root = b"", None
    while root is None:
        block = next(source, None)
        if block is None or len(buffer) > 1 << 20:
            raise _NeedsParser
        buffer += block
        root = _ROOT.search(buffer)
    if not _is_utf8(buffer[: root.start()]):
        raise _NeedsParser
    prefix = root[1] + b":" if root[1] else b""
    items, closing = _Items(prefix.decode("ascii")), b"</" + prefix + b"si>"
    buffer = buffer[root.end() :]
    for block in chain((b"",), source):
        buffer += block
        cut = buffer.rfind(closing) + len(closing)
        if cut >= len(closing):
            yield items.texts(buffer[:cut])
            buffer = buffer[cut:]
    # No item ends in what is left: one that begins there would be looked for to no end.
    if re.search(rb"<%bsi(?:\s[^<>]*)?(?<!/)>" % re.escape(prefix), buffer):
        raise _NeedsParser
    yield items.texts(buffer)


class _Items:
    """Take the texts from string items whose elements carry ``prefix``."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._open, self._close = f"<{prefix}si><{prefix}t>", f"</{prefix}t></{prefix}si>"
        self._kept = f'<{prefix}t xml:space="preserve">'
        self._item = _item_pattern(prefix)

    def texts(self, data: bytes) -> list[str]:
        """Return the texts of whole items. Raises _NeedsParser."""
        if b"<!" in data or b"<?" in data:
            raise _NeedsParser
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise _NeedsParser from None
        plain = self._plain(text)
        if plain is None:
            return [self._text(match) for match in self._item.finditer(text)]
        if "&" in text or "_x" in text or "\r" in text:
            return [_unescaped(item) for item in plain]
        return plain

    def _plain(self, text: str) -> list[str] | None:
        """Return the raw texts where each item is one plain ``<t>``, and nothing between them."""
        if self._kept in text:
            text = text.replace(self._kept, f"<{self._prefix}t>")
        if not (text.startswith(self._open) and text.endswith(self._close)):
            return None
        texts = text[len(self._open) : -len(self._close)].split(self._close + self._open)
        return texts if text.count("<") == 4 * len(texts) else None

    def _text(self, match: re.Match[str]) -> str:
        plain: str | None = match[1]
        return flatten(match[2] or "", self._prefix) if plain is None else _unescaped(plain)


def _unescaped(text: str) -> str:
    if "&" in text or "_x" in text or "\r" in text:
        return undo_escapes(unescape(text))
    return text


def _item_pattern(prefix: str) -> re.Pattern[str]:
    name = re.escape(prefix)
    return re.compile(
        rf"<{name}si(?:\s[^<>]*)?(?:/>|(?<!/)>"
        rf"(?:<{name}t(?:\s[^<>]*)?(?<!/)>([^<]*)</{name}t></{name}si>|(.*?)</{name}si\s*>))",
        re.DOTALL,
    )


def _is_utf8(prolog: bytes) -> bool:
    encoding = re.search(rb"""encoding\s*=\s*["']([\w.-]+)["']""", prolog)
    return b"<!" not in prolog and (
        encoding is None or encoding[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    )


def _parse(data: bytes, part: str) -> list[str]:
    """Return the strings by expat: exact, and slow enough to be the exception."""
    strings: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name.rpartition(" ")[2])
        if inside[-1] == "si":
            pieces.clear()

    def end(_: str) -> None:
        if inside.pop() == "si":
            strings.append(undo_escapes("".join(pieces)))

    def text(piece: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(piece)

    def doctype(*_: object) -> None:
        raise WorkbookHostile(f"The part {part} of the workbook brings a document type.")

    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(to_utf8(data, part), True)
    except expat.ExpatError as error:
        raise WorkbookDamaged(
            f"The workbook is damaged: its part {part} is not well-formed (line {error.lineno})."
        ) from None
    return strings
