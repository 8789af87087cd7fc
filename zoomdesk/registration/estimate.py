"""Count the calls of a plan by kind, and say how long they take at the account's limits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoomdesk.registration.ports import Pace
from zoomdesk.registration.reconcile import STATUSES
from zoomdesk.zoom.models import Listed
from zoomdesk.zoom.pacing import Label

if TYPE_CHECKING:
    from zoomdesk.registration.planned import Plan

PAGE = 300
"""Registrants that a page of a list holds at most (zoom/README.md section 2)."""

A_DAY: dict[str, dict[Label, int]] = {
    "free": {Label.LIGHT: 6_000, Label.MEDIUM: 2_000, Label.HEAVY: 1_000},
    "pro": {Label.HEAVY: 30_000},
    "business": {Label.HEAVY: 60_000},
}
"""Calls a UTC day by plan of the account, where there is a limit (section 4)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Count what a run will ask of Zoom. ``lists`` are the pages read at its end.

    ``seconds`` is the least that the calls take at the limits; Zoom's own time comes on top.
    """

    batches: int
    singles: int
    lists: int
    seconds: float

    @property
    def calls(self) -> int:
        """Return all of them."""
        return self.batches + self.singles + self.lists

    def days(self, plan: str) -> int:
        """Return on how many UTC days the calls fit; ``plan`` is the account's, as in settings."""
        counts = {Label.HEAVY: self.batches, Label.LIGHT: self.singles, Label.MEDIUM: self.lists}
        allowed = A_DAY.get(plan, {})
        return (
            max((math.ceil(counts[label] / most) for label, most in allowed.items()), default=1)
            or 1
        )


def estimate_of(plan: Plan, pacer: Pace) -> Estimate:
    """Return the calls of a plan and the time they take.

    The lists are read once more where answers leave open who waits for approval.
    """
    batches, singles = len(plan.batches), len(plan.singles)
    lists = plan.pages if plan.waits else 0
    # One kind after another: that is the order of a run.
    seconds = (
        batches / pacer.calls_per_second(Label.HEAVY)
        + singles / pacer.calls_per_second(Label.LIGHT)
        + (lists / pacer.calls_per_second(Label.MEDIUM) if lists else 0.0)
    )
    return Estimate(batches, singles, lists, seconds)


def pages_of(listed: Iterable[Listed], dates: Sequence[str] = ()) -> int:
    """Return how many calls read an event's three lists, each of them once for each date."""
    counts = Counter(each.status for each in listed)
    pages = [max(1, math.ceil(counts[status] / PAGE)) for status in STATUSES]
    return sum(pages) * max(1, len(dates))
