"""List, look up, delete registrants, and change their status."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
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
    people = exchange.world.people(event.id)
    if lag := exchange.behaviour.list_lag_seconds:
        until = exchange.now - timedelta(seconds=lag)
        people = [_as_of(each, until) for each in people if each.created <= until]
    if occurrence := exchange.request.args.get("occurrence_id", ""):
        people = [_on_date(each, occurrence) for each in people if occurrence in each.occurrences]
    people = [each for each in people if each.status in shown]
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
    left = [each for each in person.occurrences if each != _date(exchange, event)]
    if left and len(left) < len(person.occurrences):
        exchange.world.put(event.id, replace(person, occurrences=left))
    else:
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
    date = _date(exchange, event)
    people = [each for each in people if _in_turn(exchange, _on_date(each, date), status)]
    for person in people:
        _check_allowance(exchange, event, person)
    newly = sum(person.status not in ("approved", "pending") for person in people)
    taken = exchange.world.seats_taken(event.id)
    if status == "approved" and event.restrict_number and taken + newly > event.restrict_number:
        raise refusals.full_for_approval()
    for person in people:
        exchange.world.use("status", event.id, person.email, exchange.today)
        if not exchange.behaviour.status_changes_lost:
            _change(exchange, event, person, status)
    return no_content()


def _change(exchange: Exchange, event: Event, person: Registrant, status: Status) -> None:
    """Give a person another status; where the query names a date, for that date only."""
    if status == "approved" and person.status != "approved" and event.confirmation_email:
        exchange.world.count(event.id, person.email, "mails")
    after = replace(
        person, status=status, on_dates={}, was=person.status, changed=exchange.now.isoformat()
    )
    if date := _date(exchange, event):
        dates = sorted({*person.occurrences, date})
        on_dates = person.on_dates | {date: status}
        alike = all(on_dates.get(each, person.status) == status for each in dates)
        whole = status if alike else person.status
        after = replace(after, status=whole, on_dates=on_dates, occurrences=dates)
    exchange.world.put(event.id, after)


def _date(exchange: Exchange, event: Event) -> str:
    """Return the occurrence that the query names, empty for none.

    :raises ZoomError: 3001 for one that the event does not have.
    """
    occurrence = exchange.request.args.get("occurrence_id", "")
    if occurrence and occurrence not in {each.id for each in event.occurrences}:
        raise refusals.no_event(f"{event.kind} occurrence", occurrence)
    return occurrence


def _on_date(person: Registrant, occurrence: str) -> Registrant:
    """Return the person as one date's list shows them."""
    return replace(person, status=person.on_dates.get(occurrence, person.status))


def _in_turn(exchange: Exchange, person: Registrant, status: Status) -> bool:
    """Return whether the change is carried out for this person.

    :raises ZoomError: 300, where changes out of turn are refused.
    """
    approved = person.status == "approved"
    out_of_turn = (status == "cancelled" and not approved) or (status == "denied" and approved)
    if out_of_turn and exchange.behaviour.status_out_of_turn == "refused":
        raise invalid("action")
    return not out_of_turn or exchange.behaviour.status_out_of_turn == "applied"


def _as_of(person: Registrant, until: datetime) -> Registrant:
    """Return the person as a list shows them that lags behind."""
    if person.changed and datetime.fromisoformat(person.changed) > until:
        was: Any = person.was
        return replace(person, status=was)
    return person


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
        elif exchange.behaviour.status_unknown_refused:
            raise refusals.no_registrant(registrant_id or email)
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
