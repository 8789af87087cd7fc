"""Say what of an event matters before people are registered for it; plain values, no sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from zoomdesk.registration.dates import open_dates
from zoomdesk.registration.form import form_of
from zoomdesk.registration.preflight import Preflight
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Topic
from zoomdesk.zoom.models import MANUAL, ListedStatus, Occurrence


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold them. ``left`` is None where no limit of places is known; ``hosts`` are addresses.

    ``dates`` are those still to come of a recurring event, ``chosen_dates`` the IDs of those that
    the lists were read for: ``counts`` are of the people who are on the lists of all of these.
    ``asked`` is what the form asks beyond address and name, and ``required`` those of them that
    must be answered.
    """

    counts: Counter[ListedStatus]
    capacity: int
    left: int | None
    by_hand: bool
    mails: bool
    closes: bool
    hosts: tuple[str, ...]
    recurs: bool
    dates: tuple[Occurrence, ...]
    chosen_dates: tuple[str, ...]
    asked: tuple[Topic, ...]
    required: tuple[Topic, ...]


def facts_of(found: Preflight) -> Facts:
    """Return what is known of an event that was read."""
    event, form = found.event, form_of(found.questions)
    counts = Counter(each.status for each in found.listed)
    hosts = (event.host_email, *event.alternative_hosts)
    return Facts(
        counts,
        event.capacity,
        # How many hold a place is known of the whole event only.
        max(0, event.capacity - counts["approved"] - counts["pending"])
        if event.capacity and not found.dates
        else None,
        event.approval_type == MANUAL,
        event.confirmation_email,
        event.closes_registration,
        tuple({emails.key(host): host for host in hosts if host}.values()),
        event.recurs,
        open_dates(event),
        found.dates,
        form.topics,
        tuple(topic for topic in form.topics if form.requires(topic)),
    )
