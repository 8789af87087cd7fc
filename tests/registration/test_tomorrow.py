"""The limit of a day: when it ends, whose clock counts, and three tries a day across runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.registration.office import MEETING, WEBINAR, Office, people
from zoomdesk.errors import DailyLimitReached, ZoomUnreachable
from zoomdesk.registration import wording
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.tomorrow import again_at, in_words, next_midnight, wait_until
from zoomdesk.simulator import Fault, FaultKind, ManualClock
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.tokens import FixedToken

LATE = datetime(2026, 11, 22, 23, 59, 50, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("only on Windows: a process cannot change its time zone")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_zooms_own_word_counts_and_without_it_midnight() -> None:
    told = again_at(DailyLimitReached("full", wait=3600.0), LATE)
    assert told is not None
    assert timedelta(0) <= told - (LATE + timedelta(hours=1)) < timedelta(seconds=10)
    silent = again_at(DailyLimitReached("full"), LATE)
    assert silent is not None
    assert timedelta(0) <= silent - MIDNIGHT < timedelta(seconds=10)
    assert again_at(ZoomUnreachable("gone"), LATE) is None
    assert again_at(None, LATE) is None


@pytest.mark.parametrize("hours", [-23, -1, 0, 1, 13])
def test_midnight_is_that_of_greenwich(hours: int) -> None:
    there = LATE.astimezone(tz=None) + timedelta(hours=hours)
    found = next_midnight(there)
    assert (found.hour, found.minute, found.utcoffset()) == (0, 0, timedelta(0))
    assert timedelta(0) < found - there <= timedelta(days=1)


def test_the_time_is_said_on_both_clocks(berlin: None) -> None:
    assert in_words(MIDNIGHT) == "01:00 (00:00 GMT)"
    assert in_words(MIDNIGHT + timedelta(seconds=2)) == "01:00 (00:00 GMT)"
    assert in_words(datetime(2026, 7, 1, tzinfo=UTC)) == "02:00 (00:00 GMT)"


def test_who_slept_over_it_goes_on_at_once() -> None:
    """The machine sleeps while we wait: no timer counts then, the clock on the wall does."""
    clock, told = ManualClock(LATE), []

    def tell(left: float) -> None:
        told.append(left)
        clock.advance(hours=7)

    started = time.monotonic()
    wait_until(MIDNIGHT, CancelToken(), clock.now, tell, look_every=0.01)
    assert told == [10.0]
    assert time.monotonic() - started < 5


def test_a_clock_that_is_put_back_makes_it_wait_on() -> None:
    clock, told = ManualClock(LATE), []

    def tell(left: float) -> None:
        told.append(left)
        clock.advance(hours=-1 if len(told) == 1 else 2)

    wait_until(MIDNIGHT, CancelToken(), clock.now, tell, look_every=0.01)
    assert told == [10.0, 3610.0]


def test_waiting_can_be_stopped() -> None:
    cancel = CancelToken()
    threading.Timer(0.1, cancel.cancel).start()
    with pytest.raises(Cancelled):
        wait_until(MIDNIGHT, cancel, lambda: LATE, lambda _: None, look_every=3600)


# -- with Zoom -------------------------------------------------------------------------------------


@pytest.fixture
def late(office: Office) -> ManualClock:
    """Let it be ten seconds to midnight in Greenwich, for both sides."""
    return at_hour(office, hour=23, minute=59, second=50)


def at_hour(office: Office, **time_of_day: int) -> ManualClock:
    """Set both sides' clocks, and sign in anew: a token is good for an hour of them."""
    clock = ManualClock(office.sim.clock.now().replace(**time_of_day))
    office.sim.clock = clock
    office.client._caller._tokens = FixedToken(office.sim.issue_token())
    return clock


@pytest.mark.parametrize("headers", ["full", "partial", "absent"])
@pytest.mark.parametrize("form", ["datetime", "seconds"])
def test_the_run_goes_on_after_midnight(
    office: Office, late: ManualClock, headers: str, form: str
) -> None:
    office.behave(rate_headers=headers, retry_after=form)
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", skip=1, times=1))
    guests = people(90)
    report = office.register(guests)
    assert isinstance(report.stopped, DailyLimitReached)
    (record,) = office.journal.unfinished()
    at = again_at(report.stopped, late.now())
    midnight = next_midnight(late.now())
    assert at is not None
    assert record.again_at is not None
    for time_ in (at, record.again_at):
        assert timedelta(0) <= time_ - midnight < timedelta(seconds=10)
    wait_until(at, CancelToken(), late.now, late.advance, look_every=0.001)
    again = Office(office.sim, office.journal.path)
    try:
        done = again.resume(report, guests)
    finally:
        again.close()
    assert done.counts() == {Status.REGISTERED: 90}


def test_nobody_is_sent_a_fourth_time_that_day_by_any_run(
    office: Office, late: ManualClock
) -> None:
    """Three runs lose their call before it is applied; the journal counts, not Zoom."""
    guests = people(3)
    office.sim.faults.add(
        Fault(FaultKind.SERVER_ERROR, call="batch", times=None, applied=False),
        Fault(FaultKind.SERVER_ERROR, call="register", times=None, applied=False),
    )
    for _ in range(3):
        office.register(guests)
    assert set(office.journal.tries(WEBINAR).values()) == {3}
    office.sim.faults.clear()
    sent = office.sent("batch") + office.sent("register")
    office.journal.clear(unfinished=True)  # too recent: calls may be under way

    report = office.register(guests)
    assert office.sent("batch") + office.sent("register") == sent
    assert {(o.status, o.message) for o in report.outcomes} == {
        (Status.NOT_SENT, wording.NO_TRIES_LEFT)
    }
    assert "00:00 GMT" in wording.NO_TRIES_LEFT
    assert office.register(guests, MEETING).counts() == {Status.REGISTERED: 3}, "another event"

    late.advance(minutes=2)
    office.journal.clear(unfinished=True)
    assert office.journal.runs() == ()
    again = Office(office.sim, office.journal.path)
    try:
        assert again.journal.tries(WEBINAR) == {}
        assert again.register(guests).counts() == {Status.REGISTERED: 3}
    finally:
        again.close()


def test_cleared_runs_count_against_the_three_tries(office: Office) -> None:
    clock = at_hour(office, hour=12)
    guests = people(2)
    office.sim.faults.add(
        Fault(FaultKind.SERVER_ERROR, call="batch", times=None, applied=False),
        Fault(FaultKind.SERVER_ERROR, call="register", times=None, applied=False),
    )
    for _ in range(3):
        office.register(guests)
    clock.advance(minutes=5)
    assert office.journal.clear(unfinished=True).runs == 3
    office.sim.faults.clear()
    report = office.register(guests)
    assert report.counts() == {Status.NOT_SENT: 2}
