"""Several computers with endless work and one server, in time that is only counted."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from zoomdesk.simulator.windows import WINDOWS
from zoomdesk.zoom.lane import Lane, Turn
from zoomdesk.zoom.pacing import HEADROOM

START = datetime(2026, 5, 4, 22, 15, tzinfo=UTC)


@dataclass
class Machine:
    """One computer's lane, working from ``begins`` to ``ends``, and what became of its calls.

    ``answered`` and ``refused`` are the times at which the calls reached the server.
    """

    lane: Lane
    begins: float = 0.0
    ends: float = 1e9
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    def got(self, since: float, until: float) -> float:
        """Return the calls a second that were answered in a time."""
        return sum(since <= at < until for at in self.answered) / (until - since)


@dataclass
class Crowd:
    """Let machines call a server with a limit. ``jitter`` is how late calls come at most.

    ``headers`` says whether answers name what remains.
    """

    limit: int
    window: str = "sliding"
    latency: float = 0.3
    jitter: float = 0.01
    headers: bool = False
    seed: int = 0
    machines: list[Machine] = field(default_factory=list)

    def add(self, begins: float = 0.0, ends: float = 1e9, plan: int = 0) -> Machine:
        """Add a computer; ``plan`` is the limit that it believes in at first."""
        lane = Lane(plan or self.limit, HEADROOM, begins)
        self.machines.append(Machine(lane, begins, ends))
        return self.machines[-1]

    def run(self, seconds: float) -> None:
        """Let so many seconds pass."""
        chance = random.Random(self.seed)  # noqa: S311  the same for the same seed
        window = WINDOWS[self.window](self.limit)
        order = itertools.count()
        events: list[tuple[float, int, Callable[[float], None]]] = []

        def after(when: float, what: Callable[[float], None]) -> None:
            heapq.heappush(events, (when, next(order), what))

        def arrive(machine: Machine, turn: Turn, now: float) -> None:
            left = window.take(START + timedelta(seconds=now))
            (machine.refused if left is None else machine.answered).append(now)
            after(now + self.latency, lambda now: answer(machine, turn, left, now))

        def answer(machine: Machine, turn: Turn, left: int | None, now: float) -> None:
            if left is None:
                machine.lane.refused(turn, now)
            elif self.headers:
                machine.lane.learn(self.limit)
                machine.lane.hear(turn, left, now)

        def go(machine: Machine, now: float) -> None:
            """Have one call wait for its turn at any time."""
            if now >= machine.ends:
                return
            found = machine.lane.turn(machine, now)
            if not isinstance(found, Turn):
                after(now + found, lambda now: go(machine, now))
                return
            late = chance.uniform(0, self.jitter)
            after(now + late, lambda now: arrive(machine, found, now))
            after(now, lambda now: go(machine, now))

        for each in self.machines:
            each.lane.queue(each, each.begins)
            after(each.begins, lambda now, each=each: go(each, now))  # type: ignore[misc]
        while events and events[0][0] <= seconds:
            when, _, what = heapq.heappop(events)
            what(when)
