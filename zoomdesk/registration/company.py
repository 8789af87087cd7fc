"""Keep a run from sending whom another machine sends, by taking turns (see baton).

The people of one computer's runs are told apart by its journal; what machines know of one another
is on Zoom's lists alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from typing import Protocol

from zoomdesk.registration.baton import (
    Baton,
    Count,
    Mark,
    Marked,
    Read,
    Reply,
    Roll,
    Sight,
    Sleep,
    Step,
    Timing,
)
from zoomdesk.registration.journal import Journal
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import Registry, read_lists
from zoomdesk.roster import emails
from zoomdesk.roster.person import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import MANUAL, ListedStatus

WAITING = "another computer that registers for the same event"
WAITING_LONG = (
    f"{WAITING}, or for people who register themselves (the setting “Take turns with others” turns "
    "this off)"
)
LOOKING = "a look whether another computer registers for the same event"

_LONG = 120.0
"""Seconds of waiting after which a person is told what else it may be, and what to do."""


class Crew(Protocol):
    """Do what taking turns asks of a run."""

    def waiting(self) -> Sequence[Person]:
        """Return whoever is still to be sent; any of them may be the mark."""

    def send_alone(self, person: Person) -> str:
        """Register one of them by a call of its own; return the registrant ID, ``""`` for none."""

    def settle(self, registry: Registry) -> None:
        """Settle those of them who are on the lists by now."""

    def tell(self, waiting_for: str) -> None:
        """Show what is waited for."""


class Company:
    """Take turns with other machines. It belongs to the thread of its run.

    ``chance`` chooses the marks; machines that chose alike would not see each other.
    """

    def __init__(
        self,
        plan: Plan,
        ref: EventRef,
        client: ZoomApi,
        journal: Journal,
        crew: Crew,
        timing: Timing,
        chance: random.Random | None = None,
    ) -> None:
        self._plan = plan
        self._ref = ref
        self._client = client
        self._journal = journal
        self._crew = crew
        self._listening_since = time.monotonic()
        self.is_answered = False
        """Whether Zoom registered the last mark: there is no need to try with one call."""
        self._chance = chance or random.SystemRandom()
        self._baton = Baton(
            frozenset(plan.listed),
            sum(status in self._statuses for status in plan.listed.values()),
            lambda: len(crew.waiting()),
            time.monotonic,
            timing,
            self._chance,
        )

    @property
    def may_start(self) -> bool:
        """Return whether another call may be started."""
        return self._baton.may_start

    @property
    def is_lost(self) -> bool:
        """Return whether calls that wait for the pacer must not leave any more."""
        return self._baton.is_lost

    def landed(self, registrant_ids: Iterable[str]) -> None:
        """Note whom a call registered."""
        self._baton.landed(registrant_ids)

    def take(self, cancel: CancelToken) -> None:
        """Wait for the turn and take it; without it where nobody is left to send.

        Raises Cancelled, JournalError and the client's errors. It may be called again then.
        """
        steps = self._baton.take()
        try:
            step = next(steps)
            while True:
                step = steps.send(self._do(step, cancel))
        except StopIteration:
            pass
        finally:
            steps.close()

    def _do(self, step: Step, cancel: CancelToken) -> Reply:
        cancel.check()
        match step:
            case Sleep(seconds):
                self._crew.tell(self._waiting_for())
                cancel.sleep(seconds)
                return None
            case Count():
                asked = time.monotonic()
                total = sum(self._total(status, cancel) for status in self._statuses)
                return Sight(total, asked, time.monotonic())
            case Read():
                return self._read(cancel)
            case Mark():
                return self._mark()

    def _waiting_for(self) -> str:
        if not self._baton.is_listening:
            self._listening_since = time.monotonic()
            return LOOKING
        return WAITING if time.monotonic() - self._listening_since < _LONG else WAITING_LONG

    @property
    def _statuses(self) -> tuple[ListedStatus, ...]:
        """Return the lists on which somebody new may appear."""
        if self._plan.event.approval_type == MANUAL:
            return ("approved", "pending")
        return ("approved",)

    def _total(self, status: ListedStatus, cancel: CancelToken) -> int:
        dates = self._plan.options.occurrence_ids or ("",)
        return sum(
            self._client.registrant_count(self._ref, status, occurrence_id=date, cancel=cancel)
            for date in dates
        )

    def _read(self, cancel: CancelToken) -> Roll:
        listed = read_lists(self._client, self._ref, cancel, self._plan.options.occurrence_ids)
        known = self._baton.known
        # A masked address may be that of anybody; those who were there already, the plan warned of.
        self._crew.settle(
            Registry.of(each for each in listed if "*" not in each.email or each.id not in known)
        )
        sent = self._journal.tries(self._ref).keys()
        return Roll(
            {each.id: each.created for each in listed},
            {each.id for each in listed if emails.key(each.email) in sent},
        )

    def _mark(self) -> Marked | None:
        people = self._crew.waiting()
        if not people:
            return None
        registrant_id = self._crew.send_alone(self._chance.choice(people))
        self.is_answered = bool(registrant_id)
        return Marked(registrant_id, time.monotonic())
