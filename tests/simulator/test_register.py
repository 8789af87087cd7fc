"""The single call and the rules that it shares with the batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Simulator, Tally

EVENT = SAMPLE_WEBINAR_ID
MANUAL_WEBINAR = "81234567891"
ASKING_WEBINAR = "81234567892"
SERIES = "81234567893"


def test_one_person_gets_a_link(api: Api, sim: Simulator) -> None:
    response = api.register("ada@example.com", last_name="Lovelace", org="Engines", country="GB")
    body = response.json()
    assert response.status_code == 201
    assert body["join_url"].startswith(f"https://zoom.example/w/{EVENT}?tk=")
    assert "email" not in body
    person = sim.world.find(EVENT, "ADA@example.com ")
    assert person is not None
    assert (person.id, person.status) == (body["registrant_id"], "approved")
    assert person.answers == {"org": "Engines", "country": "GB"}


def test_a_meeting_adds_a_pin(api: Api) -> None:
    body = api.register("ada@example.com", SAMPLE_MEETING_ID, "meetings").json()
    assert isinstance(body["participant_pin_code"], int)


def test_again_returns_the_same_link_and_is_visible(api: Api, sim: Simulator) -> None:
    first = api.register("ada@example.com").json()
    again = api.register("Ada@Example.com").json()
    assert again["join_url"] == first["join_url"]
    assert again["registrant_id"] == first["registrant_id"]
    assert sim.world.tally(EVENT, "ada@example.com") == Tally(submitted=2, registered=1, mails=2)
    assert len(sim.world.registrants(EVENT)) == 1


def test_no_mail_when_the_event_sends_none(api: Api, sim: Simulator) -> None:
    sim.world.events[EVENT].confirmation_email = False
    api.register("ada@example.com")
    assert sim.world.tally(EVENT, "ada@example.com") == Tally(submitted=1, registered=1, mails=0)


def test_manual_approval_waits_without_a_link(api: Api, sim: Simulator) -> None:
    body = api.register("ada@example.com", MANUAL_WEBINAR).json()
    assert "join_url" not in body
    person = sim.world.find(MANUAL_WEBINAR, "ada@example.com")
    assert person is not None
    assert person.status == "pending"
    assert sim.world.tally(MANUAL_WEBINAR, "ada@example.com").mails == 0


@pytest.mark.parametrize("shown", [True, False])
def test_pending_links_can_be_shown(api: Api, behave: Callable[..., None], shown: bool) -> None:
    behave(pending_rows_have_join_url=shown)
    assert ("join_url" in api.register("ada@example.com", MANUAL_WEBINAR).json()) is shown
    (row,) = api.listed(MANUAL_WEBINAR, status="pending")
    assert ("join_url" in row) is shown


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "no-at-sign"}, ["email"]),
        ({"email": ""}, ["email"]),
        ({"email": None}, ["email"]),
        ({"email": f"{'a' * 120}@example.com"}, ["email"]),
        ({"first_name": "  "}, ["first_name"]),
        ({"first_name": "x" * 65}, ["first_name"]),
        ({"last_name": "x" * 65}, ["last_name"]),
        ({"last_name": 7}, ["last_name"]),
        ({"country": "Germany"}, ["country"]),
        ({"country": 49}, ["country"]),
        ({"custom_questions": "yes"}, ["custom_questions"]),
        ({"custom_questions": ["yes"]}, ["custom_questions"]),
        ({"custom_questions": [{"title": "a", "value": 1}]}, ["custom_questions"]),
        ({"email": "x", "first_name": ""}, ["email", "first_name"]),
    ],
)
def test_bad_fields_are_named(api: Api, sim: Simulator, fields: dict[str, Any], wrong: Any) -> None:
    response = api.call(
        "POST",
        f"/webinars/{EVENT}/registrants",
        json={"email": "ada@example.com", "first_name": "Ada"} | fields,
    )
    assert error(response) == (400, 300, "Validation Failed.")
    assert [each["field"] for each in response.json()["errors"]] == wrong
    assert sim.world.registrants(EVENT) == []


def test_lengths_at_the_limit_are_taken(api: Api) -> None:
    email = f"{'a' * 116}@example.com"
    assert len(email) == 128
    assert api.register(email, first_name="x" * 64, last_name="y" * 64).status_code == 201


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", "\N{SNOWMAN}".encode("utf-16")])
def test_a_body_that_is_no_object(api: Api, body: bytes) -> None:
    response = api.call("POST", f"/webinars/{EVENT}/registrants", data=body)
    assert error(response) == (400, 300, "Request Body should be a valid JSON object.")


@pytest.mark.parametrize("email", ["host@practice.example", "COHOST@practice.example"])
def test_hosts_cannot_register(api: Api, email: str) -> None:
    assert error(api.register(email)) == (400, 3027, "Host cannot register.")


def test_work_addresses_only(api: Api, sim: Simulator) -> None:
    sim.world.events[EVENT].work_email_only = True
    assert error(api.register("ada@gmail.com")) == (
        400,
        3034,
        "If you have been invited, please input your work email address.",
    )
    assert api.register("ada@engines.example").status_code == 201


def test_required_questions_must_be_answered(api: Api) -> None:
    response = api.register("ada@example.com", ASKING_WEBINAR)
    assert [each["field"] for each in response.json()["errors"]] == ["custom_questions", "org"]
    chosen = {"title": "How did you hear of us?", "value": "A colleague"}
    answered: dict[str, Any] = {"org": "Engines", "custom_questions": [chosen]}
    assert api.register("ada@example.com", ASKING_WEBINAR, **answered).status_code == 201
    answered["custom_questions"] = [chosen | {"value": "On the moon"}]
    assert error(api.register("eve@example.com", ASKING_WEBINAR, **answered))[:2] == (400, 300)


def test_occurrences_of_a_series(api: Api, sim: Simulator) -> None:
    first, second = sim.world.events[SERIES].occurrences[:2]
    body = api.register("ada@example.com", SERIES, query=f"?occurrence_ids={second.id}").json()
    assert [each["occurrence_id"] for each in body["occurrences"]] == [second.id]
    assert [row["email"] for row in api.listed(SERIES, occurrence_id=second.id)] == [
        "ada@example.com"
    ]
    assert api.listed(SERIES, occurrence_id=first.id) == []
    api.register("bob@example.com", SERIES)
    assert len(api.listed(SERIES, occurrence_id=first.id)) == 1


def test_an_occurrence_that_is_none(api: Api) -> None:
    assert error(api.register("ada@example.com", SERIES, query="?occurrence_ids=1"))[:2] == (
        404,
        3001,
    )


@pytest.mark.parametrize("refused", [True, False])
@pytest.mark.parametrize("action", ["deny", "cancel"])
def test_denied_people_stay_denied(
    api: Api, sim: Simulator, behave: Callable[..., None], action: str, refused: bool
) -> None:
    behave(single_refuses_denied=refused)
    api.register("ada@example.com")
    assert api.set_status(action, "ada@example.com").status_code == 204
    again = api.register("ada@example.com")
    if refused:
        assert error(again)[:2] == (400, 3000)
    else:
        assert again.status_code == 201
        assert "join_url" not in again.json()
    person = sim.world.find(EVENT, "ada@example.com")
    assert person is not None
    assert person.status == {"deny": "denied", "cancel": "cancelled"}[action]
    assert sim.world.tally(EVENT, "ada@example.com").mails == 1


def _change(**values: Any) -> Callable[[Simulator, str], None]:
    def apply(sim: Simulator, event_id: str) -> None:
        for name, value in values.items():
            setattr(sim.world.events[event_id], name, value)

    return apply


def _no_plan(sim: Simulator, event_id: str) -> None:
    sim.world.account.webinar_plan = False


def _basic_host(sim: Simulator, event_id: str) -> None:
    sim.world.host.type = 1


PAST = datetime(2020, 1, 1, tzinfo=UTC)
NO_HOSTING = (400, 3161, "hosting and scheduling are not allowed for your user account")


@pytest.mark.parametrize("batch", [True, False], ids=["batch", "single"])
@pytest.mark.parametrize(
    ("kind", "spoil", "expected"),
    [
        (
            "webinar",
            _no_plan,
            (
                400,
                200,
                (
                    "Webinar plan is missing. You must subscribe to the webinar plan and enable "
                    "webinar for this user: host@practice.example in order to perform this action."
                ),
            ),
        ),
        ("meeting", _change(hosting_allowed=False), NO_HOSTING),
        ("meeting", _basic_host, NO_HOSTING),
        (
            "webinar",
            _change(approval_type=2),
            (400, 3000, f"Registration not enabled for this webinar: {EVENT}"),
        ),
        (
            "meeting",
            _change(approval_type=2),
            (404, 404, f"Registration has not been enabled for this meeting: {SAMPLE_MEETING_ID}."),
        ),
        (
            "webinar",
            _change(paid=True),
            (400, 3000, "The Zoom REST API does not support paid registration."),
        ),
        (
            "webinar",
            _change(start=PAST),
            (400, 3038, "The webinar is over. You cannot register now."),
        ),
        ("meeting", _change(start=PAST), (400, 3038, "Meeting is over")),
    ],
)
def test_nobody_may_register(
    api: Api, sim: Simulator, batch: bool, kind: str, spoil: Any, expected: tuple[int, int, str]
) -> None:
    event = EVENT if kind == "webinar" else SAMPLE_MEETING_ID
    spoil(sim, event)
    if batch:
        response = api.batch(people("ada@example.com"), event, f"{kind}s")
    else:
        response = api.register("ada@example.com", event, f"{kind}s")
    assert error(response) == expected
    assert sim.world.registrants(event) == []
    assert sim.world.tally(event, "ada@example.com") == Tally()


@pytest.mark.parametrize("closed", [True, False])
def test_registration_may_close_when_the_event_begins(
    api: Api, sim: Simulator, closed: bool
) -> None:
    event = sim.world.events[EVENT]
    event.start = datetime.now(UTC) - timedelta(minutes=10)
    event.close_registration = closed
    assert api.register("ada@example.com").status_code == (400 if closed else 201)


@pytest.mark.parametrize("batch", [True, False], ids=["batch", "single"])
@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("restrict_number", (404, 3043, "Webinar has reached maximum attendee capacity.")),
        (
            "attendee_limit",
            (400, 3000, "You have reached the limit for the number of attendees you can add."),
        ),
    ],
)
def test_full_events(
    api: Api, sim: Simulator, batch: bool, limit: str, expected: tuple[int, int, str]
) -> None:
    setattr(sim.world.events[EVENT], limit, 2)
    assert api.batch(people("a@example.com", "b@example.com")).status_code == 201
    if batch:
        response = api.batch(people("a@example.com", "c@example.com"))
    else:
        response = api.register("c@example.com")
    assert error(response) == expected
    assert api.register("b@example.com").status_code == 201
    assert len(sim.world.registrants(EVENT)) == 2


FAIR = "81234567897"
TALKS = {"title": "Which talks will you attend?", "value": "Opening"}
PARKING = {"title": "Do you need a parking space?", "value": "Yes"}


@pytest.mark.parametrize(
    ("talks", "between", "status"),
    [
        ("Opening", "either", 201),
        ("Data, and what to do with it", "either", 201),
        ("Opening;Closing", "either", 201),
        ("Opening, Closing", "either", 201),
        ("Opening;Closing", ",", 400),
        ("Opening,Closing", ";", 400),
        ("Opening;Dinner", "either", 400),
    ],
)
def test_several_answers_to_one_question(
    api: Api, sim: Simulator, talks: str, between: Any, status: int
) -> None:
    sim.behaviour = replace(sim.behaviour, answers_between=between)
    answers = [TALKS | {"value": talks}, PARKING]
    answer = api.register("ada@example.com", FAIR, city="Bonn", custom_questions=answers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("no_of_employees", "21-50", "30"),
        ("purchasing_time_frame", "No timeframe", "soon"),
        ("role_in_purchase_process", "Decision Maker", "boss"),
        ("country", "DE", "Germany"),
    ],
)
def test_fields_with_answers_of_their_own(api: Api, name: str, good: str, bad: str) -> None:
    response = api.register("ada@example.com", **{name: bad})
    assert [each["field"] for each in response.json()["errors"]] == [name]
    assert api.register("ada@example.com", **{name: good}).status_code == 201


def test_one_registration_for_all_dates_asks_for_none(api: Api, sim: Simulator) -> None:
    series = sim.world.events[SERIES]
    series.registration_type = 1
    second = series.occurrences[1]
    body = api.register("ada@example.com", SERIES, query=f"?occurrence_ids={second.id}").json()
    assert len(body["occurrences"]) == 4
    assert api.get(f"/webinars/{SERIES}").json()["settings"]["registration_type"] == 1
