"""Take an address out of what surrounds it in a cell, saying each thing that was done."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from zoomdesk.roster.text import without_full_width, without_invisible

_MAILTO = re.compile(r"mailto:\s*([^?]*)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_DISPLAY_NAME = re.compile(r'(?:"[^"]*"|[^<>@]*|[^<>;,]*)\s*<+\s*([^<>]+?)\s*>+', re.DOTALL)
_PAIRS = {"<": ">", "(": ")", "[": "]", '"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’"}
_LOOSE_END = " \t\r\n;,.:"
_LOOSE_START = " \t\r\n;,:"
_ADDRESS_LIKE = re.compile(r"[^\s<>()\[\];,:\"|/\\@]+@[^\s<>()\[\];,:\"|/\\@]+")


def unwrap(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the address in ``text`` and a sentence for each repair, in the order they were made.

    Only what surrounds an address goes: invisible characters, spaces, full-width forms,
    ``mailto:`` with its subject, a display name, quotes and brackets, punctuation left over from a
    list. Nothing inside the address is guessed. Unwrapping twice gives what unwrapping once gives.
    """
    repairs: list[str] = []
    before = None
    while before != text:
        before = text
        for repair, sentence in _REPAIRS:
            after = repair(text)
            if after != text:
                text = after
                if sentence not in repairs:
                    repairs.append(sentence)
    return text, tuple(repairs)


def addresses_in(text: str) -> list[str]:
    """Return everything in ``text`` that looks like an address, each once, in order."""
    return list(dict.fromkeys(found.rstrip(".") for found in _ADDRESS_LIKE.findall(text)))


def _without_mailto(text: str) -> str:
    found = _MAILTO.fullmatch(text)
    # Percent codes belong to the link, not to the address (RFC 6068, section 2).
    return unquote(found[1]) if found else text


def _without_display_name(text: str) -> str:
    found = _DISPLAY_NAME.fullmatch(text)
    return found[1] if found and "@" in found[1] else text


def _without_pair(text: str) -> str:
    if len(text) < 3 or _PAIRS.get(text[0]) != text[-1] or "@" not in text:
        return text
    start, end, inner = text[0], text[-1], text[1:-1]
    # '"a b"@x.org' and '<a@x.org>, <b@y.org>' begin and end with marks of their own.
    depth = 0
    for c in inner:
        depth += (c == start) - (c == end)
        if depth < 0 or (c == start == end):
            return text
    return inner if depth == 0 else text


def _without_loose_ends(text: str) -> str:
    return text.rstrip(_LOOSE_END).lstrip(_LOOSE_START) if "@" in text else text


_REPAIRS: tuple[tuple[Callable[[str], str], str], ...] = (
    (without_invisible, "Invisible characters were removed."),
    (without_full_width, "Full-width characters were written as ordinary ones."),
    (str.strip, "Spaces around the address were removed."),
    (_without_mailto, "“mailto:” was removed."),
    (_without_display_name, "The address was taken out of the name around it."),
    (_without_pair, "The quotes or brackets around the address were removed."),
    (_without_loose_ends, "Punctuation around the address was removed."),
)
