from __future__ import annotations

import itertools
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from tests.zoom.conftest import WEBINAR
from zoomdesk.simulator import Simulator, sample_world
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.models import Registrant
from zoomdesk.zoom.pacing import LIMITS, Label, Pacer
from zoomdesk.zoom.tokens import FixedToken


class Hours(CancelToken):
    """A clock that moves only while somebody waits, so that waits cost nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return self.cancelled


def stamps(pacer: Pacer, hours: Hours, label: Label, count: int) -> list[float]:
    found = []
    for _ in range(count):
        pacer.acquire(label, hours)
        found.append(hours.now)
    return found


@pytest.mark.parametrize("plan", LIMITS)
@pytest.mark.parametrize("label", Label)
def test_no_second_holds_more_than_its_share(plan: str, label: Label) -> None:
    hours = Hours()
    found = stamps(Pacer(plan, clock=hours), hours, label, 4 * LIMITS[plan][label] + 2)
    most = max(sum(at <= other < at + 1 for other in found) for at in found)
    assert most <= LIMITS[plan][label]
    rate = (len(found) - 1) / (found[-1] - found[0])
    assert rate == pytest.approx(0.97 * LIMITS[plan][label])


@given(pauses=st.lists(st.floats(0, 3), min_size=2, max_size=60))
def test_idle_time_is_not_saved_up(pauses: list[float]) -> None:
    hours = Hours()
    pacer = Pacer("pro", headroom=1.0, clock=hours)
    found = []
    for pause in pauses:
        hours.now += pause
        pacer.acquire(Label.HEAVY, hours)
        found.append(hours.now)
    gaps = [after - before for before, after in itertools.pairwise(found)]
    assert min(gaps) >= 0.1 - 1e-6


def test_labels_do_not_wait_for_one_another() -> None:
    hours = Hours()
    pacer = Pacer("free", clock=hours)
    start = hours.now
    for label in Label:
        pacer.acquire(label, hours)
    assert hours.now == start


def test_waiting_can_be_called_off() -> None:
    pacer, cancel = Pacer("free", headroom=0.01), CancelToken()
    pacer.acquire(Label.HEAVY, cancel)
    outcome: list[type] = []

    def wait() -> None:
        try:
            pacer.acquire(Label.HEAVY, cancel)
        except Cancelled as error:
            outcome.append(type(error))

    waiting = threading.Thread(target=wait)
    waiting.start()
    cancel.cancel()
    waiting.join(timeout=30)
    assert outcome == [Cancelled]
    with pytest.raises(Cancelled):
        pacer.acquire(Label.LIGHT, cancel)


def test_a_long_wait_holds_all_of_the_label() -> None:
    hours = Hours()
    pacer = Pacer("pro", headroom=1.0, clock=hours)
    for _ in range(8):  # calls that were in flight together
        pacer.throttled(pacer.acquire(Label.HEAVY, hours), 5.0)
    held_until = hours.now + 5.0
    assert (pacer.held_for(Label.HEAVY), pacer.held_for(Label.LIGHT)) == (5.0, 0.0)
    pacer.acquire(Label.LIGHT, hours)
    assert hours.now < held_until
    pacer.acquire(Label.HEAVY, hours)
    assert hours.now >= held_until


def test_a_second_that_was_full_holds_nobody_but_slows_down() -> None:
    hours = Hours()
    pacer = Pacer("pro", headroom=1.0, clock=hours)
    turn = pacer.acquire(Label.HEAVY, hours)
    pacer.throttled(turn, 1.0)
    assert pacer.calls_per_second(Label.HEAVY) == 9
    assert pacer.calls_per_second(Label.LIGHT) == 30
    assert (pacer.is_shared(Label.HEAVY), pacer.is_shared(Label.LIGHT)) == (True, False)
    asked = hours.now
    pacer.acquire(Label.HEAVY, hours)
    assert hours.now - asked < 0.2
    hours.now += 30
    assert pacer.calls_per_second(Label.HEAVY) == 10
    assert not pacer.is_shared(Label.HEAVY)


def test_full_second_holds_those_who_wait_already() -> None:
    hours = Hours()
    pacer = Pacer("free", headroom=1.0, clock=hours)
    turn = pacer.acquire(Label.HEAVY, hours)
    held_until = hours.now + 30

    class MetsTheLimit(Hours):
        """Another thread meets the limit while this one waits for its slot."""

        def wait(self, seconds: float) -> bool:
            if hours.now < held_until - 29.5:
                pacer.throttled(turn, held_until - hours.now)
            return hours.wait(seconds)

    pacer.acquire(Label.HEAVY, MetsTheLimit())
    assert hours.now >= held_until


def test_who_gives_up_waiting_leaves_the_slot_to_the_next() -> None:
    hours = Hours()
    pacer = Pacer("pro", headroom=1.0, clock=hours)
    pacer.acquire(Label.HEAVY, hours)

    class GivesUp(Hours):
        """Wants no more as soon as it has to wait."""

        def wait(self, seconds: float) -> bool:
            return seconds > 0

    with pytest.raises(Cancelled):
        pacer.acquire(Label.HEAVY, GivesUp())
    asked = hours.now
    pacer.acquire(Label.HEAVY, hours)
    assert hours.now == pytest.approx(asked + 0.1)


@pytest.mark.parametrize(
    ("headers", "rate"),
    [
        ({"Category": "Heavy", "Type": "QPS", "Limit": "40"}, 40),
        ({"Category": "heavy", "Type": "qps", "Limit": "2"}, 2),
        ({"Category": "Heavy", "Type": "Daily-limit", "Limit": "60000"}, 10),
        ({"Category": "Heavy", "Type": "QPS", "Limit": "0"}, 10),
        ({"Category": "Heavy", "Type": "QPS", "Limit": "many"}, 10),
        ({"Category": "Huge", "Type": "QPS", "Limit": "40"}, 10),
        ({"Category": "Light", "Type": "QPS", "Limit": "40"}, 10),
        ({"Category": "Heavy", "Type": "QPS", "Limit": "1000000"}, 40),
        ({}, 10),
    ],
)
def test_headers_teach_the_true_limit(headers: dict[str, str], rate: float) -> None:
    pacer = Pacer("pro", headroom=1.0)
    turn = pacer.acquire(Label.HEAVY)
    pacer.note(turn, CaseInsensitiveDict({f"x-ratelimit-{k}": v for k, v in headers.items()}))
    assert pacer.calls_per_second(Label.HEAVY) == rate


@pytest.mark.parametrize(("plan", "headroom"), [("gold", 0.9), ("pro", 0.0), ("pro", 1.1)])
def test_nonsense_is_refused(plan: str, headroom: float) -> None:
    with pytest.raises(ValueError, match=r"plan|headroom"):
        Pacer(plan, headroom)


@pytest.mark.endtoend
def test_many_threads_meet_no_limit() -> None:
    with Simulator(sample_world(plan="pro")) as sim:
        pacer = Pacer("pro", headroom=0.5)
        endpoints = Endpoints(sim.api_url, sim.oauth_url)
        with ZoomClient(FixedToken(sim.issue_token()), endpoints, pacer=pacer) as client:

            def register(number: int) -> None:
                person = Registrant(f"p{number}@x.example", "P", "Q")
                client.register_one(WEBINAR, person)

            threads = [threading.Thread(target=register, args=(i,)) for i in range(24)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert not sim.limits.refused
        assert len(sim.world.registrants(WEBINAR.id)) == 24


class Late(Hours):
    """A machine so busy that every seventh sleeper is woken late."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = 0

    def wait(self, seconds: float) -> bool:
        self.waits += 1
        return super().wait(seconds + 0.09 * (self.waits % 7 == 0))


def test_a_call_that_woke_late_does_not_share_its_second_with_those_after_it() -> None:
    late = Late()
    found = stamps(Pacer("pro", clock=late), late, Label.HEAVY, 100)
    most = max(sum(at <= other < at + 1 for other in found) for at in found)
    assert most <= LIMITS["pro"][Label.HEAVY]
