"""Fetch the links of people who are registered already; register nobody."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from zoomdesk.registration import wording
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import Registry, from_list, read_lists
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef


def fetch_links(
    people: Sequence[Person],
    ref: EventRef,
    client: ZoomApi,
    *,
    cancelled: Container[int] = (),
    cancel: CancelToken | None = None,
) -> tuple[Outcome, ...]:
    """Read the event's lists and return what they say about each person, in the same order.

    ``cancelled`` are rows that say so of themselves: Zoom lists these people among the denied.
    Raises Cancelled and the client's errors.
    """
    registry = Registry.of(read_lists(client, ref, cancel))
    found = (_outcome(person, registry) for person in people)
    return tuple(
        replace(each, status=Status.CANCELLED, message="")
        if each.status is Status.DENIED and each.row in cancelled
        else each
        for each in found
    )


def _outcome(person: Person, registry: Registry) -> Outcome:
    if not emails.key(person.email):
        return Outcome(person.row, person.email, Status.SKIPPED, message=wording.NO_ADDRESS)
    listed = registry.find(person.email)
    if listed is not None:
        return from_list(person, listed, ours=True)
    message = wording.HIDDEN if registry.may_hide(person) else wording.NOT_LISTED
    return Outcome(person.row, person.email, Status.NOT_SENT, message=message)
