from __future__ import annotations

from datetime import UTC, datetime

import pytest
from requests.structures import CaseInsensitiveDict

from zoomdesk.zoom.limits import LONGEST_WAIT, LimitKind, read

NOW = datetime(2026, 3, 22, 18, 0, 0, tzinfo=UTC)
SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
DAY = (
    "You have reached the maximum daily rate limit for this API. Refer to the response header for "
    "details about when you can make another request."
)
PERSON = (
    "You have exceeded the daily rate limit of (3) for Add a webinar registrant API requests for "
    "the registrant ({}). You can resume these API requests at GMT 00:00:00."
)
SIX_HOURS = 6 * 3600


@pytest.mark.parametrize(
    ("message", "headers", "kind", "wait"),
    [
        (SECOND, {}, LimitKind.PER_SECOND, 1.0),
        (SECOND, {"Retry-After": "2"}, LimitKind.PER_SECOND, 2.0),
        (SECOND, {"retry-after": "2026-03-22T18:00:03Z"}, LimitKind.PER_SECOND, 3.0),
        (SECOND, {"Retry-After": "Sun, 22 Mar 2026 18:00:04 GMT"}, LimitKind.PER_SECOND, 4.0),
        (SECOND, {"Retry-After": "2026-03-22T17:00:00Z"}, LimitKind.PER_SECOND, 0.0),
        (SECOND, {"Retry-After": "2026-03-24T00:00:00Z"}, LimitKind.PER_SECOND, LONGEST_WAIT),
        (SECOND, {"Retry-After": "soon"}, LimitKind.PER_SECOND, 1.0),
        (SECOND, {"Retry-After": "inf"}, LimitKind.PER_SECOND, 1.0),
        ("", {"X-RateLimit-Type": "QPS", "Retry-After": "1"}, LimitKind.PER_SECOND, 1.0),
        ("Too many requests", {}, LimitKind.PER_SECOND, 1.0),
        (DAY, {}, LimitKind.DAILY, SIX_HOURS),
        (DAY, {"Retry-After": "2026-03-23T00:00:00Z"}, LimitKind.DAILY, SIX_HOURS),
        ("", {"X-RateLimit-Type": "Daily-limit"}, LimitKind.DAILY, SIX_HOURS),
        ("", {"Retry-After": "7200"}, LimitKind.DAILY, 7200.0),
    ],
)
def test_limits_of_the_account(
    message: str, headers: dict[str, str], kind: LimitKind, wait: float
) -> None:
    found = read(message, CaseInsensitiveDict(headers), NOW)
    assert (found.kind, found.wait, found.email) == (kind, wait, "")


@pytest.mark.parametrize(
    ("who", "email"),
    [("Ann@X.example", "ann@x.example"), ("{1}", ""), ("", ""), (" a@x.example ", "a@x.example")],
)
def test_limit_of_a_registrant(who: str, email: str) -> None:
    headers = CaseInsensitiveDict({"X-RateLimit-Type": "Daily-limit"})
    found = read(PERSON.format(who), headers, NOW)
    assert (found.kind, found.email, found.wait) == (LimitKind.REGISTRANT, email, SIX_HOURS)


def test_wait_is_counted_by_zooms_own_clock() -> None:
    headers = CaseInsensitiveDict(
        {"Date": "Sun, 22 Mar 2026 20:00:00 GMT", "Retry-After": "2026-03-22T20:00:02Z"}
    )
    assert read(SECOND, headers, NOW).wait == 2.0
