"""Undo what XML and SpreadsheetML do to the text of a cell."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    r"""Undo line ends and the references of XML in character data.

    >>> unescape("R&amp;D&#10;")
    'R&D\n'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_referenced, text) if "&" in text else text


def undo_escapes(text: str) -> str:
    r"""Undo ``_xHHHH_``, with which SpreadsheetML writes what XML cannot (ECMA-376 22.9.2.19).

    >>> undo_escapes("a_x000D_b_x005F_x000D_")
    'a\rb_x000D_'
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes may be the halves of one character; a half by itself is nothing.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _referenced(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    number = int(hexadecimal[-8:], 16) if hexadecimal else int(decimal[-8:])
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return chr(number)
