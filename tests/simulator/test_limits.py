"""The account's limits and the registrants' allowances, on a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_MEETING_ID, Behaviour, ManualClock, Simulator, sample_world
from zoomdesk.simulator.calls import CALLS
from zoomdesk.simulator.limits import PER_DAY

SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
DAY = "You have reached the maximum daily rate limit for this API. Refer to the response header"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 5, 4, 22, 15, tzinfo=UTC))


@pytest.fixture
def plan() -> str:
    return "pro"


@pytest.fixture
def sim(clock: ManualClock, plan: Any) -> Iterator[Simulator]:
    with Simulator(sample_world(clock.now(), plan), clock=clock) as running:
        yield running


def light(api: Api) -> Any:
    return api.get("/users/me")


def medium(api: Api) -> Any:
    return api.get("/users/me/webinars")


def heavy(api: Api) -> Any:
    return api.batch([{"email": "x", "first_name": "refused, and counted"}])


@pytest.mark.parametrize(
    ("plan", "call", "limit"),
    [
        ("free", light, 4),
        ("free", medium, 2),
        ("free", heavy, 1),
        ("pro", light, 30),
        ("pro", medium, 20),
        ("pro", heavy, 10),
        ("business", light, 80),
        ("business", medium, 60),
        ("business", heavy, 40),
    ],
)
def test_so_many_a_second(api: Api, clock: ManualClock, call: Any, limit: int) -> None:
    assert all(call(api).status_code != 429 for _ in range(limit))
    assert error(call(api)) == (429, 429, SECOND)
    clock.advance(0.999)
    assert call(api).status_code == 429
    clock.advance(0.001)
    assert call(api).status_code != 429


@pytest.mark.parametrize("plan", ["free"])
def test_labels_are_counted_apart_and_the_window_slides(api: Api, clock: ManualClock) -> None:
    assert medium(api).status_code == 200
    clock.advance(0.6)
    assert medium(api).status_code == 200
    assert medium(api).status_code == 429
    assert light(api).status_code == 200
    clock.advance(0.4)
    assert medium(api).status_code == 200
    assert medium(api).status_code == 429


@pytest.mark.parametrize("plan", ["free"])
def test_the_account_shares_its_limits(api: Api, sim: Simulator) -> None:
    other = Api(sim)
    statuses = [client.get("/users/me/webinars").status_code for client in (api, other, other)]
    other.close()
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize("plan", ["free"])
def test_so_many_a_day_until_midnight_gmt(
    api: Api, sim: Simulator, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PER_DAY["free"], "Medium", 3)
    for _ in range(3):
        assert medium(api).status_code == 200
        clock.advance(1)
    refused = medium(api)
    assert error(refused)[:2] == (429, 429)
    assert error(refused)[2].startswith(DAY)
    assert refused.headers["X-RateLimit-Type"] == "Daily-limit"
    assert refused.headers["X-RateLimit-Limit"] == "3"
    assert refused.headers["Retry-After"] == "2026-05-05T00:00:00Z"
    assert light(api).status_code == 200
    assert sim.limits.refused == {"day": 1}
    clock.advance(hours=2)
    api.session.headers["Authorization"] = f"Bearer {sim.issue_token()}"
    assert medium(api).status_code == 200


def test_the_published_numbers_of_a_day() -> None:
    assert PER_DAY == {
        "free": {"Light": 6000, "Medium": 2000, "Heavy": 1000},
        "pro": {"Heavy": 30_000},
        "business": {"Heavy": 60_000},
    }


def test_headers_of_an_answer(api: Api) -> None:
    headers = medium(api).headers
    assert headers["X-RateLimit-Category"] == "Medium"
    assert (headers["X-RateLimit-Type"], headers["X-RateLimit-Limit"]) == ("QPS", "20")
    assert headers["X-RateLimit-Remaining"] == "19"
    assert "Retry-After" not in headers


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (Behaviour(), "2026-05-04T22:15:01Z"),
        (Behaviour(retry_after="seconds"), "1"),
        (Behaviour(rate_headers="absent"), None),
        (Behaviour(rate_headers="partial"), "2026-05-04T22:15:01Z"),
    ],
)
def test_forms_of_retry_after(
    api: Api, sim: Simulator, behaviour: Behaviour, expected: str | None
) -> None:
    sim.behaviour = behaviour
    for _ in range(10):
        heavy(api)
    refused = heavy(api)
    assert refused.status_code == 429
    assert refused.headers.get("Retry-After") == expected
    assert ("X-RateLimit-Category" in refused.headers) is (expected is not None)


def test_limits_can_be_switched_off(api: Api, sim: Simulator) -> None:
    sim.behaviour = Behaviour(rate_limits=False)
    assert all(heavy(api).status_code == 400 for _ in range(50))
    assert "X-RateLimit-Limit" not in heavy(api).headers


def test_a_refused_request_is_not_counted(api: Api, sim: Simulator, clock: ManualClock) -> None:
    for _ in range(15):
        heavy(api)
    clock.advance(1)
    assert heavy(api).status_code == 400
    assert sim.limits.refused == {"second": 5}


def test_three_registrations_a_person_event_and_day(
    api: Api, sim: Simulator, clock: ManualClock
) -> None:
    for _ in range(2):
        assert api.register("ada@example.com").status_code == 201
    assert api.batch(people("ada@example.com")).status_code == 201
    refused = api.register("ADA@example.com")
    assert error(refused) == (
        429,
        429,
        (
            "You have exceeded the daily rate limit of (3) for Add a webinar registrant API "
            "requests for the registrant (ADA@example.com). "
            "You can resume these API requests at GMT 00:00:00."
        ),
    )
    assert refused.headers["Retry-After"] == "2026-05-05T00:00:00Z"
    assert sim.limits.refused == {"registrant": 1}
    assert api.register("bob@example.com").status_code == 201
    assert api.register("ada@example.com", SAMPLE_MEETING_ID, "meetings").status_code == 201
    clock.advance(hours=1, minutes=44, seconds=59)
    api.session.headers["Authorization"] = f"Bearer {sim.issue_token()}"
    assert api.register("ada@example.com").status_code == 429
    clock.advance(1)
    assert api.register("ada@example.com").status_code == 201


@pytest.mark.parametrize("named", [True, False])
def test_one_person_stops_a_batch(api: Api, sim: Simulator, named: bool) -> None:
    sim.behaviour = Behaviour(limit_names_registrant=named)
    for _ in range(3):
        api.register("ada@example.com")
    refused = api.batch(people("bob@example.com", "ada@example.com"))
    assert error(refused)[:2] == (429, 429)
    assert ("(ada@example.com)" in error(refused)[2]) is named
    assert ("{1}" in error(refused)[2]) is not named
    assert sim.world.find("81234567890", "bob@example.com") is None
    for _ in range(3):
        assert api.register("bob@example.com").status_code == 201


@pytest.mark.parametrize("limit", [0, 5])
def test_the_allowance_can_be_changed(api: Api, sim: Simulator, limit: int) -> None:
    sim.behaviour = Behaviour(registrant_daily_limit=limit)
    statuses = [api.register("ada@example.com").status_code for _ in range(6)]
    assert statuses == [201] * 5 + [429 if limit else 201]


def test_ten_status_changes_a_person_event_and_day(api: Api) -> None:
    api.register("ada@example.com")
    for turn in range(10):
        response = api.set_status(("deny", "approve")[turn % 2], "ada@example.com")
        assert response.status_code == 204
    refused = api.set_status("deny", "ada@example.com")
    assert error(refused)[:2] == (429, 429)
    assert "(10)" in error(refused)[2]


def test_every_call_has_a_published_label() -> None:
    labels = {call.name: call.label for call in CALLS}
    assert labels == {
        "me": "Light",
        "list_events": "Medium",
        "event": "Light",
        "questions": "Light",
        "batch": "Heavy",
        "register": "Light",
        "list_registrants": "Medium",
        "get_registrant": "Light",
        "delete_registrant": "Light",
        "status": "Medium",
    }
