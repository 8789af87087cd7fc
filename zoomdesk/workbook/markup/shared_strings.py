"""Read the table of shared strings: plain texts, by their position (ECMA-376 18.4).

Rich text is flattened, phonetic runs are dropped, escapes undone. Entries are counted by their
``<si>`` elements, for the declared counts of real workbooks lie.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile
from zoomdesk.workbook.markup.xml_text import undo_escapes, unescape
from zoomdesk.workbook.opc.parts import to_utf8

MAX_STRINGS = 40_000_000
"""More entries than any sheet of Excel has cells worth sharing: beyond, a bomb."""

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sst(?=[\s/>])[^>]*>")


def read_shared_strings(blocks: Callable[[], Iterable[bytes]], part: str) -> list[str]:
    """Return the texts of the part whose inflated bytes ``blocks()`` yields, each time anew.

    Raises WorkbookDamaged or WorkbookHostile.
    """
    strings = _scan(blocks())
    return _parse(b"".join(blocks()), part) if strings is None else strings


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


def _scan(blocks: Iterable[bytes]) -> list[str] | None:
    """Return the strings by pattern, or None where only a parser can tell (CDATA, UTF-16)."""
    strings: list[str] = []
    buffer = b""
    prefix: bytes | None = None
    pattern = closing = None
    for block in blocks:
        buffer += block
        if prefix is None:
            root = _ROOT.search(buffer)
            if root is None:
                if len(buffer) > 1 << 20:
                    return None
                continue
            if not _is_utf8(buffer[: root.start()]):
                return None
            prefix = root[1] + b":" if root[1] else b""
            pattern, closing = _item_pattern(prefix.decode("ascii")), b"</" + prefix + b"si>"
            buffer = buffer[root.end() :]
        if pattern is None or closing is None:
            continue
        cut = buffer.rfind(closing) + len(closing)
        if cut < len(closing):
            continue
        if not _take(buffer[:cut], pattern, prefix.decode("ascii"), strings):
            return None
        buffer = buffer[cut:]
    if prefix is None or pattern is None:
        return None
    # No item ends in what is left: one that begins there would be looked for to no end.
    if re.search(rb"<%bsi(?:\s[^<>]*)?(?<!/)>" % re.escape(prefix), buffer):
        return None
    return strings if _take(buffer, pattern, prefix.decode("ascii"), strings) else None


def _take(data: bytes, pattern: re.Pattern[str], prefix: str, strings: list[str]) -> bool:
    if b"<!" in data or b"<?" in data:
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    for match in pattern.finditer(text):
        plain = match[1]
        if plain is None:
            plain = flatten(match[2] or "", prefix)
        elif "&" in plain or "_x" in plain or "\r" in plain:
            plain = undo_escapes(unescape(plain))
        strings.append(plain)
    if len(strings) > MAX_STRINGS:
        raise WorkbookHostile("The workbook claims more texts than any workbook can hold.")
    return True


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
