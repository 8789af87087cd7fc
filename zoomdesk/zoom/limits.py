"""Understand a 429: which limit was met, by whom, and how long to wait.

Texts and headers: zoom/README.md section 4. Headers are often absent, so the text counts as much.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

from zoomdesk.zoom.wire import moment

LONGEST_WAIT = 60.0
"""Seconds that a limit per second may make us wait, whatever the header says."""

_REGISTRANT = re.compile(r"for the registrant\s*\(([^)]*)\)", re.IGNORECASE)


class LimitKind(Enum):
    """Tell the three limits apart: wait, stop for the day, or leave out one person."""

    PER_SECOND = "per second"
    DAILY = "daily"
    REGISTRANT = "registrant"


@dataclass(frozen=True, slots=True)
class Limit:
    """Say which limit was met; ``wait`` is in seconds, ``email`` ``""`` where nobody is named."""

    kind: LimitKind
    wait: float
    email: str = ""


def read(message: str, headers: Mapping[str, str], now: datetime | None = None) -> Limit:
    """Return the limit that a 429 speaks of; ``headers`` must be case-insensitive.

    Where nothing tells, it is taken for the limit per second: waiting harms nobody.
    """
    now = _server_time(headers) or now or datetime.now(UTC)
    wait = _wait(headers.get("Retry-After", ""), now)
    named = _REGISTRANT.search(message)
    if named or "for the registrant" in message.lower():
        # The batch form may hold a literal "{1}" and so name nobody.
        email = named[1].strip().lower() if named and "@" in named[1] else ""
        return Limit(LimitKind.REGISTRANT, _until_midnight(now), email)
    if _is_daily(message.lower(), headers.get("X-RateLimit-Type", "").lower(), wait):
        return Limit(LimitKind.DAILY, wait or _until_midnight(now))
    # Without a header, one second is the length of the window that was filled.
    return Limit(LimitKind.PER_SECOND, min(LONGEST_WAIT, 1.0 if wait is None else wait))


def _is_daily(message: str, kind: str, wait: float | None) -> bool:
    if "per-second" in message or kind == "qps":
        return False
    return "daily" in message or "daily" in kind or (wait or 0) > 3600


def _wait(header: str, now: datetime) -> float | None:
    """Read Retry-After: an ISO date-time, seconds, or RFC 9110's date."""
    text = header.strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        at = moment(text) or _http_date(text)
        seconds = (at - now).total_seconds() if at else math.nan
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _server_time(headers: Mapping[str, str]) -> datetime | None:
    """Return Zoom's own time, so that a wrong clock here does not make a wait of hours."""
    return _http_date(headers.get("Date", ""))


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _until_midnight(now: datetime) -> float:
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (day + timedelta(days=1) - now).total_seconds()
