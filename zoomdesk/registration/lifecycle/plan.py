"""Say whom an act would change, before anything is sent. Pure: no calls, no clock, no files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zoomdesk.registration.lifecycle import wording
from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.lifecycle.fates import Fate, Result, Why
from zoomdesk.registration.lifecycle.known import Known, Lists, Subject
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.ports import Pace
from zoomdesk.registration.reconcile import from_list
from zoomdesk.registration.width import LABELS
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.models import Event, Listed

MOST_CHANGES = 10
"""Changes of status that Zoom takes for a person, event and UTC day (zoom/README.md section 4)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody on Zoom's lists, with the rows of the sheet that mean this person, in their order.

    ``unlisted`` says that only the ID found them.
    """

    people: tuple[Person, ...]
    listed: Listed
    unlisted: bool = False

    @property
    def person(self) -> Person:
        """Return the first of the rows."""
        return self.people[0]


@dataclass(frozen=True, slots=True)
class LifePlan:
    """Say who is changed and who is left out; nobody is in ``targets`` whose row was not given."""

    act: Act
    event: Event
    targets: tuple[Target, ...] = ()
    left_out: tuple[Fate, ...] = ()
    warnings: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """The occurrences for which it is done, by ID; none where it is done once for all."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Return every row of everybody who is changed."""
        return tuple(person for target in self.targets for person in target.people)

    @property
    def calls(self) -> int:
        """Return how many calls it takes, if nothing goes wrong."""
        return -(-len(self.targets) // self.act.size) * max(1, len(self.dates))

    @property
    def reasons(self) -> Counter[Why]:
        """Count why rows are left out."""
        return Counter(fate.why for fate in self.left_out if fate.why is not None)

    @property
    def mails(self) -> bool | None:
        """Return whether Zoom mails those who are changed; None where that is not known.

        The event says so for changes of status. Nobody has published what deleting does.
        """
        if not self.targets:
            return False
        return None if self.act is Act.DELETE else self.event.email_notification

    def seconds(self, pacer: Pace) -> float:
        """Return how long the calls take at the rate that Zoom allows."""
        return self.calls / pacer.calls_per_second(LABELS[self.act.kind])


def make_plan(
    act: Act, subjects: Sequence[Subject], known: Known, changes: Mapping[str, int]
) -> LifePlan:
    """Sort rows into those who are changed and those who are left out, each with the reason.

    ``changes`` counts today's changes of status by email key (``Journal.changes``).
    """
    lists = Lists.of(known.listed)
    targets: dict[str, Target] = {}
    left_out: list[Fate] = []
    for subject in subjects:
        person, found = subject.person, lists.find(subject)
        unlisted = False
        if found is Why.UNLISTED and subject.registrant_id in known.unlisted:
            found = known.unlisted[subject.registrant_id]
            unlisted = True
            if emails.key(found.email) != emails.key(person.email):
                found = Why.OTHER
        if isinstance(found, Why):
            left_out.append(_unfound(act, subject, found))
        elif why := _needless(act, found, changes):
            left_out.append(_needs_no_call(act, person, found, why))
        elif found.id in targets:
            before = targets[found.id]
            targets[found.id] = replace(before, people=(*before.people, person))
        else:
            targets[found.id] = Target((person,), found, unlisted)
    plan = LifePlan(act, known.event, tuple(targets.values()), tuple(left_out), dates=known.dates)
    return replace(plan, warnings=_warnings(plan, lists))


def _needless(act: Act, listed: Listed, changes: Mapping[str, int]) -> Why | None:
    if not act.concerns(listed.status):
        waits = act is Act.CANCEL and listed.status == "pending"
        return Why.WAITING if waits else Why.ALREADY
    if act is not Act.DELETE and changes.get(emails.key(listed.email), 0) >= MOST_CHANGES:
        return Why.LIMIT
    return None


def _needs_no_call(act: Act, person: Person, listed: Listed, why: Why) -> Fate:
    result = Result.ALREADY if why is Why.ALREADY else Result.LEFT_OUT
    outcome = from_list(person, listed, ours=True) if why is Why.ALREADY else None
    message = wording.left_out(act, why)
    return Fate(person.row, person.email, result, outcome, message, why)


def _unfound(act: Act, subject: Subject, why: Why) -> Fate:
    """Leave a row out that means nobody; who was registered and is gone has been deleted."""
    person = subject.person
    if act is Act.DELETE and why is Why.UNLISTED and subject.registrant_id:
        outcome = Outcome(person.row, person.email, Status.DELETED)
        message = wording.left_out(act, Why.ALREADY)
        return Fate(person.row, person.email, Result.ALREADY, outcome, message, Why.ALREADY)
    message = wording.left_out(act, why)
    return Fate(person.row, person.email, Result.LEFT_OUT, None, message, why)


def _warnings(plan: LifePlan, lists: Lists) -> tuple[str, ...]:
    capacity = plan.event.capacity
    if plan.act is not Act.APPROVE or not capacity:
        return ()
    # Who waits holds a place already; who was denied takes one more.
    newly = sum(target.listed.status == "denied" for target in plan.targets)
    places = max(0, capacity - lists.registry.taken())
    return (wording.too_few_places(newly, places),) if newly > places else ()
