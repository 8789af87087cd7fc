from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from zoomdesk.zoom import wire
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import Answer, Event, Listed, Registrant

WEBINAR, MEETING = EventKind.WEBINAR, EventKind.MEETING


def sample(shared: Path, name: str) -> dict[str, Any]:
    path = shared / "zoom" / "samples" / f"{name}.json"
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body


def test_user(shared: Path) -> None:
    found = wire.user(sample(shared, "users-{userId}_GET"))
    assert found.id == "zJKyaiAyTNC-MWjiWC18KQ"
    assert (found.email, found.display_name) == ("jchill@example.com", "Jill Chill")
    assert (found.account_id, found.timezone) == ("q6gBJVO5TzexKYTb_I2rpg", "Asia/Shanghai")


def test_user_without_a_display_name() -> None:
    assert wire.user({"first_name": "Ann", "last_name": "Ng"}).display_name == "Ann Ng"
    assert wire.user({"first_name": "Ann"}).display_name == "Ann"


@pytest.mark.parametrize(
    ("kind", "number", "topic", "event_type"),
    [(WEBINAR, "1234567890", "My Webinar", 9), (MEETING, "97763643886", "My Meeting", 2)],
)
def test_list_of_events(
    shared: Path, kind: EventKind, number: str, topic: str, event_type: int
) -> None:
    body = sample(shared, f"users-{{userId}}-{kind.path}_GET")
    (row,) = wire.objects(body, kind.path)
    found = wire.summary(kind, row)
    assert (found.ref, found.topic) == (EventRef(kind, number), topic)
    assert (found.type, found.duration_minutes) == (event_type, 60)
    assert found.timezone == "America/Los_Angeles"
    assert found.start is not None
    assert found.start.tzinfo is UTC


def test_webinar(shared: Path) -> None:
    found = wire.event(WEBINAR, sample(shared, "webinars-{webinarId}_GET"))
    assert found.ref == EventRef(WEBINAR, "97871060099")
    assert found.start == datetime(2022, 3, 26, 7, 18, 32, tzinfo=UTC)
    assert (found.approval_type, found.capacity, found.closes_registration) == (0, 100, True)
    assert (found.host_email, found.confirmation_email) == ("jchill@example.com", True)
    assert found.alternative_hosts == ("jchill@example.com",)
    assert found.registration_url.startswith("https://example.com/webinar/register/")
    assert [each.id for each in found.occurrences] == ["1648194360000"]
    assert found.end == datetime(2022, 3, 25, 8, 46, tzinfo=UTC)
    assert found.takes_batches


def test_meeting(shared: Path) -> None:
    found = wire.event(MEETING, sample(shared, "meetings-{meetingId}_GET"))
    assert found.ref == EventRef(MEETING, "97763643886")
    assert found.alternative_hosts == ("jchill@example.com", "thill@example.com")
    assert (found.capacity, found.closes_registration, found.takes_batches) == (0, False, True)


def test_event_with_next_to_nothing() -> None:
    found = wire.event(WEBINAR, {"id": 81234567890, "settings": None, "occurrences": [7, {}]})
    assert isinstance(found, Event)
    assert found.ref.id == "81234567890"
    assert (found.start, found.topic, found.approval_type) == (None, "", 2)
    assert found.confirmation_email
    assert found.end is None
    assert not found.takes_batches


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a@x.example; b@x.example ;", ("a@x.example", "b@x.example")),
        ("a@x.example,b@x.example", ("a@x.example", "b@x.example")),
        (["a@x.example", 7, ""], ("a@x.example",)),
        ("", ()),
        (None, ()),
    ],
)
def test_alternative_hosts(value: object, found: tuple[str, ...]) -> None:
    event = wire.event(WEBINAR, {"settings": {"alternative_hosts": value}})
    assert event.alternative_hosts == found


@pytest.mark.parametrize("kind", ["webinars-{webinarId}", "meetings-{meetingId}"])
def test_questions(shared: Path, kind: str) -> None:
    found = wire.questions(sample(shared, f"{kind}-registrants-questions_GET"))
    assert found.required == {"last_name"}
    assert found.custom_required == ("How are you?",)
    assert found.custom[0].answers == ("Good",)


def test_questions_that_may_be_left_open() -> None:
    found = wire.questions(
        {
            "questions": [{"field_name": "org", "required": False}, {"required": True}],
            "custom_questions": [{"title": "Why?", "required": False}, {"required": True}],
        }
    )
    assert dict(found.asked) == {"org": False}
    assert (found.required, found.custom_required) == (frozenset(), ())
    assert wire.questions({}).required == frozenset()


@pytest.mark.parametrize("kind", ["webinars-{webinarId}", "meetings-{meetingId}"])
def test_listed(shared: Path, kind: str) -> None:
    (row,) = wire.objects(sample(shared, f"{kind}-registrants_GET"), "registrants")
    assert wire.listed(row, "approved") == Listed(
        id="9tboDiHUQAeOnbmudzWa5g",
        email="jchill@example.com",
        first_name="Jill",
        last_name="Chill",
        status="approved",
        join_url="https://example.com/j/11111",
        created=datetime(2022, 3, 22, 5, 59, 9, tzinfo=UTC),
    )


def test_listed_without_a_status_has_the_lists() -> None:
    assert wire.listed({"email": "a@x.example"}, "pending").status == "pending"
    assert wire.listed({"status": "odd"}, "denied").status == "denied"


@pytest.mark.parametrize("kind", ["webinars-{webinarId}", "meetings-{meetingId}"])
def test_answers(shared: Path, kind: str) -> None:
    (row,) = wire.objects(sample(shared, f"{kind}-batch_registrants_POST"), "registrants")
    assert wire.answer(row).email == "jchill@example.com"
    assert wire.answer(row).join_url == "https://example.com/j/11111"
    single = wire.answer(sample(shared, f"{kind}-registrants_POST"), "sent@x.example")
    assert single.email == "sent@x.example"
    assert single.registrant_id == "fdgsfh2ey82fuh"


def test_published_example_has_a_space_before_the_link(shared: Path) -> None:
    path = shared / "zoom" / "batch_registrants.postman_collection.json"
    collection = json.loads(path.read_text(encoding="utf-8"))
    body = json.loads(collection["item"][0]["response"][0]["body"])
    rows = wire.objects(body, "registrants")
    assert all(row["join_url"].startswith(" ") for row in rows)
    assert [wire.answer(row).join_url[:18] for row in rows] == ["https://zoom.us/w/"] * 3


def test_answer_without_a_link() -> None:
    assert wire.answer({"email": "a@x.example", "registrant_id": 7, "join_url": None}) == Answer(
        "a@x.example", "7", ""
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-22T05:59:09Z", datetime(2026, 3, 22, 5, 59, 9, tzinfo=UTC)),
        ("2026-03-22T05:59:09.0000000+00:00", datetime(2026, 3, 22, 5, 59, 9, tzinfo=UTC)),
        ("2026-03-22T05:59:09.1234567Z", datetime(2026, 3, 22, 5, 59, 9, 123456, tzinfo=UTC)),
        ("2026-03-22T05:59:09+02:00", datetime(2026, 3, 22, 3, 59, 9, tzinfo=UTC)),
        ("2026-03-22T05:59:09", datetime(2026, 3, 22, 5, 59, 9, tzinfo=UTC)),
        ("tomorrow", None),
        ("", None),
        (1647928749, None),
        (None, None),
    ],
)
def test_moment(text: object, found: datetime | None) -> None:
    assert wire.moment(text) == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (85746065, "85746065"),
        (97763643886.0, "97763643886"),
        (" 97763643886 ", "97763643886"),
        (None, ""),
        (True, ""),
        ([1], ""),
    ],
)
def test_identifier_is_text(value: object, text: str) -> None:
    assert wire.identifier(value) == text


def test_registrant_of_a_batch_has_address_and_names_only() -> None:
    person = Registrant("a@x.example", "Ann", "", {"org": "Office"}, {"Why?": "Because"})
    assert wire.registrant(person, single=False) == {"email": "a@x.example", "first_name": "Ann"}


def test_registrant_of_a_single_call_has_everything_but_empty_fields() -> None:
    person = Registrant("a@x.example", "Ann", "Ng", {"org": "Office", "city": ""}, {"Why?": "So"})
    assert wire.registrant(person, single=True) == {
        "email": "a@x.example",
        "first_name": "Ann",
        "last_name": "Ng",
        "org": "Office",
        "custom_questions": [{"title": "Why?", "value": "So"}],
    }


def test_form_has_the_published_parts() -> None:
    body = wire.batch([Registrant("a@x.example", "Änn")], auto_approve=True, unsaid=None)
    assert wire.as_form(body) == [
        ("auto_approve", (None, "true")),
        ("registrants", (None, '[{"email":"a@x.example","first_name":"Änn"}]')),
    ]


def test_end_is_that_of_the_last_occurrence() -> None:
    rows = [
        {"occurrence_id": "2", "start_time": "2026-05-08T10:00:00Z", "duration": 30},
        {"occurrence_id": "1", "start_time": "2026-05-01T10:00:00Z", "duration": 30},
    ]
    found = wire.event(MEETING, {"occurrences": rows, "start_time": "2026-05-01T10:00:00Z"})
    assert found.end == datetime(2026, 5, 8, 10, 30, tzinfo=UTC)
    single = wire.event(MEETING, {"start_time": "2026-05-01T10:00:00+02:00", "duration": "45"})
    east = timezone(timedelta(hours=2))
    assert single.end == datetime(2026, 5, 1, 10, 45, tzinfo=east)
