"""A call that was left under way is waited for before anybody of it is sent again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.registration.office import WEBINAR, Office, people
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord
from zoomdesk.registration.lingering import settled_lists
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.plan import registrant
from zoomdesk.registration.resume import resume
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.cancel import Cancelled, CancelToken


def leave_under_way(office: Office, count: int) -> str:
    """Journal a batch as a program does that dies before its answer; return the run."""
    guests = people(count)
    run = office.journal.start_run(RunRecord(ref=WEBINAR, topic="", people=tuple(guests)))
    office.journal.begin_call(run, CallKind.BATCH, guests)
    return run


def arrive_late(office: Office, count: int, seconds: float) -> threading.Thread:
    """Let the batch take effect at Zoom only by now."""

    def send() -> None:
        office.client.register_batch(
            WEBINAR,
            [registrant(person) for person in people(count)],
            auto_approve=True,
            confirmation_email=None,
        )

    timer = threading.Timer(seconds, send)
    timer.start()
    return timer


def test_a_batch_that_takes_effect_late_is_not_sent_again(office: Office) -> None:
    run = leave_under_way(office, 5)
    late = arrive_late(office, 5, 0.8)
    report = resume(office.journal, run, office.client, settle_seconds=0.5)
    late.join()
    assert report.complete
    assert {o.status.value for o in report.outcomes} == {"Registered"}
    tallies = office.sim.world.tallies(WEBINAR.id).values()
    assert {(tally.submitted, tally.mails) for tally in tallies} == {(1, 1)}


def test_a_batch_that_never_arrived_is_sent_after_the_pause(office: Office) -> None:
    run = leave_under_way(office, 5)
    report = resume(office.journal, run, office.client, settle_seconds=0.1)
    assert report.complete
    assert {tally.mails for tally in office.sim.world.tallies(WEBINAR.id).values()} == {1}


def test_people_on_the_lists_already_cost_no_pause(office: Office) -> None:
    leave_under_way(office, 5)
    arrive_late(office, 5, 0).join()
    # With a pause of an hour this would not come back.
    listed = settled_lists(office.client, WEBINAR, office.journal, settle_seconds=3600)
    assert len(listed) == 5


def test_a_link_that_another_run_got_with_the_last_request_of_the_day_is_waited_for(
    office: Office,
) -> None:
    """Nobody may send the person again today: settled too early, the row would stay without it."""
    guests = people(1)
    ours = office.journal.start_run(RunRecord(ref=WEBINAR, topic="", people=tuple(guests)))
    for _ in range(2):
        call = office.journal.begin_call(ours, CallKind.SINGLE, guests)
        office.journal.end_call(call, CallState.REFUSED)
    office.behave(list_lag_seconds=0.5)
    link = office.register(guests).outcomes[0].join_url
    report = resume(office.journal, ours, office.client, settle_seconds=0.4)
    assert [outcome.join_url for outcome in report.outcomes] == [link] != [""]
    assert office.journal.tries_today(WEBINAR, guests[0].email) == 3


def test_whom_an_answer_left_out_before_the_run_stopped_is_waited_for(office: Office) -> None:
    """The run stopped before it looked them up, and the list lags behind their registration."""
    guests = people(60)
    office.behave(list_lag_seconds=0.5, omit_some_rows=0.5)
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", skip=1))
    stopped = office.run_of(guests, at_once=1).execute()
    assert 0 < stopped.counts()[Status.REGISTERED] < 30
    report = resume(office.journal, stopped.run, office.client, settle_seconds=0.4)
    office.check(report, guests)
    assert report.counts() == {Status.REGISTERED: 60}


def test_who_was_refused_three_times_costs_no_pause(office: Office) -> None:
    guests = people(1)
    ours = office.journal.start_run(RunRecord(ref=WEBINAR, topic="", people=tuple(guests)))
    for _ in range(3):
        call = office.journal.begin_call(ours, CallKind.SINGLE, guests)
        office.journal.end_call(call, CallState.REFUSED)
    # With a pause of an hour this would not come back.
    assert settled_lists(office.client, WEBINAR, office.journal, settle_seconds=3600) == ()


def test_the_pause_can_be_called_off(office: Office) -> None:
    leave_under_way(office, 5)
    cancel = CancelToken()
    threading.Timer(0.2, cancel.cancel).start()
    with pytest.raises(Cancelled):
        settled_lists(office.client, WEBINAR, office.journal, cancel=cancel, settle_seconds=3600)


def test_another_event_and_another_zoom_are_not_waited_for(office: Office, tmp_path: Path) -> None:
    leave_under_way(office, 2)
    assert office.journal.unanswered(WEBINAR).keys
    with Journal(office.journal.path, realm="elsewhere", clock=office.now) as other:
        assert other.unanswered(WEBINAR).last_sent is None
