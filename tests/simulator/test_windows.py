"""The three ways in which a server may count a second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulator.api import Api, people
from zoomdesk.simulator import Behaviour, ManualClock, Simulator
from zoomdesk.simulator.windows import WINDOWS

START = datetime(2026, 5, 4, 22, 15, tzinfo=UTC)
TIMES = st.lists(st.integers(0, 4000), min_size=1, max_size=80).map(sorted)


def taken(kind: str, limit: int, millis: list[int]) -> list[tuple[int, int | None]]:
    window = WINDOWS[kind](limit)
    return [(each, window.take(START + timedelta(milliseconds=each))) for each in millis]


@given(limit=st.integers(1, 6), millis=TIMES)
def test_no_sliding_second_holds_more_and_none_is_refused_needlessly(
    limit: int, millis: list[int]
) -> None:
    through: list[int] = []
    for at, left in taken("sliding", limit, millis):
        held = sum(at - 1000 < each for each in through)
        assert left == (limit - held - 1 if held < limit else None)
        if left is not None:
            through.append(at)


@given(limit=st.integers(1, 6), millis=TIMES)
def test_each_second_of_the_clock_is_filled_by_itself(limit: int, millis: list[int]) -> None:
    found = taken("fixed", limit, millis)
    for second in range(5):
        lefts = [left for at, left in found if at // 1000 == second]
        full = list(range(limit - 1, -1, -1))
        assert lefts == [*full[: len(lefts)], *[None] * (len(lefts) - limit)]


@given(limit=st.integers(1, 6), millis=TIMES)
def test_a_bucket_lets_no_more_through_than_it_held_and_got(limit: int, millis: list[int]) -> None:
    through = [at for at, left in taken("bucket", limit, millis) if left is not None]
    for place, first in enumerate(through):
        for count, last in enumerate(through[place:], start=1):
            assert count <= limit + limit * (last - first) / 1000 + 1e-6


def test_a_bucket_fills_again() -> None:
    assert taken("bucket", 2, [0, 0, 0, 499, 510, 520, 1600]) == [
        (0, 1),
        (0, 0),
        (0, None),
        (499, None),
        (510, 0),
        (520, None),
        (1600, 1),
    ]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START + timedelta(seconds=0.6))


@pytest.fixture
def sim(clock: ManualClock) -> Any:
    with Simulator(clock=clock) as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "statuses"), [("sliding", [429, 201]), ("fixed", [201, 201]), ("bucket", [201, 201])]
)
def test_the_window_can_be_chosen(
    api: Api, sim: Simulator, clock: ManualClock, kind: Any, statuses: list[int]
) -> None:
    sim.behaviour = Behaviour(rate_window=kind)
    for number in range(10):
        assert api.batch(people(f"p{number}@x.example")).status_code == 201
    found = []
    for step in (0.5, 0.5):
        clock.advance(step)
        found.append(api.batch(people(f"after{step}{len(found)}@x.example")).status_code)
    assert found == statuses


def test_a_request_counts_when_it_arrives_and_not_when_it_is_answered(
    api: Api, sim: Simulator
) -> None:
    """Zoom's own time must not blur the second in which the calls came."""
    seen: list[int] = []
    wait = sim.wait

    def look(seconds: float) -> None:
        seen.append(sum(sim.limits._today.values()))
        wait(seconds)

    sim.wait = look  # type: ignore[method-assign]  # to look at the limits before the answer
    assert api.batch(people("a@x.example")).status_code == 201
    assert seen == [1]


def test_partial_headers_name_the_limit_that_was_met_and_no_numbers(
    api: Api, sim: Simulator
) -> None:
    sim.behaviour = Behaviour(rate_headers="partial", retry_after="absent")
    answers = [api.batch(people(f"p{number}@x.example")) for number in range(11)]
    assert [each.status_code for each in answers] == [201] * 10 + [429]
    named = [{k for k in each.headers if k.startswith("X-Rate")} for each in answers]
    assert named == [set()] * 10 + [{"X-RateLimit-Category", "X-RateLimit-Type"}]
    assert "Retry-After" not in answers[-1].headers
