"""Ask Zoom about an event before anybody is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from zoomdesk.errors import EventUnusable
from zoomdesk.registration.dates import settle_dates
from zoomdesk.registration.journal import Journal
from zoomdesk.registration.lingering import settled_lists
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import read_lists
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import NO_REGISTRATION, Event, Listed, Questions

REGISTRABLE = {EventKind.WEBINAR: {5, 6, 9}, EventKind.MEETING: {2, 8}}
"""The types of event that take registrations at all (zoom/README.md sections 1 and 2)."""


_WITHOUT = {
    1: (
        "was started at once and takes no registrations",
        "Schedule it for a date, with registration required, and choose that one.",
    ),
    3: (
        "recurs without fixed times, and Zoom takes no registrations for such a meeting",
        "Give it fixed dates in Zoom, or choose another one.",
    ),
}
"""Why other types take nobody, and what to do (section 2: ``type``)."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """Hold an event, what its form asks for, and everybody on its three lists.

    ``dates`` are the occurrences, by ID, whose lists were read; none where all are one list.
    """

    event: Event
    questions: Questions
    listed: tuple[Listed, ...]
    dates: tuple[str, ...] = ()


def read_event(
    client: ZoomApi,
    ref: EventRef,
    *,
    dates: Sequence[str] = (),
    cancel: CancelToken | None = None,
    journal: Journal | None = None,
) -> Preflight:
    """Read what a plan needs to know.

    ``dates`` are the IDs of the occurrences that people will be registered for, none for all. With
    ``journal`` the lists are good for sending: they are read after any call that was left under way
    (see lingering). Raises EventUnusable for an event that cannot take registrations, UsageError
    for a date that it does not have, Cancelled, JournalError, and the client's errors.
    """
    event = client.event(ref, cancel=cancel)
    check_usable(event)
    settled = settle_dates(event, dates)
    questions = client.questions(ref, cancel=cancel)
    if journal is None:
        listed = read_lists(client, ref, cancel, settled)
    else:
        listed = settled_lists(client, ref, journal, cancel=cancel, dates=settled)
    return Preflight(event, questions, listed, settled)


def check_usable(event: Event, now: datetime | None = None) -> None:
    """Raise EventUnusable where it is certain that Zoom will register nobody."""
    kind, name = event.ref.kind, f"“{event.topic}”"
    if event.type not in REGISTRABLE[kind]:
        why, hint = _WITHOUT.get(
            event.type, ("is of a type that takes no registrations", f"Choose a scheduled {kind}.")
        )
        raise EventUnusable(f"The {kind} {name} {why}.", hint=hint)
    if event.approval_type == NO_REGISTRATION:
        raise EventUnusable(
            f"Registration is turned off for the {kind} {name}.",
            hint="Turn it on in Zoom (Registration: Required), then try again.",
        )
    now = now or datetime.now(UTC)
    if event.end is not None and event.end <= now:
        raise EventUnusable(
            f"The {kind} {name} was over on {event.end:%d %B %Y}.",
            hint="Choose an event that is still to come. Past links can still be fetched.",
        )
