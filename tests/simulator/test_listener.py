"""Connections: kept open, many at once, and none left behind."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Behaviour, Fault, Simulator

EVENT = SAMPLE_WEBINAR_ID


def ours() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("simulator")]


def raw(sim: Simulator, data: bytes) -> bytes:
    """Send bytes on a connection of their own, and return all that comes back."""
    port = int(sim.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def test_one_connection_serves_many_requests(api: Api, sim: Simulator) -> None:
    for number in range(5):
        assert api.register(f"p{number}@example.com").status_code == 201
        assert api.set_status("deny", f"p{number}@example.com").status_code == 204
        assert api.get("/nonsense").status_code == 404
    assert len(ours()) == 2


def test_two_requests_sent_in_one_go(sim: Simulator) -> None:
    answer = raw(sim, b"GET /v2/users/me HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
    assert answer.count(b"HTTP/1.1 401") == 2


def test_an_old_client_is_hung_up_on(sim: Simulator) -> None:
    answer = raw(sim, b"GET /v2/users/me HTTP/1.0\r\n\r\n")
    assert answer.count(b"HTTP/1.1 401") == 1


def test_head_has_no_body(sim: Simulator) -> None:
    answer = raw(sim, b"HEAD /oauth/authorize HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.endswith(b"\r\n\r\n")


def test_a_chunked_body(api: Api, sim: Simulator) -> None:
    def chunks() -> object:
        yield b'{"registrants":[{"email":'
        yield b'"ada@example.com","first_name":"Ada"}]}'

    response = api.call("POST", f"/webinars/{EVENT}/batch_registrants", data=chunks())
    assert response.status_code == 201
    assert sim.requests[-1].emails == ("ada@example.com",)


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 90\r\n\r\n{",
        b"Content-Length: many\r\n\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_body_that_stops_short_is_not_carried_out(sim: Simulator, body: bytes) -> None:
    path = f"/v2/webinars/{EVENT}/registrants".encode()
    assert raw(sim, b"POST " + path + b" HTTP/1.1\r\nHost: x\r\n" + body) == b""
    assert sim.requests == []


def test_it_listens_on_loopback_only(sim: Simulator) -> None:
    assert sim.url.startswith("http://127.0.0.1:")
    assert sim._listener is not None
    assert sim._listener.socket.getsockname()[0] == "127.0.0.1"


def test_nobody_is_lost_among_eight_threads(sim: Simulator) -> None:
    def work(worker: int) -> dict[str, str]:
        api = Api(sim)
        links: dict[str, str] = {}
        for turn in range(10):
            sent = people(*(f"w{worker}-{turn}-{number}@example.com" for number in range(10)))
            for row in api.batch([*sent, *people("shared@example.com")]).json()["registrants"]:
                links[row["email"]] = row["join_url"].strip()
        api.close()
        return links

    sim.behaviour = Behaviour(rate_limits=False, registrant_daily_limit=0)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(work, range(8)))
    answered = {email: link for links in answers for email, link in links.items()}
    recorded = {each.email: each.join_url for each in sim.world.registrants(EVENT)}
    assert answered == recorded
    assert len(recorded) == 801
    assert len({links["shared@example.com"] for links in answers}) == 1
    assert sim.world.tally(EVENT, "shared@example.com").submitted == 80
    assert sim.world.tally(EVENT, "shared@example.com").registered == 1
    assert len(sim.requests) == 80


def test_the_last_place_is_given_once(sim: Simulator) -> None:
    sim.world.events[EVENT].restrict_number = 5

    def work(worker: int) -> int:
        api = Api(sim)
        status = api.register(f"w{worker}@example.com").status_code
        api.close()
        return status

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(work, range(8)))
    assert sorted(statuses) == [201] * 5 + [404] * 3


def test_stopping_ends_threads_and_hanging_requests() -> None:
    before = ours()
    sim = Simulator(behaviour=Behaviour(rate_limits=False))
    sim.start()
    url, idle, hanging = sim.url, Api(sim), Api(sim)
    idle.get("/users/me")
    sim.faults.add(Fault("hang", seconds=3600))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(hanging.get, "/users/me")
        while len(sim.requests) < 1 or not sim.faults.struck():
            time.sleep(0.01)
        sim.stop()
        with pytest.raises(requests.ConnectionError):
            answer.result()
    assert ours() == before
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=5)
    idle.close()
    hanging.close()


def test_stopping_twice_and_not_running() -> None:
    sim = Simulator()
    sim.stop()
    with pytest.raises(RuntimeError, match="not running"):
        _ = sim.url
    with sim, pytest.raises(RuntimeError, match="running already"):
        sim.start()
    sim.stop()


def test_a_taken_port_is_an_error_not_the_end(sim: Simulator) -> None:
    port = int(sim.url.rpartition(":")[2])
    with pytest.raises(OSError, match=r"[Aa]ddress"):
        Simulator(port=port).start()


def test_the_same_port_again_after_a_stop() -> None:
    with Simulator() as first:
        port = int(first.url.rpartition(":")[2])
        api = Api(first)
        api.get("/users/me")
    with Simulator(port=port) as second:
        assert second.url == f"http://127.0.0.1:{port}"
    api.close()


def test_a_failure_of_the_simulator_itself_is_a_500(
    api: Api, sim: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    sim.world.users.clear()
    assert error(api.get("/users/me"))[:2] == (500, 500)
    assert "the simulator failed at /v2/users/me" in caplog.text
