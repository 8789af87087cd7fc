"""How many calls, and how long at least."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.registration.office import people
from tests.registration.test_plan import EVENT, listed, plan_of
from zoomdesk.registration.estimate import Estimate, estimate_of, pages_of
from zoomdesk.registration.options import RunOptions
from zoomdesk.zoom.models import MANUAL
from zoomdesk.zoom.pacing import Pacer


@pytest.mark.parametrize(
    ("approved", "pending", "dates", "pages"),
    [(0, 0, 0, 3), (300, 0, 0, 3), (301, 0, 0, 4), (601, 301, 0, 6), (1, 1, 4, 12)],
)
def test_pages_of_three_hundred(approved: int, pending: int, dates: int, pages: int) -> None:
    on_lists = [listed(f"a{n}@example.com") for n in range(approved)]
    on_lists += [listed(f"p{n}@example.com", "pending") for n in range(pending)]
    assert pages_of(on_lists, [str(n) for n in range(dates)]) == pages


def test_lists_are_read_again_where_people_wait() -> None:
    event = replace(EVENT, approval_type=MANUAL)
    guests = [*people(31), *people(2, 50, org="Kite")]
    plan = plan_of(guests, event=event, options=RunOptions(auto_approve=True))
    assert estimate_of(plan, Pacer("pro", headroom=1.0)) == Estimate(
        2, 2, 3, pytest.approx(2 / 10 + 2 / 30 + 3 / 20)
    )
    plan = plan_of(people(31), event=event)
    assert (plan.waits, estimate_of(plan, Pacer("pro")).lists) == (False, 0)


@pytest.mark.parametrize(
    ("estimate", "plan", "days"),
    [
        (Estimate(1000, 0, 0, 0), "free", 1),
        (Estimate(1001, 0, 0, 0), "free", 2),
        (Estimate(0, 12_001, 0, 0), "free", 3),
        (Estimate(0, 12_001, 0, 0), "pro", 1),
        (Estimate(30_001, 0, 0, 0), "pro", 2),
        (Estimate(60_000, 0, 0, 0), "business", 1),
        (Estimate(0, 0, 0, 0), "free", 1),
    ],
)
def test_calls_beyond_a_days_allowance_take_days(estimate: Estimate, plan: str, days: int) -> None:
    assert estimate.days(plan) == days
