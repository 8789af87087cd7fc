"""Which dates of a series people are registered for, and who is registered for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.registration.office import Office, by_row, people
from zoomdesk.errors import EventUnusable, UsageError
from zoomdesk.registration.dates import check_dates_left, dates_left, open_dates, settle_dates
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.preflight import read_event
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import Event, Occurrence, Registrant

NOW = datetime(2026, 5, 1, tzinfo=UTC)
SERIES = EventRef(EventKind.WEBINAR, "81234567893")
OFFICE_HOUR = EventRef(EventKind.MEETING, "91234567892")


def date(name: str, days: float, status: str = "available") -> Occurrence:
    return Occurrence(name, NOW + timedelta(days=days), 60, status)


def event(*dates: Occurrence, registration_type: int = 3) -> Event:
    return Event(
        SERIES,
        "Talks",
        NOW,
        60,
        9,
        "UTC",
        0,
        occurrences=dates,
        registration_type=registration_type,
    )


TALKS = event(date("c", 9), date("a", -3), date("b", -0.01), date("d", 2, "deleted"), date("e", 4))


def test_dates_to_come_in_their_order() -> None:
    assert [each.id for each in open_dates(TALKS, NOW)] == ["b", "e", "c"]


def test_all_dates_are_named_only_where_zoom_must_be_told() -> None:
    assert settle_dates(TALKS, (), NOW) == ("b", "e", "c")
    for kind in (0, 1):
        assert settle_dates(replace(TALKS, registration_type=kind), (), NOW) == ()
    assert settle_dates(event(), (), NOW) == ()


def test_some_dates_are_taken_in_the_events_order() -> None:
    assert settle_dates(TALKS, ("c", "b"), NOW) == ("b", "c")


@pytest.mark.parametrize(
    ("about", "wanted", "words"),
    [
        (TALKS, "a", "no date with the ID a that is still to come"),
        (TALKS, "d", "no date with the ID d"),
        (replace(TALKS, registration_type=1), "b", "may come to every date"),
        (event(), "b", "recurs without fixed dates"),
        (replace(event(), type=5), "b", "has one date only"),
    ],
)
def test_dates_that_cannot_be_chosen(about: Event, wanted: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        settle_dates(about, (wanted,), NOW)
    assert caught.value.hint


def test_the_dates_there_are_stand_in_the_hint() -> None:
    with pytest.raises(UsageError) as caught:
        settle_dates(TALKS, ("nonsense",), NOW)
    assert "e (05 May 2026 00:00 UTC)" in caught.value.hint


def test_what_is_left_of_dates_that_were_chosen_before() -> None:
    later = event(
        *(
            replace(each, start=datetime.now(UTC) + timedelta(days=n))
            for n, each in enumerate(TALKS.occurrences, -1)
        )
    )
    left = dates_left(later, ("c", "e"))
    assert left == ("e",)
    check_dates_left(later, ())
    with pytest.raises(EventUnusable, match="are over"):
        check_dates_left(later, ("c",))


# -- against a simulated Zoom ----------------------------------------------------------------------


def test_who_lacks_a_date_is_registered_for_it_and_who_has_all_is_not_sent(office: Office) -> None:
    first, second, third = (each.id for each in office.sim.world.events[SERIES.id].occurrences[:3])
    office.sim.world.events[SERIES.id].confirmation_email = False  # a new date is a new mail
    ann, bob, cyd = people(3)
    for guest, dates in ((ann, (first, second)), (bob, (first, third))):
        office.client.register_one(SERIES, Registrant(guest.email, guest.first_name), dates)
    found = read_event(office.client, SERIES, dates=(first, second))
    assert found.dates == (first, second)
    assert [each.email for each in found.listed] == [ann.email]
    report = office.register([ann, bob, cyd], SERIES, occurrence_ids=(first, second))
    rows = by_row(report)
    assert rows[ann.row].status is Status.ALREADY_REGISTERED
    assert rows[bob.row].status is Status.REGISTERED
    world = office.sim.world
    booked = {
        guest.email: registered.occurrences
        for guest in (ann, bob, cyd)
        if (registered := world.find(SERIES.id, guest.email))
    }
    assert booked == {
        ann.email: [first, second],
        bob.email: sorted([first, second, third]),
        cyd.email: [first, second],
    }
    assert office.sent("batch") == 0


def test_where_each_date_is_registered_for_apart_all_are_named(office: Office) -> None:
    report = office.register(people(2), OFFICE_HOUR)
    assert report.counts() == {Status.REGISTERED: 2}
    dates = [each.id for each in office.sim.world.events[OFFICE_HOUR.id].occurrences]
    found = office.sim.world.find(OFFICE_HOUR.id, people(1)[0].email)
    assert found is not None
    assert found.occurrences == sorted(dates)
    posts = [r for r in office.sim.requests if r.call == "register"]
    assert len(posts) == 2


def test_who_was_denied_for_one_date_is_not_asked_for_again(office: Office) -> None:
    first, second = (each.id for each in office.sim.world.events[SERIES.id].occurrences[:2])
    (ann,) = people(1)
    office.client.register_one(SERIES, Registrant(ann.email, "Ann"), (first,))
    person = office.sim.world.find(SERIES.id, ann.email)
    assert person is not None
    office.sim.world.put(SERIES.id, replace(person, status="denied"))
    report = office.register([ann], SERIES, occurrence_ids=(first, second))
    assert report.counts() == {Status.DENIED: 1}


def test_a_resume_takes_the_dates_that_are_left(office: Office) -> None:
    dates = tuple(each.id for each in office.sim.world.events[SERIES.id].occurrences)
    run = office.run_of(people(3), SERIES, occurrence_ids=dates[1:3])
    run._cancel.cancel()
    report = run.execute()
    assert report.cancelled
    again = office.resume(report, people(3))
    assert again.counts() == {Status.REGISTERED: 3}
    found = office.sim.world.find(SERIES.id, people(1)[0].email)
    assert found is not None
    assert found.occurrences == sorted(dates[1:3])
