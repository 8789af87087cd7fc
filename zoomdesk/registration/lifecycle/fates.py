"""Say what became of each row that an act was to be done with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.outcome import Outcome
from zoomdesk.registration.report import EventName


class Result(StrEnum):
    """How it ended for a row; the value is its name in the JSON output."""

    DONE = "done"
    ALREADY = "already"
    LEFT_OUT = "left_out"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    STOPPED = "not_reached"


class Why(StrEnum):
    """Why a row needs, or gets, no call; the value is how a confirmation counts it."""

    ALREADY = "as wanted already"
    UNLISTED = "not on Zoom’s list"
    HIDDEN = "perhaps hidden in Zoom’s list"
    OTHER = "with the ID of another address"
    WAITING = "waiting for approval"
    LIMIT = "changed ten times today"
    NO_ADDRESS = "without a usable address"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one row. ``message`` is one plain sentence, ``""`` where the result says all.

    ``outcome`` is what goes into the row's result columns: always what Zoom's lists say, never what
    was merely asked for. None where they were not asked or say nothing of the person: the row keeps
    what stands in it. ``why`` is given where no call was made.
    """

    row: int
    email: str
    result: Result
    outcome: Outcome | None = None
    message: str = ""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class LifeReport:
    """What became of every row, in the order of the sheet.

    ``stopped`` is why it did not get to its end, None where it did or where the person stopped it
    (``cancelled``). Doing the same again goes on: it is safe, and finds what has been done.
    """

    run: str
    event: EventName
    act: Act
    fates: tuple[Fate, ...]
    stopped: ZoomdeskError | None = None
    cancelled: bool = False
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Return whether it got to its end."""
        return self.stopped is None and not self.cancelled

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Return what is to be written into the sheet."""
        return tuple(fate.outcome for fate in self.fates if fate.outcome is not None)

    def counts(self) -> Counter[Result]:
        """Count the rows of each result."""
        return Counter(fate.result for fate in self.fates)
