"""Say how a row's start tag and a cell's number are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from zoomdesk.workbook.markup.patterns import attributes

_SPANS = re.compile(rb"""\sspans\s*=\s*["']([\d: ]*)["']""")


def number_text(value: float) -> bytes:
    """Return a number as a cell holds it: the shortest text that reads back the same."""
    if isinstance(value, bool):
        return b"1" if value else b"0"
    return (str(value) if isinstance(value, int) else repr(value)).encode()


def row_style(start_tag: bytes) -> bytes:
    """Return the style that a row gives to new cells, ``b""`` if it gives none."""
    if b"customFormat" not in start_tag:
        return b""
    given = attributes(start_tag)
    return given.get(b"s", b"") if given.get(b"customFormat") in (b"1", b"true") else b""


def with_spans(start_tag: bytes, columns: Sequence[int]) -> bytes:
    """Return the start tag with ``spans`` widened to hold ``columns``, if it has spans."""
    match = _SPANS.search(start_tag) if columns else None
    if match is None:
        return start_tag
    bounds = [int(number) for number in re.findall(rb"\d+", match[1])]
    wider = b"%d:%d" % (min(chain(bounds, columns)), max(chain(bounds, columns)))
    if bounds and bounds[0] <= min(columns) and bounds[-1] >= max(columns):
        return start_tag
    return start_tag[: match.start(1)] + wider + start_tag[match.end(1) :]
