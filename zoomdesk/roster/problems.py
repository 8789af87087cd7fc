"""Name what is wrong with a row, how badly, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from zoomdesk.roster.fields import Field


class Severity(IntEnum):
    """Order problems by what they stop: only an error blocks, and only its own row."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """Say one thing about one row.

    ``row`` is the index in the roster. ``code`` is stable: help pages, filters and "fix all like
    it" use it. ``message`` is a plain sentence. ``suggestion`` is the text that the cell of
    ``field`` would get, ``""`` where nothing can be offered; it is never applied by itself.
    """

    row: int
    field: Field
    severity: Severity
    code: str
    message: str
    suggestion: str = ""
