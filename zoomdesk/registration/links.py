"""Fetch the links of people who are registered already; register nobody."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from zoomdesk.registration import wording
from zoomdesk.registration.lifecycle.fates import Why
from zoomdesk.registration.lifecycle.known import Lists, Subject
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import from_list, read_lists
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef

_NOBODY = {
    Why.HIDDEN: wording.HIDDEN,
    Why.UNLISTED: wording.NOT_LISTED,
    Why.OTHER: wording.NOT_LISTED,
}


def fetch_links(
    people: Sequence[Person],
    ref: EventRef,
    client: ZoomApi,
    *,
    ids: Mapping[int, str] | None = None,
    cancelled: Container[int] = (),
    cancel: CancelToken | None = None,
) -> tuple[Outcome, ...]:
    """Read the event's lists and return what they say about each person, in the same order.

    ``ids`` are the registrant IDs that stand in rows: they find people whose address Zoom hides.
    ``cancelled`` are rows that say so of themselves: Zoom lists these people among the denied.
    Raises Cancelled and the client's errors.
    """
    lists = Lists.of(read_lists(client, ref, cancel))
    subjects = (Subject(person, (ids or {}).get(person.row, "")) for person in people)
    found = (_outcome(subject, lists) for subject in subjects)
    return tuple(
        replace(each, status=Status.CANCELLED, message="")
        if each.status is Status.DENIED and each.row in cancelled
        else each
        for each in found
    )


def _outcome(subject: Subject, lists: Lists) -> Outcome:
    person, found = subject.person, lists.find(subject)
    if not isinstance(found, Why):
        return from_list(person, found, ours=True)
    if found is Why.NO_ADDRESS:
        return Outcome(person.row, person.email, Status.SKIPPED, message=wording.NO_ADDRESS)
    return Outcome(person.row, person.email, Status.NOT_SENT, message=_NOBODY[found])
