"""What happened survives a restart, and the death of the process at any byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.conftest import ROOT
from tests.simulator.api import Api, people
from zoomdesk.simulator import (
    PUBLIC_CLIENT_ID,
    SAMPLE_WEBINAR_ID,
    Behaviour,
    Simulator,
    StateFileError,
    Tally,
    sample_world,
)
from zoomdesk.simulator.tokens import issue

EVENT = SAMPLE_WEBINAR_ID
OFF = Behaviour(rate_limits=False)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "state.jsonl"


def fill(state: Path) -> str:
    """Register, deny and delete people, and return a token that is still good."""
    with Simulator(behaviour=OFF, state_file=state) as sim:
        api = Api(sim)
        api.batch(people("a@example.com", "b@example.com", "ünï@example.com", "d@example.com"))
        api.register("a@example.com", org="Engines \u2028 & Co")
        api.set_status("deny", "b@example.com")
        made = api.register("c@example.com").json()["registrant_id"]
        api.call("DELETE", f"/webinars/{EVENT}/registrants/{made}")
        token = sim.issue_token()
        api.close()
    return token


def test_everything_is_there_after_a_restart(state: Path) -> None:
    token = fill(state)
    first = sample_world()
    with Simulator(first, OFF, state) as sim:
        people_then = sim.world.registrants(EVENT)
        assert [each.email for each in people_then] == [
            "a@example.com",
            "b@example.com",
            "ünï@example.com",
            "d@example.com",
        ]
        assert [each.status for each in people_then][:2] == ["approved", "denied"]
        assert sim.world.tally(EVENT, "a@example.com") == Tally(submitted=2, registered=1, mails=2)
        api = Api(sim, token)
        assert api.register("a@example.com").json()["join_url"] == people_then[0].join_url
        assert api.register("a@example.com").status_code == 429
        found = api.get(f"/webinars/{EVENT}/registrants/{people_then[3].id}")
        assert found.json()["email"] == "d@example.com"
        api.close()


def test_refresh_tokens_survive_and_stay_spent(state: Path) -> None:
    with Simulator(state_file=state) as sim:
        url = f"{sim.oauth_url}/token"
        with sim.world.lock:
            client = sim.world.clients[PUBLIC_CLIENT_ID]
            now = sim.clock.now().timestamp()
            old = issue(sim.world, sim.behaviour, "refresh", client, "family", now)
        asked = {"grant_type": "refresh_token", "client_id": PUBLIC_CLIENT_ID}
        new = requests.post(url, data=asked | {"refresh_token": old}, timeout=20).json()
    with Simulator(state_file=state) as sim:
        url = f"{sim.oauth_url}/token"
        again = requests.post(url, data=asked | {"refresh_token": old}, timeout=20)
        good = requests.post(url, data=asked | {"refresh_token": new["refresh_token"]}, timeout=20)
    assert (again.status_code, good.status_code) == (400, 200)


def test_the_same_simulator_again_does_not_count_twice(state: Path) -> None:
    sim = Simulator(behaviour=OFF, state_file=state)
    for expected in (1, 2, 3):
        with sim:
            api = Api(sim)
            api.register("a@example.com")
            api.close()
            assert sim.world.tally(EVENT, "a@example.com").submitted == expected
    with Simulator(state_file=state) as other:
        assert other.world.tally(EVENT, "a@example.com").submitted == 3


def test_a_request_is_in_the_file_wholly_or_not_at_all(state: Path, tmp_path: Path) -> None:
    with Simulator(behaviour=OFF, state_file=state) as sim:
        api = Api(sim)
        before = state.stat().st_size
        api.batch(people(*(f"p{number}@example.com" for number in range(30))))
        after = state.stat().st_size
        api.close()
    whole = state.read_bytes()
    assert len(whole) == after > before
    for size in (before, before + 1, (before + after) // 2, after - 1, after):
        torn = tmp_path / f"torn-{size}"
        torn.write_bytes(whole[:size])
        with Simulator(behaviour=OFF, state_file=torn) as sim:
            assert len(sim.world.registrants(EVENT)) == (30 if size == after else 0)
            api = Api(sim)
            api.register("late@example.com")
            api.close()
        with Simulator(state_file=torn) as sim:
            assert sim.world.find(EVENT, "late@example.com") is not None


def test_it_is_written_before_it_is_answered(state: Path) -> None:
    with Simulator(behaviour=OFF, state_file=state) as sim:
        api = Api(sim)
        api.register("a@example.com")
        assert "a@example.com" in state.read_text("utf-8")
        api.close()


def test_no_token_is_in_the_file(state: Path) -> None:
    token = fill(state)
    assert token not in state.read_text("utf-8")
    assert [json.loads(line) for line in state.read_text("utf-8").split("\n")[:-1]]


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"hello\n",
        b'{"format":"other"}\n',
        b'{"format":"zoomdesk-simulator-1"}\n{broken}\n',
        b'{"format":"zoomdesk-simulator-1"}\n[{"do":"dance"}]\n',
        b'{"format":"zoomdesk-simulator-1"}\n[{"do":"put"}]\n',
        b'{"format":"zoomdesk-simulator-1"}\n7\n',
    ],
)
def test_a_file_that_is_none_of_ours_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state"
    path.write_bytes(content)
    sim = Simulator(state_file=path)
    with pytest.raises(StateFileError, match="state"):
        sim.start()
    assert path.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_a_file_that_can_be_read(state: Path) -> None:
    program = """
import resource, signal, sys
import requests
from tests.simulator.api import Api, people
from zoomdesk.simulator import Behaviour, Simulator
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Simulator(behaviour=Behaviour(rate_limits=False), state_file=sys.argv[1]) as sim:
    api = Api(sim)
    api.register("first@example.com")
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        api.batch(people(*(f"p{number}@example.com" for number in range(30))))
    except requests.ConnectionError:
        print("no answer")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    api.register("last@example.com")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(state)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "no answer\n"), done.stderr
    with Simulator(state_file=state) as sim:
        kept = [each.email for each in sim.world.registrants(EVENT)]
    assert kept == ["first@example.com", "last@example.com"]


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.touch()
    with Simulator(state_file=path):
        pass
    assert path.read_bytes().startswith(b'{"format"')
