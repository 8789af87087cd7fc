"""Space calls evenly below the account's limits, for all threads that share one pacer.

Callers wait in a line for each label: whoever is awake when the next slot comes takes it. No two
slots are closer than the interval at the rate of that moment, and whoever waits can be called off.
What Zoom counts as a second it does not say; calls that go evenly keep any second, the clock's
seconds and a bucket alike.

pyrate-limiter 4.5.1 was measured for this. With eight threads at 27 calls a second it let 11
through, with sixteen at 72 only 15: everyone who wakes contends again, after a pause that it rounds
up, and its waits cannot be called off.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum

from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.lane import Lane, Turn


class Label(StrEnum):
    """Name Zoom's classes of calls; each has a limit of its own."""

    LIGHT = "Light"
    MEDIUM = "Medium"
    HEAVY = "Heavy"


_NAMES = frozenset(Label)

LIMITS: dict[str, dict[Label, int]] = {
    "free": {Label.LIGHT: 4, Label.MEDIUM: 2, Label.HEAVY: 1},
    "pro": {Label.LIGHT: 30, Label.MEDIUM: 20, Label.HEAVY: 10},
    "business": {Label.LIGHT: 80, Label.MEDIUM: 60, Label.HEAVY: 40},
}
"""Calls a second by plan (zoom/README.md section 4); per account, shared by all of its apps."""

HEADROOM = 0.97
"""The part of a limit that is used: evenly spaced calls may then be late by 30 ms, one
against another, before a second holds too many."""

_PATIENCE = 1.5
"""Seconds to wait beyond which Zoom means more than the second that was full."""


class Pacer:
    """Let calls go at ``headroom`` times the plan's limits, or at our share of them.

    The plan is what the person chose; where Zoom's headers name the account's own limit, that
    counts, up to the largest that Zoom publishes. Others who use the account are felt by what is
    refused (see ``Share``). Safe for many threads.
    """

    def __init__(
        self,
        plan: str,
        headroom: float = HEADROOM,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if plan not in LIMITS:
            raise ValueError(f"no such plan: {plan}")
        if not 0 < headroom <= 1:
            raise ValueError("headroom is a share of the limit, above 0 and at most 1")
        self._clock = clock
        self._lock = threading.Lock()
        self._lanes = {
            label: Lane(limit, headroom, clock()) for label, limit in LIMITS[plan].items()
        }

    def calls_per_second(self, label: Label) -> float:
        """Return the rate that calls of this label go at now."""
        with self._lock:
            return self._lanes[label].rate(self._clock())

    def is_shared(self, label: Label) -> bool:
        """Return whether others use the account, too, so that our calls go slower."""
        with self._lock:
            return self._lanes[label].is_shared(self._clock())

    def held_for(self, label: Label) -> float:
        """Return for how many seconds more Zoom asked for a pause, 0 where it did not."""
        with self._lock:
            return self._lanes[label].held_for(self._clock())

    def at_once(self, label: Label) -> int:
        """Return how many calls must be under way to use up the rate, as long as each takes."""
        with self._lock:
            return self._lanes[label].at_once(self._clock())

    def acquire(self, label: Label, cancel: CancelToken | None = None) -> Turn:
        """Wait for the label's next slot. Raises Cancelled; nothing is used up then."""
        cancel = cancel or CancelToken()
        cancel.check()
        lane, ticket = self._lanes[label], object()
        with self._lock:
            lane.queue(ticket, self._clock())
        try:
            while True:
                with self._lock:
                    found = lane.turn(ticket, self._clock())
                if isinstance(found, Turn):
                    return found
                cancel.sleep(found)
        finally:
            with self._lock:
                lane.leave(ticket)

    def throttled(self, turn: Turn, seconds: float) -> None:
        """Slow down after a call that Zoom refused because the second was full.

        ``seconds`` is how long it was told to wait. That second is over soon for everybody; where
        Zoom asks for a longer pause, all of the label's calls keep it.
        """
        with self._lock:
            turn.lane.refused(turn, self._clock(), seconds if seconds > _PATIENCE else 0.0)

    def note(self, turn: Turn, headers: Mapping[str, str]) -> None:
        """Learn from an answer: how long it took, and its X-RateLimit headers, where they speak."""
        with self._lock:
            turn.lane.answered(turn, self._clock())
        category = headers.get("X-RateLimit-Category", "").capitalize()
        limit = _number(headers.get("X-RateLimit-Limit", ""))
        if headers.get("X-RateLimit-Type", "").upper() != "QPS" or not limit:
            return
        named = self._lanes.get(Label(category)) if category in _NAMES else None
        if named is not turn.lane:
            return
        remaining = _number(headers.get("X-RateLimit-Remaining", ""))
        with self._lock:
            turn.lane.learn(min(limit, LIMITS["business"][Label(category)]))
            if remaining is not None:
                turn.lane.hear(turn, remaining, self._clock())


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
