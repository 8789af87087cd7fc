"""Hold what each column of the table is: its place in the sheet and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zoomdesk.roster.fields import Field, ResultColumn, Title, Topic

CHOSEN = "You chose this."
"""The reason of a match that the person made."""


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column of the table.

    ``position`` is its index in the table, ``sheet_column`` its number in the sheet, None for a
    result column that the sheet does not have yet. At most one of ``field``, ``result`` and
    ``question`` (the title of a question of the event's host) is set. ``confidence`` is 0 to 1 and
    ``reason`` a plain sentence. Nothing can be typed where ``read_only``.
    """

    position: int
    sheet_column: int | None
    header: str
    field: Field | None
    result: ResultColumn | None
    confidence: float
    reason: str
    read_only: bool
    question: str = ""

    @property
    def topic(self) -> Topic | None:
        """What the cells answer: a field of Zoom's, a question, None for neither."""
        return self.field or (Title(self.question) if self.question else None)

    @property
    def chosen(self) -> bool:
        """Whether the person said what the column holds."""
        return self.reason == CHOSEN


def missing_results(
    result_headers: Mapping[str, str], present: Iterable[ResultColumn], first_position: int
) -> tuple[Column, ...]:
    """Make columns for the results that the sheet has no column for yet."""
    there = frozenset(present)
    missing = [r for r in ResultColumn if r not in there and result_headers.get(r)]
    return tuple(
        Column(
            first_position + place,
            None,
            result_headers[result],
            None,
            result,
            1.0,
            "Zoomdesk adds this column when it writes results.",
            True,
        )
        for place, result in enumerate(missing)
    )
