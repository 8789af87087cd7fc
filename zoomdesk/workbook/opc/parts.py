"""Read the small XML parts of a package as a flat list of tags, without trusting them.

expat alone is used, and a document type is refused before anything of it is acted on: entity bombs
and outside references have no way in (hazard 2). Byte offsets are kept, so that a writer can
change one attribute and leave every other byte of the part as it was.
"""

from __future__ import annotations

import codecs
import re
import xml.parsers.expat as expat
from dataclasses import dataclass

from zoomdesk.errors import WorkbookDamaged, WorkbookHostile

RELATIONSHIPS = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
)
"""The namespace of ``r:id``: transitional and strict (ECMA-376-1 and -4)."""

MAIN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
"""The namespace of workbooks and worksheets: transitional and strict."""

MAX_TAGS = 1_000_000
"""Elements of a part that is read whole: far above what Excel writes, below what fills memory."""

_DECLARATION = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MANY_WAYS = ("utf-7", "hz", "iso2022", "punycode", "idna", "unicode-escape", "raw-unicode-escape")
"""Encodings that write the same text in several ways: what was read could not be written back."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of a part.

    ``attributes`` are keyed by local name, those of the relationships namespace by ``r:`` and the
    local name. ``start`` and ``end`` are the byte span of the start tag (or of the self-closed
    element) in the part as UTF-8; ``parent`` is the parent's index in the list, -1 at the root.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    end: int
    parent: int


def encoding_of(head: bytes) -> tuple[str, int]:
    """Return the codec of a part that begins with ``head``, and the length of its BOM.

    Raises LookupError for an encoding that nobody knows, or that has no business in a workbook.
    UTF-16 without a BOM is recognised by its first character being ``<`` (XML 1.0 appendix F).
    """
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return codec, len(bom)
    if head.startswith(b"<\0"):
        return "utf-16-le", 0
    if head.startswith(b"\0<"):
        return "utf-16-be", 0
    match = _DECLARATION.match(head)
    if match is None:
        return "utf-8", 0
    name = codecs.lookup(match[1].decode("ascii")).name
    try:
        "".encode(name)  # Python has codecs that are not of text, and one that is of nothing
    except UnicodeError:
        raise LookupError(name) from None
    if name.startswith(_MANY_WAYS):
        raise LookupError(name)
    return ("utf-8" if name in ("utf-8", "ascii", "utf-16") else name), 0


def to_utf8(data: bytes, part: str) -> bytes:
    """Return a part as UTF-8 without a BOM. Raises WorkbookDamaged where it is not what it says."""
    try:
        codec, bom = encoding_of(data[:256])
        return data[bom:] if codec == "utf-8" else data[bom:].decode(codec).encode()
    except (LookupError, UnicodeDecodeError):
        raise WorkbookDamaged(
            f"The workbook is damaged: its part {part} is in an unknown encoding."
        ) from None


def tags(data: bytes, part: str) -> list[Tag]:
    """Return every element of the UTF-8 part ``data`` in document order.

    Raises WorkbookHostile at a document type, WorkbookDamaged where it is not well-formed XML.
    """
    found: list[Tag] = []
    open_tags: list[int] = []
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        at = parser.CurrentByteIndex
        parent = open_tags[-1] if open_tags else -1
        if len(found) >= MAX_TAGS:
            raise WorkbookHostile(
                f"The workbook is not safe to open: its part {part} has more than {MAX_TAGS:,} "
                "elements."
            )
        open_tags.append(len(found))
        keyed = {_key(key): value for key, value in attributes.items()}
        found.append(Tag(local, namespace, keyed, at, _tag_end(data, at), parent))

    def end(_name: str) -> None:
        open_tags.pop()

    def doctype(*_: object) -> None:
        raise WorkbookHostile(
            f"The workbook is not safe to open: its part {part} brings a document type, "
            "which Excel never writes."
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise WorkbookDamaged(
            f"The workbook is damaged: its part {part} is not well-formed (line {error.lineno})."
        ) from None
    return found


def _key(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"r:{local}" if namespace in RELATIONSHIPS else local


_TAG = re.compile(rb"""<[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>""")


def _tag_end(data: bytes, start: int) -> int:
    match = _TAG.match(data, start)
    return match.end() if match else start
