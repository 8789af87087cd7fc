"""Going on with runs that were cut short: look first, send what is missing, report it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.registration.office import EVENTS, WEBINAR, Office, by_row, people, person
from zoomdesk.errors import EventUnusable, UsageError
from zoomdesk.registration.events import RowsAnswered, RunEvent
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord, RunState
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.registration.writeback import write_results
from zoomdesk.settings import Settings
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.cancel import CancelToken


def stopped_after_one_batch(office: Office, guests: int = 70) -> RunReport:
    cancel = CancelToken()

    def watch(event: RunEvent) -> None:
        if isinstance(event, RowsAnswered):
            cancel.cancel()

    return office.run_of(people(guests), on_event=watch, cancel=cancel).execute()


@pytest.mark.parametrize("event", EVENTS)
def test_a_call_that_was_under_way_is_looked_up(office: Office, event: str) -> None:
    """The process died after Zoom had registered a batch, before its answer was written down."""
    ref, guests = EVENTS[event], people(60)
    run = office.run_of(guests, ref)
    first = run._plan.batches[0]
    call = office.journal.begin_call(run._id, CallKind.BATCH, first)
    assert run._dispatcher._register(next(iter(run._queue)), CancelToken())
    done = resume(office.journal, run._id, office.client, settle_seconds=0.0)
    office.check(done, guests)
    assert done.counts() == {Status.REGISTERED: 60}
    assert office.sent("batch") == 2
    assert call


def test_a_call_that_never_left_is_sent(office: Office) -> None:
    guests = people(30)
    run = office.run_of(guests)
    office.journal.begin_call(run._id, CallKind.BATCH, guests)
    done = resume(office.journal, run._id, office.client, settle_seconds=0.0)
    office.check(done, guests)
    assert done.counts() == {Status.REGISTERED: 30}
    assert office.journal.tries_today(WEBINAR, guests[0].email) == 2


def test_whoever_was_in_a_refused_batch_goes_alone(office: Office) -> None:
    """The process died between the refusal and the single calls: no second batch is burnt."""
    guests = [*people(5), person(9, "not-an-address")]
    run = office.run_of(guests)
    call = office.journal.begin_call(run._id, CallKind.BATCH, guests)
    office.journal.end_call(call, CallState.REFUSED, http=400, code=300)
    done = resume(office.journal, run._id, office.client, settle_seconds=0.0)
    assert done.counts() == {Status.REGISTERED: 5, Status.FAILED: 1}
    assert (office.sent("batch"), office.sent("register")) == (0, 6)


def test_earlier_outcomes_are_reported_again(office: Office) -> None:
    report = stopped_after_one_batch(office)
    first = {o.row: o for o in report.outcomes if o.status is Status.REGISTERED}
    done = office.resume(report, people(70))
    assert first.items() <= by_row(done).items()
    assert office.journal.run(report.run).state is RunState.FINISHED


def test_a_finished_run_asks_zoom_nothing(office: Office) -> None:
    report = office.register(people(5))
    before = len(office.sim.requests)
    again = office.resume(report, people(5))
    assert again.outcomes == report.outcomes
    assert again.complete
    assert again.event == report.event
    assert len(office.sim.requests) == before


def test_somebody_who_registered_elsewhere_meanwhile_is_not_ours(office: Office) -> None:
    report = stopped_after_one_batch(office)
    office.register(people(1, start=69))
    done = office.resume(report, people(70))
    assert done.counts() == {Status.REGISTERED: 69, Status.ALREADY_REGISTERED: 1}


def test_who_waited_is_approved_meanwhile_and_never_sent_again(office: Office) -> None:
    office.sim.world.events[WEBINAR.id].approval_type = 1
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", skip=1))
    guests = people(40)
    report = office.register(guests, auto_approve=False)
    assert report.counts() == {Status.PENDING: 30, Status.NOT_SENT: 10}
    found = office.sim.world.find(WEBINAR.id, guests[0].email)
    assert found is not None
    office.sim.world.put(WEBINAR.id, replace(found, status="approved"))
    office.sim.world.drop(WEBINAR.id, guests[1].email)
    done = office.resume(report, guests)
    assert done.counts() == {Status.REGISTERED: 1, Status.PENDING: 39}
    assert {tally.submitted for tally in office.sim.world.tallies(WEBINAR.id).values()} == {1}


def test_an_event_that_is_over_still_gives_the_links_of_those_who_were_sent(
    office: Office,
) -> None:
    guests = people(60)
    run = office.run_of(guests)
    office.journal.begin_call(run._id, CallKind.BATCH, guests[:30])
    run._dispatcher._register(next(iter(run._queue)), CancelToken())
    office.sim.world.events[WEBINAR.id].start -= timedelta(days=60)
    done = resume(office.journal, run._id, office.client, settle_seconds=0.0)
    assert isinstance(done.stopped, EventUnusable)
    assert done.counts() == {Status.REGISTERED: 30, Status.NOT_SENT: 30}
    assert "was over" in done.outcomes[-1].message


def test_a_run_against_another_zoom_is_refused(office: Office) -> None:
    report = stopped_after_one_batch(office)
    before = len(office.sim.requests)
    with (
        Journal(office.journal.path, realm="https://api.zoom.us/v2") as other,
        pytest.raises(UsageError, match="another Zoom, or for practice"),
    ):
        resume(other, report.run, office.client)
    assert len(office.sim.requests) == before


def test_a_resume_can_be_stopped_too(office: Office) -> None:
    report = stopped_after_one_batch(office)
    cancel = CancelToken()

    def watch(event: RunEvent) -> None:
        if isinstance(event, RowsAnswered):
            cancel.cancel()

    again = resume(
        office.journal,
        report.run,
        office.client,
        on_event=watch,
        cancel=cancel,
        settle_seconds=0.0,
    )
    assert again.cancelled
    assert again.counts()[Status.REGISTERED] < 70
    assert office.resume(again, people(70)).counts() == {Status.REGISTERED: 70}


def test_a_resume_that_is_stopped_before_it_asked_anything(office: Office) -> None:
    report = stopped_after_one_batch(office)
    cancel = CancelToken()
    cancel.cancel()
    again = resume(office.journal, report.run, office.client, cancel=cancel)
    assert again.cancelled
    assert again.outcomes == report.outcomes
    assert [record.id for record in office.journal.unfinished()] == [report.run]


def test_from_the_sheet_to_the_sheet(office: Office, tmp_path: Path) -> None:
    """Stopped, written, sorted by somebody else, resumed, written again: every link is right."""
    guests = people(70)
    book = tmp_path / "guests.xlsx"
    made = openpyxl.Workbook()
    made.active.title = "Guests"
    made.active.append(["First name", "Last name", "Email"])
    for guest in guests:
        made.active.append([guest.first_name, guest.last_name, guest.email])
    made.save(book)
    report = stopped_after_one_batch(office)
    write_results(
        book,
        "Guests",
        1,
        report.outcomes,
        {},
        Settings(),
        journal=office.journal,
        run=report.run,
    )
    again = openpyxl.load_workbook(book)
    rows = list(again["Guests"].values)
    again["Guests"].delete_rows(2, len(rows))
    for row in reversed(rows[1:]):
        again["Guests"].append(row)
    again.save(book)

    done = office.resume(report, guests)
    write_results(
        book, "Guests", 1, done.outcomes, {}, Settings(), journal=office.journal, run=done.run
    )
    final = list(openpyxl.load_workbook(book)["Guests"].values)
    assert final[0][:5] == ("First name", "Last name", "Email", "Join URL", "Zoom Status")
    for row in final[1:]:
        found = office.sim.world.find(WEBINAR.id, str(row[2]))
        assert found is not None
        assert (row[3], row[4]) == (found.join_url, "Registered")
    assert office.journal.unfinished() == ()


def test_the_run_of_a_window_records_only_who_is_sent(office: Office) -> None:
    """Rows that were settled before the run come back from the journal's outcomes."""
    office.register(people(1))
    guests = people(40)
    plan = office.plan(guests)
    record = RunRecord(ref=WEBINAR, people=plan.people, options=plan.options)
    run = office.journal.start_run(record)
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", skip=1))
    report = Run(plan, WEBINAR, office.client, office.journal, run).execute()
    done = office.resume(report, guests)
    assert done.counts() == {Status.ALREADY_REGISTERED: 1, Status.REGISTERED: 39}
