"""Several runs of one computer at once: nobody is sent by two of them, everybody gets the link."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from tests.registration.office import EVENTS, MEETING, WEBINAR, Office, people
from zoomdesk.registration.events import Progress, RunEvent
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord, SentElsewhere
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.zoom.cancel import CancelToken


def most_sent(office: Office, event: str) -> int:
    return max(tally.submitted for tally in office.sim.world.tallies(event).values())


@pytest.mark.parametrize("extra", [{}, {"org": "Blue Kite"}], ids=["batch", "single"])
@pytest.mark.parametrize("event", EVENTS)
def test_another_run_was_faster_since_the_plan(
    office: Office, event: str, extra: dict[str, str]
) -> None:
    """Two windows showed the same confirmation; both were confirmed."""
    ref = EVENTS[event]
    ours, theirs = people(70, **extra), people(70, start=40, **extra)
    run = office.run_of(ours, ref)
    office.register(theirs, ref)
    report = run.execute()
    office.check(report, ours)
    assert report.counts() == {Status.REGISTERED: 40, Status.ALREADY_REGISTERED: 30}
    assert most_sent(office, ref.id) == 1


def test_two_runs_at_the_same_time(office: Office) -> None:
    guests = people(150)
    office.behave(latency_seconds=0.02)
    runs = [office.run_of(guests), office.run_of(guests)]
    reports: list[RunReport] = []
    threads = [
        threading.Thread(target=lambda run=run: reports.append(run.execute())) for run in runs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 2
    for report in reports:
        office.check(report, guests)
        assert report.complete
    assert most_sent(office, WEBINAR.id) == 1
    done = [report.counts() for report in reports]
    assert sum(each[Status.REGISTERED] for each in done) == 150


def test_another_event_is_nobody_s_business(office: Office) -> None:
    guests = people(5)
    run = office.run_of(guests, WEBINAR)
    office.register(guests, MEETING)
    lists = office.sent("list_registrants")
    assert run.execute().counts() == {Status.REGISTERED: 5}
    assert office.sent("list_registrants") == lists


def test_a_call_under_way_elsewhere_is_waited_for(office: Office) -> None:
    guests = people(5)
    waiting = threading.Event()

    def watch(event: RunEvent) -> None:
        if isinstance(event, Progress) and "another window" in event.waiting_for:
            waiting.set()

    theirs, ours = office.run_of(guests), office.run_of(guests, on_event=watch)
    call = office.journal.begin_call(theirs._id, CallKind.BATCH, guests)
    reports: list[RunReport] = []
    with office.journal.claim(theirs._id):
        thread = threading.Thread(target=lambda: reports.append(ours.execute()))
        thread.start()
        assert waiting.wait(10)
        theirs._dispatcher._register(theirs._queue[0], CancelToken())
        office.journal.end_call(call, CallState.ANSWERED)
        thread.join(10)
    assert reports[0].counts() == {Status.ALREADY_REGISTERED: 5}
    assert most_sent(office, WEBINAR.id) == 1


def test_waiting_for_another_window_can_be_called_off(office: Office) -> None:
    guests = people(5)
    cancel = CancelToken()

    def stop(event: RunEvent) -> None:
        if isinstance(event, Progress) and event.waiting_for:
            cancel.cancel()

    theirs, ours = office.run_of(guests), office.run_of(guests, cancel=cancel, on_event=stop)
    office.journal.begin_call(theirs._id, CallKind.BATCH, guests)
    with office.journal.claim(theirs._id):
        report = ours.execute()
    assert report.cancelled
    assert report.counts() == {Status.NOT_SENT: 5}
    assert office.sent("batch") == 0


def test_a_call_of_a_program_that_died_is_not_waited_for(office: Office) -> None:
    guests = people(5)
    office.journal.begin_call(office.run_of(guests)._id, CallKind.BATCH, guests)
    report = office.run_of(guests).execute()
    assert report.counts() == {Status.REGISTERED: 5}


def test_of_two_only_one_goes_first(office: Office) -> None:
    guests = people(2)
    theirs, ours = office.run_of(guests), office.run_of(guests)
    office.journal.begin_call(theirs._id, CallKind.BATCH, guests[:1], seen=0)
    before = office.journal.last_call()
    with pytest.raises(SentElsewhere):
        office.journal.begin_call(ours._id, CallKind.BATCH, guests, seen=0)
    assert office.journal.last_call() == before, "a call stands in the record that was never made"
    assert office.journal.begin_call(ours._id, CallKind.BATCH, guests[1:], seen=0)
    assert office.journal.begin_call(ours._id, CallKind.BATCH, guests, seen=before)


def test_two_resumes_at_the_same_time(office: Office) -> None:
    """The second one reads nothing before the first is done: what it knew would be old."""
    guests = people(150)
    office.behave(latency_seconds=0.05)
    run = office.run_of(guests)._id
    ends: list[object] = []

    def go_on() -> None:
        try:
            ends.append(resume(office.journal, run, office.client, settle_seconds=0.0))
        except Exception as error:  # noqa: BLE001  it is looked at below
            ends.append(error)

    threads = [threading.Thread(target=go_on) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most_sent(office, WEBINAR.id) == 1
    assert sum(isinstance(end, RunReport) and end.complete for end in ends) >= 1, ends
    assert all("going on already" in str(end) for end in ends if isinstance(end, Exception)), ends


def test_a_resume_that_read_the_record_too_early_sends_nobody_again(office: Office) -> None:
    """The other resume ends between the first look at the run and the claim."""
    guests = people(40)
    run = office.run_of(guests)._id

    class Late(Journal):
        def run(self, run: str) -> RunRecord:
            record = super().run(run)
            if not office.journal.sent_keys(run):
                resume(office.journal, run, office.client, settle_seconds=0.0)
            return record

    with Late(office.journal.path, realm=office.journal.realm, clock=office.now) as late:
        report = resume(late, run, office.client, settle_seconds=0.0)
    office.check(report, guests)
    assert most_sent(office, WEBINAR.id) == 1


def test_asking_for_a_claim_takes_none(tmp_path: Path) -> None:
    from zoomdesk.registration.journal import claims

    file = tmp_path / "journal.sqlite3"
    with claims.claim(file, "a"):
        assert claims.is_claimed(file, "a")
    looker = sqlite3.connect(tmp_path / "journal.a.claim", isolation_level=None)
    looker.execute("BEGIN")
    looker.execute("SELECT 1 FROM sqlite_master").fetchone()
    assert not claims.is_claimed(file, "a")
    looker.close()
    with claims.claim(file, "a"):
        pass


@pytest.mark.parametrize("call", ["batch", "register"])
def test_a_list_that_lags_mails_nobody_twice(office: Office, call: str) -> None:
    guests = people(10) if call == "batch" else people(3, org="Blue Kite")
    office.behave(list_lag_seconds=0.5, omit_some_rows=0.5)
    if call == "register":
        from zoomdesk.simulator import Fault, FaultKind

        office.sim.faults.add(Fault(FaultKind.CUT_AFTER, call=call))
    run = office.run_of(guests)
    lagging = Run(
        run._plan, WEBINAR, office.client, office.journal, run._id, settle_seconds=0.2
    ).execute()
    office.check(lagging, guests)
    assert lagging.counts() == {Status.REGISTERED: len(guests)}
    assert most_sent(office, WEBINAR.id) == 1


def test_the_last_call_of_another_window_that_was_killed_is_waited_for(office: Office) -> None:
    guests = people(5)
    ours, theirs = office.run_of(guests), office.run_of(guests)
    office.journal.begin_call(theirs._id, CallKind.BATCH, guests)
    late = threading.Timer(0.6, theirs._dispatcher._register, (theirs._queue[0], CancelToken()))
    late.start()
    ours._settle_seconds = 0.4
    report = ours.execute()
    late.join()
    assert report.counts() == {Status.ALREADY_REGISTERED: 5}
    assert most_sent(office, WEBINAR.id) == 1
