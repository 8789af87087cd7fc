"""Sort people into calls before anything is sent, so that a person can see the exact effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from zoomdesk.registration import wording
from zoomdesk.registration.dates import settle_dates
from zoomdesk.registration.estimate import pages_of
from zoomdesk.registration.form import form_of, lacks
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.planned import Plan, follow, registrant
from zoomdesk.registration.reconcile import NO_LINK, Registry, from_list
from zoomdesk.registration.wording import Reason
from zoomdesk.roster import emails
from zoomdesk.roster.fields import MAX_LENGTH, Field
from zoomdesk.roster.form import Answerable, Fault
from zoomdesk.roster.person import Person
from zoomdesk.zoom.models import Event, Listed, Questions

__all__ = ["MOST_TRIES", "Plan", "follow", "make_plan", "registrant"]

MOST_TRIES = 3
"""Registration requests that Zoom takes for a person, event and UTC day (section 4)."""

_REASON_OF = {
    Status.REGISTERED: Reason.ALREADY,
    Status.ALREADY_REGISTERED: Reason.ALREADY,
    Status.PENDING: Reason.PENDING,
    Status.DENIED: Reason.DENIED,
}


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
    sheet: Answerable | None = None,
) -> Plan:
    """Sort people into batches, single calls, and rows that need no call.

    ``tries`` counts today's requests by email key (``Journal.tries``). ``sent_before`` has the keys
    that an interrupted run may have sent: found on a list, they are its own registrations.
    ``alone`` has the keys of people whose batch Zoom refused: no batch is tried with them again.
    ``sheet`` says what the columns of the sheet have answers to, for the plan's ``lacks``.

    Where people are registered for some dates, ``listed`` are those on the lists of these dates
    (``read_lists``). Raises UsageError for a date that the event does not have.
    """
    listed = tuple(listed)
    options = replace(options, occurrence_ids=settle_dates(event, options.occurrence_ids))
    sorter = _Sorter(event, questions, Registry.of(listed), options, tries, sent_before, alone)
    for person in people:
        sorter.add(person)
    plan = replace(
        sorter.plan(),
        pages=pages_of(listed, options.occurrence_ids),
        listed={each.id: each.status for each in listed},
    )
    form = form_of(questions)
    return replace(plan, lacks=lacks(form, sheet)) if sheet is not None else plan


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
        self._form = form_of(questions)
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
            answered = self._form.check(person.extra, person.custom)
            person = replace(person, extra=answered.extra, custom=answered.custom)
            self._leaders[key] = person
            self._sort(key, person, answered.faults)

    def _sort(self, key: str, person: Person, faults: tuple[Fault, ...]) -> None:
        settled = self._on_a_list(key, person) or self._never_sent(key, person, faults)
        if settled:
            self._settled[key] = settled
            return
        # Whoever lacks a last name that the form asks for goes alone: nobody knows whether one such
        # row would refuse a whole batch (zoom/README.md section 6a).
        nameless = self._lacks_last_name(person)
        self._nameless += nameless
        goes_alone = nameless or key in self._alone or person.extra or person.custom
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

    def _never_sent(
        self, key: str, person: Person, faults: tuple[Fault, ...]
    ) -> tuple[Outcome, Reason] | None:
        if key in self._hosts:
            return _outcome(person, Status.SKIPPED, wording.HOST), Reason.HOST
        if not person.first_name.strip():
            return _outcome(person, Status.SKIPPED, wording.NO_FIRST_NAME), Reason.ERROR
        if too_long := _too_long(person):
            return _outcome(person, Status.SKIPPED, wording.too_long(too_long)), Reason.ERROR
        if message := wording.unanswered(faults, self._form.unknown):
            missing = self._form.unknown or any(fault.is_missing for fault in faults)
            reason = Reason.QUESTIONS if missing else Reason.ANSWERS
            return _outcome(person, Status.NOT_SENT, message), reason
        if key in self._sent_before and self._registry.may_hide(person):
            return _outcome(person, Status.NOT_SENT, wording.HIDDEN), Reason.HIDDEN
        if self._tries.get(key, 0) >= MOST_TRIES:
            return _outcome(person, Status.NOT_SENT, wording.NO_TRIES_LEFT), Reason.TRIES
        return None

    def _lacks_last_name(self, person: Person) -> bool:
        return self._form.requires(Field.LAST_NAME) and not person.last_name.strip()

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
        whole = not self._options.occurrence_ids  # the lists of some dates do not tell
        if self._event.capacity and whole and plan.to_send > places:
            found.append(wording.too_few_places(plan.to_send, max(0, places)))
        event = self._event
        if plan.to_send and event.closes_registration and not event.recurs and _has_begun(event):
            found.append(wording.CLOSES)
        if self._nameless:
            found.append(wording.nameless(self._nameless))
        if self._registry.masked:
            found.append(wording.MASKED)
        if any(outcome.message == NO_LINK for outcome in plan.settled):
            found.append(wording.LISTED_WITHOUT_LINK)
        return tuple(found)


def _has_begun(event: Event) -> bool:
    return event.start is not None and event.start <= datetime.now(UTC)


def _too_long(person: Person) -> Field | None:
    """Return the field that is longer than Zoom takes: one such row may refuse a whole batch."""
    texts = {
        Field.EMAIL: person.email,
        Field.FIRST_NAME: person.first_name,
        Field.LAST_NAME: person.last_name,
    }
    return next((field for field, text in texts.items() if len(text) > MAX_LENGTH[field]), None)


def _outcome(person: Person, status: Status, message: str) -> Outcome:
    return Outcome(person.row, person.email, status, message=message)
