"""Let one machine at a time register people for an event, by nothing but the event's own lists.

Machines that register overlapping sheets share no lock, no file and no clock: all that one sees of
another are the people who appear on Zoom's lists. A limit that belongs to the account makes several
senders no faster than one, so they take turns, and whoever waits finds most of its people listed.

To take the turn a machine looks at the list, registers one person of its own, chosen at random: its
*mark*; looks, marks once more, lets a moment pass, and looks again. Is anybody new on the list whom
it did not send, it yields and waits. (Fischer's algorithm for mutual exclusion by timing, with a
list to which everybody can only add in the place of his variable.)

- **Whoever marks later sees whoever marked earlier**: the last look comes after the own marks are
  on the list, and yielding to anybody new asks for no order and no clock. Two marks are made, for
  two machines might choose the same person in one moment, and could not tell their marks apart.
- **No mark is in the air when the turn begins**: the moment that passes is longer than another
  machine needs from its look to its mark, so that what it marks is nobody whom we send.
- **Nobody marks while somebody works.** Who has the turn starts calls only within ``lease`` of its
  last registration, and has lost it after a longer silence; everybody else waits until the list
  has stood still for ``quiet``, which is longer. A machine that has just come has not watched that
  long: it trusts the lists' own times, all of Zoom's clock and none of ours.

What remains. Two machines that start together may mark the same person before they see each other:
one in 2,000 times where the start can be delayed long enough, else about one in ten times the
people left; that person may be mailed twice. Only if that happens with both marks do both go on. A
call that Zoom carries out more than ``quiet - lease`` after the one before may meet a machine that
took the turn meanwhile. People who register themselves look like another machine: they cost time.

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

    ``window`` is how long a mark may take from the look before it until it is carried out. ``lag``
    is how much later a list may show a registration: nobody has published it, and the own mark
    tells how long it really takes.
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
        """Return how long to wait after a mark until all that may meet it are on the list."""
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
            yield Sleep(max(self._delay(), self._stillness()))
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
            if (yield from self._is_alone(before, marked)):
                self._latest = self.clock()
                return
            yield from self._listen()

    def _begin(self, sight: Sight) -> Steps:
        """Look whether anybody has come since the plan was made, or while we did not send."""
        self._since = sight.told
        if sight.total != self.total:
            self.total = sight.total
            yield from self._read()

    def _is_alone(self, before: Sight, marked: Marked) -> Generator[Step, Reply, bool]:
        """Mark once more and wait until all other marks must be on the list: is there any?"""
        timing, start = self.timing, before.total
        shown = yield from self._count_past(start, marked)
        if shown.total != start + 1:
            return False
        again = yield Mark()
        if isinstance(again, Marked) and again.id:
            marked, start = again, start + 1
            shown = yield from self._count_past(start, marked)
        lag = max(timing.lag, shown.asked - marked.told)
        yield Sleep(marked.told + timing.window + 2 * lag - self.clock())
        after = yield from self._count()
        if after.total != start + 1:
            return False
        if before.total and not self._is_quiet(before.asked):
            known = self.known
            roll = yield from self._read()
            others = roll.created.keys() - self._mine
            is_alone = others <= known and self._were_here_long(roll, marked.id, others)
            # Who takes too long to read them may be taken for gone.
            if not is_alone or self.clock() - marked.told > timing.settle + timing.lease:
                return False
        self.total = after.total
        return True

    def _count_past(self, start: int, marked: Marked) -> Generator[Step, Reply, Sight]:
        """Look until the list shows a mark; give up where it does not show it at all."""
        self._mine.add(marked.id)
        sight = yield from self._count()
        while sight.total <= start and sight.told - marked.told < self.timing.quiet:
            yield Sleep(self.timing.lag)
            sight = yield from self._count()
        return sight

    def _were_here_long(self, roll: Roll, mark: str, known: Iterable[str]) -> bool:
        """Return whether nobody had the turn when we came, by the times that Zoom gives."""
        ours = roll.created.get(mark)
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

    def _stillness(self) -> float:
        """Return how long to watch before a mark: somebody may just have taken the turn.

        Between their mark and their next call nothing moves. An empty list has no mark on it.
        """
        if not self.total or self._since is None:
            return 0.0
        return self._since + self.timing.settle + 2 * self.timing.window - self.clock()

    def _delay(self) -> float:
        """Return a random pause that keeps machines which start together from looking together.

        Two marks fall into one another's windows with a chance of two windows in a delay, and are
        the same person's with one in the people left.
        """
        window = 2 * self._look_seconds
        wanted = 2 * window * _ODDS / max(1, self.waiting())
        return self.chance.uniform(0, min(self.timing.delay, _WINDOWS * window, wanted))
