"""Machines that take turns at one event, in simulated time: a model of the wire, not of the rules.

Every step of every machine is an entry of one queue of moments. Calls take time on the way there,
where they are carried out, and on the way back; a list shows a registration a little later.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

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
    Steps,
    Timing,
)

BATCH = 30
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A registration: ID, person, when it was carried out, from when the lists show it, by whom."""

    id: str
    person: int
    at: float
    shown: float
    by: str


@dataclass
class World:
    """One event at Zoom; ``way`` bounds the seconds of a direction, ``lag`` those of the lists."""

    chance: random.Random
    way: tuple[float, float] = (0.02, 0.3)
    lag: float = 0.2
    now: float = 0.0
    entries: dict[int, Entry] = field(default_factory=dict)
    twice: list[tuple[int, str, str]] = field(default_factory=list)
    """Whom two calls registered, with who came first and who second."""
    calls: list[tuple[float, str]] = field(default_factory=list)
    _queue: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _number: int = 0

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._queue, (self.now + max(0.0, seconds), self._number, act))

    def travel(self) -> float:
        return self.chance.uniform(*self.way)

    def run(self, until: float) -> None:
        while self._queue and self._queue[0][0] <= until:
            self.now, _, act = heapq.heappop(self._queue)
            act()

    def visible(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.shown <= self.now]

    def register(self, people: Sequence[int], by: str) -> list[str]:
        self.calls.append((self.now, by))
        for person in people:
            if known := self.entries.get(person):
                self.twice.append((person, known.by, by))
            else:
                name = f"{self.chance.getrandbits(64):016x}"
                shown = self.now + self.chance.uniform(0, self.lag)
                self.entries[person] = Entry(name, person, self.now, shown, by)
        return [self.entries[person].id for person in people]

    def created(self, entry: Entry) -> datetime:
        return NOON + timedelta(seconds=int(entry.at))


class Machine:
    """Register a sheet as a run does: take the turn, send batches side by side, take it again."""

    def __init__(
        self, world: World, name: str, sheet: Sequence[int], timing: Timing, at_once: int = 3
    ) -> None:
        self.world = world
        self.name = name
        self.sheet = list(sheet)
        self.left = list(sheet)
        self.at_once = at_once
        self.up = 0
        self.dead = False
        self.done_at: float | None = None
        self._timing = timing
        self._steps: Steps | None = None

    def start(self) -> None:
        """Read the lists, as a plan does, and begin a little later."""
        if self.dead:
            return
        known = self._settle()
        self.baton = Baton(
            frozenset(known),
            len(known),
            lambda: len(self.left),
            lambda: self.world.now,
            self._timing,
            self.world.chance,
        )
        self.world.after(self.world.travel(), self._go)

    def _settle(self) -> dict[str, datetime | None]:
        listed = self.world.visible()
        there = {entry.person for entry in listed}
        self.left = [person for person in self.left if person not in there]
        return {entry.id: self.world.created(entry) for entry in listed}

    # -- sending ---------------------------------------------------------------------------------

    def _go(self) -> None:
        if self.dead or self._steps is not None:
            return
        while self.left and self.up < self.at_once and self.baton.may_start:
            people, self.left = self.left[:BATCH], self.left[BATCH:]
            self.up += 1
            self.world.after(self.world.travel(), lambda people=people: self._carried_out(people))
        if self.up:
            return
        if not self.left:
            self.done_at = self.world.now
            return
        self._steps = self.baton.take()
        self._advance(None)

    def _carried_out(self, people: list[int]) -> None:
        # A call on the wire is carried out whatever became of its sender.
        ids = self.world.register(people, self.name)
        self.world.after(self.world.travel(), lambda: self._landed(ids))

    def _landed(self, ids: list[str]) -> None:
        self.up -= 1
        self.baton.landed(ids)
        self._go()

    # -- taking the turn -------------------------------------------------------------------------

    def _advance(self, reply: Reply) -> None:
        if self.dead or self._steps is None:
            return
        try:
            step = self._steps.send(reply)
        except StopIteration:
            self._steps = None
            self._go()
            return
        self._do(step)

    def _do(self, step: Step) -> None:
        world, asked = self.world, self.world.now
        match step:
            case Sleep(seconds):
                world.after(seconds, lambda: self._advance(None))
            case Count():

                def count() -> None:
                    total = len(world.visible())
                    world.after(
                        world.travel(), lambda: self._advance(Sight(total, asked, world.now))
                    )

                world.after(world.travel(), count)
            case Read():

                def read() -> None:
                    roll = Roll(self._settle())
                    world.after(world.travel(), lambda: self._advance(roll))

                world.after(world.travel(), read)
            case Mark():
                if not self.left:
                    self._advance(None)
                    return
                person = self.left.pop(world.chance.randrange(len(self.left)))

                def mark() -> None:
                    (name,) = world.register([person], f"{self.name} mark")
                    world.after(world.travel(), lambda: told(name))

                def told(name: str) -> None:
                    self.baton.landed([name])
                    self._advance(Marked(name, world.now))

                world.after(world.travel(), mark)
