"""Let one machine at a time register people for an event, by nothing but the event's own lists.

Machines that register overlapping sheets share no lock, no file and no clock: all that one sees of
another are the people who appear on Zoom's lists. A limit that belongs to the account makes several
senders no faster than one, so they take turns, and whoever waits finds most of its people listed.

This is Fischer's algorithm for mutual exclusion by timing. To take the turn a machine looks at the
list, registers one person of its own, chosen at random: its *mark*, lets a moment pass, and looks
again.

- **Whoever lands later sees whoever landed earlier**: the second look comes once the own mark is
  on the list, and ``window + 2 * lag`` after it. A machine whose mark took at most ``window`` is
  seen by the others too; one that was slower knows it by its own clock, and yields. Of those who
  see one another the smallest registrant ID goes first. So two never have the turn, as long as no
  list lags more than ``lag`` longer for others than it did for us.
- **Nobody marks while somebody works.** Who has the turn starts calls only within ``lease`` of its
  last registration, and has lost it after a longer silence; everybody else waits until the list
  has stood still for ``quiet``, which is longer. A machine that has just come has not watched that
  long: it trusts the lists' own times, all of Zoom's clock and none of ours.

What remains: two machines may choose the same person in the same moment, one in 2,000 times where
the start can be delayed long enough, 4 % of 1 / people else (``_delay``). A call that Zoom carries
out more than ``quiet - lease`` after the one before may meet a machine that took the turn
meanwhile. People who register themselves look like another machine: they cost time and no more.

Pure: no calls, no threads, no clock of its own. Each protocol is a generator that yields what it
wants done and is sent what came of it, so that a test runs a dozen machines in simulated time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast


@dataclass(frozen=True, slots=True)
class Timing:
    """Say in seconds what machines expect of Zoom and of one another; it must be alike for all.

    ``window`` is how long a mark may take from the look before it to its answer. ``lag`` is how
    much later than its answer a list may show a registration: nobody has published it
    (zoom/README.md section 6 names no such promise), the own mark tells how long it really takes.
    ``lease`` and ``quiet`` as above; ``slack`` is what lies between what happens and what is seen
    of it. ``poll`` separates two looks of those who wait, ``delay`` bounds the pause before a mark.
    """

    window: float = 1.0
    lag: float = 0.25
    lease: float = 3.0
    quiet: float = 8.0
    slack: float = 1.5
    poll: float = 1.0
    delay: float = 5.0

    @property
    def settle(self) -> float:
        """Return how long to wait after a mark until all that may rival it are on the list."""
        return self.window + 2 * self.lag


SHORT_LIST = 3_000
"""People on the lists, ten pages, that are read at once to save waiting for ``quiet``."""

_ODDS = 2_000
"""One such chance of choosing the person whom another machine chooses is what a delay aims at."""

_WINDOWS = 50
"""A delay of more windows than this buys nothing that a person would wait for."""

_GRAIN = timedelta(seconds=1)
"""Zoom's times are whole seconds (zoom/README.md, the head)."""

_REFUSED = 2
"""After so many marks that Zoom would not take, silence alone must do to take the turn."""

_READ_SHARE = 10
"""Whoever waits reads the lists for at most one part in so many of the time."""


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait that long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Count:
    """Ask how many people are on the lists; answered by a Sight."""


@dataclass(frozen=True, slots=True)
class Read:
    """Read the lists and settle whoever of ours is on them; answered by a Roll."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Register one of our people, any; answered by a Marked, by None where nobody is left."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How many people were on the lists at a moment between ``asked`` and ``told``."""

    total: int
    asked: float
    told: float


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is on the lists, by registrant ID with the time of registration where it is known.

    ``ours`` are the IDs of those whom this computer sent.
    """

    created: Mapping[str, datetime | None]
    ours: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """Under which ID the person was registered, ``""`` where that is not known, and when told."""

    id: str
    told: float


Step = Sleep | Count | Read | Mark
Reply = Sight | Roll | Marked | None
Steps = Generator[Step, Reply, None]


@dataclass(slots=True)
class Baton:
    """Know whether this machine may send, and how to get there.

    ``known`` are the registrant IDs on the lists that the plan was made from, ``total`` how many of
    them count. ``waiting`` tells how many people are still to be sent; ``clock`` counts seconds.
    """

    known: frozenset[str]
    total: int
    waiting: Callable[[], int]
    clock: Callable[[], float]
    timing: Timing = field(default_factory=Timing)
    chance: random.Random = field(default_factory=random.SystemRandom)

    _mine: set[str] = field(default_factory=set)
    _since: float | None = None  # nobody else has registered anybody, as far as was seen
    _latest: float | None = None  # our last registration while we have the turn
    _look_seconds: float = 0.0
    _is_listening: bool = False

    @property
    def is_listening(self) -> bool:
        """Return whether another machine seems to have the turn."""
        return self._is_listening

    # -- while we have the turn ------------------------------------------------------------------

    @property
    def may_start(self) -> bool:
        """Return whether another call may be started."""
        return self._silence() < self.timing.lease

    @property
    def is_lost(self) -> bool:
        """Return whether others may have taken the turn: what has not left must not leave."""
        return self._silence() >= self.timing.quiet - self.timing.slack

    def landed(self, ids: Iterable[str]) -> None:
        """Note that a call of ours registered these people."""
        fresh = {each for each in ids if each} - self._mine - self.known
        self._mine |= fresh
        self.total += len(fresh)
        if fresh and self._latest is not None:
            self._latest = None if self.is_lost else self.clock()

    def _silence(self) -> float:
        return float("inf") if self._latest is None else self.clock() - self._latest

    # -- to get it -------------------------------------------------------------------------------

    def take(self) -> Steps:
        """Wait for the turn and take it. Ends without it where nobody is left to send."""
        self._latest = None
        sight = yield from self._count()
        if self._since is None or sight.total != self.total:
            yield from self._begin(sight)
        refused = 0
        while self.waiting():
            if (self.total > SHORT_LIST or refused) and not self._is_quiet(self.clock()):
                yield from self._listen()
            if refused >= _REFUSED:
                self._latest = self.clock()
                return
            yield Sleep(self._delay())
            before = yield from self._count()
            if before.total != self.total:
                yield from self._listen()
                continue
            marked = yield Mark()
            if not isinstance(marked, Marked):
                return
            if not self.waiting():
                return
            if not marked.id:
                # Refused or lost. Should it appear on the list after all, it looks like another's.
                refused += 1
                continue
            if (yield from self._is_first(before, marked)):
                self._latest = self.clock()
                return
            yield from self._listen()

    def _begin(self, sight: Sight) -> Steps:
        """Look whether anybody has come since the plan was made, or while we did not send."""
        self._since = sight.told
        if sight.total != self.total:
            self.total = sight.total
            yield from self._read()

    def _is_first(self, before: Sight, marked: Marked) -> Generator[Step, Reply, bool]:
        """Wait until every rival's mark must be on the list; return whether ours goes first."""
        timing = self.timing
        self._mine.add(marked.id)
        lag = timing.lag
        shown = yield from self._count()
        while shown.total <= before.total:
            if shown.told - marked.told > timing.quiet:
                return False
            yield Sleep(timing.lag)
            shown = yield from self._count()
            lag = max(lag, shown.told - marked.told)
        yield Sleep(marked.told + timing.window + 2 * lag - self.clock())
        after = yield from self._count()
        was_quiet = self._is_quiet(before.asked)
        if was_quiet and after.total == before.total + 1:
            self.total = after.total
            return True
        known, self.total = self.known, after.total
        roll = yield from self._read()
        if self.clock() - marked.told > timing.settle + timing.lease:
            return False  # others may have taken us for gone
        late = marked.told - before.asked > timing.window
        return self._goes_first(roll, marked.id, known, late=late, was_quiet=was_quiet)

    def _goes_first(
        self, roll: Roll, mark: str, known: frozenset[str], *, late: bool, was_quiet: bool
    ) -> bool:
        others = roll.created.keys() - self._mine
        rivals = others - known
        if mark not in roll.created or (late and rivals):
            return False
        if not was_quiet and not self._were_here_long(roll, mark, others - rivals):
            return False
        return all(mark < rival for rival in rivals)

    def _were_here_long(self, roll: Roll, mark: str, known: Iterable[str]) -> bool:
        """Return whether nobody had the turn when we came, by the times that Zoom gives."""
        ours = roll.created[mark]
        if ours is None:
            return False
        latest = ours - timedelta(seconds=self.timing.quiet) - _GRAIN
        times = [roll.created[each] for each in known]
        return all(created is not None and created < latest for created in times)

    # -- while another has it --------------------------------------------------------------------

    def _listen(self) -> Steps:
        """Wait until nobody has registered anybody for long enough."""
        since = self.clock()
        read_at, read_seconds, is_read = since, 0.0, False
        self._is_listening = True
        while True:
            yield Sleep(self.timing.poll)
            sight = yield from self._count()
            if sight.total != self.total:
                self.total, since, is_read = sight.total, sight.told, False
            is_over = sight.asked - since >= self.timing.quiet
            rested = self.clock() - read_at > max(self.timing.quiet, _READ_SHARE * read_seconds)
            if not is_read and (is_over or rested):
                started = self.clock()
                yield from self._read()
                read_at, is_read = self.clock(), True
                read_seconds = read_at - started
            if is_over or not self.waiting():
                self._since, self._is_listening = since, False
                return

    # -- what both do ----------------------------------------------------------------------------

    def _count(self) -> Generator[Step, Reply, Sight]:
        sight = cast("Sight", (yield Count()))
        self._look_seconds = sight.told - sight.asked
        return sight

    def _read(self) -> Generator[Step, Reply, Roll]:
        roll = cast("Roll", (yield Read()))
        self.known = frozenset(roll.created)
        self._mine |= set(roll.ours)
        return roll

    def _is_quiet(self, now: float) -> bool:
        return self._since is not None and now - self._since >= self.timing.quiet

    def _delay(self) -> float:
        """Return a random pause that keeps machines which start together from looking together.

        Two marks fall into one another's windows with a chance of two windows in a delay, and are
        the same person's with one in the people left.
        """
        window = 2 * self._look_seconds
        wanted = 2 * window * _ODDS / max(1, self.waiting())
        return self.chance.uniform(0, min(self.timing.delay, _WINDOWS * window, wanted))
