"""Carry an act out, and believe the lists instead of the answers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from zoomdesk.errors import AccountError, JournalError, RunError, ZoomdeskError
from zoomdesk.registration.dispatch import Answered, Unit
from zoomdesk.registration.events import OnEvent, Progress, RowsAnswered, ignore
from zoomdesk.registration.flights import Flights, Landed
from zoomdesk.registration.journal import CallKind, Journal, RunState
from zoomdesk.registration.lifecycle import judging, wording
from zoomdesk.registration.lifecycle.calls import Call, Caller
from zoomdesk.registration.lifecycle.fates import Fate, LifeReport, Result
from zoomdesk.registration.lifecycle.known import Lists, read
from zoomdesk.registration.lifecycle.plan import LifePlan, Target
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.ports import LifeApi
from zoomdesk.registration.report import EventName
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import Listed


class LifeRun:
    """Change the registrants of a plan. A plain object: ``execute`` once, on any thread.

    ``on_event`` is called on that thread. ``cancel`` ends it after the calls that are under way;
    ``pause`` holds it after them, until it is let go on.
    ``at_once`` says how many calls of a kind may be under way, one where it does not name the kind.
    ``settle_seconds`` is the pause before a second look at the lists, which may lag behind.
    """

    def __init__(
        self,
        plan: LifePlan,
        ref: EventRef,
        client: LifeApi,
        journal: Journal,
        run_id: str,
        *,
        on_event: OnEvent = ignore,
        cancel: CancelToken | None = None,
        pause: PauseSwitch | None = None,
        settle_seconds: float = 2.0,
        at_once: Mapping[CallKind, int] | None = None,
    ) -> None:
        self._plan = plan
        self._ref = ref
        self._client = client
        self._journal = journal
        self._id = run_id
        self._on_event = on_event
        self._cancel = cancel or CancelToken()
        self._settle_seconds = settle_seconds
        self._at_once = at_once or {}
        self._pause = pause or PauseSwitch()
        # Once it stops or is paused, calls that still wait for their turn are called off.
        self._turn = self._cancel.child()
        self._caller = Caller(plan.act, ref, client, journal, run_id, plan.dates)
        self._calls = {target.person.row: Call(target) for target in plan.targets}
        self._queue: deque[tuple[Call, ...]] = deque(_batches(self._calls.values(), plan.act.size))
        self._fates: dict[int, Fate] = {fate.row: fate for fate in plan.left_out}
        self._started = time.monotonic()

    def execute(self) -> LifeReport:
        """Run to the end, to a stop, or to the person's wish, and report.

        Errors that end it are in the report, not raised.
        """
        stopped: ZoomdeskError | None = None
        cancelled = False
        with self._journal.claim(self._id):
            try:
                self._work()
            except Cancelled:
                cancelled = True
            except (RunError, AccountError) as error:
                stopped = error
            return self._finish(stopped, cancelled=cancelled)

    def _work(self) -> None:
        self._record([fate for fate in self._fates.values() if fate.outcome])
        while self._queue:
            self._send_all()
            self._settle(self._cancel)

    # -- calls -----------------------------------------------------------------------------------

    def _send_all(self) -> None:
        """Send what is queued, side by side; whatever stops it is raised when all have landed."""
        stopped: Exception | None = None
        self._turn = self._pause.turn(self._cancel)
        with Flights(self._ask, self._at_once) as flights:
            while True:
                try:
                    if stopped is None:
                        self._start_calls(flights)
                    if not flights.up:
                        break
                    self._take(flights.land())
                    self._progress()
                except Exception as error:  # noqa: BLE001  raised below, when all have landed
                    if stopped is None or isinstance(stopped, Cancelled):
                        stopped = error
                    self._turn.cancel()
        if stopped is not None:
            raise stopped

    def _start_calls(self, flights: Flights) -> None:
        kind = self._plan.act.kind
        if self._turn.cancelled and not flights.up:
            self._progress()
            self._turn = self._pause.turn(self._cancel)
        while self._queue and not self._turn.cancelled and flights.may_start(kind):
            self._cancel.check()
            calls = self._queue[0]
            number = self._caller.begin(calls)
            self._queue.popleft()
            flights.start(number, Unit(kind, tuple(call.target.person for call in calls)))

    def _take(self, landed: Landed) -> None:
        calls = self._of(landed.unit)
        try:
            self._caller.end(landed.call, calls, landed.answered)
        except Cancelled:
            # The person's wish; or a pause called it off before it left, and it goes later.
            self._cancel.check()
            self._queue.appendleft(calls)

    def _of(self, unit: Unit) -> tuple[Call, ...]:
        return tuple(self._calls[person.row] for person in unit.people)

    def _ask(self, unit: Unit) -> Answered:
        return self._caller.ask(self._of(unit), self._turn)

    # -- what became of them ---------------------------------------------------------------------

    def _settle(self, cancel: CancelToken) -> None:
        """Read the lists, settle everybody who was sent, and queue once more who must be."""
        open_calls = [call for call in self._calls.values() if call.is_open]
        now = self._read(open_calls, cancel, pause=0.0)
        late = [c for c in open_calls if c.may_appear and not self._done(c, now)]
        if late:
            now |= self._read(late, cancel, pause=self._settle_seconds)
        again: list[Call] = []
        fates: list[Fate] = []
        for call in open_calls:
            if not self._done(call, now) and call.deserves_another:
                again.append(call)
            else:
                call.is_settled = True
                listed = now[call.target.person.row]
                fates += judging.fates(self._plan.act, call, listed)
        self._requeue(again)
        self._record(fates)

    def _requeue(self, again: Sequence[Call]) -> None:
        together = [call for call in again if not call.goes_alone]
        self._queue.extend(_batches(together, self._plan.act.size))
        self._queue.extend((call,) for call in again if call.goes_alone)
        for call in again:
            call.queue_again()

    def _done(self, call: Call, now: Mapping[int, Listed | None]) -> bool:
        return self._plan.act.is_done(now[call.target.person.row])

    def _read(
        self, calls: Sequence[Call], cancel: CancelToken, *, pause: float
    ) -> dict[int, Listed | None]:
        """Return by row who is on the lists, or known by ID, now."""
        if not calls:
            return {}
        self._progress("Zoom’s list of registrants")
        cancel.sleep(pause)
        plan = self._plan
        lists = Lists.of(read(self._client, self._ref, plan.act, plan.dates, cancel))
        return {c.target.person.row: self._find(c.target, lists, cancel) for c in calls}

    def _find(self, target: Target, lists: Lists, cancel: CancelToken) -> Listed | None:
        found = lists.again(target.person, target.listed, self._plan.act)
        if found is None and target.unlisted:
            return self._client.registrant(self._ref, target.listed.id, cancel=cancel)
        return found

    # -- the end ---------------------------------------------------------------------------------

    def _finish(self, stopped: ZoomdeskError | None, *, cancelled: bool) -> LifeReport:
        ended = stopped is not None or cancelled
        if ended and any(call.is_open for call in self._calls.values()):
            stopped = self._settle_after_stop() or stopped
        for call in self._calls.values():
            result = Result.UNCONFIRMED if call.is_open else Result.STOPPED
            message = wording.NOT_CONFIRMED if call.is_open else wording.STOPPED
            for person in call.target.people:
                fate = Fate(person.row, person.email, result, None, message)
                self._fates.setdefault(person.row, fate)
        try:
            state = RunState.STOPPED if ended else RunState.FINISHED
            self._journal.set_state(self._id, state, stopped.message if stopped else "")
        except JournalError as error:
            stopped = stopped or error
        self._progress()
        return LifeReport(
            self._id,
            EventName.of(self._ref, self._plan.event.topic),
            self._plan.act,
            tuple(self._fates[row] for row in sorted(self._fates)),
            stopped,
            cancelled,
            time.monotonic() - self._started,
        )

    def _settle_after_stop(self) -> ZoomdeskError | None:
        """Look once more what became of who was sent; where that fails, it stays unconfirmed."""
        try:
            self._settle(CancelToken())
        except JournalError as error:
            return error
        except (RunError, AccountError):
            return None
        return None

    def _record(self, fates: Sequence[Fate]) -> None:
        """Keep what became of rows, and put it into the journal. Raises JournalError."""
        self._fates.update({fate.row: fate for fate in fates})
        outcomes = tuple(fate.outcome for fate in fates if fate.outcome is not None)
        if outcomes:
            self._on_event(RowsAnswered(outcomes))
        self._progress()
        self._journal.put_outcomes(self._id, outcomes)

    def _progress(self, waiting_for: str = "") -> None:
        waiting = sum(len(calls) for calls in self._queue)
        total = len(self._calls)
        self._on_event(
            Progress(total - waiting, total, None, waiting_for, paused=self._pause.paused)
        )


def _batches(calls: Iterable[Call], size: int) -> list[tuple[Call, ...]]:
    every = tuple(calls)
    return [every[start : start + size] for start in range(0, len(every), size)]
