"""Name what is wrong with a row, how badly, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from zoomdesk.roster.fields import Topic

ANSWER_MISSING, ANSWER_WRONG = "answer-missing", "answer-wrong"
FORM_CODES = frozenset({ANSWER_MISSING, ANSWER_WRONG})
"""The codes of what an event's form says about a row."""


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
    ``field`` may be a question of an event's host as well.
    """

    row: int
    field: Topic
    severity: Severity
    code: str
    message: str
    suggestion: str = ""

    @property
    def is_about_form(self) -> bool:
        """Whether it is wrong for the chosen event only."""
        return self.code in FORM_CODES
