"""Approving, denying, cancelling and deleting against a simulated Zoom over real HTTP."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from tests.registration.lifecycle.tidy import MANUAL, by_row, do, plan_of, results, run_of, subjects
from tests.registration.office import WEBINAR, Office, people, person
from zoomdesk.errors import (
    DailyLimitReached,
    EventUnusable,
    JournalError,
    MissingScope,
    SignInRequired,
    UsageError,
    ZoomRefused,
)
from zoomdesk.registration.events import Progress, RowsAnswered, RunEvent
from zoomdesk.registration.lifecycle import Act, Result
from zoomdesk.registration.lifecycle.wording import describe
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.plan import registrant
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken

SERIES = EventRef(EventKind.WEBINAR, "81234567893")
MANY = 65
"""Three calls of at most 30."""


def statuses(office: Office, event: str = WEBINAR.id) -> set[str]:
    return {person.status for person in office.sim.world.registrants(event)}


def test_everybody_who_waits_is_approved_and_gets_a_link(office: Office) -> None:
    office.by_hand(people(MANY), MANUAL)
    report = do(office, Act.APPROVE, people(MANY), MANUAL)
    assert results(report) == {Result.DONE: MANY}
    assert all(o.status is Status.REGISTERED and o.join_url for o in report.outcomes)
    assert statuses(office, MANUAL.id) == {"approved"}
    assert office.sent("status") == 3
    tallies = office.sim.world.tallies(MANUAL.id).values()
    assert {tally.mails for tally in tallies} == {1}


@pytest.mark.parametrize(
    ("act", "status"), [(Act.DENY, Status.DENIED), (Act.CANCEL, Status.CANCELLED)]
)
@pytest.mark.parametrize("listed", [True, False])
def test_registrations_are_ended(office: Office, act: Act, status: Status, listed: bool) -> None:
    office.behave(cancelled_listed_as_denied=listed)
    office.register(people(MANY))
    report = do(office, act, people(MANY - 5))
    assert results(report) == {Result.DONE: MANY - 5}
    assert {(o.status, o.join_url) for o in report.outcomes} == {(status, "")}
    assert sum(p.status == "approved" for p in office.sim.world.registrants(WEBINAR.id)) == 5


def test_people_are_deleted_one_by_one_and_side_by_side(office: Office) -> None:
    office.register(people(12))
    report = do(office, Act.DELETE, people(10))
    assert results(report) == {Result.DONE: 10}
    assert {(o.status, o.registrant_id) for o in report.outcomes} == {(Status.DELETED, "")}
    assert [p.email for p in office.sim.world.registrants(WEBINAR.id)] == [
        "guest10@example.com",
        "guest11@example.com",
    ]


def test_cancelled_people_are_approved_again(office: Office) -> None:
    office.register(people(3))
    links = [p.join_url for p in office.sim.world.registrants(WEBINAR.id)]
    do(office, Act.CANCEL, people(3))
    report = do(office, Act.APPROVE, people(3))
    assert results(report) == {Result.DONE: 3}
    assert [o.join_url for o in report.outcomes] == links


def test_cancelled_people_on_no_list_are_found_by_their_id(office: Office) -> None:
    office.behave(cancelled_listed_as_denied=False)
    registered = office.register(people(3))
    ids = [outcome.registrant_id for outcome in registered.outcomes]
    do(office, Act.CANCEL, people(3))
    assert results(do(office, Act.APPROVE, people(3))) == {Result.LEFT_OUT: 3}
    assert results(do(office, Act.APPROVE, people(3), ids=ids)) == {Result.DONE: 3}
    do(office, Act.CANCEL, people(3))
    assert results(do(office, Act.DELETE, people(3), ids=ids)) == {Result.DONE: 3}
    assert office.sim.world.registrants(WEBINAR.id) == []


def test_doing_it_twice_sends_nothing_the_second_time(office: Office) -> None:
    office.register(people(5))
    do(office, Act.DENY, people(5))
    sent = office.sent("status")
    again = do(office, Act.DENY, people(5))
    assert results(again) == {Result.ALREADY: 5}
    assert office.sent("status") == sent
    assert {o.status for o in again.outcomes} == {Status.DENIED}


def test_rows_of_one_address_share_its_fate(office: Office) -> None:
    office.register(people(2))
    twice = [*people(2), person(50, "GUEST1@example.com")]
    report = do(office, Act.CANCEL, twice)
    assert results(report) == {Result.DONE: 3}
    assert len(office.sim.requests[-4].emails) <= 2


def test_a_yes_that_changed_nothing_is_seen(office: Office) -> None:
    """zoom/README.md section 2: 204 proves nothing."""
    office.register(people(3))
    office.behave(status_changes_lost=True)
    report = do(office, Act.CANCEL, people(3))
    assert results(report) == {Result.FAILED: 3}
    assert all("no change" in fate.message for fate in report.fates)
    assert office.sent("status") == 1


def test_a_list_that_lags_is_looked_at_twice(office: Office) -> None:
    office.by_hand(people(3), MANUAL)
    plan = plan_of(office, Act.APPROVE, subjects(people(3)), MANUAL)
    # Longer than the list takes to be read once, shorter than the pause before the second look.
    office.behave(list_lag_seconds=0.3)
    report = run_of(office, plan, settle_seconds=0.6).execute()
    assert results(report) == {Result.DONE: 3}
    assert office.sent("status") == 1


@pytest.mark.parametrize("kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.GARBAGE])
@pytest.mark.parametrize("act", list(Act))
def test_without_an_answer_the_lists_are_asked_first(
    office: Office, act: Act, kind: FaultKind
) -> None:
    office.by_hand(people(8), MANUAL)
    if act is Act.CANCEL:
        do(office, Act.APPROVE, people(8), MANUAL)
    call = "delete_registrant" if act is Act.DELETE else "status"
    office.sim.faults.add(Fault(kind, call=call))
    before = office.sent(call)
    report = do(office, act, people(8), MANUAL)
    assert results(report) == {Result.DONE: 8}
    applied = kind is not FaultKind.CUT_BEFORE
    once = 8 if act is Act.DELETE else 1
    assert office.sent(call) - before == once + (not applied)


def test_what_never_gets_an_answer_is_not_confirmed(office: Office) -> None:
    office.register(people(3))
    office.sim.faults.add(Fault(FaultKind.CUT_BEFORE, call="status", times=None))
    report = do(office, Act.CANCEL, people(3))
    assert results(report) == {Result.UNCONFIRMED: 3}
    assert office.sent("status") == 2
    assert {o.status for o in report.outcomes} == {Status.REGISTERED}


def test_a_full_second_is_waited_for(office: Office) -> None:
    office.register(people(40))
    office.sim.faults.add(Fault(FaultKind.RATE_SECOND, call="status"))
    assert results(do(office, Act.CANCEL, people(40))) == {Result.DONE: 40}


def test_zoom_ending_the_session_stops_it(office: Office) -> None:
    office.register(people(40))
    office.sim.faults.add(Fault(FaultKind.UNAUTHORIZED, call="status", times=None, skip=1))
    report = do(office, Act.CANCEL, people(40), at_once=1)
    assert isinstance(report.stopped, SignInRequired)
    assert results(report) == {Result.DONE: 30, Result.STOPPED: 10}
    office.sim.faults.clear()
    again = do(office, Act.CANCEL, people(40))
    assert results(again) == {Result.ALREADY: 30, Result.DONE: 10}


def test_lists_that_cannot_be_read_leave_it_unconfirmed(office: Office) -> None:
    office.register(people(3))
    plan = plan_of(office, Act.CANCEL, subjects(people(3)))
    office.sim.faults.add(Fault(FaultKind.RATE_DAY, call="list_registrants", times=None))
    report = run_of(office, plan).execute()
    assert isinstance(report.stopped, DailyLimitReached)
    assert results(report) == {Result.UNCONFIRMED: 3}
    assert report.outcomes == ()


def test_ten_changes_a_day(office: Office) -> None:
    """zoom/README.md section 4: 10 status changes per registrant and day, ours are counted."""
    office.register(people(2))
    office.behave(status_daily_limit=2)
    for act in (Act.CANCEL, Act.APPROVE):
        do(office, act, people(1))
    report = do(office, Act.CANCEL, people(2))
    assert by_row(report)[2].result is Result.FAILED
    assert "ten changes" in by_row(report)[2].message
    assert by_row(report)[3].result is Result.DONE
    assert office.journal.changes(WEBINAR) == {"guest0@example.com": 3, "guest1@example.com": 2}
    assert office.journal.tries(WEBINAR) == {"guest0@example.com": 1, "guest1@example.com": 1}


def test_a_limit_that_names_nobody(office: Office) -> None:
    office.register(people(3))
    office.sim.faults.add(Fault(FaultKind.RATE_REGISTRANT, call="status"))
    plan = plan_of(office, Act.CANCEL, subjects(people(3)))
    nameless = replace(plan, targets=tuple(reversed(plan.targets)))
    report = run_of(office, nameless).execute()
    assert report.counts()[Result.DONE] == 2


@pytest.mark.parametrize("taken", ["ignored", "refused"])
def test_denying_somebody_who_is_approved(office: Office, taken: str) -> None:
    """Nobody has published what Zoom makes of it: one such row must not hold up the others."""
    office.by_hand(people(6), MANUAL)
    do(office, Act.APPROVE, people(1), MANUAL)
    office.behave(status_out_of_turn=taken)
    report = do(office, Act.DENY, people(6), MANUAL)
    assert results(report) == {Result.DONE: 5, Result.FAILED: 1}
    fate = by_row(report)[2]
    assert fate.outcome is not None
    assert (fate.outcome.status, bool(fate.outcome.join_url)) == (Status.REGISTERED, True)


@pytest.mark.parametrize("refused", [True, False])
@pytest.mark.parametrize("act", [Act.DENY, Act.DELETE])
def test_somebody_who_went_meanwhile(office: Office, act: Act, refused: bool) -> None:
    office.behave(status_unknown_refused=refused)
    office.register(people(4))
    plan = plan_of(office, act, subjects(people(4)))
    office.sim.world.drop(WEBINAR.id, "guest2@example.com")
    report = run_of(office, plan).execute()
    assert results(report) == {Result.DONE: 4}
    assert report.complete


@pytest.mark.parametrize("act", [Act.CANCEL, Act.DELETE])
def test_single_dates_of_a_series(office: Office, act: Act) -> None:
    """Only the named dates end; approved again, they are all back."""
    office.sim.world.events[SERIES.id].registration_type = 2
    dates = [each.id for each in office.client.event(SERIES).occurrences]
    for guest in people(3):
        office.client.register_one(SERIES, registrant(guest), dates)
    made = plan_of(office, act, subjects(people(2)), SERIES, dates[:2])
    assert (made.dates, made.calls) == (tuple(dates[:2]), 2 if act is Act.CANCEL else 4)
    assert "on 2 dates" in describe(made)
    assert results(run_of(office, made).execute()) == {Result.DONE: 2}

    def approved(date: str) -> int:
        return len(list(office.client.registrants(SERIES, occurrence_id=date)))

    assert [approved(date) for date in dates] == [1, 1, 3, 3]
    again = run_of(office, plan_of(office, act, subjects(people(3)), SERIES, dates)).execute()
    assert results(again) == {Result.DONE: 3}
    assert [approved(date) for date in dates] == [0, 0, 0, 0]
    if act is Act.CANCEL:
        back = run_of(office, plan_of(office, Act.APPROVE, subjects(people(3)), SERIES)).execute()
        assert results(back) == {Result.DONE: 3}
        assert [approved(date) for date in dates] == [3, 3, 3, 3]


def test_a_date_that_the_event_does_not_have(office: Office) -> None:
    office.sim.world.events[SERIES.id].registration_type = 2
    with pytest.raises(UsageError, match="has no date"):
        plan_of(office, Act.CANCEL, subjects(people(1)), SERIES, ["1"])


def test_too_few_places_stop_it_and_say_so(office: Office) -> None:
    office.register(people(4))
    do(office, Act.DENY, people(4))
    office.sim.world.events[WEBINAR.id].restrict_number = 2
    plan = plan_of(office, Act.APPROVE, subjects(people(4)))
    assert "only 2 places left for 4 people" in plan.warnings[0]
    report = run_of(office, plan).execute()
    assert isinstance(report.stopped, EventUnusable)
    assert results(report) == {Result.STOPPED: 4}


def test_a_missing_permission_stops_it(office: Office) -> None:
    office.register(people(2))
    plan = plan_of(office, Act.DELETE, subjects(people(2)))
    token = FixedToken(office.sim.issue_token(scopes=("webinar:read:list_registrants",)))
    endpoints = Endpoints(office.sim.api_url, office.sim.oauth_url)
    with ZoomClient(token, endpoints, pacer=Pacer("business")) as client:
        report = run_of(office, plan, client=client).execute()
    assert isinstance(report.stopped, MissingScope)
    assert "webinar:delete:registrant" in report.stopped.hint
    assert results(report) == {Result.STOPPED: 2}


def test_one_odd_refusal_after_another_stops_it(office: Office) -> None:
    office.register(people(9))
    odd = Fault(FaultKind.CODE_IN_BODY, call="delete_registrant", code=987, times=None)
    office.sim.faults.add(odd)
    report = do(office, Act.DELETE, people(9), at_once=1)
    assert isinstance(report.stopped, ZoomRefused)
    assert results(report) == {Result.FAILED: 3, Result.STOPPED: 6}


def test_a_stop_settles_who_was_sent(office: Office) -> None:
    office.register(people(90))
    cancel = CancelToken()
    seen: list[RunEvent] = []

    def watch(event: RunEvent) -> None:
        seen.append(event)
        if isinstance(event, Progress) and event.done >= 30:
            cancel.cancel()

    report = do(office, Act.CANCEL, people(90), on_event=watch, cancel=cancel, at_once=1)
    assert report.cancelled
    assert report.counts()[Result.DONE] in (30, 60)
    assert report.counts()[Result.STOPPED] == 90 - report.counts()[Result.DONE]
    told = [o for event in seen if isinstance(event, RowsAnswered) for o in event.outcomes]
    assert tuple(told) == report.outcomes


def test_nothing_is_sent_that_is_not_in_the_journal(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.register(people(3))

    def full(*_args: object) -> int:
        raise JournalError("The disk is full.")

    monkeypatch.setattr(office.journal, "begin_call", full)
    report = do(office, Act.DELETE, people(3))
    assert isinstance(report.stopped, JournalError)
    assert results(report) == {Result.STOPPED: 3}
    assert office.sent("delete_registrant") == 0


def test_it_is_no_run_that_registers(office: Office) -> None:
    """It is not offered to be resumed, and holds up nobody who registers the same people."""
    office.register(people(3))
    office.sim.faults.add(Fault(FaultKind.CUT_BEFORE, call="status", times=None))
    report = do(office, Act.CANCEL, people(3))
    assert report.run not in [run.id for run in office.journal.unfinished()]
    assert office.journal.run(report.run).act == "cancel"
    assert office.journal.unanswered(WEBINAR).last_sent is None


def test_a_pause_holds_it_and_it_goes_on(office: Office) -> None:
    office.register(people(90))
    pause = PauseSwitch()
    sent: list[int] = []

    def watch(event: RunEvent) -> None:
        if not isinstance(event, Progress) or event.done < 30:
            return
        if not sent:
            pause.pause()
            sent.append(office.sent("status"))
            threading.Timer(0.3, let_go).start()

    def let_go() -> None:
        sent.append(office.sent("status"))
        pause.go_on()

    report = do(office, Act.CANCEL, people(90), on_event=watch, pause=pause, at_once=1)
    assert results(report) == {Result.DONE: 90}
    held, after = sent
    assert after - held <= 1, "calls left while it was held"
    assert office.sent("status") == 3


def test_a_stop_ends_a_pause(office: Office) -> None:
    office.register(people(3))
    pause, cancel = PauseSwitch(), CancelToken()
    pause.pause()
    timer = threading.Timer(0.2, cancel.cancel)
    timer.start()
    report = do(office, Act.CANCEL, people(3), pause=pause, cancel=cancel)
    timer.join()
    assert report.cancelled
    assert results(report) == {Result.STOPPED: 3}
    assert office.sent("status") == 0
