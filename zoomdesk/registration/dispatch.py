"""Make one registration call, with the journal written before and after.

Nothing here decides what happens next: a dispatch says what is known of its people, and the run
goes on from there. It keeps no state, so that several may be under way at once. ``begin`` and
``end`` write the journal and belong to the thread of the run; ``ask`` may be called on any thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from zoomdesk.errors import (
    AccountError,
    DailyLimitReached,
    JournalError,
    MissingScope,
    RunError,
    ZoomdeskError,
    ZoomRefused,
    ZoomUnreachable,
)
from zoomdesk.registration import wording
from zoomdesk.registration.journal import CallKind, CallState, Journal, SentElsewhere
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.plan import Plan, follow, registrant
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import from_answer, match_answers
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.faults import (
    BatchRefused,
    OutcomeUnknown,
    Refusal,
    RegistrantLimitReached,
)
from zoomdesk.zoom.models import Answer


@dataclass(frozen=True, slots=True)
class Unit:
    """Name the people of one call. ``SINGLE`` has exactly one."""

    kind: CallKind
    people: tuple[Person, ...]


Answered = list[Answer] | BaseException
"""What a call brought: Zoom's answers, or what ended it."""


class Doubt(Enum):
    """Say why the list must be read before anything is decided about a person."""

    UNKNOWN = auto()
    """The call was sent and no answer tells whether it was applied."""
    LEFT_OUT = auto()
    """Zoom took the batch and its answer does not name the person."""
    REFUSED = auto()
    """Zoom refused the batch, perhaps because of somebody else in it."""
    CONTRADICTED = auto()
    """Zoom refused the person, or the batch, under a status that means success."""
    ELSEWHERE = auto()
    """Another run of this computer sends people of the call to the same event; this one did not."""


@dataclass(slots=True)
class Ending:
    """Say how a call ended: what became of rows, who is in doubt, and why the run must stop.

    ``unlisted`` is what becomes of people in doubt whom no list names, where that is known.
    """

    unit: Unit
    outcomes: tuple[Outcome, ...] = ()
    doubtful: tuple[Person, ...] = ()
    doubt: Doubt = Doubt.UNKNOWN
    refusal: Refusal | None = None
    stop: ZoomdeskError | None = None
    unlisted: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Send units of one run."""

    plan: Plan
    ref: EventRef
    client: ZoomApi
    journal: Journal
    run: str
    clock: Callable[[], datetime]

    def begin(self, unit: Unit, seen: int = 0) -> int | Ending:
        """Record the call as sent and return its number; or why it must not be made, as its end.

        ``seen`` is the newest call, of any run, that the lists were read after.
        """
        try:
            return self.journal.begin_call(self.run, unit.kind, unit.people, seen=seen)
        except SentElsewhere:
            return Ending(unit, doubtful=unit.people, doubt=Doubt.ELSEWHERE)
        except JournalError as error:
            return Ending(unit, stop=error)

    def ask(self, unit: Unit, turn: CancelToken) -> Answered:
        """Make the call. Whatever ends it is returned and never raised: it belongs to the run.

        ``turn`` calls it off while it has not left. After Cancelled, nothing was sent.
        """
        try:
            return self._register(unit, turn)
        except BaseException as error:  # noqa: BLE001  end() raises again what is no call's end
            return error

    def end(self, call: int, unit: Unit, answered: Answered) -> Ending:
        """Record how a call ended. An error that ends the run is in ``stop``, never raised.

        Raises Cancelled where nothing was sent, and again what no call should bring.
        """
        if isinstance(answered, list):
            return self._record(call, CallState.ANSWERED, self._answered(unit, answered))
        if isinstance(answered, Cancelled):
            self.journal.end_call(call, CallState.UNSENT)
        elif isinstance(answered, OutcomeUnknown):
            return self._record(call, CallState.UNKNOWN, Ending(unit, doubtful=unit.people))
        elif isinstance(answered, Refusal):
            ending = self._refused(unit, answered)
            unsure = ending.doubt is Doubt.CONTRADICTED
            state = CallState.UNKNOWN if unsure else CallState.REFUSED
            return self._record(call, state, ending, answered)
        elif isinstance(answered, RegistrantLimitReached):
            return self._record(call, CallState.REFUSED, self._over_limit(unit, answered))
        elif isinstance(answered, RunError | AccountError):
            return self._record(call, state_after(answered), Ending(unit, stop=answered))
        raise answered

    def _register(self, unit: Unit, turn: CancelToken) -> list[Answer]:
        sent = [registrant(person) for person in unit.people]
        if unit.kind is CallKind.BATCH:
            return self.client.register_batch(
                self.ref,
                sent,
                auto_approve=self.plan.options.auto_approve,
                confirmation_email=self.plan.options.confirmation_email,
                multipart=self.plan.options.multipart,
                cancel=turn,
            )
        occurrences = self.plan.options.occurrence_ids
        answer = self.client.register_one(self.ref, sent[0], occurrences, cancel=turn)
        # A single reply carries no email (zoom/README.md section 2): it is about whom we sent.
        return [Answer(sent[0].email, answer.registrant_id, answer.join_url)]

    def _answered(self, unit: Unit, answers: list[Answer]) -> Ending:
        matched, left_out = match_answers(unit.people, answers)
        needs_approval = self.plan.needs_approval(unit.kind)
        now = self.clock().replace(microsecond=0)
        outcomes = [
            (person, from_answer(person, answer, needs_approval=needs_approval, now=now))
            for person in unit.people
            if (answer := matched.get(emails.key(person.email)))
        ]
        return Ending(unit, self._for_all_rows(outcomes), tuple(left_out), Doubt.LEFT_OUT)

    def _refused(self, unit: Unit, refusal: Refusal) -> Ending:
        # An error under HTTP 2xx (zoom/README.md section 1) contradicts itself: the list tells.
        contradicted = refusal.http < 300
        if isinstance(refusal, BatchRefused):
            doubt = Doubt.CONTRADICTED if contradicted else Doubt.REFUSED
            return Ending(unit, doubtful=unit.people, doubt=doubt, refusal=refusal)
        names = ", ".join(field.replace("_", " ") for field in refusal.fields)
        fields = f" ({names})" if names else ""
        words = f"Zoom: “{refusal.message}”{fields} {refusal.hint}".strip()
        failed = [(p, Outcome(p.row, p.email, Status.FAILED, message=words)) for p in unit.people]
        outcomes = self._for_all_rows(failed)
        if contradicted:
            return Ending(
                unit, (), unit.people, Doubt.CONTRADICTED, refusal=refusal, unlisted=outcomes
            )
        return Ending(unit, outcomes, refusal=refusal)

    def _over_limit(self, unit: Unit, limit: RegistrantLimitReached) -> Ending:
        """Look everybody up, and send whom the limit names no more: somebody else may have.

        The answer may name nobody (zoom/README.md section 4).
        """
        named = [
            person
            for person in unit.people
            if unit.kind is CallKind.SINGLE or emails.key(person.email) == emails.key(limit.email)
        ]
        message = wording.NO_TRIES_LEFT
        unsent = [(p, Outcome(p.row, p.email, Status.NOT_SENT, message=message)) for p in named]
        unlisted = self._for_all_rows(unsent)
        return Ending(unit, (), unit.people, Doubt.REFUSED, unlisted=unlisted)

    def _for_all_rows(self, outcomes: list[tuple[Person, Outcome]]) -> tuple[Outcome, ...]:
        """Give each person's outcome to all rows of the address."""
        return tuple(
            follow(outcome, row)
            for person, outcome in outcomes
            for row in self.plan.rows_of(person)
        )

    def _record(
        self, call: int, state: CallState, ending: Ending, refusal: Refusal | None = None
    ) -> Ending:
        http = refusal.http if refusal else 0
        code = refusal.zoom_code if refusal else 0
        if isinstance(ending.stop, ZoomRefused):
            http, code = ending.stop.http, ending.stop.zoom_code
        try:
            self.journal.end_call(call, state, ending.outcomes, http=http, code=code)
        except JournalError as error:
            # The answer is in our hands and goes into the report; the call stays SENT in the
            # journal, so that a resume looks its people up.
            ending.stop = ending.stop or error
        return ending


def state_after(error: ZoomdeskError) -> CallState:
    """Return what an error that ends the run says of the call: did Zoom look at its people?"""
    early = (ZoomUnreachable, DailyLimitReached, MissingScope, AccountError)
    return CallState.UNSENT if isinstance(error, early) else CallState.REFUSED
