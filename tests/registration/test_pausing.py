"""A run that is held: calls on the wire end, none leaves, and it goes on where it was."""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.registration.office import WEBINAR, Office, people
from zoomdesk.registration.events import Progress, RunEvent
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.pacing import Pacer

PATIENCE = 20.0


class Held:
    """A run on a thread of its own, with the switch that holds it and the token that stops it."""

    def __init__(self, office: Office, when: Callable[[Progress], bool]) -> None:
        self.office = office
        self.pause = PauseSwitch()
        self.cancel = CancelToken()
        self.told: queue.Queue[Progress] = queue.Queue()
        self._when = when
        self._held = False
        self._reports: queue.Queue[RunReport] = queue.Queue()

    def watch(self, event: RunEvent) -> None:
        if isinstance(event, Progress):
            if not self._held and self._when(event):
                self._held = True
                self.pause.pause()
            self.told.put(event)

    @contextmanager
    def going(self, run: Run) -> Iterator[None]:
        run._pause = self.pause
        thread = threading.Thread(target=lambda: self._reports.put(run.execute()))
        thread.start()
        try:
            yield
        finally:
            self.cancel.cancel()
            thread.join(PATIENCE)
            assert not thread.is_alive()

    def at_rest(self) -> Progress:
        """Wait until the run says that it is held and that nothing is under way any more."""
        while not ((told := self.told.get(timeout=PATIENCE)).paused and not told.in_flight):
            pass
        return told

    def report(self) -> RunReport:
        return self._reports.get(timeout=PATIENCE)


def under_way(office: Office) -> int:
    """Count the calls that the journal takes for sent and not answered."""
    with sqlite3.connect(office.journal.path) as connection:
        (found,) = connection.execute("SELECT count(*) FROM calls WHERE state = 'sent'").fetchone()
    connection.close()
    return int(found)


def test_calls_on_the_wire_end_and_those_that_wait_for_the_pacer_do_not_leave(
    office: Office,
) -> None:
    office.client._caller._pacer = Pacer("pro", headroom=0.5)
    guests = people(270)
    held = Held(office, lambda told: told.done >= 60)
    run = office.run_of(guests, on_event=held.watch, cancel=held.cancel, at_once=6)
    with held.going(run):
        rest = held.at_rest()
        sent = office.sent("batch")
        assert rest.done == sent * 30, "what was on the wire is kept"
        assert sent < 9
        assert under_way(office) == 0, "nobody takes a call that never left for one that did"
        assert set(office.journal.tries(WEBINAR).values()) == {1}
        assert len(office.journal.tries(WEBINAR)) == rest.done
        time.sleep(0.5)  # seven turns of the pacer
        assert office.sent("batch") == sent
        held.pause.go_on()
        report = held.report()
    office.check(report, guests)
    assert report.complete
    assert office.sent("batch") == 9


def test_a_run_is_held_while_zoom_makes_it_wait(office: Office) -> None:
    """The call that met a full second waits for the time Zoom named; then it would leave."""
    guests = people(60)
    office.sim.faults.add(Fault(FaultKind.RATE_SECOND, call="batch", skip=1, times=1))
    held = Held(office, lambda _: False)
    with held.going(office.run_of(guests, on_event=held.watch, cancel=held.cancel, at_once=1)):
        while office.sent("batch") < 2:
            time.sleep(0.01)
        held.pause.pause()
        assert held.at_rest().done == 30
        assert (office.sent("batch"), under_way(office)) == (2, 0)
        held.pause.go_on()
        report = held.report()
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 60}


def test_a_run_is_held_while_it_looks_people_up(office: Office) -> None:
    office.sim.faults.add(Fault(FaultKind.CUT_AFTER, call="batch", times=1))
    guests = people(60)
    held = Held(office, lambda told: "list" in told.waiting_for)
    with held.going(office.run_of(guests, on_event=held.watch, cancel=held.cancel, at_once=1)):
        held.at_rest()
        looked = office.sent("list_registrants")
        held.pause.go_on()
        report = held.report()
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 60}
    assert office.sent("list_registrants") > looked


def test_a_held_run_can_be_stopped_and_gone_on_with_later(office: Office) -> None:
    guests = people(90)
    held = Held(office, lambda told: told.done >= 30)
    with held.going(office.run_of(guests, on_event=held.watch, cancel=held.cancel, at_once=1)):
        held.at_rest()
        held.cancel.cancel()
        report = held.report()
    assert report.cancelled
    assert report.counts() == {Status.REGISTERED: 30, Status.NOT_SENT: 60}
    assert office.resume(report, guests).complete


def test_a_hold_that_is_taken_back_at_once_loses_nobody(office: Office) -> None:
    office.client._caller._pacer = Pacer("pro", headroom=0.9)
    guests = people(300)
    held = Held(office, lambda _: False)

    left = iter(range(60))

    def flicker(event: RunEvent) -> None:
        # Each call that has just gone out is called off as well: for ever, nobody would be sent.
        if next(left, None) is not None:
            held.pause.pause()
            held.pause.go_on()

    with held.going(office.run_of(guests, on_event=flicker, cancel=held.cancel, at_once=6)):
        report = held.report()
    office.check(report, guests)
    assert report.complete
    assert {tally.submitted for tally in office.sim.world.tallies(WEBINAR.id).values()} == {1}


def test_a_resume_is_held_too(office: Office) -> None:
    guests = people(60)
    first = office.run_of(guests)
    held = Held(office, lambda _: False)
    held.pause.pause()
    reports: list[RunReport] = []

    def work() -> None:
        reports.append(
            resume(
                office.journal,
                first._id,
                office.client,
                on_event=held.watch,
                pause=held.pause,
                settle_seconds=0.0,
            )
        )

    thread = threading.Thread(target=work)
    thread.start()
    held.at_rest()
    assert office.sent("batch") == 0
    held.pause.go_on()
    thread.join(PATIENCE)
    office.check(reports[0], guests)
    assert reports[0].complete


def test_a_switch_that_nobody_pressed_holds_nobody() -> None:
    switch, cancel = PauseSwitch(), CancelToken()
    turn = switch.turn(cancel)
    assert not turn.cancelled
    switch.go_on()
    assert not turn.cancelled
    cancel.cancel()
    assert turn.cancelled
    switch.pause()
    with pytest.raises(Cancelled):
        switch.turn(cancel)
