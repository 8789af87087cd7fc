"""Sort people into calls before anything is sent, so that a person can see the exact effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zoomdesk.registration import wording
from zoomdesk.registration.journal.records import CallKind
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.ports import Pace
from zoomdesk.registration.reconcile import NO_LINK, Registry, from_list
from zoomdesk.registration.wording import Reason
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Person
from zoomdesk.zoom.events import EventKind
from zoomdesk.zoom.models import MANUAL, Event, Listed, Questions, Registrant
from zoomdesk.zoom.pacing import Label

MOST_TRIES = 3
"""Registration requests that Zoom takes for a person, event and UTC day (section 4)."""

_REASON_OF = {
    Status.REGISTERED: Reason.ALREADY,
    Status.ALREADY_REGISTERED: Reason.ALREADY,
    Status.PENDING: Reason.PENDING,
    Status.DENIED: Reason.DENIED,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Say who is sent how, and what is settled without a call.

    ``batches`` and ``singles`` hold each address once; ``followers`` are further rows of an address
    by its key, and get whatever becomes of the first. ``settled`` are the rows that need no call,
    followers of settled rows included; ``reasons`` counts them. ``warnings`` are sentences.
    """

    event: Event
    options: RunOptions
    batches: tuple[tuple[Person, ...], ...] = ()
    singles: tuple[Person, ...] = ()
    settled: tuple[Outcome, ...] = ()
    followers: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

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
        """Return how long the calls take at the rate that Zoom allows."""
        batches = len(self.batches) / pacer.calls_per_second(Label.HEAVY)
        return batches + len(self.singles) / pacer.calls_per_second(Label.LIGHT)

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


def make_plan(
    people: Sequence[Person],
    event: Event,
    questions: Questions,
    listed: Iterable[Listed],
    options: RunOptions,
    tries: Mapping[str, int],
    *,
    sent_before: frozenset[str] = frozenset(),
    alone: frozenset[str] = frozenset(),
) -> Plan:
    """Sort people into batches, single calls, and rows that need no call.

    ``tries`` counts today's requests by email key (``Journal.tries``). ``sent_before`` has the keys
    that an interrupted run may have sent: found on a list, they are its own registrations.
    ``alone`` has the keys of people whose batch Zoom refused: no batch is tried with them again.
    """
    sorter = _Sorter(event, questions, Registry.of(listed), options, tries, sent_before, alone)
    for person in people:
        sorter.add(person)
    return sorter.plan()


def registrant(person: Person) -> Registrant:
    """Return what is sent about a person."""
    extra = {field.value: text for field, text in person.extra.items() if text}
    return Registrant(person.email, person.first_name, person.last_name, extra)


class _Sorter:
    def __init__(
        self,
        event: Event,
        questions: Questions,
        registry: Registry,
        options: RunOptions,
        tries: Mapping[str, int],
        sent_before: frozenset[str],
        alone: frozenset[str],
    ) -> None:
        self._event = event
        self._questions = questions
        self._asked = frozenset(questions.asked)
        self._registry = registry
        self._options = options
        self._tries = tries
        self._sent_before = sent_before
        self._alone = alone
        self._hosts = {emails.key(each) for each in (event.host_email, *event.alternative_hosts)}
        self._leaders: dict[str, Person] = {}
        self._followers: dict[str, list[Person]] = {}
        self._settled: dict[str, tuple[Outcome, Reason]] = {}
        self._nobodies: list[Outcome] = []
        self._batched: list[Person] = []
        self._singles: list[Person] = []
        self._nameless = 0

    def add(self, person: Person) -> None:
        key = emails.key(person.email)
        if not key:
            self._nobodies.append(_outcome(person, Status.SKIPPED, wording.NO_ADDRESS))
        elif key in self._leaders:
            self._followers.setdefault(key, []).append(person)
        else:
            # What the event's form does not ask for stays in the sheet: it is nobody's business at
            # Zoom, and without it a person fits into a batch.
            asked = {f: text for f, text in person.extra.items() if f.value in self._asked}
            person = replace(person, extra=asked)
            self._leaders[key] = person
            self._sort(key, person)

    def _sort(self, key: str, person: Person) -> None:
        settled = self._on_a_list(key, person) or self._never_sent(key, person)
        if settled:
            self._settled[key] = settled
            return
        # Whoever lacks a last name that the form asks for goes alone: nobody knows whether one such
        # row would refuse a whole batch (zoom/README.md section 6a).
        nameless = self._lacks_last_name(person)
        self._nameless += nameless
        goes_alone = nameless or key in self._alone or any(person.extra.values())
        if self._event.takes_batches and not goes_alone:
            self._batched.append(person)
        else:
            self._singles.append(person)

    def _on_a_list(self, key: str, person: Person) -> tuple[Outcome, Reason] | None:
        listed = self._registry.find(person.email)
        if listed is None:
            return None
        outcome = from_list(person, listed, ours=key in self._sent_before)
        return outcome, _REASON_OF[outcome.status]

    def _never_sent(self, key: str, person: Person) -> tuple[Outcome, Reason] | None:
        if key in self._hosts:
            return _outcome(person, Status.SKIPPED, wording.HOST), Reason.HOST
        if not person.first_name.strip():
            return _outcome(person, Status.SKIPPED, wording.NO_FIRST_NAME), Reason.ERROR
        if message := wording.unanswered(self._unanswered(person), self._questions):
            return _outcome(person, Status.NOT_SENT, message), Reason.QUESTIONS
        if key in self._sent_before and self._registry.may_hide(person):
            return _outcome(person, Status.NOT_SENT, wording.HIDDEN), Reason.HIDDEN
        if self._tries.get(key, 0) >= MOST_TRIES:
            return _outcome(person, Status.NOT_SENT, wording.NO_TRIES_LEFT), Reason.TRIES
        return None

    def _unanswered(self, person: Person) -> list[str]:
        given = {field.value for field, text in person.extra.items() if text.strip()}
        names = {Field.EMAIL.value, Field.FIRST_NAME.value, Field.LAST_NAME.value}
        return sorted(self._questions.required - given - names)

    def _lacks_last_name(self, person: Person) -> bool:
        asked = Field.LAST_NAME.value in self._questions.required
        return asked and not person.last_name.strip()

    def plan(self) -> Plan:
        followers = {
            k: tuple(rows) for k, rows in self._followers.items() if k not in self._settled
        }
        settled, reasons = list(self._nobodies), Counter({Reason.ERROR: len(self._nobodies)})
        for key, (outcome, reason) in self._settled.items():
            rows = (self._leaders[key], *self._followers.get(key, ()))
            settled += [follow(outcome, person) for person in rows]
            reasons[reason] += len(rows)
        size = self._options.batch_size
        batches = [tuple(self._batched[i : i + size]) for i in range(0, len(self._batched), size)]
        plan = Plan(
            self._event,
            self._options,
            tuple(batches),
            tuple(self._singles),
            tuple(sorted(settled, key=lambda outcome: outcome.row)),
            followers,
            +reasons,
        )
        return replace(plan, warnings=self._warnings(plan))

    def _warnings(self, plan: Plan) -> tuple[str, ...]:
        found = []
        places = self._event.capacity - self._registry.taken()
        if self._event.capacity and plan.to_send > places:
            found.append(wording.too_few_places(plan.to_send, max(0, places)))
        if self._nameless:
            found.append(wording.nameless(self._nameless))
        if self._registry.masked:
            found.append(wording.MASKED)
        if any(outcome.message == NO_LINK for outcome in plan.settled):
            found.append(wording.LISTED_WITHOUT_LINK)
        return tuple(found)


def follow(outcome: Outcome, person: Person) -> Outcome:
    """Return the outcome as that of another row of the same address."""
    return (
        outcome
        if outcome.row == person.row
        else replace(outcome, row=person.row, email=person.email)
    )


def _outcome(person: Person, status: Status, message: str) -> Outcome:
    return Outcome(person.row, person.email, status, message=message)
