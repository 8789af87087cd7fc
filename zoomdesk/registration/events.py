"""Tell whoever watches a run how it goes on; each is a plain value, handed to one callback.

The callback runs on the thread of the run: a window passes it on and returns at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.report import RunReport


@dataclass(frozen=True, slots=True)
class Progress:
    """Count rows. ``seconds_left`` is None while it cannot be said; ``waiting_for`` is in words.

    ``in_flight`` counts the calls that are under way. ``paused``: the person holds the run; no
    further call leaves.
    """

    done: int
    total: int
    seconds_left: float | None = None
    waiting_for: str = ""
    in_flight: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class RowsAnswered:
    """Hand over what became of some rows; a later one about the same row replaces it."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """End the run, whether it got to its end or was stopped."""

    report: RunReport


RunEvent = Progress | RowsAnswered | Finished
OnEvent = Callable[[RunEvent], None]


def ignore(event: RunEvent) -> None:
    """Watch nothing."""
