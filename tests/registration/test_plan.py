"""Who goes how, and what a person is told before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registration.office import MEETING, WEBINAR, people, person
from zoomdesk.errors import EventUnusable
from zoomdesk.registration import wording
from zoomdesk.registration.journal import CallKind
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.plan import Plan, make_plan, registrant
from zoomdesk.registration.preflight import check_usable
from zoomdesk.registration.wording import Reason
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import (
    CustomQuestion,
    Event,
    Listed,
    ListedStatus,
    Occurrence,
    Questions,
)
from zoomdesk.zoom.pacing import Pacer

SOON = datetime.now(UTC) + timedelta(days=7)
QUESTIONS = Questions({"last_name": True, "org": False})
EVENT = Event(WEBINAR, "Open day", SOON, 60, 5, "UTC", 0, host_email="Host@example.com")


def listed(email: str, status: ListedStatus = "approved", link: str | None = None) -> Listed:
    url = f"https://zoom.example/{email}" if link is None else link
    return Listed(f"id-{email}", email, "", "", status, url, SOON - timedelta(days=9))


def plan_of(guests: list[Person], *on_lists: Listed, **changes: Any) -> Plan:
    return make_plan(
        guests,
        changes.pop("event", EVENT),
        changes.pop("questions", QUESTIONS),
        on_lists,
        changes.pop("options", RunOptions()),
        changes.pop("tries", {}),
        **changes,
    )


def test_batches_of_thirty_in_the_order_of_the_sheet() -> None:
    plan = plan_of(people(70))
    assert [len(batch) for batch in plan.batches] == [30, 30, 10]
    assert plan.people == tuple(people(70))
    assert (plan.calls, plan.to_send, plan.rows, plan.settled) == (3, 70, 70, ())


@pytest.mark.parametrize(
    ("status", "wanted", "reason"),
    [
        ("approved", Status.ALREADY_REGISTERED, Reason.ALREADY),
        ("pending", Status.PENDING, Reason.PENDING),
        ("denied", Status.DENIED, Reason.DENIED),
    ],
)
def test_people_on_a_list_need_no_call(
    status: ListedStatus, wanted: Status, reason: Reason
) -> None:
    plan = plan_of([person(2, "ANN@example.com")], listed("ann@example.com", status))
    (outcome,) = plan.settled
    assert (outcome.status, outcome.registrant_id) == (wanted, "id-ann@example.com")
    assert bool(outcome.join_url) == (status == "approved")
    assert plan.reasons == {reason: 1}
    assert plan.calls == 0


def test_who_is_approved_without_a_link_is_not_sent_for_one() -> None:
    plan = plan_of([person(2, "ann@example.com")], listed("ann@example.com", link=""))
    assert plan.settled[0].status is Status.ALREADY_REGISTERED
    assert "gave no link" in plan.settled[0].message
    assert plan.warnings


def test_hosts_are_left_out() -> None:
    event = replace(EVENT, alternative_hosts=("co@example.com",))
    plan = plan_of([person(2, "host@EXAMPLE.com"), person(3, "co@example.com")], event=event)
    assert [outcome.status for outcome in plan.settled] == [Status.SKIPPED] * 2
    assert plan.reasons == {Reason.HOST: 2}


def test_rows_that_cannot_be_sent() -> None:
    plan = plan_of([person(2, ""), person(3, "ann@example.com", first=" ")])
    assert [outcome.status for outcome in plan.settled] == [Status.SKIPPED] * 2
    assert plan.reasons == {Reason.ERROR: 2}


def test_three_tries_are_a_days_allowance() -> None:
    plan = plan_of(people(2), tries={"guest0@example.com": 3, "guest1@example.com": 2})
    (outcome,) = plan.settled
    assert (outcome.email, outcome.status) == ("guest0@example.com", Status.NOT_SENT)
    assert "00:00 GMT" in outcome.message


def test_later_rows_of_an_address_follow_the_first() -> None:
    plan = plan_of([*people(2), person(9, "GUEST1@example.com")])
    assert plan.followers == {"guest1@example.com": (person(9, "GUEST1@example.com"),)}
    assert (plan.to_send, plan.rows) == (2, 3)
    settled = plan_of([*people(1), person(9, "GUEST0@example.com")], listed("guest0@example.com"))
    assert [outcome.row for outcome in settled.settled] == [2, 9]
    assert settled.settled[1].email == "GUEST0@example.com"
    assert settled.settled[0].join_url == settled.settled[1].join_url


def test_only_what_the_form_asks_for_is_sent() -> None:
    plan = plan_of([person(2, "ann@example.com", org="Kite", phone="123")])
    assert registrant(plan.singles[0]).extra == {"org": "Kite"}
    plan = plan_of([person(2, "ann@example.com", phone="123")])
    assert plan.singles == ()


def test_a_missing_last_name_goes_alone_with_a_warning() -> None:
    guests = [*people(3), person(9, "ann@example.com", last="")]
    plan = plan_of(guests)
    assert [guest.row for guest in plan.singles] == [9]
    assert any("last name" in warning for warning in plan.warnings)
    assert plan_of(guests, questions=Questions()).singles == ()


def test_required_questions_name_the_column() -> None:
    questions = Questions({"org": True, "job_title": True})
    plan = plan_of([*people(1, org="Kite", job_title="Clerk"), *people(2, 5)], questions=questions)
    assert len(plan.singles) == 1
    assert {outcome.status for outcome in plan.settled} == {Status.NOT_SENT}
    assert "“Company”" in plan.settled[0].message
    assert "“Job title”" in plan.settled[0].message


def test_a_required_question_of_the_hosts_own_is_named() -> None:
    questions = Questions({}, (CustomQuestion("How are you?", "short", True),))
    plan = plan_of(people(2), questions=questions)
    assert plan.reasons == {Reason.QUESTIONS: 2}
    assert "“How are you?”" in plan.settled[0].message


@pytest.mark.parametrize(("kind", "number"), [(WEBINAR, 9), (WEBINAR, 6), (MEETING, 8)])
def test_recurring_events_take_singles_only(kind: EventRef, number: int) -> None:
    plan = plan_of(people(3), event=replace(EVENT, ref=kind, type=number))
    assert (plan.batches, len(plan.singles)) == ((), 3)


def test_too_few_places_are_said() -> None:
    event = replace(EVENT, capacity=5)
    on_lists = [listed("x@example.com"), listed("y@example.com", "pending")]
    assert (
        "only 3 places left for 4 people" in plan_of(people(4), *on_lists, event=event).warnings[0]
    )
    assert plan_of(people(3), *on_lists, event=event).warnings == ()


@pytest.mark.parametrize(
    ("ref", "event_mails", "wish", "alone", "together", "mails"),
    [
        (WEBINAR, True, False, 1, 1, True),
        (WEBINAR, False, True, 1, 1, False),
        (MEETING, True, False, 0, 2, False),
        (MEETING, False, True, 0, 2, True),
        (MEETING, False, True, 2, 0, False),
        (MEETING, False, True, 1, 1, None),
        (MEETING, True, True, 1, 1, True),
        (MEETING, True, True, 0, 0, False),
    ],
)
def test_who_is_mailed(
    ref: EventRef, event_mails: bool, wish: bool, alone: int, together: int, mails: bool | None
) -> None:
    number = 5 if ref.kind is EventKind.WEBINAR else 2
    event = replace(EVENT, ref=ref, type=number, confirmation_email=event_mails)
    guests = [*people(together), *people(alone, 50, org="Kite")]
    plan = plan_of(guests, event=event, options=RunOptions(confirmation_email=wish))
    assert plan.mails is mails


@pytest.mark.parametrize("approval", [0, 1])
@pytest.mark.parametrize("auto", [True, False])
def test_who_waits_for_approval(approval: int, auto: bool) -> None:
    event = replace(EVENT, approval_type=approval)
    plan = plan_of(people(1), event=event, options=RunOptions(auto_approve=auto))
    assert plan.needs_approval(CallKind.BATCH) is (approval == 1 and not auto)
    assert plan.needs_approval(CallKind.SINGLE) is (approval == 1)
    assert ("approval" in plan.describe()) is (approval == 1 and not auto)


def test_the_time_that_it_takes() -> None:
    plan = plan_of([*people(90), *people(54, 100, org="Kite")])
    assert plan.seconds(Pacer("pro", headroom=1.0)) == pytest.approx(3 / 10 + 54 / 30)


def test_the_confirmation_says_the_exact_effect() -> None:
    guests = [*people(2), person(9, "host@example.com"), person(10, "old@example.com")]
    assert plan_of(guests, listed("old@example.com")).describe() == (
        "2 people will be registered for “Open day”, in one call. Zoom will mail them. "
        "2 rows are not sent: 1 hosting the event, 1 already registered."
    )
    assert plan_of([]).describe() == "Nobody will be registered for “Open day”."


def test_without_calls_nobody_is_sent_and_every_row_is_told_why() -> None:
    plan = plan_of([*people(2), person(9, "GUEST0@example.com")]).without_calls("Over.")
    assert (plan.calls, plan.rows) == (0, 3)
    assert {outcome.message for outcome in plan.settled} == {"Over."}


NAMES = st.sampled_from(
    [f"{letter}{suffix}" for letter in "abcAB" for suffix in ("@x.de", "@X.de")]
)


@given(
    st.lists(st.tuples(NAMES, st.sampled_from(["", "Kite"])), max_size=12),
    st.dictionaries(NAMES, st.sampled_from(["approved", "pending", "denied"]), max_size=6),
    st.dictionaries(st.sampled_from(["a@x.de", "b@x.de"]), st.integers(0, 4)),
    st.integers(1, 5),
)
def test_every_row_has_one_place_and_every_address_is_sent_at_most_once(
    sheet: list[tuple[str, str]],
    on_lists: dict[str, ListedStatus],
    tries: dict[str, int],
    size: int,
) -> None:
    guests = [
        person(row, email, **({"org": org} if org else {}))
        for row, (email, org) in enumerate(sheet, 2)
    ]
    entries = [listed(email, status) for email, status in on_lists.items()]
    plan = plan_of(guests, *entries, options=RunOptions(batch_size=size), tries=tries)
    sent = [emails.key(guest.email) for guest in plan.people]
    assert len(sent) == len(set(sent))
    assert all(len(batch) <= size for batch in plan.batches)
    rows = [row.row for guest in plan.people for row in plan.rows_of(guest)]
    rows += [outcome.row for outcome in plan.settled]
    assert sorted(rows) == [guest.row for guest in guests]
    assert plan.rows == len(guests)
    assert sum(plan.reasons.values()) == len(plan.settled)
    known = {emails.key(email) for email in on_lists}
    assert not known.intersection(sent)
    assert not any(tries.get(key, 0) >= 3 for key in sent)
    followers = {key: row.email for key, rows in plan.followers.items() for row in rows}
    assert all(emails.key(email) == key for key, email in followers.items())


# -- events that take nobody -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"approval_type": 2}, "Registration is turned off"),
        ({"type": 3}, "takes no registrations"),
        ({"start": SOON - timedelta(days=30)}, "was over"),
        (
            {"type": 9, "occurrences": (Occurrence("1", SOON - timedelta(days=9), 60, "x"),)},
            "was over",
        ),
    ],
)
def test_events_that_take_nobody(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(EventUnusable, match=words) as caught:
        check_usable(replace(EVENT, **changes))
    assert caught.value.hint


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"start": None},
        {"start": datetime.now(UTC) - timedelta(minutes=10)},
        {
            "type": 9,
            "start": SOON - timedelta(days=30),
            "occurrences": (Occurrence("1", SOON, 60, ""),),
        },
    ],
)
def test_events_that_take_people(changes: dict[str, Any]) -> None:
    check_usable(replace(EVENT, **changes))


@pytest.mark.parametrize(
    ("minutes", "closes", "warned"), [(-5, True, True), (-5, False, False), (5, True, False)]
)
def test_registration_that_closes_when_the_event_begins(
    minutes: int, closes: bool, warned: bool
) -> None:
    start = datetime.now(UTC) + timedelta(minutes=minutes)
    plan = plan_of(people(1), event=replace(EVENT, start=start, closes_registration=closes))
    assert (wording.CLOSES in plan.warnings) is warned
