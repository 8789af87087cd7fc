"""List, look up, delete registrants, and change their status."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from werkzeug.wrappers import Response

from . import refusals
from .entries import ANSWERS
from .exchange import Exchange
from .limits import registrant_error
from .model import Event, Registrant, Status
from .paging import page
from .rules import shows_link
from .wire import ZoomError, invalid, no_content, reply, zoom_time

MOST = 30

_ACTIONS: dict[str, Status] = {"approve": "approved", "deny": "denied", "cancel": "cancelled"}


def list_registrants(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer GET .../registrants."""
    event = exchange.event(plural, event_id)
    status = exchange.request.args.get("status", "approved")
    if status not in ("pending", "approved", "denied"):
        raise invalid("status")
    shown: tuple[str, ...] = (status,)
    if status == "denied" and exchange.behaviour.cancelled_listed_as_denied:
        shown = ("denied", "cancelled")
    people = [each for each in exchange.world.people(event.id) if each.status in shown]
    if lag := exchange.behaviour.list_lag_seconds:
        shown_until = exchange.now - timedelta(seconds=lag)
        people = [each for each in people if each.created <= shown_until]
    if occurrence := exchange.request.args.get("occurrence_id", ""):
        people = [each for each in people if occurrence in each.occurrences]
    return reply(page(exchange, "registrants", people, lambda each: _show(exchange, event, each)))


def get_registrant(exchange: Exchange, plural: str, event_id: str, registrant_id: str) -> Response:
    """Answer GET .../registrants/{registrantId}."""
    event = exchange.event(plural, event_id)
    person = exchange.world.find_by_id(event.id, registrant_id)
    if person is None:
        raise refusals.no_registrant(registrant_id)
    body = _show(exchange, event, person)
    if event.kind == "webinar":
        body["language"] = person.answers.get("language", "")
    return reply(body)


def delete_registrant(
    exchange: Exchange, plural: str, event_id: str, registrant_id: str
) -> Response:
    """Answer DELETE .../registrants/{registrantId}."""
    event = exchange.event(plural, event_id)
    person = exchange.world.find_by_id(event.id, registrant_id)
    if person is None:
        raise refusals.no_registrant(registrant_id)
    exchange.world.drop(event.id, person.email)
    return no_content()


def set_status(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer PUT .../registrants/status.

    People who are not found are passed over: the 204 proves nothing (section 2).
    """
    event = exchange.event(plural, event_id)
    body = exchange.json_object()
    action = body.get("action")
    if not isinstance(action, str) or action not in _ACTIONS:
        raise invalid("action")
    people = _named(exchange, event, body.get("registrants"))
    status = _ACTIONS[action]
    for person in people:
        _check_allowance(exchange, event, person)
    newly = sum(person.status not in ("approved", "pending") for person in people)
    taken = exchange.world.seats_taken(event.id)
    if status == "approved" and event.restrict_number and taken + newly > event.restrict_number:
        raise refusals.full_for_approval()
    for person in people:
        exchange.world.use("status", event.id, person.email, exchange.today)
        if status == "approved" and person.status != "approved" and event.confirmation_email:
            exchange.world.count(event.id, person.email, "mails")
        exchange.world.put(event.id, replace(person, status=status))
    return no_content()


def _named(exchange: Exchange, event: Event, listed: Any) -> list[Registrant]:
    """Return the people whom a status change names by ID or by address."""
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST:
        raise invalid("registrants")
    people: dict[str, Registrant] = {}
    for each in listed:
        if not isinstance(each, dict):
            raise invalid("registrants")
        registrant_id, email = str(each.get("id") or ""), str(each.get("email") or "")
        exchange.emails.append(email)
        person = exchange.world.find_by_id(event.id, registrant_id)
        person = person or exchange.world.find(event.id, email)
        if person is not None:
            people[person.id] = person
    return list(people.values())


def _check_allowance(exchange: Exchange, event: Event, person: Registrant) -> None:
    limit = exchange.behaviour.status_daily_limit
    used = exchange.world.used_today("status", event.id, person.email, exchange.today)
    if limit and used >= limit:
        error: ZoomError = registrant_error(
            "status", event.kind, person.email, exchange.now, exchange.behaviour
        )
        raise error


def _show(exchange: Exchange, event: Event, person: Registrant) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": person.id,
        "email": _email(exchange, person),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "status": "denied" if person.status == "cancelled" else person.status,
        "create_time": zoom_time(person.created),
        "custom_questions": person.custom_answers,
    }
    row |= {name: person.answers.get(name, "") for name in ANSWERS if name != "language"}
    if shows_link(exchange, person):
        row["join_url"] = person.join_url
    if event.kind == "meeting":
        row["participant_pin_code"] = person.pin
    return row


def _email(exchange: Exchange, person: Registrant) -> str:
    """Return the address, masked if lists hide those of guests (section 5)."""
    name, _, domain = person.email.partition("@")
    home = exchange.world.host.email.partition("@")[2]
    if exchange.behaviour.mask_guest_emails and domain.lower() != home:
        return f"{name[:1]}***@{domain}"
    return person.email
