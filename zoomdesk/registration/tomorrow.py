"""Know when Zoom takes calls again after its limit for the day, and wait for that by the clock.

The allowances of a day begin afresh at 00:00 GMT (zoom/README.md section 4). A long sleep would
stand still with a machine that sleeps: the clock is looked at again and again instead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from zoomdesk.errors import DailyLimitReached, ZoomdeskError
from zoomdesk.zoom.cancel import CancelToken

LOOK_EVERY = 15.0
"""Seconds between two looks at the clock."""

_MARGIN = timedelta(seconds=2)
"""Zoom's clock and its answers know whole seconds only: better a little late than once in vain."""


def again_at(error: ZoomdeskError | None, now: datetime) -> datetime | None:
    """Return from when Zoom takes calls again, None where no limit of a day was met.

    What Zoom said counts; where it said nothing, it is the next 00:00 GMT.
    """
    if not isinstance(error, DailyLimitReached):
        return None
    if error.wait:
        return now + timedelta(seconds=error.wait) + _MARGIN
    return next_midnight(now) + _MARGIN


def next_midnight(now: datetime) -> datetime:
    """Return the next 00:00 GMT."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def wait_until(
    at: datetime,
    cancel: CancelToken,
    clock: Callable[[], datetime],
    tell: Callable[[float], None],
    look_every: float = LOOK_EVERY,
) -> None:
    """Wait until the clock says ``at``; ``tell`` hears the seconds that are left.

    Raises Cancelled.
    """
    while (left := (at - clock()).total_seconds()) > 0:
        tell(left)
        cancel.sleep(min(left, look_every))


def in_words(at: datetime) -> str:
    """Return the time on this computer's clock with Zoom's beside it: ``02:00 (00:00 GMT)``."""
    at = (at + timedelta(seconds=30)).astimezone(UTC)
    here, gmt = f"{at.astimezone():%H:%M}", f"{at:%H:%M} GMT"
    return gmt if at.astimezone().utcoffset() == timedelta(0) else f"{here} ({gmt})"
