"""Ask Zoom about an event before anybody is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from zoomdesk.errors import EventUnusable
from zoomdesk.registration.journal import Journal
from zoomdesk.registration.lingering import settled_lists
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import read_lists
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import NO_REGISTRATION, Event, Listed, Questions

REGISTRABLE = {EventKind.WEBINAR: {5, 6, 9}, EventKind.MEETING: {2, 8}}
"""The types of event that take registrations at all (zoom/README.md sections 1 and 2)."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """Hold an event, what its form asks for, and everybody on its three lists."""

    event: Event
    questions: Questions
    listed: tuple[Listed, ...]


def read_event(
    client: ZoomApi,
    ref: EventRef,
    *,
    cancel: CancelToken | None = None,
    journal: Journal | None = None,
) -> Preflight:
    """Read what a plan needs to know.

    With ``journal`` the lists are good for sending: they are read after any call that was left
    under way (see lingering). Raises EventUnusable for an event that cannot take registrations,
    Cancelled, JournalError, and the client's errors.
    """
    event = client.event(ref, cancel=cancel)
    check_usable(event)
    questions = client.questions(ref, cancel=cancel)
    if journal is None:
        return Preflight(event, questions, read_lists(client, ref, cancel))
    return Preflight(event, questions, settled_lists(client, ref, journal, cancel=cancel))


def check_usable(event: Event, now: datetime | None = None) -> None:
    """Raise EventUnusable where it is certain that Zoom will register nobody."""
    kind, name = event.ref.kind, f"“{event.topic}”"
    if event.type not in REGISTRABLE[kind]:
        raise EventUnusable(
            f"The {kind} {name} is of a type that takes no registrations.",
            hint=f"Choose a scheduled {kind}.",
        )
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
