"""Hold who is sent how, and what is settled without a call: a person sees it before it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from zoomdesk.registration import wording
from zoomdesk.registration.estimate import estimate_of
from zoomdesk.registration.form import Lack
from zoomdesk.registration.journal.records import CallKind
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.ports import Pace
from zoomdesk.registration.wording import Reason
from zoomdesk.roster import emails
from zoomdesk.roster.person import Person
from zoomdesk.zoom.events import EventKind
from zoomdesk.zoom.models import MANUAL, Event, ListedStatus, Registrant


@dataclass(frozen=True, slots=True)
class Plan:
    """Say who is sent how, and what is settled without a call.

    ``batches`` and ``singles`` hold each address once; ``followers`` are further rows of an address
    by its key, and get whatever becomes of the first. ``settled`` are the rows that need no call,
    followers of settled rows included; ``reasons`` counts them. ``warnings`` are sentences.
    ``lacks`` are required questions that no column answers: while there is one, nobody is sent.
    ``pages`` is how many calls the three lists take to read; ``listed`` is who was on them, by
    registrant ID.
    """

    event: Event
    options: RunOptions
    batches: tuple[tuple[Person, ...], ...] = ()
    singles: tuple[Person, ...] = ()
    settled: tuple[Outcome, ...] = ()
    followers: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()
    pages: int = 3
    listed: Mapping[str, ListedStatus] = field(default_factory=dict)

    @property
    def obstacle(self) -> str:
        """Return why nobody at all can be sent, ``""`` where nothing is in the way."""
        return wording.without_column(self.lacks) if self.lacks else ""

    @property
    def waits(self) -> bool:
        """Return whether anybody who is sent waits for approval then."""
        kinds = [CallKind.BATCH] * bool(self.batches) + [CallKind.SINGLE] * bool(self.singles)
        return any(map(self.needs_approval, kinds))

    @property
    def approvable(self) -> tuple[Outcome, ...]:
        """Return the rows of people who wait, or were denied: approving them is what helps."""
        return tuple(o for o in self.settled if o.status in (Status.PENDING, Status.DENIED))

    @property
    def calls(self) -> int:
        """Return how many calls register people, if nothing goes wrong."""
        return len(self.batches) + len(self.singles)

    @property
    def to_send(self) -> int:
        """Return how many people are sent to Zoom; rows of one address count once."""
        return sum(map(len, self.batches)) + len(self.singles)

    @property
    def people(self) -> tuple[Person, ...]:
        """Return everybody who is sent."""
        return (*(person for batch in self.batches for person in batch), *self.singles)

    @property
    def rows(self) -> int:
        """Return how many rows of the sheet the plan is about."""
        return self.to_send + sum(map(len, self.followers.values())) + len(self.settled)

    @property
    def counts(self) -> Counter[Status]:
        """Count the settled rows of each status."""
        return Counter(outcome.status for outcome in self.settled)

    @property
    def kinds(self) -> Counter[str]:
        """Count the rows by where they were sorted; every row is in exactly one of them.

        ``batch`` and ``single`` are sent, ``same_address`` are further rows of those; the others
        bear the names of ``Reason``.
        """
        sent = {
            "batch": sum(map(len, self.batches)),
            "single": len(self.singles),
            "same_address": sum(map(len, self.followers.values())),
        }
        return Counter(sent | {reason.name.lower(): n for reason, n in self.reasons.items()})

    @property
    def mails(self) -> bool | None:
        """Return whether Zoom mails those who are registered; None where only some are mailed.

        A meeting's batch carries our wish; everything else follows the event's own setting. Nobody
        is mailed before approval.
        """
        if not self.to_send:
            return False
        batch = self.event.confirmation_email
        if self.event.ref.kind is EventKind.MEETING:
            batch = self.options.confirmation_email
        wishes = {batch} if self.batches else set()
        if self.singles:
            wishes.add(self.event.confirmation_email)
        return wishes.pop() if len(wishes) == 1 else None

    def seconds(self, pacer: Pace) -> float:
        """Return how long the calls take at least, at the rate that Zoom allows."""
        return estimate_of(self, pacer).seconds

    def needs_approval(self, kind: CallKind) -> bool:
        """Return whether people sent by such a call wait until the host approves.

        ``auto_approve`` is a batch's; a single registration cannot approve (sections 1 and 2).
        """
        if self.event.approval_type != MANUAL:
            return False
        return kind is CallKind.SINGLE or not self.options.auto_approve

    def describe(self, *, practice: bool = False) -> str:
        """Say in a few sentences what would happen; in practice Zoom mails nobody."""
        return wording.describe(self, practice=practice)

    def rows_of(self, person: Person) -> tuple[Person, ...]:
        """Return the person's row and all further rows of the same address."""
        return (person, *self.followers.get(emails.key(person.email), ()))

    def without_calls(self, message: str) -> Plan:
        """Return the plan with everybody who would be sent settled as not sent."""
        unsent = tuple(
            Outcome(row.row, row.email, Status.NOT_SENT, message=message)
            for person in self.people
            for row in self.rows_of(person)
        )
        return replace(self, batches=(), singles=(), followers={}, settled=(*self.settled, *unsent))


def registrant(person: Person) -> Registrant:
    """Return what is sent about a person."""
    extra = {field.value: text for field, text in person.extra.items() if text}
    custom = {title: text for title, text in person.custom.items() if text}
    return Registrant(person.email, person.first_name, person.last_name, extra, custom)


def follow(outcome: Outcome, person: Person) -> Outcome:
    """Return the outcome as that of another row of the same address."""
    return (
        outcome
        if outcome.row == person.row
        else replace(outcome, row=person.row, email=person.email)
    )
