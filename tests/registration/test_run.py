"""The way of a run where nothing fails, and how it ends where somebody or something stops it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.registration.office import EVENTS, MEETING, WEBINAR, Office, by_row, people, person
from zoomdesk.errors import (
    DailyLimitReached,
    EventUnusable,
    JournalError,
    MissingScope,
    SignInRequired,
    ZoomRefused,
)
from zoomdesk.registration.events import Finished, Progress, RowsAnswered, RunEvent
from zoomdesk.registration.journal import RunState
from zoomdesk.registration.outcome import Status
from zoomdesk.simulator import Fault, FaultKind, ManualClock
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken


@pytest.mark.parametrize("event", EVENTS)
def test_everybody_gets_their_own_link(office: Office, event: str) -> None:
    office.behave(shuffle_answers=True)
    report = office.register(people(65), EVENTS[event])
    assert report.complete
    assert report.counts() == {Status.REGISTERED: 65}
    assert len({outcome.join_url for outcome in report.outcomes}) == 65
    assert not any(outcome.join_url.startswith(" ") for outcome in report.outcomes)
    assert office.sent("batch") == 3


@pytest.mark.parametrize("event", EVENTS)
def test_people_with_more_fields_go_alone(office: Office, event: str) -> None:
    guests = [*people(3), *people(3, start=10, org="Blue Kite", city="Bonn")]
    report = office.register(guests, EVENTS[event])
    assert report.counts() == {Status.REGISTERED: 6}
    assert (office.sent("batch"), office.sent("register")) == (1, 3)
    found = office.sim.world.find(EVENTS[event].id, guests[4].email)
    assert found is not None
    assert found.answers == {"org": "Blue Kite", "city": "Bonn"}


def test_what_the_form_does_not_ask_for_stays_in_the_sheet(office: Office) -> None:
    guests = people(3, org="Blue Kite", comments="Likes cake")
    report = office.register(guests)
    assert report.counts() == {Status.REGISTERED: 3}
    found = office.sim.world.find(WEBINAR.id, guests[0].email)
    assert found is not None
    assert found.answers == {"org": "Blue Kite"}
    office.sim.world.events[MEETING.id].questions = ()
    office.register(guests, MEETING)
    assert office.sent("batch") == 1


def test_a_second_run_reuses_the_links_without_a_call(office: Office) -> None:
    first = office.register(people(40))
    second = office.register(people(40))
    assert second.counts() == {Status.ALREADY_REGISTERED: 40}
    assert [o.join_url for o in second.outcomes] == [o.join_url for o in first.outcomes]
    assert office.sent("batch") == 2


def test_rows_of_one_address_are_sent_once_and_share_the_link(office: Office) -> None:
    guests = [person(2, "ann@example.com"), person(3, "Bob@example.com", "Bob")]
    guests += [person(4, "ANN@Example.com"), person(9, "bob@EXAMPLE.com")]
    report = office.register(guests)
    rows = by_row(report)
    assert report.counts() == {Status.REGISTERED: 4}
    assert rows[2].join_url == rows[4].join_url != rows[3].join_url == rows[9].join_url
    assert rows[4].email == "ANN@Example.com"
    (batch,) = [request for request in office.sim.requests if request.call == "batch"]
    assert batch.emails == ("ann@example.com", "Bob@example.com")


def test_a_recurring_event_takes_people_one_by_one(office: Office) -> None:
    series = EventRef(EventKind.WEBINAR, "81234567893")
    dates = tuple(each.id for each in office.sim.world.events[series.id].occurrences[:2])
    report = office.register(people(4), series, occurrence_ids=dates)
    assert report.counts() == {Status.REGISTERED: 4}
    assert office.sent("batch") == 0
    found = office.sim.world.find(series.id, "guest0@example.com")
    assert found is not None
    assert found.occurrences == sorted(dates)


def test_events_tell_every_row_and_the_end(office: Office) -> None:
    told: list[RunEvent] = []
    run = office.run_of([*people(65), person(90, "host@practice.example")], on_event=told.append)
    report = run.execute()
    rows = {o.row: o for event in told if isinstance(event, RowsAnswered) for o in event.outcomes}
    assert tuple(rows[row] for row in sorted(rows)) == report.outcomes
    progress = [event for event in told if isinstance(event, Progress)]
    assert [p.done for p in progress] == sorted(p.done for p in progress)
    assert (progress[-1].done, progress[-1].total) == (66, 66)
    assert told[-1] == Finished(report)


def test_the_journal_holds_what_the_report_says(office: Office) -> None:
    report = office.register(people(35))
    assert office.journal.outcomes(report.run) == report.outcomes
    record = office.journal.run(report.run)
    assert (record.state, record.rows, record.done) == (RunState.FINISHED, 35, 35)
    assert set(office.journal.tries(WEBINAR).values()) == {1}
    assert office.journal.tries(MEETING) == {}


# -- stopping --------------------------------------------------------------------------------------


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_cancel_keeps_what_the_call_in_flight_brings(office: Office, batches: int) -> None:
    cancel = CancelToken()
    seen = 0

    def watch(event: RunEvent) -> None:
        nonlocal seen
        seen += isinstance(event, RowsAnswered)
        if seen == batches:
            cancel.cancel()

    report = office.run_of(people(70), on_event=watch, cancel=cancel, at_once=1).execute()
    office.check(report, people(70))
    assert report.cancelled
    assert not report.complete
    assert report.counts()[Status.REGISTERED] == 30 * batches
    assert report.counts()[Status.NOT_SENT] == 70 - 30 * batches
    assert [record.id for record in office.journal.unfinished()] == [report.run]

    done = office.resume(report, people(70))
    assert done.counts() == {Status.REGISTERED: 70}
    assert office.sent("batch") == 3


def test_the_days_limit_stops_the_run_and_it_goes_on_the_next_day(office: Office) -> None:
    clock = ManualClock(office.sim.clock.now())
    office.sim.clock = clock
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="batch", skip=1, times=None))
    report = office.register(people(90))
    assert isinstance(report.stopped, DailyLimitReached)
    assert report.counts() == {Status.REGISTERED: 30, Status.NOT_SENT: 60}

    clock.advance(days=1)
    office.sim.faults.clear()
    again = Office(office.sim, office.journal.path)
    try:
        done = again.resume(report, people(90))
    finally:
        again.close()
    assert done.counts() == {Status.REGISTERED: 90}
    assert {tally.submitted for tally in office.sim.world.tallies(WEBINAR.id).values()} == {1}


def test_an_event_that_ends_meanwhile_stops_the_run(office: Office) -> None:
    run = office.run_of(people(70))
    event = office.sim.world.events[WEBINAR.id]
    event.start -= timedelta(days=60)
    report = run.execute()
    assert isinstance(report.stopped, EventUnusable)
    assert report.stopped.message == "The webinar is over. You cannot register now."
    assert report.counts() == {Status.NOT_SENT: 70}
    assert office.sent("batch") == 1

    done = office.resume(report, people(70))
    assert isinstance(done.stopped, EventUnusable)
    assert done.counts() == {Status.NOT_SENT: 70}
    assert office.sent("batch") == 1


def test_a_full_event_keeps_those_who_got_in(office: Office) -> None:
    office.sim.world.events[WEBINAR.id].restrict_number = 45
    # One after the other: the last ten would fit, should they arrive first.
    report = office.run_of(people(70), at_once=1).execute()
    office.check(report, people(70))
    assert isinstance(report.stopped, EventUnusable)
    assert report.counts() == {Status.REGISTERED: 30, Status.NOT_SENT: 40}


def test_a_missing_permission_stops_before_anybody_is_sent(office: Office) -> None:
    scopes = tuple(
        scope
        for scope in office.sim.world.clients["practice-client"].scopes
        if not scope.endswith("write:batch_registrants")
    )
    run = office.run_of(people(5))
    weak = Office(office.sim, office.journal.path)
    weak.client = type(weak.client)(
        FixedToken(office.sim.issue_token(scopes)),
        Endpoints(office.sim.api_url, office.sim.oauth_url),
        pacer=Pacer("business"),
    )
    weak_run = weak.run_of(people(5))
    try:
        report = weak_run.execute()
    finally:
        weak.close()
    assert isinstance(report.stopped, MissingScope)
    assert "webinar:write:batch_registrants" in report.stopped.hint
    assert office.journal.tries(WEBINAR) == {}
    assert run.execute().counts() == {Status.REGISTERED: 5}


def test_an_ended_session_stops_and_goes_on_after_signing_in(office: Office) -> None:
    run = office.run_of(people(40))
    office.sim.expire_tokens()
    report = run.execute()
    assert isinstance(report.stopped, SignInRequired)
    again = Office(office.sim, office.journal.path)
    try:
        assert again.resume(report, people(40)).counts() == {Status.REGISTERED: 40}
    finally:
        again.close()


def test_an_undocumented_refusal_of_row_after_row_is_taken_for_the_runs(office: Office) -> None:
    office.sim.faults.add(Fault(FaultKind.CODE_IN_BODY, call="register", code=7777, times=None))
    guests = people(8, org="Blue Kite")
    report = office.register(guests)
    assert isinstance(report.stopped, ZoomRefused)
    assert report.stopped.zoom_code == 7777
    assert office.sent("register") == 3
    assert report.counts()[Status.NOT_SENT] >= 5


def test_a_run_goes_on_in_one_place_only(office: Office) -> None:
    run = office.run_of(people(5))
    with office.journal.claim(run._id), pytest.raises(JournalError, match="is going on already"):
        run.execute()
    assert office.sent("batch") == 0
    assert run.execute().counts() == {Status.REGISTERED: 5}


def test_a_run_under_way_is_not_offered_for_resume(office: Office) -> None:
    offered: list[int] = []

    def watch(event: RunEvent) -> None:
        if isinstance(event, RowsAnswered):
            offered.append(len(office.journal.unfinished()))

    report = office.run_of(people(40), on_event=watch).execute()
    assert set(offered) == {0}
    # Done, but in no workbook yet.
    assert [record.id for record in office.journal.unfinished()] == [report.run]
    office.journal.mark_written(report.run)
    assert office.journal.unfinished() == ()
