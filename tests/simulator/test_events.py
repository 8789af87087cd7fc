"""Who is signed in, the lists, the details, the questions."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.api import Api, error
from zoomdesk.simulator import (
    SAMPLE_MEETING_ID,
    SAMPLE_WEBINAR_ID,
    Event,
    ManualClock,
    Simulator,
    sample_world,
)

ZOOM_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_me_is_the_practice_host(api: Api) -> None:
    body = api.get("/users/me").json()
    assert (body["display_name"], body["email"]) == ("Practice Host", "host@practice.example")
    assert api.get(f"/users/{body['id']}").json()["id"] == body["id"]


def test_somebody_else_does_not_exist(api: Api) -> None:
    assert error(api.get("/users/nobody@example.com")) == (
        404,
        1001,
        "User does not exist: nobody@example.com.",
    )


def test_the_sample_webinar_comes_first_and_takes_everybody(api: Api) -> None:
    first = api.get("/users/me/webinars").json()["webinars"][0]
    assert first["id"] == int(SAMPLE_WEBINAR_ID)
    body = api.get(f"/webinars/{SAMPLE_WEBINAR_ID}").json()
    assert (body["type"], body["settings"]["approval_type"]) == (5, 0)
    assert body["start_time"] > datetime.now(UTC).isoformat()
    assert ZOOM_TIME.fullmatch(body["start_time"])


def test_the_sample_account_has_every_sort_of_event(sim: Simulator) -> None:
    webinars, meetings = sim.world.webinars, sim.world.meetings
    assert {event.type for event in webinars} == {5, 6, 9}
    assert {event.type for event in meetings} == {2, 3, 8}
    assert {event.approval_type for event in webinars} == {0, 1, 2}
    assert any(event.end < datetime.now(UTC) for event in webinars)
    assert any(event.restrict_number for event in webinars)
    assert any(question.required for event in webinars for question in event.custom_questions)
    assert all(
        event.id.isdigit() and 10 <= len(event.id) <= 12 for event in sim.world.events.values()
    )


def test_lists_page_by_token(api: Api, sim: Simulator) -> None:
    seen, token, pages = [], "", 0
    while True:
        body = api.get("/users/me/webinars", page_size=3, next_page_token=token).json()
        assert body["total_records"] == len(sim.world.webinars)
        assert body["page_number"] == pages + 1
        seen += [row["id"] for row in body["webinars"]]
        token, pages = body["next_page_token"], pages + 1
        if not token:
            break
    assert seen == [int(event.id) for event in sim.world.webinars]
    assert pages == body["page_count"] == 3


def test_upcoming_leaves_out_what_is_over(api: Api, sim: Simulator) -> None:
    past = sim.world.add_event(
        Event("91234567999", "meeting", "Last year", datetime.now(UTC) - timedelta(days=300))
    )
    upcoming = api.get("/users/me/meetings", type="upcoming").json()["meetings"]
    everything = api.get("/users/me/meetings").json()["meetings"]
    previous = api.get("/users/me/meetings", type="previous_meetings").json()["meetings"]
    assert int(past.id) not in [row["id"] for row in upcoming]
    assert int(past.id) in [row["id"] for row in everything]
    assert [row["id"] for row in previous] == [int(past.id)]


def test_live_meetings() -> None:
    clock = ManualClock(datetime(2026, 5, 4, 9, tzinfo=UTC))
    with Simulator(sample_world(clock.now()), clock=clock) as sim:
        api = Api(sim)
        start = sim.world.events[SAMPLE_MEETING_ID].start
        clock.advance((start - clock.now()).total_seconds() + 60)
        token = sim.issue_token()
        api.session.headers["Authorization"] = f"Bearer {token}"
        live = api.get("/users/me/meetings", type="live").json()["meetings"]
        api.close()
    assert int(SAMPLE_MEETING_ID) in [row["id"] for row in live]


def test_recurring_details_show_occurrences(api: Api, sim: Simulator) -> None:
    series = next(event for event in sim.world.webinars if event.type == 9)
    body = api.get(f"/webinars/{series.id}").json()
    assert [row["occurrence_id"] for row in body["occurrences"]] == [
        each.id for each in series.occurrences
    ]
    assert (
        int(body["occurrences"][0]["occurrence_id"])
        == series.occurrences[0].start.timestamp() * 1000
    )


def test_an_event_without_a_date_shows_none(api: Api, sim: Simulator) -> None:
    always = Event("81234567999", "webinar", "Any time", datetime.now(UTC), type=6)
    sim.world.add_event(always)
    assert "start_time" not in api.get(f"/webinars/{always.id}").json()


def test_without_registration_there_is_no_registration_page(api: Api, sim: Simulator) -> None:
    off = next(event for event in sim.world.webinars if event.approval_type == 2)
    assert "registration_url" not in api.get(f"/webinars/{off.id}").json()
    assert "registration_url" in api.get(f"/webinars/{SAMPLE_WEBINAR_ID}").json()


def test_questions(api: Api, sim: Simulator) -> None:
    asked = next(event for event in sim.world.webinars if event.custom_questions)
    body = api.get(f"/webinars/{asked.id}/registrants/questions").json()
    assert {"field_name": "org", "required": True} in body["questions"]
    dropdown = body["custom_questions"][1]
    assert (dropdown["type"], dropdown["required"]) == ("single_dropdown", True)
    assert "A colleague" in dropdown["answers"]


def test_questions_of_an_event_without_registration(api: Api, sim: Simulator) -> None:
    off = next(event for event in sim.world.meetings if event.approval_type == 2)
    assert error(api.get(f"/meetings/{off.id}/registrants/questions"))[:2] == (404, 404)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/webinars/80000000000", (404, 3001, "Webinar does not exist: 80000000000.")),
        ("/meetings/80000000000", (404, 3001, "Meeting does not exist: 80000000000.")),
        (
            f"/meetings/{SAMPLE_WEBINAR_ID}",
            (404, 3001, f"Meeting does not exist: {SAMPLE_WEBINAR_ID}."),
        ),
        ("/webinars/812 3456 7890", (400, 300, "Invalid webinar id.")),
        ("/nonsense", (404, 2300, "This API endpoint is not recognized.")),
    ],
)
def test_what_does_not_exist(api: Api, path: str, expected: tuple[int, int, str]) -> None:
    assert error(api.get(path)) == expected


@pytest.mark.parametrize("size", ["0", "301", "-1", "many"])
def test_page_size_is_1_to_300(api: Api, size: str) -> None:
    response = api.get("/users/me/webinars", page_size=size)
    assert error(response) == (400, 300, "Validation Failed.")
    assert response.json()["errors"] == [{"field": "page_size", "message": "Invalid field."}]


def test_a_page_by_its_number(api: Api, sim: Simulator) -> None:
    body = api.get("/users/me/webinars", page_size=2, page_number=2).json()
    assert [row["id"] for row in body["webinars"]] == [int(e.id) for e in sim.world.webinars[2:4]]


def test_a_page_token_lives_15_minutes_and_for_its_own_list() -> None:
    clock = ManualClock(datetime(2026, 5, 4, 9, tzinfo=UTC))
    with Simulator(sample_world(clock.now()), clock=clock) as sim:
        api = Api(sim)
        token = api.get("/users/me/webinars", page_size=1).json()["next_page_token"]
        again = {"page_size": 1, "next_page_token": token}
        clock.advance(minutes=14, seconds=59)
        assert api.get("/users/me/webinars", **again).status_code == 200
        wrong_list = api.get("/users/me/meetings", **again)
        clock.advance(1)
        too_late = api.get("/users/me/webinars", **again)
        api.close()
    assert error(wrong_list)[:2] == (400, 300)
    assert error(too_late) == (400, 300, "The next page token is invalid or expired.")
