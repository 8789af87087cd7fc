"""Tell the time to the simulator; a test hands in a clock that it can turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tell the time."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        ...


class SystemClock:
    """Tell the machine's time."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """Stand still until it is moved, so that a day can roll over in a test."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the time in UTC."""
        return self._now

    def advance(self, seconds: float = 0, **more: float) -> None:
        """Move on by seconds, or by the arguments of ``timedelta``."""
        self._now += timedelta(seconds=seconds, **more)


class ShiftedClock:
    """Run on from another time, so that midnight comes when a test wants it."""

    def __init__(self, now: datetime) -> None:
        self._shift = now - datetime.now(UTC)

    def now(self) -> datetime:
        """Return the shifted time in UTC."""
        return datetime.now(UTC) + self._shift
