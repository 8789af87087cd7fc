"""Describe what an account at Zoom holds: people, events, registrants, apps.

Plain dataclasses without behaviour of the API. Times are aware ``datetime`` in UTC, durations are
minutes, event IDs are text of 10 to 12 digits (zoom/README.md section 2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

Kind = Literal["webinar", "meeting"]
Plan = Literal["free", "pro", "business"]
Status = Literal["pending", "approved", "denied", "cancelled"]

AUTOMATIC, MANUAL, NO_REGISTRATION = 0, 1, 2
"""The three values of ``approval_type``."""

ONCE_FOR_ALL, EACH_APART, ONCE_FOR_SOME = 1, 2, 3
"""The values of ``registration_type``: for all dates, for each apart, for those chosen."""

WEBINAR, WEBINAR_NO_TIME, WEBINAR_RECURRING = 5, 6, 9
MEETING, MEETING_NO_TIME, MEETING_RECURRING = 2, 3, 8


@dataclass
class Account:
    """Name the paying organisation and its plan; rate limits are counted per account."""

    id: str
    number: int
    name: str
    plan: Plan = "pro"
    webinar_plan: bool = True


@dataclass
class User:
    """Describe a person who can host. ``type`` 1 is basic, 2 licensed."""

    id: str
    email: str
    first_name: str
    last_name: str
    type: int = 2
    timezone: str = "Europe/Berlin"
    created: datetime | None = None


@dataclass
class Client:
    """Describe an app that may ask for tokens; a public one has no secret.

    ``redirect_port`` makes the loopback port matter, as some reports say it does
    (zoom/README.md section 3); None ignores it.
    """

    id: str
    name: str
    secret: str | None = None
    scopes: tuple[str, ...] = ()
    redirect_port: int | None = None


@dataclass(frozen=True)
class Question:
    """Ask for one of Zoom's own fields on the registration form, such as ``org``."""

    field_name: str
    required: bool = False


@dataclass(frozen=True)
class CustomQuestion:
    """Ask a question of the host's own; ``answers`` are the choices of a choice type."""

    title: str
    type: Literal["short", "single_radio", "single_dropdown", "multiple"] = "short"
    required: bool = False
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occurrence:
    """Name one date of a recurring event; Zoom's ID is its start in milliseconds as text."""

    id: str
    start: datetime
    duration: int


@dataclass
class Event:
    """Describe a webinar or a meeting, with every setting that decides who may register."""

    id: str
    kind: Kind
    topic: str
    start: datetime
    type: int = 0
    duration: int = 60
    agenda: str = ""
    timezone: str = "Europe/Berlin"
    created: datetime | None = None
    approval_type: int = AUTOMATIC
    close_registration: bool = False
    confirmation_email: bool = True
    registration_type: int = ONCE_FOR_ALL
    """How a recurring event is registered for; by ONCE_FOR_ALL occurrence IDs count for nothing."""
    restrict_number: int = 0
    """``registrants_restrict_number``: the most people who may be registered, 0 for no limit."""
    attendee_limit: int = 0
    """What the host's licence allows to add, 0 for no limit; beyond it Zoom answers 3000."""
    alternative_hosts: tuple[str, ...] = ()
    questions: tuple[Question, ...] = (Question("last_name", True),)
    custom_questions: tuple[CustomQuestion, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    work_email_only: bool = False
    paid: bool = False
    hosting_allowed: bool = True

    def __post_init__(self) -> None:
        if not self.type:
            self.type = WEBINAR if self.kind == "webinar" else MEETING
        if self.created is None:
            self.created = self.start - timedelta(days=30)

    @property
    def has_time(self) -> bool:
        """Return whether the event has a date: types 3 and 6 recur without one."""
        return self.type not in (WEBINAR_NO_TIME, MEETING_NO_TIME)

    @property
    def end(self) -> datetime:
        """Return when the event, or its last occurrence, is over; without a date, never."""
        if not self.has_time:
            return datetime.max.replace(tzinfo=UTC)
        starts = [(each.start, each.duration) for each in self.occurrences]
        start, minutes = max(starts, default=(self.start, self.duration))
        return start + timedelta(minutes=minutes)


@dataclass
class Registrant:
    """Hold one person's registration for one event; ``answers`` are the optional fields."""

    id: str
    email: str
    first_name: str
    last_name: str
    status: Status
    created: datetime
    join_url: str
    pin: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    custom_answers: list[dict[str, str]] = field(default_factory=list)
    occurrences: list[str] = field(default_factory=list)
    on_dates: dict[str, Status] = field(default_factory=dict)
    """The status for single dates of a recurring event, by occurrence ID, where it differs."""
    was: str = ""
    """The status before the last change of it; lists that lag behind still show it."""
    changed: str = ""
    """When that was, in ISO 8601."""


@dataclass
class Tally:
    """Count what happened to one address in one event.

    ``submitted``: registration requests that named it and were processed, refused ones included;
    ``registered``: times a new registration came into being; ``mails``: confirmations that Zoom
    would have sent. Registering somebody twice shows as ``submitted`` and ``mails`` above one.
    """

    submitted: int = 0
    registered: int = 0
    mails: int = 0


@dataclass
class Grant:
    """Hold what one token allows. Only a digest of the token is kept, never the token.

    ``family`` joins all tokens that descend from one sign-in. ``user`` is the ID of the person who
    signed in, ``""`` for the account's host.
    """

    use: Literal["access", "refresh", "code"]
    client: str
    family: str
    scopes: tuple[str, ...]
    expires: float
    spent: bool = False
    challenge: str = ""
    redirect_uri: str = ""
    user: str = ""


def email_key(email: str) -> str:
    """Return the form of an address under which Zoom keeps a person once an event."""
    return email.strip().lower()
