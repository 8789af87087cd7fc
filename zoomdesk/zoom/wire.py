"""Read Zoom's answers into models, and write registrants the way Zoom takes them.

Reading is tolerant: unknown keys are ignored, missing ones are fine, a value of another type than
expected counts as missing. Shapes: zoom/README.md sections 1 and 2, and its samples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import (
    NO_REGISTRATION,
    Answer,
    CustomQuestion,
    Event,
    EventSummary,
    Listed,
    ListedStatus,
    Occurrence,
    Questions,
    Registrant,
    StatusAction,
    User,
)

Object = dict[str, Any]


def user(body: Object) -> User:
    """Read GET /users/me."""
    name = _text(body, "display_name") or " ".join(
        filter(None, (_text(body, "first_name"), _text(body, "last_name")))
    )
    return User(
        id=identifier(body.get("id")),
        email=_text(body, "email"),
        display_name=name,
        account_id=identifier(body.get("account_id")),
        timezone=_text(body, "timezone"),
    )


def summary(kind: EventKind, row: Object) -> EventSummary:
    """Read one row of GET /users/me/webinars or /meetings."""
    return EventSummary(**_summary_values(kind, row))


def event(kind: EventKind, body: Object) -> Event:
    """Read GET /webinars/{id} or /meetings/{id}."""
    settings = _object(body, "settings")
    return Event(
        **_summary_values(kind, body),
        approval_type=_number(settings, "approval_type", NO_REGISTRATION),
        capacity=_number(settings, "registrants_restrict_number"),
        host_email=_text(body, "host_email"),
        alternative_hosts=_addresses(settings.get("alternative_hosts")),
        closes_registration=settings.get("close_registration") is True,
        confirmation_email=settings.get("registrants_confirmation_email") is not False,
        email_notification=_flag(settings, "registrants_email_notification"),
        registration_url=_text(body, "registration_url"),
        occurrences=tuple(_occurrence(row) for row in objects(body, "occurrences")),
        registration_type=_number(settings, "registration_type"),
    )


def questions(body: Object) -> Questions:
    """Read GET .../registrants/questions."""
    asked = {
        _text(row, "field_name"): row.get("required") is True for row in objects(body, "questions")
    }
    custom = (
        CustomQuestion(
            title=_text(row, "title"),
            type=_text(row, "type"),
            required=row.get("required") is True,
            answers=tuple(each for each in _list(row, "answers") if isinstance(each, str)),
        )
        for row in objects(body, "custom_questions")
    )
    asked.pop("", None)
    return Questions(asked, tuple(each for each in custom if each.title))


def listed(row: Object, status: ListedStatus) -> Listed:
    """Read one row of GET .../registrants; ``status`` is what was asked for."""
    said = _text(row, "status")
    return Listed(
        id=identifier(row.get("id") or row.get("registrant_id")),
        email=_text(row, "email"),
        first_name=_text(row, "first_name"),
        last_name=_text(row, "last_name"),
        status=said if said in ("approved", "pending", "denied") else status,  # type: ignore[arg-type]  # mypy does not narrow str to a Literal by "in"
        join_url=_text(row, "join_url"),
        created=moment(row.get("create_time")),
    )


def answer(row: Object, email: str = "") -> Answer:
    """Read one row of a batch's answer, or the answer of a single call made for ``email``.

    The ``id`` of a single call's answer is the event's, not the person's.
    """
    return Answer(
        email=_text(row, "email") or email,
        registrant_id=identifier(row.get("registrant_id")),
        join_url=_text(row, "join_url"),
    )


def registrant(person: Registrant, *, single: bool) -> Object:
    """Write a person as Zoom takes them; a batch has room for address and names only."""
    values: Object = {"email": person.email, "first_name": person.first_name}
    if person.last_name:
        values["last_name"] = person.last_name
    if single:
        values |= {name: value for name, value in person.extra.items() if value}
        custom = [{"title": title, "value": value} for title, value in person.custom.items()]
        if custom:
            values["custom_questions"] = custom
    return values


def batch(people: Sequence[Registrant], **flags: bool | None) -> Object:
    """Write the body of a batch; flags that are None are left to Zoom."""
    said = {name: flag for name, flag in flags.items() if flag is not None}
    return {**said, "registrants": [registrant(person, single=False) for person in people]}


def status_change(action: StatusAction, people: Sequence[Listed]) -> Object:
    """Write the body of PUT .../registrants/status; a masked address is nobody's and stays out."""
    named = (
        {"id": each.id} | ({"email": each.email} if "*" not in each.email else {})
        for each in people
    )
    return {"action": action, "registrants": list(named)}


def as_form(body: Object) -> list[tuple[str, tuple[None, str]]]:
    """Write a batch's body as the parts of the legacy multipart form (zoom/README.md section 1)."""
    return [
        (name, (None, json.dumps(value, ensure_ascii=False, separators=(",", ":"))))
        for name, value in body.items()
    ]


def moment(value: object) -> datetime | None:
    """Read ``2026-03-22T05:59:09Z`` or .NET's ``2026-03-22T05:59:09.0000000+00:00`` into UTC."""
    if not isinstance(value, str):
        return None
    try:
        # Seven digits of a second: fromisoformat cuts what is finer than a microsecond.
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    # A time without a zone is taken for UTC: Zoom's times are.
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def identifier(value: object) -> str:
    """Return an ID as text, whatever type it came in."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value))


def objects(body: Object, name: str) -> list[Object]:
    """Return the objects of a list, leaving out whatever else is in it."""
    return [row for row in _list(body, name) if isinstance(row, dict)]


def _summary_values(kind: EventKind, row: Object) -> Object:
    return {
        "ref": EventRef(kind, identifier(row.get("id"))),
        "topic": _text(row, "topic"),
        "start": moment(row.get("start_time")),
        "duration_minutes": _number(row, "duration"),
        "type": _number(row, "type"),
        "timezone": _text(row, "timezone"),
    }


def _occurrence(row: Object) -> Occurrence:
    return Occurrence(
        id=identifier(row.get("occurrence_id")),
        start=moment(row.get("start_time")),
        duration_minutes=_number(row, "duration"),
        status=_text(row, "status"),
    )


def _addresses(value: object) -> tuple[str, ...]:
    """Read ``a@x.example;b@x.example``; commas and lists are met, too."""
    parts: Iterable[object] = (
        value if isinstance(value, list) else re.split("[;,]", str(value or ""))
    )
    return tuple(each.strip() for each in parts if isinstance(each, str) and each.strip())


def _text(body: Object, name: str) -> str:
    value = body.get(name)
    # Zoom's published example has a leading space in join_url (zoom/README.md section 1).
    return value.strip() if isinstance(value, str) else ""


def _number(body: Object, name: str, default: int = 0) -> int:
    value = body.get(name)
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return int(value) if isinstance(value, int | float) else default


def _flag(body: Object, name: str) -> bool | None:
    value = body.get(name)
    return value if isinstance(value, bool) else None


def _list(body: Object, name: str) -> list[Any]:
    value = body.get(name)
    return value if isinstance(value, list) else []


def _object(body: Object, name: str) -> Object:
    value = body.get(name)
    return value if isinstance(value, dict) else {}
