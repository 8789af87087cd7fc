"""Calls without an answer: whose they are, at midnight too, and whether somebody is at work."""

from __future__ import annotations

from tests.registration.office import WEBINAR, people
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord
from zoomdesk.simulator import ManualClock

GUESTS = tuple(people(3))


def begin(journal: Journal, count: int = 3) -> str:
    run = journal.start_run(RunRecord(ref=WEBINAR, people=GUESTS))
    journal.begin_call(run, CallKind.BATCH, GUESTS[:count])
    return run


def test_a_call_of_a_second_before_midnight_may_still_be_under_way(
    journal: Journal, clock: ManualClock
) -> None:
    clock.advance(hours=11, minutes=59, seconds=59)
    begin(journal)
    sent = clock.now()
    clock.advance(2)
    assert journal.tries(WEBINAR) == {}, "a new day of tries"
    assert journal.unanswered(WEBINAR).last_sent == sent
    clock.advance(days=2)
    assert journal.unanswered(WEBINAR).last_sent is None


def test_calls_of_a_run_that_is_at_work_are_its_own_matter(journal: Journal) -> None:
    run = begin(journal)
    keys = {guest.email for guest in GUESTS}
    with journal.claim(run):
        assert journal.unanswered(WEBINAR).last_sent is None
        assert journal.unanswered(WEBINAR, ours=run).keys == keys, "a resume has its own claim"
    assert journal.unanswered(WEBINAR).keys == keys, "the run died"


def test_what_a_living_run_never_heard_of_is_in_doubt_all_the_same(journal: Journal) -> None:
    run = journal.start_run(RunRecord(ref=WEBINAR, people=GUESTS))
    call = journal.begin_call(run, CallKind.BATCH, GUESTS[:1])
    journal.end_call(call, CallState.UNKNOWN)
    journal.begin_call(run, CallKind.BATCH, GUESTS[1:])
    with journal.claim(run):
        assert journal.unanswered(WEBINAR).keys == {GUESTS[0].email}
