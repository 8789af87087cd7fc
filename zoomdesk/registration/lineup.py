"""Take people out of the line of calls that are still to be made."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

from zoomdesk.registration.dispatch import Unit
from zoomdesk.registration.journal import CallKind
from zoomdesk.registration.plan import Plan
from zoomdesk.roster import emails
from zoomdesk.roster.person import Person


def line_up(plan: Plan) -> deque[Unit]:
    """Return the plan's calls in their order: the batches, then whoever is sent alone."""
    batches = [Unit(CallKind.BATCH, batch) for batch in plan.batches]
    return deque([*batches, *(Unit(CallKind.SINGLE, (person,)) for person in plan.singles)])


def people_of(line: Iterable[Unit], kind: CallKind | None = None) -> list[Person]:
    """Return everybody in the line, or those of one kind of call."""
    return [person for unit in line if kind in (None, unit.kind) for person in unit.people]


def take_out(line: deque[Unit], keys: Collection[str], size: int) -> list[Person]:
    """Take the people with these email keys out and return them.

    The batches of those who are left, up to ``size`` people each, close the gaps.
    """
    everybody = people_of(line)
    gone = [person for person in everybody if emails.key(person.email) in keys]
    if not gone:
        return []
    stay = [p for p in people_of(line, CallKind.BATCH) if emails.key(p.email) not in keys]
    alone = [
        unit
        for unit in line
        if unit.kind is CallKind.SINGLE and emails.key(unit.people[0].email) not in keys
    ]
    line.clear()
    line += [Unit(CallKind.BATCH, tuple(stay[at : at + size])) for at in range(0, len(stay), size)]
    line += alone
    return gone
