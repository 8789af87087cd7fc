"""Carry out a plan: send, reconcile, go on, and never send anybody twice without looking first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from zoomdesk.errors import AccountError, JournalError, RunError, ZoomdeskError
from zoomdesk.registration import wording
from zoomdesk.registration.baton import Timing
from zoomdesk.registration.company import Company
from zoomdesk.registration.dispatch import Dispatcher, Doubt, Ending, Unit
from zoomdesk.registration.doubts import Doubts, found_meanwhile
from zoomdesk.registration.events import Finished, OnEvent, Progress, RowsAnswered, ignore
from zoomdesk.registration.flights import Flights, Landed
from zoomdesk.registration.journal import CallKind, Journal, RunState
from zoomdesk.registration.lineup import line_up, people_of, take_out
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.registration.plan import Plan, follow
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import Registry, from_list, read_lists
from zoomdesk.registration.refusals import RefusalWatch
from zoomdesk.registration.report import EventName, RunReport
from zoomdesk.registration.tomorrow import again_at
from zoomdesk.registration.windows import wait_for_others
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.cancel import Cancelled, CancelToken
from zoomdesk.zoom.events import EventRef

__all__ = ["Run", "RunReport"]

_SECOND_LOOK = 3.0
"""How much longer than ``settle_seconds`` the second look at the lists waits."""

_TELL_EVERY = 1.0
"""Seconds after which whoever watches hears again how it stands, though no call has ended."""


class Run:
    """Register the people of a plan. A plain object: ``execute`` once, on any thread.

    ``on_event`` is called on that thread. ``cancel`` ends the run after the calls that are under
    way; ``pause`` holds it after them, until it is let go on. ``at_once`` says how many calls of a
    kind may be under way, one where it does not name the kind. ``earlier`` are outcomes of the same
    run from before, for the report of a resume; ``obstacle`` is why nobody is sent any more, for
    the report too.
    ``others`` is given where other machines may register for the event: the run takes turns with
    them (see baton).
    ``settle_seconds`` is the pause between a call without an answer and the look at the list: Zoom
    may still be at work on it.
    """

    def __init__(
        self,
        plan: Plan,
        ref: EventRef,
        client: ZoomApi,
        journal: Journal,
        run_id: str,
        *,
        on_event: OnEvent = ignore,
        cancel: CancelToken | None = None,
        pause: PauseSwitch | None = None,
        earlier: Sequence[Outcome] = (),
        obstacle: ZoomdeskError | None = None,
        settle_seconds: float = 2.0,
        clock: Callable[[], datetime] | None = None,
        at_once: Mapping[CallKind, int] | None = None,
        others: Timing | None = None,
    ) -> None:
        self._plan = plan
        self._ref = ref
        self._client = client
        self._journal = journal
        self._id = run_id
        self._on_event = on_event
        self._cancel = cancel or CancelToken()
        self._obstacle = obstacle
        self._settle_seconds = settle_seconds
        self._at_once = at_once or {}
        self._pause = pause or PauseSwitch()
        # Once the run stops or is paused, calls that still wait for their turn are called off.
        self._turn = self._cancel.child()
        self._dispatcher = Dispatcher(plan, ref, client, journal, run_id, clock or journal.clock)
        self._outcomes = {outcome.row: outcome for outcome in earlier}
        self._total = len({*self._outcomes, *(outcome.row for outcome in plan.settled)}) + sum(
            len(plan.rows_of(person)) for person in plan.people
        )
        self._queue = line_up(plan)
        self._company = Company(plan, ref, client, journal, self, others) if others else None
        self._doubts = Doubts(plan)
        self._unlisted: set[str] = set()
        self._refusals = RefusalWatch()
        self._seen = 0
        self._calls_made = 0
        self._in_flight = 0
        self._started = time.monotonic()
        self._held_seconds = 0.0

    def execute(self) -> RunReport:
        """Run to the end, to a stop, or to the person's wish, and report.

        Errors that end a run are in the report, not raised; only a JournalError of a run that goes
        on elsewhere is raised.
        """
        with self._journal.claim(self._id):
            report = self.carry_out()
        self._on_event(Finished(report))
        return report

    def carry_out(self) -> RunReport:
        """Do the same for whoever holds the run's claim, and tells of the end, already."""
        stopped, cancelled = self._obstacle, False
        try:
            self._work()
        except Cancelled:
            cancelled = True
        except (RunError, AccountError) as error:
            stopped = error
        return self._finish(stopped, cancelled)

    def _work(self) -> None:
        self._save(self._plan.settled)
        self._hold()
        while self._queue or self._doubts:
            self._send_all()
            if self._doubts:
                self._look_up()
        self._fill_links()

    # -- calls under way -------------------------------------------------------------------------

    def _send_all(self) -> None:
        """Send what is queued, as many calls side by side as may be, and keep what each brings.

        Whatever stops the run is raised when all that were under way have ended and are kept.
        """
        stopped: Exception | None = None
        with Flights(lambda unit: self._dispatcher.ask(unit, self._turn), self._at_once) as flights:
            while True:
                elsewhere = None
                try:
                    if stopped is None:
                        elsewhere = self._start_calls(flights)
                    if flights.up:
                        self._in_flight = flights.up
                        self._progress()
                        landed = flights.land_within(_TELL_EVERY)
                        self._in_flight = flights.up
                        self._take(landed)
                    elif elsewhere is not None:
                        self._wait_for_others()
                    else:
                        break
                except Exception as error:  # noqa: BLE001  raised below, when all have landed
                    # The person's wish is no reason where there is another one.
                    if stopped is None or isinstance(stopped, Cancelled):
                        stopped = error
                    self._turn.cancel()
        if stopped is not None:
            raise stopped

    def _start_calls(self, flights: Flights) -> Ending | None:
        """Start what may start now; return the end of a call that another run has made needless."""
        if self._turn.cancelled and not flights.up:
            self._hold()
        if not self._has_turn(flights):
            return None
        while self._queue and flights.may_start(self._queue[0].kind):
            self._cancel.check()
            if self._turn.cancelled:
                break
            unit = self._queue[0]
            begun = self._dispatcher.begin(unit, self._seen)
            if isinstance(begun, int):
                self._queue.popleft()
                flights.start(begun, unit)
            elif begun.doubt is Doubt.ELSEWHERE:
                return begun
            else:
                self._queue.popleft()
                self._fold(begun)
        return None

    def _has_turn(self, flights: Flights) -> bool:
        """Return whether calls may start; wait for our turn among other machines if need be."""
        company = self._company
        if company and not company.may_start:
            if flights.up and company.is_lost:
                self._turn.cancel()
            if flights.up or not self._queue:
                return False
            self._take_turn(company, flights)
        return company is None or company.may_start

    def _take_turn(self, company: Company, flights: Flights) -> None:
        try:
            company.take(self._turn)
        except Cancelled:
            # Paused: another may take the turn meanwhile.
            self._cancel.check()
            self._hold()
        else:
            if company.is_answered:
                flights.open_up()

    def _hold(self) -> None:
        """Wait while the person holds the run. Raises Cancelled."""
        since = time.monotonic()
        if self._pause.paused:
            self._progress()
        self._turn = self._pause.turn(self._cancel)
        self._held_seconds += time.monotonic() - since

    # -- one call's end --------------------------------------------------------------------------

    def _take(self, landed: Landed | None) -> None:
        """Record how a call ended; None says that all are still under way."""
        if landed is None:
            self._progress()
            return
        try:
            self._fold(self._dispatcher.end(landed.call, landed.unit, landed.answered))
        except Cancelled:
            # The person's wish; or a pause called it off before it left, and it goes later.
            self._cancel.check()
            self._queue.appendleft(landed.unit)
            self._progress()

    def _fold(self, ending: Ending) -> None:
        self._calls_made += 1
        self._doubts.add(ending)
        self._unlisted |= {
            emails.key(outcome.email)
            for outcome in ending.outcomes
            if outcome.status is Status.PENDING
        }
        if self._company:
            self._company.landed(outcome.registrant_id for outcome in ending.outcomes)
        self._keep(ending.outcomes)
        if ending.stop:
            raise ending.stop
        if ending.unit.kind is not CallKind.BATCH:
            self._refusals.note(ending.refusal)

    # -- what taking turns asks of a run: the Crew of Company ------------------------------------

    def waiting(self) -> Sequence[Person]:
        """Return whoever may be sent next: those who fit into batches first."""
        return people_of(self._queue, CallKind.BATCH) or people_of(self._queue)

    def send_alone(self, person: Person) -> str:
        """Register one of the people who wait; return the registrant ID, ``""`` where none came."""
        kind = CallKind.BATCH if self._queue[0].kind is CallKind.BATCH else CallKind.SINGLE
        unit = Unit(kind, (person,))
        begun = self._dispatcher.begin(unit, self._seen)
        if isinstance(begun, Ending) and begun.doubt is Doubt.ELSEWHERE:
            self._wait_for_others()
            return ""
        take_out(self._queue, {emails.key(person.email)}, self._plan.options.batch_size)
        if isinstance(begun, int):
            answered = self._dispatcher.ask(unit, self._turn)
            try:
                begun = self._dispatcher.end(begun, unit, answered)
            except Cancelled:
                self._queue.appendleft(unit)
                raise
        self._fold(begun)
        return begun.outcomes[0].registrant_id if begun.outcomes else ""

    def settle(self, registry: Registry) -> None:
        """Settle whoever waits and was registered by somebody else."""
        outcomes = found_meanwhile(self._plan, people_of(self._queue), registry)
        keys = {emails.key(outcome.email) for outcome in outcomes}
        take_out(self._queue, keys, self._plan.options.batch_size)
        self._save(outcomes)

    def tell(self, waiting_for: str) -> None:
        """Show what the run waits for."""
        self._progress(waiting_for)

    # -- people in doubt -------------------------------------------------------------------------

    def _wait_for_others(self) -> None:
        """Put everybody who waits in doubt, once no other run has a call to the event under way.

        What the plan knew of the lists is older than the other run's calls, for all of them.
        """
        wait_for_others(
            self._journal,
            self._id,
            self._ref,
            {emails.key(person.email) for person in people_of(self._queue)},
            settle_seconds=self._settle_seconds,
            cancel=self._cancel,
            tell=self._progress,
        )
        self._seen = self._journal.last_call()
        self._doubts.postpone(self._queue)
        self._queue.clear()

    def _look_up(self) -> None:
        """Read the lists, settle whom they name, and queue the others once more."""
        tries = self._journal.tries(self._ref)
        registry = self._read_lists(pause=self._doubts.may_appear(tries))
        if self._doubts.may_appear(tries, registry):
            # A list may lag behind: whoever is sent a second time may be mailed a second time.
            registry = self._read_lists(pause=True, times=_SECOND_LOOK)
        outcomes, units = self._doubts.settle(registry, self._journal.tries(self._ref))
        self._queue += units
        self._save(outcomes)

    def _fill_links(self) -> None:
        """Read the lists once if an answer gave no link, to tell who waits and who does not."""
        waiting = [p for p in self._plan.people if emails.key(p.email) in self._unlisted]
        if not waiting:
            return
        registry = self._read_lists(pause=False)
        outcomes = [
            outcome
            for person in waiting
            if (listed := registry.find(person.email))
            for outcome in self._rows(person, from_list(person, listed, ours=True))
        ]
        self._save(outcomes)

    def _read_lists(self, *, pause: bool, times: float = 1.0) -> Registry:
        while True:
            self._progress("Zoom’s list of registrants")
            try:
                if pause:
                    self._turn.sleep(self._settle_seconds * times)
                dates = self._plan.options.occurrence_ids
                return Registry.of(read_lists(self._client, self._ref, self._turn, dates))
            except Cancelled:
                # Paused: read afresh, the pages of a list are good for 15 minutes only.
                self._cancel.check()
                self._hold()

    # -- the end ---------------------------------------------------------------------------------

    def _finish(self, stopped: ZoomdeskError | None, cancelled: bool) -> RunReport:
        unfinished = stopped is not None or cancelled
        open_rows = [
            outcome
            for person in self._plan.people
            if person.row not in self._outcomes
            for outcome in self._unsent(person, self._why_open(person))
        ]
        self._keep(open_rows)
        try:
            # Rows that were not reached have no outcome in the journal: a resume finds them open.
            state = RunState.STOPPED if unfinished else RunState.FINISHED
            why, now = stopped.message if stopped else "", self._journal.clock()
            self._journal.set_state(self._id, state, why, again_at(stopped, now))
        except JournalError as error:
            stopped = stopped or error
        return RunReport(
            self._id,
            EventName.of(self._ref, self._plan.event.topic),
            tuple(self._outcomes[row] for row in sorted(self._outcomes)),
            stopped,
            cancelled,
            time.monotonic() - self._started,
        )

    def _why_open(self, person: Person) -> str:
        return wording.IN_DOUBT if self._doubts.is_unknown(person) else wording.STOPPED

    def _unsent(self, person: Person, message: str) -> list[Outcome]:
        outcome = Outcome(person.row, person.email, Status.NOT_SENT, message=message)
        return self._rows(person, outcome)

    def _rows(self, person: Person, outcome: Outcome) -> list[Outcome]:
        return [follow(outcome, row) for row in self._plan.rows_of(person)]

    def _keep(self, outcomes: Iterable[Outcome]) -> None:
        fresh = tuple(outcomes)
        self._outcomes.update({outcome.row: outcome for outcome in fresh})
        if fresh:
            self._on_event(RowsAnswered(fresh))
        self._progress()

    def _save(self, outcomes: Sequence[Outcome]) -> None:
        """Keep and record outcomes. Raises JournalError; the report has them even so."""
        self._keep(outcomes)
        self._journal.put_outcomes(self._id, outcomes)

    def _progress(self, waiting_for: str = "") -> None:
        left = None
        if self._calls_made:
            each = (time.monotonic() - self._started - self._held_seconds) / self._calls_made
            left = each * (len(self._queue) + self._in_flight)
        done, paused = len(self._outcomes), self._pause.paused
        self._on_event(Progress(done, self._total, left, waiting_for, self._in_flight, paused))
