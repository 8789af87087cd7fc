"""Clean what people and spreadsheets leave around a text."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    r"\u180e\u200b{joiners}\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0001\U000e0020-\U000e007f"
)
"""General categories Cf and Cc without white space, of Unicode 14."""

_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: invisible alone, but they shape letters in Persian and Indic names."""

_INVISIBLE_RE = re.compile("[" + _INVISIBLE.replace("{joiners}", _JOINERS) + "]")
_INVISIBLE_IN_NAMES_RE = re.compile("[" + _INVISIBLE.replace("{joiners}", "") + "]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text: long lists read best as prose."""
    return tuple(text.split())


def without_invisible(text: str) -> str:
    """Remove format and control characters: zero-width, byte order mark, soft hyphen, bidi."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE_RE.sub("", text)


def without_full_width(text: str) -> str:
    """Write full-width letters, digits and signs as ordinary ones, as in ``ａｎａ＠ｘ．ｏｒｇ``."""
    return text if text.isascii() else text.translate(_FULL_WIDTH).replace("﹫", "@")


def clean_name(text: str) -> str:
    """Return a name without invisible characters, in NFC, with single spaces between its words."""
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    text = _INVISIBLE_IN_NAMES_RE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split()).strip(_JOINERS)


def caseless(text: str) -> str:
    """Return the form in which texts are compared: canonical caseless match, in NFC.

    Source: The Unicode Standard, 3.13, definition D145.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFC", folded)


def without_accents(text: str) -> str:
    """Return a text without the combining marks of Latin, Greek and Cyrillic; kana keep theirs."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", plain)


def column_letters(number: int) -> str:
    """Return the letters that a spreadsheet shows above a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
