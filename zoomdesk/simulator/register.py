"""Register one person with all fields: the single call (zoom/README.md section 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from werkzeug.wrappers import Response

from . import refusals
from .entries import read_custom_answers, read_entry, unanswered
from .events import show_occurrence
from .exchange import Exchange
from .model import AUTOMATIC, ONCE_FOR_ALL, Event, Occurrence, Registrant
from .rules import (
    check_allowance,
    check_room,
    check_work_email,
    enrol,
    gate,
    is_host,
    shows_link,
    use_allowance,
)
from .wire import invalid, reply, zoom_time


def add_registrant(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer POST .../registrants: one person with all fields."""
    event = exchange.event(plural, event_id)
    values = exchange.json_object()
    entry, wrong = read_entry(values)
    exchange.emails.append(entry.email)
    gate(exchange, event)
    occurrences = _occurrences(exchange, event)
    entry.custom_answers, badly_answered = read_custom_answers(
        event, values, exchange.behaviour.answers_between
    )
    wrong += badly_answered
    wrong += [name for name in unanswered(event, entry) if name not in wrong]
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


def _occurrences(exchange: Exchange, event: Event) -> list[Occurrence]:
    wanted = exchange.request.args.get("occurrence_ids", "")
    if not wanted or event.registration_type == ONCE_FOR_ALL:
        return list(event.occurrences)
    known = {each.id: each for each in event.occurrences}
    names = [name.strip() for name in wanted.split(",")]
    for name in names:
        if name not in known:
            raise refusals.no_event(f"{event.kind} occurrence", name)
    return [known[name] for name in names]
