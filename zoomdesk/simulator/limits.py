"""Count requests against the account's limits, per second and per UTC day.

Numbers, texts and headers: zoom/README.md section 4. All apps of the account share them.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

from .behaviour import Behaviour
from .calls import Label
from .model import Plan
from .windows import WINDOWS, Window
from .wire import ZoomError, zoom_time

PER_SECOND: dict[Plan, dict[Label, int]] = {
    "free": {"Light": 4, "Medium": 2, "Heavy": 1},
    "pro": {"Light": 30, "Medium": 20, "Heavy": 10},
    "business": {"Light": 80, "Medium": 60, "Heavy": 40},
}
PER_DAY: dict[Plan, dict[Label, int]] = {
    "free": {"Light": 6000, "Medium": 2000, "Heavy": 1000},
    "pro": {"Heavy": 30_000},
    "business": {"Heavy": 60_000},
}

SECOND_TEXT = "You have reached the maximum per-second rate limit for this API. Try again later."
DAY_TEXT = (
    "You have reached the maximum daily rate limit for this API. Refer to the response header for "
    "details about when you can make another request."
)


def next_midnight(now: datetime) -> datetime:
    """Return the next 00:00 GMT, when the day's allowances start afresh."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def retry_after(until: datetime, now: datetime, behaviour: Behaviour) -> dict[str, str]:
    """Return the Retry-After header in the chosen form, or none."""
    if "absent" in (behaviour.rate_headers, behaviour.retry_after):
        return {}
    seconds = max(1, math.ceil((until - now).total_seconds()))
    if behaviour.retry_after == "seconds":
        return {"Retry-After": str(seconds)}
    return {"Retry-After": zoom_time(now + timedelta(seconds=seconds))}


class RateLimits:
    """Count each label's requests in the second and in the day."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.refused: Counter[str] = Counter()
        """How many requests were answered 429, by ``second``, ``day`` and ``registrant``."""
        self._lock = threading.Lock()
        self._windows: dict[tuple[Label, str], Window] = {}
        self._today: Counter[tuple[Label, str]] = Counter()

    def take(self, label: Label, now: datetime, behaviour: Behaviour) -> dict[str, str]:
        """Count a request that arrives and return the X-RateLimit headers of its answer.

        :raises ZoomError: 429, the request must not be carried out.
        """
        if not behaviour.rate_limits:
            return {}
        kind = behaviour.rate_window
        with self._lock:
            day = now.date().isoformat()
            per_second, per_day = PER_SECOND[self.plan][label], PER_DAY[self.plan].get(label)
            if per_day is not None and self._today[label, day] >= per_day:
                self.refused["day"] += 1
                raise self.day_error(label, now, behaviour)
            window = self._windows.setdefault((label, kind), WINDOWS[kind](per_second))
            left = window.take(now)
            if left is None:
                self.refused["second"] += 1
                raise self.second_error(label, now, behaviour)
            self._today[label, day] += 1
        if behaviour.rate_headers == "partial":
            return {}
        return self._headers(label, "QPS", per_second, left, behaviour)

    def second_error(self, label: Label, now: datetime, behaviour: Behaviour) -> ZoomError:
        """Return the 429 of too many requests in a second."""
        headers = self._headers(label, "QPS", PER_SECOND[self.plan][label], 0, behaviour)
        headers |= retry_after(now + timedelta(seconds=1), now, behaviour)
        return ZoomError(429, 429, SECOND_TEXT, headers=headers)

    def day_error(self, label: Label, now: datetime, behaviour: Behaviour) -> ZoomError:
        """Return the 429 of a day's allowance used up."""
        limit = PER_DAY[self.plan].get(label, 0)
        headers = self._headers(label, "Daily-limit", limit, 0, behaviour)
        headers |= retry_after(next_midnight(now), now, behaviour)
        return ZoomError(429, 429, DAY_TEXT, headers=headers)

    def _headers(
        self, label: Label, kind: str, limit: int, remaining: int, behaviour: Behaviour
    ) -> dict[str, str]:
        if behaviour.rate_headers == "absent":
            return {}
        headers = {"X-RateLimit-Category": label, "X-RateLimit-Type": kind}
        if behaviour.rate_headers == "full":
            headers["X-RateLimit-Limit"] = str(limit)
            headers["X-RateLimit-Remaining"] = str(remaining)
        return headers


def registrant_error(
    call: str, kind: str, email: str, now: datetime, behaviour: Behaviour
) -> ZoomError:
    """Return the 429 of one registrant's requests of the day.

    ``call`` is ``register``, ``batch`` or ``status``. The batch's text may hold a literal ``{1}``
    and so name nobody.
    """
    tail = "You can resume these API requests at GMT 00:00:00."
    limit = behaviour.status_daily_limit if call == "status" else behaviour.registrant_daily_limit
    limit = limit or 3
    if call == "batch":
        who = email if behaviour.limit_names_registrant else "{1}"
        text = (
            f"You have exceeded the daily rate limit of ({limit}) for {kind} Perform batch "
            f"registration API requests for the registrant ({who}). {tail}"
        )
    else:
        verb = f"Add a {kind} registrant"
        if call == "status":
            verb = f"Update {kind} registrant's status"
        text = (
            f"You have exceeded the daily rate limit of ({limit}) for {verb} API requests for the "
            f"registrant ({email}). {tail}"
        )
    headers = retry_after(next_midnight(now), now, behaviour)
    return ZoomError(429, 429, text, headers=headers)
