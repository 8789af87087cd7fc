"""Decide who may register: the rules that the single and the batch call share."""

from __future__ import annotations

import secrets

from . import refusals
from .entries import Entry
from .events import SITE
from .exchange import Exchange
from .limits import registrant_error
from .model import MANUAL, NO_REGISTRATION, Event, Registrant, Status, email_key
from .wire import ZoomError

PRIVATE_DOMAINS = {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com"}


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


def shows_link(exchange: Exchange, person: Registrant) -> bool:
    """Return whether answers hold this person's join link."""
    if person.status == "pending":
        return exchange.behaviour.pending_rows_have_join_url
    return person.status == "approved"


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
