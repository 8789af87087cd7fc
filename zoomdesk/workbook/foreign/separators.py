"""Tell what separates the columns of a text: the reading with addresses in cells of their own."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from zoomdesk.errors import TextNotUnderstood

SEPARATORS: Mapping[str, str] = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What may separate columns, with its name for people."""

_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|"}
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"\s*[^@\s,;|\"<>]+@[^@\s,;|\"<>]+\.[^@\s,;|\"<>]+\s*\Z")
_RECORDS = 200


def separator_of(name: str) -> str:
    """Return the separator that a person means: ``;``, ``tab``, ``semicolon``.

    Raises TextNotUnderstood.
    """
    separator = _NAMES.get(name.strip().casefold(), name)
    if separator not in SEPARATORS:
        raise TextNotUnderstood(
            f"“{name}” cannot separate columns here.",
            hint="Choose one of: comma, semicolon, tab, pipe.",
        )
    return separator


def declared_separator(first_line: str) -> str:
    """Return what Excel's own first line ``sep=;`` declares, ``""`` where it is no such line."""
    match = _SEP_LINE.match(first_line)
    return match[1] if match else ""


def guess_separator(lines: Iterable[str]) -> str:
    """Return the separator under which the first lines look most like a list of people.

    Cells that are an address and nothing else count first, then how many lines have the same
    number of columns, then how many columns. A comma where nothing tells.
    """
    first = list(islice(lines, _RECORDS))
    return max(SEPARATORS, key=lambda separator: _rank(first, separator))


def _rank(lines: list[str], separator: str) -> tuple[int, float, int]:
    try:
        records = [record for record in csv.reader(lines, delimiter=separator) if record]
    except csv.Error:
        return 0, 0.0, 0
    addresses = sum(
        any(_ADDRESS.match(cell) for cell in record) for record in records if len(record) > 1
    )
    counts = Counter(len(record) for record in records)
    columns, lines_alike = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if columns < 2:
        return addresses, 0.0, 0
    return addresses, round(lines_alike / len(records), 2), columns
