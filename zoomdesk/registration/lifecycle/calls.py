"""Make one call that changes registrants, with the journal written before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from zoomdesk.errors import AccountError, RunError, ZoomRefused
from zoomdesk.registration.dispatch import Answered, state_after
from zoomdesk.registration.journal import CallState, Journal
from zoomdesk.registration.lifecycle import wording
from zoomdesk.registration.lifecycle.acts import Act
from zoomdesk.registration.lifecycle.plan import Target
from zoomdesk.registration.ports import LifeApi
from zoomdesk.registration.refusals import RefusalWatch
from zoomdesk.roster import emails
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.faults import OutcomeUnknown, Refusal, RegistrantLimitReached


class Said(Enum):
    """What Zoom said of a person's last call."""

    NOTHING = auto()
    YES = auto()
    UNKNOWN = auto()
    """No answer tells whether it was applied."""
    TOGETHER = auto()
    """The batch was refused, perhaps because of somebody else in it."""
    NO = auto()
    LIMIT = auto()
    """The person's changes of the day are used up."""


@dataclass(eq=False, slots=True)
class Call:
    """Follow one person through their calls; ``words`` are Zoom's, where it said no."""

    target: Target
    said: Said = Said.NOTHING
    tries: int = 0
    words: str = ""
    goes_alone: bool = False
    is_settled: bool = False

    @property
    def is_open(self) -> bool:
        """Return whether what became of it is to be read from the lists."""
        return self.said is not Said.NOTHING and not self.is_settled

    @property
    def may_appear(self) -> bool:
        """Return whether Zoom may have made the change and not show it yet."""
        return self.said in (Said.YES, Said.UNKNOWN)

    @property
    def deserves_another(self) -> bool:
        """Return whether another call may help, once the lists show that nothing has changed."""
        return (self.said is Said.UNKNOWN and self.tries < 2) or self.said is Said.TOGETHER

    def queue_again(self) -> None:
        """Wait for another call."""
        self.said = Said.NOTHING

    def hear(self, said: Said, words: str = "") -> None:
        """Take in how a call ended."""
        self.said, self.words = said, words
        self.tries += 1


@dataclass(slots=True)
class Caller:
    """Send the calls of one act. ``begin`` and ``end`` belong to the thread of the run."""

    act: Act
    ref: EventRef
    client: LifeApi
    journal: Journal
    run: str
    dates: Sequence[str] = ()
    _refusals: RefusalWatch = field(default_factory=RefusalWatch)

    def begin(self, calls: Sequence[Call]) -> int:
        """Record the call as sent and return its number. Raises JournalError: nothing is sent."""
        people = [call.target.person for call in calls]
        return self.journal.begin_call(self.run, self.act.kind, people)

    def ask(self, calls: Sequence[Call], turn: CancelToken) -> Answered:
        """Make the call, on any thread. Whatever ends it is returned and never raised.

        ``turn`` calls it off while it waits to leave. Of several dates, one that is done already
        does no harm when it is done again.
        """
        first, *others = self.dates or ("",)
        try:
            self._send(calls, first, turn)
            for date in others:
                # Begun is ended: after Cancelled, nothing at all may have been sent.
                self._send(calls, date, CancelToken())
        except BaseException as error:  # noqa: BLE001  end() raises again what is no call's end
            return error
        return []

    def _send(self, calls: Sequence[Call], date: str, turn: CancelToken) -> None:
        people = [call.target.listed for call in calls]
        if self.act is Act.DELETE:
            self.client.delete_registrant(self.ref, people[0].id, occurrence_id=date, cancel=turn)
        else:
            action = self.act.action
            self.client.set_status(self.ref, action, people, occurrence_id=date, cancel=turn)

    def end(self, number: int, calls: Sequence[Call], answered: Answered) -> None:
        """Record how a call ended and tell its people. Raises what ends the run, and Cancelled."""
        said, state, words = _meaning(answered, alone=len(calls) == 1)
        refusal = answered if isinstance(answered, Refusal | ZoomRefused) else None
        http = refusal.http if refusal else 0
        code = refusal.zoom_code if refusal else 0
        if isinstance(answered, RegistrantLimitReached):
            _limit(calls, answered)
        elif said is not Said.NOTHING:
            for call in calls:
                call.hear(said, words)
                call.goes_alone |= said is Said.TOGETHER
        self.journal.end_call(number, state, http=http, code=code)
        if said is Said.NOTHING and isinstance(answered, BaseException):
            raise answered
        self._refusals.note(answered if isinstance(answered, Refusal) else None)


def _meaning(answered: Answered, *, alone: bool) -> tuple[Said, CallState, str]:
    """Return what an end means for the people, for the journal, and in words."""
    if isinstance(answered, list):
        return Said.YES, CallState.ANSWERED, ""
    if isinstance(answered, OutcomeUnknown):
        return Said.UNKNOWN, CallState.UNKNOWN, ""
    if isinstance(answered, Refusal):
        words = wording.refused(answered.message, answered.hint)
        return (Said.NO if alone else Said.TOGETHER), CallState.REFUSED, words
    if isinstance(answered, RegistrantLimitReached):
        return Said.LIMIT, CallState.REFUSED, ""
    if isinstance(answered, Cancelled):
        return Said.NOTHING, CallState.UNSENT, ""
    if isinstance(answered, RunError | AccountError):
        return Said.NOTHING, state_after(answered), ""
    # Of what is no call's end, nobody knows whether it was sent.
    return Said.NOTHING, CallState.UNKNOWN, ""


def _limit(calls: Sequence[Call], limit: RegistrantLimitReached) -> None:
    """Leave out whom a limit names; where it names nobody, each is asked for alone."""
    key = emails.key(limit.email)
    named = [c for c in calls if len(calls) == 1 or emails.key(c.target.person.email) == key]
    for call in calls:
        if call in named:
            call.hear(Said.LIMIT, wording.NO_CHANGES_LEFT)
        else:
            call.hear(Said.TOGETHER)
            call.goes_alone = not named
