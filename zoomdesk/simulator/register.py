"""Register one person: the rules that single and batch registration share, and the single call."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.wrappers import Response

from . import refusals
from .events import SITE, show_occurrence
from .exchange import Exchange
from .limits import registrant_error
from .model import (
    AUTOMATIC,
    MANUAL,
    NO_REGISTRATION,
    Event,
    Occurrence,
    Registrant,
    Status,
    email_key,
)
from .wire import ZoomError, invalid, reply, zoom_time

ANSWERS = (
    "address",
    "city",
    "comments",
    "country",
    "industry",
    "job_title",
    "no_of_employees",
    "org",
    "phone",
    "purchasing_time_frame",
    "role_in_purchase_process",
    "state",
    "zip",
    "language",
)
"""Zoom's optional fields; only the single call carries them."""

LONGEST = {"email": 128, "first_name": 64, "last_name": 64}

PRIVATE_DOMAINS = {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com"}

_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@(?:[^\s@.<>(),;:\"\[\]\\_]+\.)+[^\s@.\d<>(),;:_]{2,}")


@dataclass
class Entry:
    """Hold one person as a request names them."""

    email: str
    first_name: str
    last_name: str
    answers: dict[str, str] = field(default_factory=dict)
    custom_answers: list[dict[str, str]] = field(default_factory=list)


def read_entry(values: dict[str, Any]) -> tuple[Entry, list[str]]:
    """Return the person of a JSON object, and the names of the fields that are wrong."""
    wrong = [
        name
        for name in (*LONGEST, *ANSWERS)
        if name in values and not isinstance(values[name], str)
    ]
    text = {name: "" if name in wrong else values.get(name, "") for name in LONGEST}
    email = text["email"].strip()
    if _EMAIL.fullmatch(email) is None and "email" not in wrong:
        wrong.append("email")
    if not text["first_name"].strip() and "first_name" not in wrong:
        wrong.append("first_name")
    wrong += [
        name for name, most in LONGEST.items() if len(text[name]) > most and name not in wrong
    ]
    if len(values.get("country", "")) not in (0, 2):
        wrong.append("country")
    answers = {name: values[name] for name in ANSWERS if name in values and name not in wrong}
    return Entry(email, text["first_name"].strip(), text["last_name"].strip(), answers), wrong


def gate(exchange: Exchange, event: Event) -> None:
    """Refuse when nobody at all may register for the event now.

    :raises ZoomError: 200, 3161, 3000, 404 or 3038.
    """
    if event.kind == "webinar" and not exchange.world.account.webinar_plan:
        raise refusals.no_webinar_plan(exchange.world.host)
    if not event.hosting_allowed or exchange.world.host.type == 1:
        raise refusals.hosting_not_allowed()
    if event.approval_type == NO_REGISTRATION:
        raise refusals.registration_off(event)
    if event.paid:
        raise refusals.paid_registration()
    closes = event.start if event.close_registration and not event.occurrences else event.end
    if exchange.now >= closes:
        raise refusals.over(event)


def check_room(exchange: Exchange, event: Event, newcomers: int) -> None:
    """Refuse when there are not places for this many more people.

    :raises ZoomError: 3043 or 3000.
    """
    if not newcomers or not (event.restrict_number or event.attendee_limit):
        return
    wanted = exchange.world.seats_taken(event.id) + newcomers
    if event.restrict_number and wanted > event.restrict_number:
        raise refusals.full()
    if event.attendee_limit and wanted > event.attendee_limit:
        raise refusals.attendee_limit()


def is_host(exchange: Exchange, event: Event, email: str) -> bool:
    """Return whether the address is the host's or an alternative host's."""
    hosts = (exchange.world.host.email, *event.alternative_hosts)
    return email_key(email) in {email_key(host) for host in hosts}


def check_work_email(event: Event, email: str) -> ZoomError | None:
    """Return the refusal of a private address where only work addresses may register."""
    if event.work_email_only and email_key(email).rpartition("@")[2] in PRIVATE_DOMAINS:
        return refusals.work_email()
    return None


def check_allowance(exchange: Exchange, event: Event, email: str, call: str) -> None:
    """Refuse a person whose requests of the UTC day are used up.

    :raises ZoomError: 429.
    """
    limit = exchange.behaviour.registrant_daily_limit
    used = exchange.world.used_today("registration", event.id, email, exchange.today)
    if limit and used >= limit:
        raise registrant_error(call, event.kind, email, exchange.now, exchange.behaviour)


def use_allowance(exchange: Exchange, event: Event, email: str) -> None:
    """Count one of the person's registration requests of the day."""
    exchange.world.use("registration", event.id, email, exchange.today)


def enrol(
    exchange: Exchange, event: Event, entry: Entry, *, approve: bool, mail: bool
) -> Registrant:
    """Register a person, or return the registration that the address already has.

    ``approve`` matters only for manual approval. Denied and cancelled people stay what they are
    (zoom/README.md section 5).
    """
    world = exchange.world
    person = world.find(event.id, entry.email)
    counts = ["submitted"]
    if person is None:
        status: Status = "approved"
        if event.approval_type == MANUAL and not approve:
            status = "pending"
        person = _newcomer(exchange, event, entry, status)
        world.put(event.id, person)
        counts.append("registered")
    if mail and person.status == "approved":
        counts.append("mails")
    world.count(event.id, entry.email, *counts)
    return person


def add_registrant(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer POST .../registrants: one person with all fields."""
    event = exchange.event(plural, event_id)
    values = exchange.json_object()
    entry, wrong = read_entry(values)
    exchange.emails.append(entry.email)
    gate(exchange, event)
    occurrences = _occurrences(exchange, event)
    entry.custom_answers, badly_answered = _custom_answers(event, values)
    wrong += badly_answered
    wrong += [name for name in _unanswered(event, entry) if name not in wrong]
    if wrong:
        raise invalid(*wrong)
    if is_host(exchange, event, entry.email):
        raise refusals.host_cannot_register()
    if refusal := check_work_email(event, entry.email):
        raise refusal
    check_allowance(exchange, event, entry.email, "register")
    use_allowance(exchange, event, entry.email)
    known = exchange.world.find(event.id, entry.email)
    check_room(exchange, event, 0 if known else 1)
    mail = event.confirmation_email
    person = enrol(exchange, event, entry, approve=event.approval_type == AUTOMATIC, mail=mail)
    if person.status in ("denied", "cancelled") and exchange.behaviour.single_refuses_denied:
        raise refusals.denied()
    if event.occurrences:
        booked = {*person.occurrences, *(each.id for each in occurrences)}
        exchange.world.put(event.id, replace(person, occurrences=sorted(booked)))
    return reply(_single_answer(exchange, event, person, occurrences), 201)


def shows_link(exchange: Exchange, person: Registrant) -> bool:
    """Return whether answers hold this person's join link."""
    if person.status == "pending":
        return exchange.behaviour.pending_rows_have_join_url
    return person.status == "approved"


def _single_answer(
    exchange: Exchange, event: Event, person: Registrant, occurrences: list[Occurrence]
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": int(event.id),
        "registrant_id": person.id,
        "start_time": zoom_time(event.start),
        "topic": event.topic,
    }
    if shows_link(exchange, person):
        body["join_url"] = person.join_url
    if occurrences:
        body["occurrences"] = [show_occurrence(each) for each in occurrences]
    if event.kind == "meeting":
        body["participant_pin_code"] = person.pin
    return body


def _newcomer(exchange: Exchange, event: Event, entry: Entry, status: Status) -> Registrant:
    ticket = secrets.token_urlsafe(32)
    return Registrant(
        id=secrets.token_urlsafe(16),
        email=entry.email,
        first_name=entry.first_name,
        last_name=entry.last_name,
        status=status,
        created=exchange.now,
        join_url=f"{SITE}/w/{event.id}?tk={ticket}.DQcAAAA&uuid=WN_{secrets.token_urlsafe(16)}",
        pin=100_000 + secrets.randbelow(900_000),
        answers=entry.answers,
        custom_answers=entry.custom_answers,
    )


def _occurrences(exchange: Exchange, event: Event) -> list[Occurrence]:
    wanted = exchange.request.args.get("occurrence_ids", "")
    if not wanted:
        return list(event.occurrences)
    known = {each.id: each for each in event.occurrences}
    names = [name.strip() for name in wanted.split(",")]
    for name in names:
        if name not in known:
            raise refusals.no_event(f"{event.kind} occurrence", name)
    return [known[name] for name in names]


def _unanswered(event: Event, entry: Entry) -> list[str]:
    # last_name is required on Zoom's form by default, yet its API takes people without one.
    return [
        question.field_name
        for question in event.questions
        if question.required
        and question.field_name != "last_name"
        and not entry.answers.get(question.field_name, "").strip()
    ]


def _custom_answers(event: Event, values: dict[str, Any]) -> tuple[list[dict[str, str]], list[str]]:
    """Return the answers to the host's own questions, and the field's name if they are wrong."""
    given = values.get("custom_questions", [])
    wrong = ["custom_questions"]
    if not isinstance(given, list):
        return [], wrong
    answers: dict[str, str] = {}
    for each in given:
        if not isinstance(each, dict):
            return [], wrong
        title, value = each.get("title"), each.get("value")
        if not isinstance(title, str) or not isinstance(value, str):
            return [], wrong
        answers[title] = value
    for question in event.custom_questions:
        value = answers.get(question.title, "")
        if not value.strip() and question.required:
            return [], wrong
        if question.type.startswith("single") and value and value not in question.answers:
            return [], wrong
    return [{"title": title, "value": value} for title, value in answers.items()], []
