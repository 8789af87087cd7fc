"""Change single attributes and elements of a small part, and leave every other byte of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zoomdesk.workbook.opc.parts import Tag

Piece = tuple[int, int, bytes]
"""Start and end of a span, and what takes its place."""


def applied(data: bytes, pieces: Iterable[Piece]) -> bytes:
    """Return ``data`` with ``pieces``, which do not overlap, put in place."""
    out: list[bytes] = []
    at = 0
    for start, end, text in sorted(pieces):
        out += (data[at:start], text)
        at = end
    return b"".join([*out, data[at:]])


def prefix_of(data: bytes, tag: Tag) -> bytes:
    """Return the prefix of an element with its colon, ``b""`` where it has none."""
    name = re.compile(rb"<([^\s/>]*)").match(data, tag.start)
    return name[1].rpartition(b":")[0] + b":" if name and b":" in name[1] else b""


def element_end(mask: bytes, tag: Tag) -> int:
    """Return where an element that holds none of its own name ends; ``mask`` hides comments."""
    if mask[tag.end - 2] == 0x2F:
        return tag.end
    close = b"</" + prefix_of(mask, tag) + tag.name.encode()
    return mask.index(b">", mask.index(close, tag.end)) + 1


def content(data: bytes, mask: bytes, tag: Tag) -> bytes:
    """Return what stands between an element's tags."""
    if mask[tag.end - 2] == 0x2F:
        return b""
    return data[tag.end : mask.rindex(b"</", tag.end, element_end(mask, tag))]


def attribute(data: bytes, tag: Tag, name: str, value: bytes) -> Piece:
    """Return the piece that gives an element's attribute, without a namespace, a ``value``."""
    pattern = re.compile(rb"""\s%b\s*=\s*(?:"([^"]*)"|'([^']*)')""" % name.encode())
    match = pattern.search(data, tag.start, tag.end)
    if match is not None:
        start, end = match.span(1) if match[1] is not None else match.span(2)
        return start, end, value
    end = tag.end - (2 if data[tag.end - 2 : tag.end] == b"/>" else 1)
    return end, end, b' %b="%b"' % (name.encode(), value)
