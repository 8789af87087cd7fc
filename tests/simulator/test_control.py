"""The record and the switches over HTTP, for tests whose simulator is another process."""

from __future__ import annotations

import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from tests.simulator.api import Api, people
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Behaviour, Simulator
from zoomdesk.simulator.limits import next_midnight

EVENT = SAMPLE_WEBINAR_ID


def post(sim: Simulator, name: str, body: Any = None) -> requests.Response:
    return requests.post(f"{sim.url}/_sim/{name}", json=body, timeout=20)


def record(sim: Simulator) -> Any:
    return requests.get(f"{sim.url}/_sim/record", timeout=20).json()


def test_the_record_tells_everything(api: Api, sim: Simulator) -> None:
    api.batch(people("Ada@example.com", "bob@example.com"))
    for _ in range(3):
        api.register("ada@example.com")
    body = record(sim)
    event = body["events"][EVENT]
    assert event["kind"] == "webinar"
    assert [each["email"] for each in event["registrants"]] == [
        "Ada@example.com",
        "bob@example.com",
    ]
    assert event["tally"] == {
        "ada@example.com": {"submitted": 3, "registered": 1, "mails": 3},
        "bob@example.com": {"submitted": 1, "registered": 1, "mails": 1},
    }
    assert [each["status"] for each in body["requests"]] == [201, 201, 201, 429]
    assert body["requests"][0]["emails"] == ["Ada@example.com", "bob@example.com"]
    assert (body["answers_429"], body["limits"]) == (1, {"registrant": 1})
    assert set(body["events"]) == set(sim.world.events)


def test_the_record_does_not_record_itself(sim: Simulator) -> None:
    assert record(sim)["requests"] == record(sim)["requests"] == []


def test_calls_are_counted(api: Api, sim: Simulator) -> None:
    api.batch(people("ada@example.com"))
    api.register("bob@example.com")
    api.register("bob@example.com")
    record(sim)
    counts = requests.get(f"{sim.url}/_sim/calls", timeout=20).json()
    assert counts == {"batch": 1, "register": 2}


def test_behaviour(sim: Simulator) -> None:
    answer = post(sim, "behaviour", {"token_length": 4000, "batch_refuses_whole": ["host"]})
    assert answer.json() == {"changed": ["batch_refuses_whole", "token_length"]}
    assert sim.behaviour == Behaviour(
        rate_limits=False, token_length=4000, batch_refuses_whole=frozenset(["host"])
    )


@pytest.mark.parametrize("body", [{"colour": "red"}, ["token_length"], None])
def test_behaviour_that_is_none(sim: Simulator, body: Any) -> None:
    before = sim.behaviour
    answer = post(sim, "behaviour", body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert sim.behaviour == before


def test_faults(api: Api, sim: Simulator) -> None:
    faults = [
        {"kind": "server_error", "status": 503, "times": 2},
        {"kind": "latency", "seconds": 0},
    ]
    assert post(sim, "faults", faults).json() == {"added": 2}
    assert post(sim, "faults", {"kind": "cut_before", "call": "batch"}).json() == {"added": 1}
    assert api.get("/users/me").status_code == 503
    assert record(sim)["faults_struck"] == 1
    requests.delete(f"{sim.url}/_sim/faults", timeout=20)
    assert api.get("/users/me").status_code == 200


@pytest.mark.parametrize("body", [[{"kind": "gremlin"}], ["garbage"], "garbage", [{}]])
def test_faults_that_are_none(sim: Simulator, body: Any) -> None:
    assert post(sim, "faults", body).status_code == 400


def test_tokens(sim: Simulator) -> None:
    token = post(sim, "token").json()["access_token"]
    api = Api(sim, token)
    assert api.get("/users/me").status_code == 200
    assert post(sim, "expire-tokens").status_code == 200
    assert api.get("/users/me").json()["message"] == "Access token is expired."
    api.close()


def renew(api: Api, sim: Simulator) -> None:
    api.session.headers["Authorization"] = f"Bearer {sim.issue_token()}"


def test_midnight_comes_when_a_test_wants_it(api: Api, sim: Simulator) -> None:
    for _ in range(3):
        api.register("ada@example.com")
    assert api.register("ada@example.com").status_code == 429
    tomorrow = next_midnight(sim.clock.now())
    answer = post(sim, "clock", {"now": (tomorrow - timedelta(seconds=1)).isoformat()})
    renew(api, sim)
    said = api.register("ada@example.com")
    assert answer.status_code == 200
    assert said.status_code == 429
    now = parsedate_to_datetime(said.headers["Date"])
    assert timedelta() < tomorrow - now <= timedelta(seconds=1), "answers are dated by our clock"
    while sim.clock.now() < tomorrow:
        time.sleep(0.05)
    renew(api, sim)
    assert api.register("ada@example.com").status_code == 201


@pytest.mark.parametrize("body", [None, [], {"now": 5}, {"now": "soon"}])
def test_a_time_that_is_none_is_refused(sim: Simulator, body: Any) -> None:
    assert post(sim, "clock", body).status_code == 400
