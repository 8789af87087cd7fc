"""A Zoom in memory that does what a script says, and a journal that dies when it says so.

Time is the model's own: it passes where the program waits, two seconds at a time (``TICK``), and
with it come late calls and lagging lists.
"""

# ruff: noqa: ARG002  the arguments are those of the protocol ZoomApi

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
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
    Refusal,
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


TICK = 2.0
"""Seconds after which a late call is carried out, and a list shows whom it did not."""


class Killed(BaseException):
    """The process died here; nothing of it may catch this."""


class Step(Enum):
    """What becomes of the next registration call."""

    GOOD = auto()
    SHUFFLED = auto()
    LEAVES_OUT = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    LATE = auto()
    CONTRADICTED = auto()
    UNREACHABLE = auto()
    DAY_IS_FULL = auto()
    DIES_BEFORE = auto()
    DIES_AFTER = auto()
    DIES_LATE = auto()
    JOURNAL_DIES_BEFORE = auto()
    JOURNAL_DIES_AFTER = auto()


class Patience(CancelToken):
    """Wait by letting the time of a model pass."""

    def __init__(self, zoom: ModelZoom) -> None:
        super().__init__()
        self._zoom = zoom

    def wait(self, seconds: float) -> bool:
        self._zoom.time_passes(seconds)
        return self.cancelled

    def child(self) -> CancelToken:
        """Return another one; nobody stops a run of the model."""
        return Patience(self._zoom)


@dataclass
class ModelZoom:
    """Register people as Zoom does, with one step of the script for each registration call.

    ``whole`` refuses a batch for one bad row, else such a row is left out. ``existing`` names
    people who are registered already in a batch's answer. A list shows nobody before a tick has
    passed. ``sender`` is the machine whose calls come at present. Safe for the threads of
    a run: a call's step is dealt when the journal begins it, whenever it arrives.
    """

    script: list[Step] = field(default_factory=list)
    whole: bool = True
    existing: bool = True
    sender: int = 0
    people: dict[str, ListedStatus] = field(default_factory=dict)
    sends: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How often each machine sent each person today."""
    mails: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    registrations: Counter[str] = field(default_factory=Counter)
    unseen: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Whom each machine has sent since it read all lists last."""
    broken: list[str] = field(default_factory=list)
    lists_fail: int = 0
    now: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)
    _read: set[ListedStatus] = field(default_factory=set)
    _steps: dict[frozenset[str], Step] = field(default_factory=dict)
    _late: list[tuple[int, str]] = field(default_factory=list)
    _hidden: set[str] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def time_passes(self, seconds: float) -> None:
        """Let lists catch up, then late calls arrive, once for each whole tick."""
        with self._lock:
            self.now += timedelta(seconds=seconds)
            for _ in range(int(seconds // TICK)):
                self._hidden.clear()
                late, self._late = self._late, []
                for sender, key in late:
                    self._enrol(key, sender)

    def next_day(self) -> None:
        """Let all that is under way arrive, and 00:00 GMT pass."""
        self.time_passes(2 * TICK)
        self.now += timedelta(days=1)
        self.sends.clear()

    def deal(self, people: Iterable[Person]) -> None:
        """Say what becomes of the call that is about to be made with these people."""
        keys = frozenset(emails.key(person.email) for person in people)
        self._steps[keys] = self.script.pop(0) if self.script else Step.GOOD

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
            self.unseen[self.sender].clear()
        for key, its in list(self.people.items()):
            if its == status and key not in self._hidden:
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
        with self._lock:
            step = self._before(keys)
            if BAD in keys and self.whole:
                raise BatchRefused("Validation Failed.", http=400, zoom_code=300)
            taken = [key for key in keys if key != BAD]
            known = {key for key in taken if key in self.people}
            self._carry_out(step, taken, BatchRefused)
        named = [
            key
            for key in taken
            if self.people[key] == "approved" and (self.existing or key not in known)
        ]
        if step is Step.SHUFFLED:
            named.reverse()
        if step is Step.LEAVES_OUT:
            named = named[1:]
        return [Answer(key.upper(), f"id-{key}", self.link(key)) for key in named]

    def register_one(
        self,
        ref: EventRef,
        registrant: Registrant,
        occurrence_ids: Sequence[str] = (),
        *,
        cancel: CancelToken | None = None,
    ) -> Answer:
        key = emails.key(registrant.email)
        with self._lock:
            step = self._before([key])
            if key == BAD:
                raise RowRefused("Validation Failed.", http=400, zoom_code=300, fields=("email",))
            self._carry_out(step, [key], RowRefused)
        link = self.link(key) if self.people[key] == "approved" else ""
        return Answer("", f"id-{key}", link)

    def _before(self, keys: list[str]) -> Step:
        """Count the call, unless its step keeps it from being carried out."""
        unseen, step = self.unseen[self.sender], self._steps.pop(frozenset(keys))
        for key in unseen.intersection(keys):
            self.broken.append(f"{key} was sent again without a look at the lists")
        if step is Step.UNREACHABLE:
            raise ZoomUnreachable("No network.")
        if step is Step.DAY_IS_FULL:
            raise DailyLimitReached("The day is full.")
        unseen.update(keys)
        if step is Step.DIES_BEFORE:
            raise Killed
        if step is Step.LOST_BEFORE:
            raise OutcomeUnknown("Lost.")
        self._count(keys)
        return step

    def _count(self, keys: list[str]) -> None:
        for key in keys:
            if self.sends[self.sender][key] >= 3:
                # A machine's journal knows of its own requests: it must not come to this.
                self.broken.append(f"{key} was sent a fourth time")
            if sum(sends[key] for sends in self.sends.values()) >= 3:
                raise RegistrantLimitReached(key, "Three a day.")
        self.sends[self.sender].update(keys)

    def _carry_out(self, step: Step, keys: list[str], refusal: type[Refusal]) -> None:
        if step in (Step.LATE, Step.DIES_LATE):
            self._late += [(self.sender, key) for key in keys]
        else:
            for key in keys:
                self._enrol(key, self.sender)
        if step in (Step.DIES_AFTER, Step.DIES_LATE):
            raise Killed
        if step in (Step.LOST_AFTER, Step.LATE):
            raise OutcomeUnknown("Lost.")
        if step is Step.CONTRADICTED:
            raise refusal("Could not be completed.", http=200, zoom_code=300)

    def _enrol(self, key: str, sender: int) -> None:
        if key not in self.people:
            self.people[key] = "approved"
            self.registrations[key] += 1
            self._hidden.add(key)
        if self.people[key] == "approved":
            self.mails[sender][key] += 1


class MortalJournal(Journal):
    """Die around a commit where the script of ``zoom`` says so."""

    def __init__(self, path: Path, zoom: ModelZoom) -> None:
        super().__init__(path, realm="model", clock=lambda: zoom.now)
        self._zoom = zoom

    def begin_call(
        self, run: str, kind: CallKind, people: Iterable[Person], *, seen: int | None = None
    ) -> int:
        sent = tuple(people)
        self._die(Step.JOURNAL_DIES_BEFORE)
        call = super().begin_call(run, kind, sent, seen=seen)
        self._die(Step.JOURNAL_DIES_AFTER)
        self._zoom.deal(sent)
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
