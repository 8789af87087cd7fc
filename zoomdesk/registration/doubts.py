"""Keep whoever must be looked up on Zoom's lists before anything is decided, and decide it then.

Pure: the lists are read by the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from zoomdesk.registration import wording
from zoomdesk.registration.dispatch import Doubt, Ending, Unit
from zoomdesk.registration.journal import CallKind
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.plan import MOST_TRIES, Plan, follow
from zoomdesk.registration.reconcile import Registry, from_list
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person


class Doubts:
    """Hold people in doubt, and remember across looks what was tried with them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._people: dict[str, tuple[Person, Ending]] = {}
        self._unknown: Counter[str] = Counter()
        self._alone: set[str] = set()

    def __bool__(self) -> bool:
        """Return whether anybody is in doubt."""
        return bool(self._people)

    def add(self, ending: Ending) -> None:
        """Take up those whom a call's end leaves in doubt."""
        for person in ending.doubtful:
            key = emails.key(person.email)
            self._people[key] = (person, ending)
            self._unknown[key] += ending.doubt is Doubt.UNKNOWN

    def postpone(self, units: Iterable[Unit]) -> None:
        """Take up everybody of these units: another run may have sent them."""
        for unit in units:
            for person in unit.people:
                ending = Ending(unit, doubt=Doubt.ELSEWHERE)
                self._people.setdefault(emails.key(person.email), (person, ending))

    def is_unknown(self, person: Person) -> bool:
        """Return whether a call about the person was sent that no answer tells the end of."""
        doubt = self._people.get(emails.key(person.email))
        return doubt is not None and doubt[1].doubt is Doubt.UNKNOWN

    def may_appear(self, tries: Mapping[str, int], registry: Registry | None = None) -> bool:
        """Return whether Zoom may have taken somebody whom it does not list yet.

        ``tries`` are as for make_plan: they tell whom another run of this computer sent.
        ``registry`` are the lists if they were read once. A batch that Zoom refused is worth one
        pause before that: nobody knows whether it is refused whole (zoom/README.md section 6a).
        """
        likely = {Doubt.UNKNOWN, Doubt.LEFT_OUT, Doubt.CONTRADICTED}
        if registry is None:
            likely.add(Doubt.REFUSED)
        return any(
            (ending.doubt in likely or (ending.doubt is Doubt.ELSEWHERE and tries.get(key, 0)))
            and not (registry and registry.find(person.email))
            for key, (person, ending) in self._people.items()
        )

    def settle(
        self, registry: Registry, tries: Mapping[str, int]
    ) -> tuple[list[Outcome], list[Unit]]:
        """Return what became of those in doubt, and the calls that send the others once more.

        ``tries`` are as for make_plan. Nobody is in doubt afterwards.
        """
        outcomes: list[Outcome] = []
        again: list[Person] = []
        alone: list[Person] = []
        for key, (person, ending) in self._people.items():
            doubt, listed = ending.doubt, registry.find(person.email)
            if listed is not None:
                ours = doubt is not Doubt.ELSEWHERE
                outcomes += self._rows(person, from_list(person, listed, ours=ours))
            elif given_up := [o for o in ending.unlisted if emails.key(o.email) == key]:
                outcomes += given_up
            elif doubt is not Doubt.REFUSED and registry.may_hide(person):
                outcomes += self._unsent(person, wording.HIDDEN)
            elif tries.get(key, 0) >= MOST_TRIES:
                outcomes += self._unsent(person, wording.NO_TRIES_LEFT)
            elif doubt is Doubt.ELSEWHERE or (doubt is Doubt.UNKNOWN and self._unknown[key] < 2):
                (again if ending.unit.kind is CallKind.BATCH else alone).append(person)
            elif doubt is not Doubt.UNKNOWN and key not in self._alone:
                alone.append(person)
            else:
                outcomes += self._unsent(person, wording.NOT_CONFIRMED)
        self._people.clear()
        return outcomes, self._units(again, alone)

    def _units(self, again: list[Person], alone: list[Person]) -> list[Unit]:
        self._alone |= {emails.key(person.email) for person in alone}
        size = self._plan.options.batch_size
        batches = [tuple(again[i : i + size]) for i in range(0, len(again), size)]
        singles = [Unit(CallKind.SINGLE, (person,)) for person in alone]
        return [*(Unit(CallKind.BATCH, batch) for batch in batches), *singles]

    def _unsent(self, person: Person, message: str) -> list[Outcome]:
        outcome = Outcome(person.row, person.email, Status.NOT_SENT, message=message)
        return self._rows(person, outcome)

    def _rows(self, person: Person, outcome: Outcome) -> list[Outcome]:
        return _rows(self._plan, person, outcome)


def found_meanwhile(plan: Plan, people: Iterable[Person], registry: Registry) -> list[Outcome]:
    """Return the outcomes of people still to be sent whom somebody else registered, or may have."""
    outcomes: list[Outcome] = []
    for person in people:
        if listed := registry.find(person.email):
            outcomes += _rows(plan, person, from_list(person, listed, ours=False))
        elif registry.may_hide(person):
            hidden = Outcome(person.row, person.email, Status.NOT_SENT, message=wording.HIDDEN)
            outcomes += _rows(plan, person, hidden)
    return outcomes


def _rows(plan: Plan, person: Person, outcome: Outcome) -> list[Outcome]:
    return [follow(outcome, row) for row in plan.rows_of(person)]
