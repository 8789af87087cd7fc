"""Hold what Zoom says, as plain values.

IDs are text, times are aware and in UTC, durations are minutes. ``""`` stands for what Zoom left
out, None for a time that it left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from zoomdesk.zoom.events import EventRef

ListedStatus = Literal["approved", "pending", "denied"]

StatusAction = Literal["approve", "deny", "cancel"]
"""What may be done with people on the lists; cancelled ones are listed among the denied."""

AUTOMATIC, MANUAL, NO_REGISTRATION = 0, 1, 2
"""The values of ``Event.approval_type``."""

ONCE_FOR_ALL, EACH_APART, ONCE_FOR_SOME = 1, 2, 3
"""The values of ``Event.registration_type``: for all dates, for each apart, for those chosen."""

RECURRING = {"webinar": {6, 9}, "meeting": {3, 8}}
"""The types that recur; the first of each has no fixed dates (zoom/README.md section 2)."""

BATCH_TYPES = {"webinar": 5, "meeting": 2}
"""The only type of each kind that takes batches (zoom/README.md section 1)."""

BATCH_LIMIT = 30
"""Registrants a batch may hold (zoom/README.md section 1)."""

STATUS_LIMIT = 30
"""Registrants whose status one call may change (zoom/README.md section 2)."""


@dataclass(frozen=True, slots=True)
class User:
    """Say who is signed in."""

    id: str
    email: str
    display_name: str
    account_id: str
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class EventSummary:
    """Describe an event as the lists show it. ``start`` is None for events without a time."""

    ref: EventRef
    topic: str
    start: datetime | None
    duration_minutes: int
    type: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Name one date of a recurring event."""

    id: str
    start: datetime | None
    duration_minutes: int
    status: str


@dataclass(frozen=True, slots=True)
class Event(EventSummary):
    """Describe an event with everything that decides who may register.

    ``capacity`` is the most people who may be registered, 0 where Zoom names no limit.
    ``confirmation_email`` says whether Zoom mails a confirmation to each person it registers,
    ``email_notification`` whether it mails people who are approved, denied or cancelled; None where
    Zoom left it out.
    """

    approval_type: int = NO_REGISTRATION
    capacity: int = 0
    host_email: str = ""
    alternative_hosts: tuple[str, ...] = ()
    closes_registration: bool = False
    confirmation_email: bool = True
    email_notification: bool | None = None
    registration_url: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    registration_type: int = 0

    @property
    def recurs(self) -> bool:
        """Return whether it has several dates, fixed or not."""
        return self.type in RECURRING[self.ref.kind]

    @property
    def takes_batches(self) -> bool:
        """Return whether it is a scheduled, non-recurring event."""
        return self.type == BATCH_TYPES[self.ref.kind]

    @property
    def end(self) -> datetime | None:
        """Return when it, or its last occurrence, is over; None where Zoom names no time."""
        times = [(each.start, each.duration_minutes) for each in self.occurrences]
        times = times or [(self.start, self.duration_minutes)]
        return max((at + timedelta(minutes=m) for at, m in times if at), default=None)


@dataclass(frozen=True, slots=True)
class CustomQuestion:
    """Ask something of the host's own; ``answers`` are the choices of a choice type."""

    title: str
    type: str
    required: bool
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questions:
    """Say what the registration form asks for; email and first name are asked for always."""

    asked: Mapping[str, bool] = field(default_factory=dict)
    """Zoom's own fields, such as ``org``, with whether an answer is required."""
    custom: tuple[CustomQuestion, ...] = ()

    @property
    def required(self) -> frozenset[str]:
        """Return the names of Zoom's fields that must be answered."""
        return frozenset(name for name, required in self.asked.items() if required)

    @property
    def custom_required(self) -> tuple[str, ...]:
        """Return the titles of the host's questions that must be answered."""
        return tuple(question.title for question in self.custom if question.required)


@dataclass(frozen=True, slots=True)
class Listed:
    """Describe a person whom Zoom has on an event's list. ``email`` may be masked (section 5)."""

    id: str
    email: str
    first_name: str
    last_name: str
    status: ListedStatus
    join_url: str
    created: datetime | None


@dataclass(frozen=True, slots=True)
class Registrant:
    """Carry what is sent about one person. ``extra`` has Zoom's field names, ``custom`` titles."""

    email: str
    first_name: str
    last_name: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what Zoom gave for one person; ``join_url`` is ``""`` for people who must wait."""

    email: str
    registrant_id: str
    join_url: str
