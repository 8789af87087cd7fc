"""Space calls evenly below the account's limits, for all threads that share one pacer.

Each caller is given the next free slot of its label and sleeps until then: callers go in turn, no
two slots are closer than the interval, and whoever waits can be called off.

pyrate-limiter 4.5.1 was measured for this. With eight threads at 27 calls a second it let 11
through, with sixteen at 72 only 15: everyone who wakes contends again, after a pause that it rounds
up, and its waits cannot be called off.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zoomdesk.zoom.cancel import CancelToken


class Label(StrEnum):
    """Name Zoom's classes of calls; each has a limit of its own."""

    LIGHT = "Light"
    MEDIUM = "Medium"
    HEAVY = "Heavy"


LIMITS: dict[str, dict[Label, int]] = {
    "free": {Label.LIGHT: 4, Label.MEDIUM: 2, Label.HEAVY: 1},
    "pro": {Label.LIGHT: 30, Label.MEDIUM: 20, Label.HEAVY: 10},
    "business": {Label.LIGHT: 80, Label.MEDIUM: 60, Label.HEAVY: 40},
}
"""Calls a second by plan (zoom/README.md section 4); per account, shared by all of its apps."""

_SECOND = 1.02
"""What counts as a second: calls do not reach Zoom evenly as they went."""

_SECONDS_EACH = 2.0
"""A call that takes this long still leaves none of the plan's slots empty."""

_SLOWEST = 0.1  # of the plan's rate, when others use up the account's share
_SLOWER = 0.7
_FASTER = 0.01  # regained with each call


@dataclass
class _Lane:
    limit: float
    next_slot: float = 0.0  # of the clock, like the two below
    share: float = 1.0
    held_until: float = 0.0
    slowed_at: float = -1.0
    gone: deque[float] = field(default_factory=deque)  # when the last second's calls went


class Pacer:
    """Let calls go at ``headroom`` times the plan's limits.

    A 429 says that others use the account, too: ``throttled`` backs off to a share, which is
    regained call by call. Safe for many threads.
    """

    def __init__(
        self, plan: str, headroom: float = 0.96, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if plan not in LIMITS:
            raise ValueError(f"no such plan: {plan}")
        if not 0 < headroom <= 1:
            raise ValueError("headroom is a share of the limit, above 0 and at most 1")
        self._headroom = headroom
        self._clock = clock
        self._lock = threading.Lock()
        self._lanes = {label: _Lane(limit) for label, limit in LIMITS[plan].items()}

    def calls_per_second(self, label: Label) -> float:
        """Return the rate that calls of this label go at now."""
        with self._lock:
            return self._rate(self._lanes[label])

    def at_once(self, label: Label) -> int:
        """Return how many calls must be under way to use up the rate, where each takes long."""
        return max(1, round(self.calls_per_second(label) * _SECONDS_EACH))

    def acquire(self, label: Label, cancel: CancelToken | None = None) -> None:
        """Wait for the label's next slot. Raises Cancelled; the slot is then left empty."""
        cancel = cancel or CancelToken()
        cancel.check()
        slot = self._take(label)
        while True:
            while (left := slot - self._clock()) > 0:
                cancel.sleep(left)
            # A limit met meanwhile holds those, too, who had their slot already.
            if slot < self._lanes[label].held_until:
                slot = self._take(label)
            elif (wait := self._go(label)) > 0:
                cancel.sleep(wait)
            else:
                return

    def _go(self, label: Label) -> float:
        """Note that a call goes now; or return the seconds until it may.

        Whoever woke late shifts nobody's slot but his own: without a look at when calls really
        went, a late one and those after it would share one second, and Zoom counts them there.
        """
        with self._lock:
            lane, now = self._lanes[label], self._clock()
            while lane.gone and lane.gone[0] <= now - _SECOND:
                lane.gone.popleft()
            if len(lane.gone) >= lane.limit:
                return lane.gone[0] + _SECOND - now
            lane.gone.append(now)
            return 0.0

    def _take(self, label: Label) -> float:
        with self._lock:
            lane = self._lanes[label]
            slot = max(self._clock(), lane.next_slot)
            lane.next_slot = slot + 1 / self._rate(lane)
            lane.share = min(1.0, lane.share + _FASTER)
            return slot

    def throttled(self, label: Label, seconds: float) -> None:
        """Hold the label's calls for that long, and then go slower than before.

        Several calls in flight meet the same full second: they count as one.
        """
        with self._lock:
            lane, now = self._lanes[label], self._clock()
            lane.held_until = max(lane.held_until, now + seconds)
            lane.next_slot = max(lane.next_slot, lane.held_until)
            if now - lane.slowed_at >= 1.0:
                lane.slowed_at = now
                lane.share = max(_SLOWEST, lane.share * _SLOWER)

    def note(self, headers: Mapping[str, str]) -> None:
        """Learn the true limit from an answer's X-RateLimit headers, where they speak."""
        if headers.get("X-RateLimit-Type", "").upper() != "QPS":
            return
        category = headers.get("X-RateLimit-Category", "").capitalize()
        limit = headers.get("X-RateLimit-Limit", "")
        known = category in Label.__members__.values()
        if known and limit.isdecimal() and int(limit) > 0:
            with self._lock:
                self._lanes[Label(category)].limit = float(limit)

    def _rate(self, lane: _Lane) -> float:
        return lane.limit * self._headroom * lane.share
