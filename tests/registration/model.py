"""A Zoom in memory that does what a script says, and a journal that dies when it says so."""

# ruff: noqa: ARG002  the arguments are those of the protocol ZoomApi

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from zoomdesk.errors import DailyLimitReached, ZoomUnreachable
from zoomdesk.registration.journal import CallKind, CallState, Journal
from zoomdesk.registration.outcome import Outcome
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.faults import (
    BatchRefused,
    OutcomeUnknown,
    RegistrantLimitReached,
    RowRefused,
)
from zoomdesk.zoom.models import (
    Answer,
    Event,
    Listed,
    ListedStatus,
    Questions,
    Registrant,
)

REF = EventRef(EventKind.WEBINAR, "81234567890")
BAD = "bad@example.com"
"""Whom this Zoom never takes."""


class Killed(BaseException):
    """The process died here; nothing of it may catch this."""


class Step(Enum):
    """What becomes of the next registration call."""

    GOOD = auto()
    SHUFFLED = auto()
    LEAVES_OUT = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    UNREACHABLE = auto()
    DAY_IS_FULL = auto()
    DIES_BEFORE = auto()
    DIES_AFTER = auto()
    JOURNAL_DIES_BEFORE = auto()
    JOURNAL_DIES_AFTER = auto()


@dataclass
class ModelZoom:
    """Register people as Zoom does, with one step of the script for each registration call.

    ``whole`` refuses a batch for one bad row, else such a row is left out. ``existing`` names
    people who are registered already in a batch's answer.
    """

    script: list[Step] = field(default_factory=list)
    whole: bool = True
    existing: bool = True
    people: dict[str, ListedStatus] = field(default_factory=dict)
    sends: Counter[str] = field(default_factory=Counter)
    registrations: Counter[str] = field(default_factory=Counter)
    unseen: set[str] = field(default_factory=set)
    """Who was sent since all lists were read last."""
    broken: list[str] = field(default_factory=list)
    lists_fail: int = 0
    _read: set[ListedStatus] = field(default_factory=set)

    @staticmethod
    def link(key: str) -> str:
        return f"https://zoom.example/{key}"

    def event(self, ref: EventRef, *, cancel: CancelToken | None = None) -> Event:
        return Event(ref, "Model", None, 60, 5, "UTC", approval_type=0)

    def questions(self, ref: EventRef, *, cancel: CancelToken | None = None) -> Questions:
        return Questions({"org": False})

    def registrants(
        self,
        ref: EventRef,
        status: ListedStatus,
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> Iterator[Listed]:
        if self.lists_fail:
            self.lists_fail -= 1
            raise ZoomUnreachable("The list could not be read.")
        self._read.add(status)
        if len(self._read) == 3:
            self._read.clear()
            self.unseen.clear()
        for key, its in list(self.people.items()):
            if its == status:
                link = self.link(key) if its == "approved" else ""
                yield Listed(f"id-{key}", key, "", "", its, link, datetime(2026, 1, 1, tzinfo=UTC))

    def registrant_count(
        self,
        ref: EventRef,
        status: ListedStatus,
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> int:
        return list(self.people.values()).count(status)

    def register_batch(
        self,
        ref: EventRef,
        people: Sequence[Registrant],
        *,
        auto_approve: bool,
        confirmation_email: bool | None,
        multipart: bool = False,
        cancel: CancelToken | None = None,
    ) -> list[Answer]:
        keys = [emails.key(person.email) for person in people]
        step = self._before(keys)
        self._count(keys)
        if BAD in keys and self.whole:
            raise BatchRefused("Validation Failed.", http=400, zoom_code=300)
        answers = []
        for key in keys:
            known = key in self.people
            if key != BAD:
                self._enrol(key)
            if key != BAD and self.people[key] == "approved" and (self.existing or not known):
                answers.append(Answer(key.upper(), f"id-{key}", self.link(key)))
        if step is Step.SHUFFLED:
            answers.reverse()
        if step is Step.LEAVES_OUT:
            answers = answers[1:]
        self._after(step)
        return answers

    def register_one(
        self,
        ref: EventRef,
        registrant: Registrant,
        occurrence_ids: Sequence[str] = (),
        *,
        cancel: CancelToken | None = None,
    ) -> Answer:
        key = emails.key(registrant.email)
        step = self._before([key])
        self._count([key])
        if key == BAD:
            raise RowRefused("Validation Failed.", http=400, zoom_code=300, fields=("email",))
        self._enrol(key)
        self._after(step)
        link = self.link(key) if self.people[key] == "approved" else ""
        return Answer("", f"id-{key}", link)

    def _before(self, keys: Iterable[str]) -> Step:
        for key in self.unseen.intersection(keys):
            self.broken.append(f"{key} was sent again without a look at the lists")
        self.unseen.update(keys)
        step = self.script.pop(0) if self.script else Step.GOOD
        if step is Step.DIES_BEFORE:
            raise Killed
        if step is Step.LOST_BEFORE:
            raise OutcomeUnknown("Lost.")
        if step in (Step.UNREACHABLE, Step.DAY_IS_FULL):
            # The client is certain that nothing was applied.
            self.unseen.difference_update(keys)
            if step is Step.UNREACHABLE:
                raise ZoomUnreachable("No network.")
            raise DailyLimitReached("The day is full.")
        return step

    def _after(self, step: Step) -> None:
        if step is Step.DIES_AFTER:
            raise Killed
        if step is Step.LOST_AFTER:
            raise OutcomeUnknown("Lost.")

    def _count(self, keys: list[str]) -> None:
        for key in keys:
            if self.sends[key] >= 3:
                # One journal knows of every request: it must not come to this.
                self.broken.append(f"{key} was sent a fourth time")
                raise RegistrantLimitReached(key, "Three a day.")
        self.sends.update(keys)

    def _enrol(self, key: str) -> None:
        if key not in self.people:
            self.people[key] = "approved"
            self.registrations[key] += 1


class MortalJournal(Journal):
    """Die around a commit where the script of ``zoom`` says so."""

    def __init__(self, path: Path, zoom: ModelZoom) -> None:
        super().__init__(path, realm="model")
        self._zoom = zoom

    def begin_call(
        self, run: str, kind: CallKind, people: Iterable[Person], *, seen: int | None = None
    ) -> int:
        self._die(Step.JOURNAL_DIES_BEFORE)
        call = super().begin_call(run, kind, people, seen=seen)
        self._die(Step.JOURNAL_DIES_AFTER)
        return call

    def end_call(
        self,
        call: int,
        state: CallState,
        outcomes: Iterable[Outcome] = (),
        *,
        http: int = 0,
        code: int = 0,
    ) -> None:
        self._die(Step.JOURNAL_DIES_BEFORE)
        super().end_call(call, state, outcomes, http=http, code=code)
        self._die(Step.JOURNAL_DIES_AFTER)

    def _die(self, step: Step) -> None:
        if self._zoom.script and self._zoom.script[0] is step:
            self._zoom.script.pop(0)
            raise Killed
