"""Fetching links again registers nobody."""

from __future__ import annotations

from dataclasses import replace

from tests.registration.office import WEBINAR, Office, people, person
from zoomdesk.registration.links import fetch_links
from zoomdesk.registration.outcome import Status
from zoomdesk.zoom.models import ListedStatus


def test_everybody_on_a_list_is_found(office: Office) -> None:
    office.register(people(40))
    world = office.sim.world
    changes: dict[int, ListedStatus] = {3: "pending", 4: "denied"}
    for number, status in changes.items():
        found = world.find(WEBINAR.id, f"guest{number}@example.com")
        assert found is not None
        world.put(WEBINAR.id, replace(found, status=status))
    sent = (office.sent("batch"), office.sent("register"))
    guests = [*people(5), person(50, "stranger@example.com"), person(51, "")]
    outcomes = fetch_links([*guests, person(52, "GUEST0@example.com")], WEBINAR, office.client)
    assert [outcome.status for outcome in outcomes] == [
        Status.REGISTERED,
        Status.REGISTERED,
        Status.REGISTERED,
        Status.PENDING,
        Status.DENIED,
        Status.NOT_SENT,
        Status.SKIPPED,
        Status.REGISTERED,
    ]
    assert outcomes[0].join_url == outcomes[-1].join_url
    assert outcomes[3].join_url == outcomes[4].join_url == ""
    assert "Not on Zoom’s list" in outcomes[5].message
    assert (office.sent("batch"), office.sent("register")) == sent


def test_hidden_addresses_are_said_not_guessed(office: Office) -> None:
    office.register(people(3))
    office.behave(mask_guest_emails=True)
    outcomes = fetch_links(people(3), WEBINAR, office.client)
    assert {outcome.status for outcome in outcomes} == {Status.NOT_SENT}
    assert all("hides addresses" in outcome.message for outcome in outcomes)


def test_hidden_addresses_are_found_by_the_ids_in_the_sheet(office: Office) -> None:
    registered = office.register(people(3)).outcomes
    office.behave(mask_guest_emails=True)
    ids = {each.row: each.registrant_id for each in registered}
    ids[4] = ids[3]  # somebody else's, by a paste
    outcomes = fetch_links(
        [*people(2), person(4, "zoe@other.example")], WEBINAR, office.client, ids=ids
    )
    assert [outcome.join_url for outcome in outcomes[:2]] == [o.join_url for o in registered[:2]]
    assert outcomes[2].status is Status.NOT_SENT


def test_who_was_cancelled_here_is_not_called_denied(office: Office) -> None:
    office.register(people(2))
    listed = list(office.client.registrants(WEBINAR))
    office.client.set_status(WEBINAR, "cancel", listed)
    outcomes = fetch_links(people(2), WEBINAR, office.client, cancelled={2})
    assert [outcome.status for outcome in outcomes] == [Status.CANCELLED, Status.DENIED]


def test_a_long_list_is_read_to_its_end(office: Office) -> None:
    office.register(people(650))
    outcomes = fetch_links(people(650), WEBINAR, office.client)
    assert {outcome.status for outcome in outcomes} == {Status.REGISTERED}
    assert office.sent("list_registrants") >= 3 + 2 + 3
