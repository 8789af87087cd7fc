"""Count the calls of a second in each of the ways in which a server may do it.

Zoom publishes a number of calls a second and not what it takes for a second (zoom/README.md
section 4), so a client has to bear all three.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

_SECOND = timedelta(seconds=1)


class Window(Protocol):
    """Let so many calls a second through. A call that is refused is not counted."""

    def take(self, now: datetime) -> int | None:
        """Count a call and return how many more may follow at once, or None to refuse it."""


class SlidingSecond:
    """Hold no more calls in any second, wherever it begins."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._recent: deque[datetime] = deque()

    def take(self, now: datetime) -> int | None:
        """Count a call; those of a second ago are forgotten."""
        while self._recent and now - self._recent[0] >= _SECOND:
            self._recent.popleft()
        if len(self._recent) >= self._limit:
            return None
        self._recent.append(now)
        return self._limit - len(self._recent)


class FixedSecond:
    """Hold no more calls in each second of the clock."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._second: datetime | None = None
        self._count = 0

    def take(self, now: datetime) -> int | None:
        """Count a call; the count begins anew with the clock's second."""
        second = now.replace(microsecond=0)
        if second != self._second:
            self._second, self._count = second, 0
        if self._count >= self._limit:
            return None
        self._count += 1
        return self._limit - self._count


class TokenBucket:
    """Hand out tokens that come in evenly; those of one second can be saved up."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tokens = float(limit)
        self._filled: datetime | None = None

    def take(self, now: datetime) -> int | None:
        """Take a token."""
        passed = (now - self._filled).total_seconds() if self._filled else 0.0
        # Threads may come a little out of order.
        if passed >= 0:
            self._filled = now
            self._tokens = min(self._limit, self._tokens + passed * self._limit)
        if self._tokens < 1:
            return None
        self._tokens -= 1
        return int(self._tokens)


WINDOWS: dict[str, Callable[[int], Window]] = {
    "sliding": SlidingSecond,
    "fixed": FixedSecond,
    "bucket": TokenBucket,
}
"""By the name in ``Behaviour.rate_window``."""
