"""Runs that take turns with other computers, against a simulated Zoom over real HTTP."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.registration.office import EVENTS, WEBINAR, Office, by_row, people
from zoomdesk.registration import company, wording
from zoomdesk.registration.baton import Timing
from zoomdesk.registration.company import Company
from zoomdesk.registration.events import Progress, RunEvent
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.run import Run
from zoomdesk.roster.person import Person
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef

QUICK = Timing(window=0.3, lag=0.05, lease=1.0, quiet=2.0, slack=0.4, poll=0.1, delay=0.3)
PATIENCE = 30.0


def run_of(
    office: Office, guests: Sequence[Person], ref: EventRef = WEBINAR, *, seed: int = 1
) -> Run:
    """Return a run that takes turns; the seed chooses its marks."""
    run = office.run_of(guests, ref)
    chance = random.Random(seed)  # noqa: S311  to be repeatable
    run._company = Company(run._plan, ref, office.client, office.journal, run, QUICK, chance)
    return run


@pytest.fixture
def colleague(office: Office, tmp_path: Path) -> Iterator[Office]:
    """Return the same Zoom's other office: another computer with a journal of its own."""
    other = Office(office.sim, tmp_path / "other.sqlite3")
    yield other
    other.close()


@contextmanager
def under_way(*runs: Run) -> Iterator[list[RunReport]]:
    """Carry runs out at once; their reports are there afterwards, in the order of the runs."""
    reports: dict[int, RunReport] = {}
    threads = [
        threading.Thread(target=lambda n=n, run=run: reports.update({n: run.execute()}))
        for n, run in enumerate(runs)
    ]
    for thread in threads:
        thread.start()
    done: list[RunReport] = []
    yield done
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    done += [reports[n] for n in range(len(runs))]


def sizes(office: Office) -> list[int]:
    return [len(each.emails) for each in office.sim.requests if each.call == "batch"]


def waits(say: Callable[[Progress], None]) -> Callable[[RunEvent], None]:
    """Call ``say`` once the run says that it waits for another computer."""
    told = threading.Event()

    def watch(event: RunEvent) -> None:
        if isinstance(event, Progress) and event.waiting_for == company.WAITING:
            if not told.is_set():
                say(event)
            told.set()

    return watch


@pytest.mark.parametrize("event", EVENTS)
def test_alone_two_people_go_first_and_the_rest_as_ever(office: Office, event: str) -> None:
    guests = people(92)
    report = run_of(office, guests, EVENTS[event]).execute()
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 92}
    assert sizes(office) == [1, 1, 30, 30, 30]


@pytest.mark.parametrize("count", [1, 2])
def test_whoever_is_done_with_the_marks_waits_for_nobody(office: Office, count: int) -> None:
    report = run_of(office, people(count)).execute()
    assert report.counts() == {Status.REGISTERED: count}
    assert sizes(office) == [1] * count


def test_singles_take_turns_as_well(office: Office) -> None:
    guests = people(5, org="Blue Kite")
    report = run_of(office, guests).execute()
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 5}
    assert (office.sent("batch"), office.sent("register")) == (0, 5)


def test_people_registered_elsewhere_since_the_plan_get_their_link_without_a_call(
    office: Office, colleague: Office
) -> None:
    guests = people(40)
    run = run_of(office, guests)
    colleague.register(guests[10:])
    report = run.execute()
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 10, Status.ALREADY_REGISTERED: 30}


def test_two_computers_at_the_same_instant(office: Office, colleague: Office) -> None:
    ours, theirs = people(300), people(300, start=150)
    office.behave(latency_seconds=0.02)
    with under_way(run_of(office, ours, seed=1), run_of(colleague, theirs, seed=2)) as reports:
        pass
    for desk, report, guests in zip((office, colleague), reports, (ours, theirs), strict=True):
        desk.check(report, guests)
        assert report.complete
        assert set(report.counts()) <= {Status.REGISTERED, Status.ALREADY_REGISTERED}
    tallies = office.sim.world.tallies(WEBINAR.id).values()
    assert {(each.submitted, each.mails) for each in tallies} == {(1, 1)}
    assert len(tallies) == 450


def test_one_waits_while_another_is_at_work(office: Office, colleague: Office) -> None:
    guests = people(90)
    office.behave(latency_seconds=0.02)
    run = run_of(office, guests)
    colleague.by_hand(guests[:1], WEBINAR)
    waiting = threading.Event()
    run._on_event = waits(lambda _: waiting.set())
    with under_way(run) as reports:
        while not waiting.is_set():
            # One a moment, as somebody with a slow computer.
            found = [g for g in guests if not office.sim.world.find(WEBINAR.id, g.email)]
            colleague.by_hand(found[-1:], WEBINAR)
        colleague.register(guests)
    office.check(reports[0], guests)
    assert reports[0].counts()[Status.ALREADY_REGISTERED] >= 60
    assert {t.submitted for t in office.sim.world.tallies(WEBINAR.id).values()} == {1}


def test_waiting_for_another_computer_can_be_stopped(office: Office, colleague: Office) -> None:
    guests = people(60)
    run = run_of(office, guests)
    cancel = run._cancel
    run._on_event = waits(lambda _: cancel.cancel())
    working = threading.Event()
    strangers = iter(people(2000, start=1000))

    def work() -> None:
        while not working.wait(0.05):
            colleague.by_hand([next(strangers)], WEBINAR)

    thread = threading.Thread(target=work)
    thread.start()
    report = run.execute()
    working.set()
    thread.join()
    assert report.cancelled
    assert not report.complete
    assert report.counts()[Status.NOT_SENT] >= 58
    office.check_nobody_twice(WEBINAR.id)


def test_a_run_that_was_held_looks_before_it_goes_on(office: Office, colleague: Office) -> None:
    """The other computer took the turn meanwhile, and everybody who was left."""
    guests = people(200)
    office.behave(latency_seconds=0.05)
    pause = PauseSwitch()
    run = run_of(office, guests)
    run._pause = pause
    held = threading.Event()

    def watch(event: RunEvent) -> None:
        if isinstance(event, Progress):
            if event.done >= 30:
                pause.pause()
            if event.paused and not event.in_flight:
                held.set()

    run._on_event = watch
    with under_way(run) as reports:
        assert held.wait(PATIENCE)
        theirs = run_of(colleague, guests, seed=2).execute()
        run._on_event = lambda _: None
        pause.go_on()
    colleague.check(theirs, guests)
    office.check(reports[0], guests)
    assert reports[0].complete
    assert reports[0].counts()[Status.ALREADY_REGISTERED] >= 50
    assert {t.submitted for t in office.sim.world.tallies(WEBINAR.id).values()} == {1}


def test_masked_newcomers_may_be_anybody(office: Office, colleague: Office) -> None:
    guests = people(3)
    run = run_of(office, guests)
    colleague.by_hand(guests[:1], WEBINAR)
    office.behave(mask_guest_emails=True)
    report = run.execute()
    assert report.counts() == {Status.NOT_SENT: 3}
    assert by_row(report)[2].message == wording.HIDDEN
    assert office.sent("batch") == 0


def test_batches_that_zoom_refuses_end_as_singles(office: Office) -> None:
    refusal = Fault(FaultKind.CODE_IN_BODY, call="batch", times=None, applied=False)
    office.sim.faults.add(refusal)
    guests = people(8)
    report = run_of(office, guests).execute()
    office.check(report, guests)
    assert report.complete
    assert report.counts() == {Status.REGISTERED: 8}


def test_a_list_that_does_not_count_itself_is_counted(office: Office) -> None:
    office.register(people(310))
    office.behave(list_totals=False)
    assert office.client.registrant_count(WEBINAR) == 310
    assert office.client.registrant_count(WEBINAR, "pending") == 0
    office.behave(list_totals=True)
    before = office.sent("list_registrants")
    assert office.client.registrant_count(WEBINAR) == 310
    assert office.sent("list_registrants") == before + 1


def test_the_wish_to_stop_ends_the_settling(office: Office) -> None:
    run = run_of(office, people(40))
    stop = run._cancel

    def watch(event: RunEvent) -> None:
        if isinstance(event, Progress) and event.done == 2:
            stop.cancel()

    run._on_event = watch
    report = run.execute()
    assert isinstance(stop, CancelToken)
    assert report.cancelled
    assert report.counts() == {Status.REGISTERED: 2, Status.NOT_SENT: 38}
