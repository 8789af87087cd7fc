"""Read an answer that must be one of a few: whatever its case, its dashes, its spaces.

Each reader returns (what Zoom takes, what is wrong, what the cell might hold instead).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from zoomdesk.roster.countries import CODES, code_of
from zoomdesk.roster.headings import compact
from zoomdesk.roster.text import caseless

SEPARATOR = ";"
"""Between several answers to one question. Nobody has published which one Zoom takes [?]."""

_NAMED_AT_MOST = 8
_SPLIT = (re.compile(r"\s*[;\n|]\s*"), re.compile(r"\s*[,;\n|]\s*"))

Found = tuple[str, str, str]


def read_choice(text: str, choices: Sequence[str], name: str) -> Found:
    """Read one of ``choices``; ``name`` is what is asked."""
    if found := _match(text, choices):
        return found, "", ""
    message = f"“{text}” is no answer to “{name}”, which takes {worded(choices)}."
    return "", message, _closest(text, choices)


def read_choices(text: str, choices: Sequence[str], name: str) -> Found:
    """Read some of ``choices`` out of one cell: a line each, or between semicolons or commas."""
    if found := _match(text, choices):  # an answer may hold a comma itself
        return found, "", ""
    parts: list[str] = []
    for pattern in _SPLIT:
        parts = [part for part in pattern.split(text) if part]
        answers = [_match(part, choices) for part in parts]
        if parts and all(answers):
            return SEPARATOR.join(dict.fromkeys(answers)), "", ""
    wrong = [part for part in parts if not _match(part, choices)] or [text]
    message = f"{worded(wrong, 'and')} {'is' if len(wrong) == 1 else 'are'} no answer to “{name}”, "
    message += f"which takes {worded(choices)}; write a semicolon between several."
    mended = [_match(part, choices) or _closest(part, choices) for part in parts]
    return "", message, f"{SEPARATOR} ".join(mended) if mended and all(mended) else ""


def read_country(text: str) -> Found:
    """Read a country: its two letters, or its name."""
    code = code_of(text)
    if code:
        return code, "", ""
    message = f"“{text}” is no country that Zoom knows. Write its two letters, such as DE or US."
    return "", message, _closest(text, CODES)


def worded(choices: Sequence[str], joint: str = "or") -> str:
    """Return choices as a sentence names them: “a”, “b” or “c”."""
    shown = [f"“{choice}”" for choice in choices[:_NAMED_AT_MOST]]
    more = len(choices) - len(shown)
    if more:
        shown.append(f"one of {more} more" if joint == "or" else f"{more} more")
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {joint} {shown[-1]}"


def _match(text: str, choices: Sequence[str]) -> str:
    """Return the choice that a text means, ``""`` for none and where it could be two."""
    if text in choices:
        return text
    for form in (caseless, compact):
        alike = [choice for choice in choices if form(choice) and form(choice) == form(text)]
        if alike:
            return alike[0] if len(alike) == 1 else ""
    return ""


def _closest(text: str, choices: Iterable[str]) -> str:
    by_form = {caseless(choice): choice for choice in choices}
    found = difflib.get_close_matches(caseless(text), by_form, n=1, cutoff=0.75)
    return by_form[found[0]] if found else ""
