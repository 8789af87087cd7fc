"""Listing, looking up, deleting, and changing the status of registrants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Simulator

EVENT = SAMPLE_WEBINAR_ID
MANUAL = "81234567891"


def test_lists_by_status(api: Api) -> None:
    api.batch(people("a@example.com", "b@example.com", "c@example.com"), MANUAL)
    api.set_status("approve", "a@example.com", event=MANUAL)
    api.set_status("deny", "b@example.com", event=MANUAL)
    assert [row["email"] for row in api.listed(MANUAL)] == ["a@example.com"]
    assert [row["email"] for row in api.listed(MANUAL, status="denied")] == ["b@example.com"]
    assert [row["email"] for row in api.listed(MANUAL, status="pending")] == ["c@example.com"]
    assert error(api.get(f"/webinars/{MANUAL}/registrants", status="late"))[:2] == (400, 300)


def test_a_list_in_pages(api: Api) -> None:
    sent = [f"p{number}@example.com" for number in range(25)]
    api.batch(people(*sent))
    seen, token = [], ""
    for number in (1, 2, 3):
        body = api.get(f"/webinars/{EVENT}/registrants", page_size=10, next_page_token=token).json()
        assert (body["page_number"], body["page_count"], body["page_size"]) == (number, 3, 10)
        assert body["total_records"] == 25
        seen += [row["email"] for row in body["registrants"]]
        token = body["next_page_token"]
    assert token == ""
    assert seen == sent


@pytest.mark.parametrize("listed", [True, False])
def test_cancelled_people_in_the_list_of_the_denied(
    api: Api, behave: Callable[..., None], listed: bool
) -> None:
    behave(cancelled_listed_as_denied=listed)
    api.register("ada@example.com")
    api.set_status("cancel", "ada@example.com")
    assert api.listed() == []
    denied = [(row["email"], row["status"]) for row in api.listed(status="denied")]
    assert denied == ([("ada@example.com", "denied")] if listed else [])


@pytest.mark.parametrize("lag", [0.0, 3600.0])
def test_a_list_may_lag_behind(
    api: Api, sim: Simulator, behave: Callable[..., None], lag: float
) -> None:
    behave(list_lag_seconds=lag)
    api.register("ada@example.com")
    assert len(sim.world.registrants(EVENT)) == 1
    assert len(api.listed()) == (0 if lag else 1)


@pytest.mark.parametrize("masked", [True, False])
def test_guests_may_be_masked(api: Api, behave: Callable[..., None], masked: bool) -> None:
    behave(mask_guest_emails=masked)
    api.batch(people("ada@example.com", "colleague@practice.example"))
    shown = [row["email"] for row in api.listed()]
    guest = "a***@example.com" if masked else "ada@example.com"
    assert shown == [guest, "colleague@practice.example"]


def test_look_up_and_delete(api: Api, sim: Simulator) -> None:
    chosen = {"title": "Why?", "value": "Curious"}
    made = api.register(
        "ada@example.com", org="Engines", language="en-US", custom_questions=[chosen]
    )
    path = f"/webinars/{EVENT}/registrants/{made.json()['registrant_id']}"
    body = api.get(path).json()
    assert (body["email"], body["org"], body["language"]) == ("ada@example.com", "Engines", "en-US")
    assert body["custom_questions"] == [chosen]
    assert api.call("DELETE", path).status_code == 204
    missing = (404, 3000, f"Registrant {made.json()['registrant_id']} was not found.")
    assert error(api.get(path)) == missing
    assert error(api.call("DELETE", path)) == missing
    again = api.register("ada@example.com").json()
    assert again["registrant_id"] != made.json()["registrant_id"]
    assert sim.world.tally(EVENT, "ada@example.com").registered == 2


def test_approving_gives_the_link_and_mails(api: Api, sim: Simulator) -> None:
    made = api.register("ada@example.com", MANUAL).json()
    body = {"action": "approve", "registrants": [{"id": made["registrant_id"]}]}
    response = api.call("PUT", f"/webinars/{MANUAL}/registrants/status", json=body)
    assert (response.status_code, response.content) == (204, b"")
    (row,) = api.listed(MANUAL)
    assert row["join_url"].startswith("https://")
    assert sim.world.tally(MANUAL, "ada@example.com").mails == 1
    api.set_status("approve", "ada@example.com", event=MANUAL)
    assert sim.world.tally(MANUAL, "ada@example.com").mails == 1


def test_a_204_proves_nothing(api: Api) -> None:
    assert api.set_status("approve", "nobody@example.com").status_code == 204


def test_no_more_are_approved_than_there_are_places(api: Api, sim: Simulator) -> None:
    sim.world.events[EVENT].restrict_number = 1
    api.register("ada@example.com")
    api.set_status("deny", "ada@example.com")
    api.register("bob@example.com")
    assert error(api.set_status("approve", "ada@example.com")) == (
        400,
        3035,
        "Webinar has reached maximum attendee capacity.",
    )


@pytest.mark.parametrize(
    "body",
    [
        {"action": "praise", "registrants": [{"email": "a@example.com"}]},
        {"action": None, "registrants": [{"email": "a@example.com"}]},
        {"action": "approve", "registrants": []},
        {"action": "approve", "registrants": ["a@example.com"]},
        {"action": "approve"},
        {"action": "approve", "registrants": people(*(f"{n}@example.com" for n in range(31)))},
    ],
)
def test_status_bodies_that_are_refused(api: Api, body: object) -> None:
    response = api.call("PUT", f"/webinars/{EVENT}/registrants/status", json=body)
    assert error(response) == (400, 300, "Validation Failed.")


def test_people_of_one_event_are_not_in_another(api: Api) -> None:
    made = api.register("ada@example.com").json()
    assert api.listed(SAMPLE_MEETING_ID, "meetings") == []
    path = f"/meetings/{SAMPLE_MEETING_ID}/registrants/{made['registrant_id']}"
    assert api.get(path).status_code == 404
