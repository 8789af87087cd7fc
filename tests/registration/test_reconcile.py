"""Joining what Zoom says with who was sent: by address only, whatever the order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registration.office import people, person
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.reconcile import (
    Registry,
    from_answer,
    from_list,
    match_answers,
    may_be,
)
from zoomdesk.zoom.models import Answer, Listed, ListedStatus

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def entry(email: str, status: ListedStatus = "approved") -> Listed:
    return Listed(f"id-{status}", email, "", "", status, f"https://zoom.example/{status}", NOW)


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.integers(0, 3))
def test_answers_in_any_order_with_gaps_and_strangers(
    order: list[int], missing: set[int], strangers: int
) -> None:
    guests = people(6)
    answers = [
        Answer(f" {guests[i].email.upper()} ", f"id{i}", f"link{i}")
        for i in order
        if i not in missing
    ]
    answers += [Answer(f"stranger{i}@example.com", "x", "x") for i in range(strangers)]
    answers += [Answer("", "nobody", "nobody")]
    matched, left_out = match_answers(guests, answers)
    assert left_out == [guests[i] for i in sorted(missing)]
    assert {key: answer.join_url for key, answer in matched.items()} == {
        guests[i].email: f"link{i}" for i in range(6) if i not in missing
    }


def test_of_two_answers_about_one_person_the_one_with_a_link_counts() -> None:
    guests = people(1)
    both = [Answer(guests[0].email, "r", ""), Answer(guests[0].email, "r", "link")]
    for answers in (both, both[::-1]):
        matched, _ = match_answers(guests, answers)
        assert matched[guests[0].email].join_url == "link"


@pytest.mark.parametrize(
    ("link", "needs_approval", "status", "shown"),
    [
        ("link", False, Status.REGISTERED, "link"),
        ("", False, Status.PENDING, ""),
        ("link", True, Status.PENDING, ""),
        ("", True, Status.PENDING, ""),
    ],
)
def test_an_answer_without_a_link_is_no_error(
    link: str, needs_approval: bool, status: Status, shown: str
) -> None:
    guest = person(7, "ann@example.com")
    outcome = from_answer(
        guest, Answer("ann@example.com", "r1", link), needs_approval=needs_approval, now=NOW
    )
    assert (outcome.row, outcome.status, outcome.join_url) == (7, status, shown)
    assert outcome.registrant_id == "r1"
    assert (outcome.registered_at is not None) is (status is Status.REGISTERED)


@pytest.mark.parametrize("order", [1, -1])
def test_an_address_on_several_lists_counts_where_it_is_best_off(order: int) -> None:
    entries = [entry("A@x.de"), entry("a@x.de", "pending"), entry("a@x.de", "denied")][::order]
    found = Registry.of(entries).find(" A@X.de")
    assert found is not None
    assert found.status == "approved"


@pytest.mark.parametrize("ours", [True, False])
def test_list_entries(ours: bool) -> None:
    guest = person(2, "a@x.de")
    approved = from_list(guest, entry("a@x.de"), ours=ours)
    assert approved.status is (Status.REGISTERED if ours else Status.ALREADY_REGISTERED)
    assert (approved.join_url, approved.registered_at) == ("https://zoom.example/approved", NOW)
    pending = from_list(guest, entry("a@x.de", "pending"), ours=ours)
    denied = from_list(guest, entry("a@x.de", "denied"), ours=ours)
    assert (pending.status, denied.status) == (Status.PENDING, Status.DENIED)
    assert pending.join_url == denied.join_url == ""


@pytest.mark.parametrize(
    ("email", "hidden"),
    [
        ("john@gmail.com", True),
        ("JANE@Gmail.com", True),
        ("mary@gmail.com", False),
        ("john@web.de", False),
    ],
)
def test_masked_entries_may_be_somebody_and_never_are(email: str, hidden: bool) -> None:
    registry = Registry.of([entry("j***@gmail.com"), entry("ann@x.de")])
    assert registry.may_hide(person(2, email)) is hidden
    assert registry.find(email) is None
    assert registry.taken() == 2


@pytest.mark.parametrize(
    ("shown", "address", "fits"),
    [
        ("a***@x.example", "ann@x.example", True),
        ("A***@X.example", "ann@x.example", True),
        ("a***@x.example", "bob@x.example", False),
        ("a***@x.example", "ann@y.example", False),
        ("ann@x.example", " Ann@X.example", True),
        ("ann@x.example", "anna@x.example", False),
    ],
)
def test_what_may_be_behind_a_mask(shown: str, address: str, fits: bool) -> None:
    assert may_be(shown, address) is fits
