"""Several calls of one run side by side: as many as may be, one at first, and none is lost."""

from __future__ import annotations

import itertools
import threading

import pytest

from tests.registration.office import WEBINAR, Office, people
from zoomdesk.errors import DailyLimitReached
from zoomdesk.registration.dispatch import Answered, Unit
from zoomdesk.registration.events import Progress, RowsAnswered, RunEvent
from zoomdesk.registration.flights import Flights
from zoomdesk.registration.journal import CallKind
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.width import AtOnce
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.faults import OutcomeUnknown
from zoomdesk.zoom.pacing import Label, Pacer

BATCH = Unit(CallKind.BATCH, ())
SINGLE = Unit(CallKind.SINGLE, ())
PATIENCE = 4.0
"""Seconds that a call is held at most: the client waits for five."""


class Told:
    """What a run tells whoever watches it."""

    def __init__(self) -> None:
        self.in_flight: list[int] = []
        self.threads: set[int] = set()
        self.answered = 0

    def __call__(self, event: RunEvent) -> None:
        self.threads.add(threading.get_ident())
        if isinstance(event, Progress):
            self.in_flight.append(event.in_flight)
        elif isinstance(event, RowsAnswered):
            self.answered += len(event.outcomes)


@pytest.mark.parametrize(("at_once", "most"), [(1, 1), (3, 3), (8, 8)])
def test_no_more_calls_are_under_way_than_allowed(office: Office, at_once: int, most: int) -> None:
    office.behave(latency_seconds=0.15)
    told = Told()
    report = office.run_of(people(900), on_event=told, at_once=at_once).execute()
    office.check(report, people(900))
    assert report.counts() == {Status.REGISTERED: 900}
    assert max(told.in_flight) <= most
    assert (max(told.in_flight) > 1) == (at_once > 1)
    assert told.threads == {threading.get_ident()}, "events come from the thread of the run"


def test_what_stops_the_run_at_once_is_met_by_one_call(office: Office) -> None:
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", times=None))
    report = office.run_of(people(600), at_once=20).execute()
    office.check(report, people(600))
    assert isinstance(report.stopped, DailyLimitReached)
    assert office.sent("batch") == 1


def test_calls_under_way_are_kept_when_another_stops_the_run(office: Office) -> None:
    office.behave(latency_seconds=0.1)
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", skip=4))
    report = office.run_of(people(900), at_once=8).execute()
    office.check(report, people(900))
    assert isinstance(report.stopped, DailyLimitReached)
    counts = report.counts()
    sent = set(office.sim.world.tallies(WEBINAR.id))
    assert counts[Status.REGISTERED] == len(sent)
    assert 0 < counts[Status.NOT_SENT] < 900

    done = office.resume(report, people(900))
    assert done.counts() == {Status.REGISTERED: 900}


def test_stopping_keeps_all_calls_under_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = CancelToken()
    run = office.run_of(people(900), cancel=cancel, at_once=8)
    arrivals, three_are_in = itertools.count(), threading.Event()

    def work(_: float) -> None:
        """Answer the first call, and the next when three are at Zoom and the run is stopped."""
        arrived = next(arrivals)
        if arrived == 3:
            cancel.cancel()
            three_are_in.set()
        assert arrived == 0 or three_are_in.wait(PATIENCE)

    monkeypatch.setattr(office.sim, "wait", work)
    report = run.execute()
    assert three_are_in.is_set()
    office.check(report, people(900))
    assert report.cancelled
    assert report.counts()[Status.REGISTERED] == len(office.sim.world.tallies(WEBINAR.id))
    assert report.counts()[Status.REGISTERED] >= 120, "the first call and the three at Zoom"
    assert office.resume(report, people(900)).counts() == {Status.REGISTERED: 900}


def test_a_cut_connection_among_many_costs_nobody_a_second_mail(office: Office) -> None:
    office.behave(latency_seconds=0.05)
    office.sim.faults.add(Fault(FaultKind.CUT_AFTER, call="batch", skip=3, times=2))
    office.sim.faults.add(Fault(FaultKind.CUT_BEFORE, call="batch", skip=7, times=2))
    report = office.run_of(people(600), at_once=6).execute()
    office.check(report, people(600))
    assert report.counts() == {Status.REGISTERED: 600}


# -- how many may go -------------------------------------------------------------------------------


def _lands(answers: list[Answered], most: int) -> list[int]:
    """Return how many calls may be under way at first and after each of ``answers``."""
    waiting = iter(answers)
    widths = []
    with Flights(lambda _: next(waiting), {CallKind.BATCH: most}) as flights:
        for number in range(len(answers) + 1):
            width = 0
            while flights.may_start(CallKind.BATCH) and width < 99:
                flights._up[CallKind.BATCH] += 1
                width += 1
            widths.append(width)
            flights._up.clear()
            if number < len(answers):
                flights.start(number, BATCH)
                assert flights.land().call == number
    return widths


def test_one_goes_first_and_then_as_many_as_may_be() -> None:
    assert _lands([[]] * 2, 6) == [1, 6, 6]


def test_what_is_no_answer_halves_them_and_answers_bring_them_back() -> None:
    lost = OutcomeUnknown("cut")
    assert _lands([[], lost, lost, lost, lost, lost], 48) == [1, 48, 32, 16, 8, 4, 2]
    assert _lands([lost, lost, [], []], 48) == [1, 1, 1, 3, 5]


def test_kinds_are_counted_apart() -> None:
    go = threading.Event()

    def make(unit: Unit) -> Answered:
        go.wait(30)
        return []

    with Flights(make, {CallKind.BATCH: 1}) as flights:
        flights.start(1, BATCH)
        assert not flights.may_start(CallKind.BATCH)
        assert flights.may_start(CallKind.SINGLE)
        flights.start(2, SINGLE)
        go.set()
        assert {flights.land().call, flights.land().call} == {1, 2}
        assert flights.up == 0


def test_an_error_of_ours_on_a_thread_comes_back_and_blocks_nobody() -> None:
    class Died(BaseException):
        """Not an Exception: a program that ends."""

    died = Died()

    def make(unit: Unit) -> Answered:
        return died

    with Flights(make) as flights:
        flights.start(1, BATCH)
        assert flights.land().answered is died


def test_how_many_may_go_follows_the_pace() -> None:
    now = 1000.0
    pacer = Pacer("pro", clock=lambda: now)
    widths = AtOnce(pacer)

    def may_go() -> int:
        with Flights(lambda _: [], widths) as flights:
            flights.start(0, BATCH)
            flights.land()
            count = 0
            while flights.may_start(CallKind.BATCH):
                flights.start(count, BATCH)
                count += 1
            return count

    assert may_go() == widths[CallKind.BATCH] == 19, "nothing is known of how long a call takes"
    turn = pacer.acquire(Label.HEAVY)
    now += 0.3
    limit = {"Category": "Heavy", "Type": "QPS", "Limit": "40"}
    pacer.note(turn, {})
    assert may_go() == 7, "those who stand in line are in the journal as sent: no more than needed"
    pacer.note(turn, {f"X-RateLimit-{name}": value for name, value in limit.items()})
    assert may_go() == 27
    now += 9
    pacer.note(turn, {})
    assert may_go() == 64
    assert set(widths) == set(CallKind)


def test_after_a_call_that_was_answered_many_go_at_once() -> None:
    with Flights(lambda _: [], {CallKind.BATCH: 4}) as flights:
        flights.open_up()
        for number in range(4):
            assert flights.may_start(CallKind.BATCH)
            flights.start(number, BATCH)
        assert not flights.may_start(CallKind.BATCH)
