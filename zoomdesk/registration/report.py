"""Sum up a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.zoom.events import EventKind, EventRef


@dataclass(frozen=True, slots=True)
class EventName:
    """Name the event as a report shows it."""

    kind: EventKind
    id: str
    topic: str

    @classmethod
    def of(cls, ref: EventRef, topic: str) -> EventName:
        """Put a reference and a topic together."""
        return cls(ref.kind, ref.id, topic)


@dataclass(frozen=True, slots=True)
class RunReport:
    """Hold what became of every row of a run, in the order of the sheet.

    ``stopped`` is why it did not get to its end, None where it did or where the person stopped it
    (``cancelled``). ``seconds`` is how long this part of it took.
    """

    run: str
    event: EventName
    outcomes: tuple[Outcome, ...]
    stopped: ZoomdeskError | None = None
    cancelled: bool = False
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Return whether the run got to its end; else it can be resumed."""
        return self.stopped is None and not self.cancelled

    def counts(self) -> Counter[Status]:
        """Count the rows of each status."""
        return Counter(outcome.status for outcome in self.outcomes)
