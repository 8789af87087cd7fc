"""What is said of an event before anybody is registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.registration.test_plan import EVENT, SOON, listed
from zoomdesk.registration.facts import facts_of
from zoomdesk.registration.preflight import Preflight
from zoomdesk.roster.fields import Field, Title
from zoomdesk.zoom.models import MANUAL, CustomQuestion, Occurrence, Questions

LISTS = (
    listed("a@example.com"),
    listed("b@example.com", "pending"),
    listed("c@example.com", "denied"),
    listed("d@example.com", "denied"),
)


def test_places_hosts_and_questions() -> None:
    event = replace(
        EVENT,
        approval_type=MANUAL,
        capacity=5,
        alternative_hosts=("HOST@example.com", "co@example.com"),
        confirmation_email=False,
        closes_registration=True,
    )
    questions = Questions({"org": False}, (CustomQuestion("Why?", "short", True),))
    facts = facts_of(Preflight(event, questions, LISTS))
    assert facts.counts == {"approved": 1, "pending": 1, "denied": 2}
    assert (facts.capacity, facts.left) == (5, 3)
    assert (facts.by_hand, facts.mails, facts.closes, facts.recurs) == (True, False, True, False)
    assert {host.lower() for host in facts.hosts} == {"host@example.com", "co@example.com"}
    assert facts.required == (Title("Why?"),)
    assert facts.asked == (Title("Why?"), Field.ORG)


def test_a_full_event_has_no_places_and_one_without_a_limit_does_not_say() -> None:
    full = Preflight(replace(EVENT, capacity=1), Questions(), LISTS)
    assert facts_of(full).left == 0
    assert facts_of(Preflight(EVENT, Questions(), LISTS)).left is None


def test_the_lists_of_some_dates_say_nothing_of_places() -> None:
    dates = tuple(Occurrence(str(n), SOON + timedelta(days=n), 60, "") for n in range(3))
    series = replace(EVENT, type=9, capacity=9, occurrences=dates, registration_type=3)
    facts = facts_of(Preflight(series, Questions(), LISTS, ("0", "1")))
    assert (facts.left, facts.recurs, facts.chosen_dates) == (None, True, ("0", "1"))
    assert facts.dates == dates
