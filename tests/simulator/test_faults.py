"""Every fault, seen from the client's end of a real connection and in the record."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Fault, FaultKind, Simulator
from zoomdesk.simulator.faults import Faults

EVENT = SAMPLE_WEBINAR_ID
ADA = people("ada@example.com")


def registered(sim: Simulator) -> bool:
    return sim.world.find(EVENT, "ada@example.com") is not None


@pytest.mark.parametrize(
    ("fault", "applied"),
    [
        (Fault("cut_before", call="batch"), False),
        (Fault("cut_after", call="batch"), True),
        (Fault("hang", call="batch", seconds=0.05), True),
        (Fault("hang", call="batch", seconds=0.05, applied=False), False),
    ],
)
def test_cut_connections(api: Api, sim: Simulator, fault: Fault, applied: bool) -> None:
    sim.faults.add(fault)
    with pytest.raises(requests.ConnectionError):
        api.batch(ADA)
    record = sim.requests[-1]
    assert (record.status, record.applied, record.emails) == (None, applied, ("ada@example.com",))
    assert registered(sim) is applied
    assert api.batch(people("bob@example.com")).status_code == 201


def test_a_hang_outlasts_the_clients_patience(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("hang", seconds=60))
    with pytest.raises(requests.ReadTimeout):
        api.call(
            "POST", f"/webinars/{EVENT}/batch_registrants", json={"registrants": ADA}, timeout=0.3
        )
    assert registered(sim)


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("applied", [True, False])
def test_server_errors(api: Api, sim: Simulator, status: int, html: bool, applied: bool) -> None:
    sim.faults.add(Fault("server_error", status=status, html=html, applied=applied))
    response = api.batch(ADA)
    assert response.status_code == status
    if html:
        assert response.headers["Content-Type"].startswith("text/html")
        assert str(status) in response.text
    else:
        assert error(response)[:2] == (status, status)
    assert registered(sim) is applied
    assert sim.requests[-1].applied is applied


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("rate_second", "maximum per-second rate limit"),
        ("rate_day", "maximum daily rate limit"),
        ("rate_registrant", "for the registrant (ada@example.com)"),
    ],
)
def test_429_on_demand(api: Api, sim: Simulator, kind: str, text: str) -> None:
    sim.faults.add(Fault(kind, label="Heavy"))
    response = api.batch(ADA)
    assert error(response)[:2] == (429, 429)
    assert text in error(response)[2]
    assert "Retry-After" in response.headers
    assert not registered(sim)


def test_a_token_that_expires_in_the_middle(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("unauthorized", call="batch", skip=1))
    assert api.batch(people("bob@example.com")).status_code == 201
    assert error(api.batch(ADA)) == (401, 124, "Access token is expired.")
    assert not registered(sim)
    assert api.batch(ADA).status_code == 201


def test_a_request_carried_out_after_the_client_gave_up(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("latency", seconds=0.6))
    with pytest.raises(requests.ReadTimeout):
        api.call(
            "POST", f"/webinars/{EVENT}/batch_registrants", json={"registrants": ADA}, timeout=0.2
        )
    assert api.listed() == []
    deadline = time.monotonic() + 20
    while not registered(sim) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert registered(sim)


def test_garbage(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("garbage"))
    response = api.batch(ADA)
    assert response.status_code == 201
    with pytest.raises(requests.JSONDecodeError):
        response.json()
    assert registered(sim)


def test_a_truncated_body(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("truncated"))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        api.batch(ADA)
    assert registered(sim)
    assert api.batch(people("bob@example.com")).status_code == 201


def test_an_empty_answer(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("empty"))
    response = api.batch(ADA)
    assert (response.status_code, response.content) == (200, b"")
    assert registered(sim)


@pytest.mark.parametrize("applied", [True, False, None])
def test_an_error_under_200(api: Api, sim: Simulator, applied: bool | None) -> None:
    sim.faults.add(Fault("code_in_body", code=3000, applied=applied))
    assert error(api.batch(ADA))[:2] == (200, 3000)
    assert registered(sim) is bool(applied)


def test_latency_comes_with_other_faults(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("latency", seconds=0.2, times=None), Fault("server_error"))
    before = time.monotonic()
    assert api.batch(ADA).status_code == 502
    assert time.monotonic() - before >= 0.2
    assert api.batch(ADA).status_code == 201
    assert sim.faults.struck() == 3


def test_faults_of_the_sign_in(sim: Simulator) -> None:
    sim.faults.add(Fault("server_error", call="token", status=503))
    response = requests.post(f"{sim.oauth_url}/token", timeout=20)
    assert response.status_code == 503
    assert requests.post(f"{sim.oauth_url}/token", timeout=20).status_code == 401


@pytest.mark.parametrize(
    ("where", "struck"),
    [
        ({"call": "batch"}, True),
        ({"call": "register"}, False),
        ({"label": "Heavy"}, True),
        ({"label": "Light"}, False),
        ({"method": "POST"}, True),
        ({"method": "GET"}, False),
        ({"path": "/webinars/"}, True),
        ({"path": SAMPLE_MEETING_ID}, False),
        ({"call": "batch", "method": "GET"}, False),
        ({}, True),
    ],
)
def test_which_requests(api: Api, sim: Simulator, where: Any, struck: bool) -> None:
    sim.faults.add(Fault("server_error", **where))
    assert api.batch(ADA).status_code == (502 if struck else 201)


def draws(fault: Fault, number: int = 12) -> str:
    faults = Faults()
    faults.add(fault)
    return "".join("x" if faults.draw("me", "Light", "GET", "/") else "." for _ in range(number))


def test_how_often() -> None:
    assert draws(Fault("garbage")) == "x" + "." * 11
    assert draws(Fault("garbage", times=3)) == "xxx" + "." * 9
    assert draws(Fault("garbage", times=2, skip=4)) == "....xx......"
    assert draws(Fault("garbage", times=None, skip=9)) == ".........xxx"


def test_chance_is_repeatable_by_its_seed() -> None:
    half = [
        draws(Fault("garbage", times=None, probability=0.5, seed=seed), 60) for seed in (1, 1, 2)
    ]
    assert half[0] == half[1] != half[2]
    assert 10 < half[0].count("x") < 50
    assert "x" not in draws(Fault("garbage", times=None, probability=0.0), 60)


def test_faults_can_be_disarmed(api: Api, sim: Simulator) -> None:
    sim.faults.add(Fault("server_error", times=None))
    assert api.batch(ADA).status_code == 502
    sim.faults.clear()
    assert api.batch(ADA).status_code == 201


def test_a_fault_of_no_kind() -> None:
    with pytest.raises(ValueError, match="gremlin"):
        Fault("gremlin")
    with pytest.raises(ValueError, match="a fault has no colour"):
        Fault.from_json({"kind": "garbage", "colour": "red"})
    with pytest.raises(ValueError, match="kind"):
        Fault.from_json({"times": 1})
    assert Fault.from_json({"kind": "hang", "seconds": 2}) == Fault(FaultKind.HANG, seconds=2)
