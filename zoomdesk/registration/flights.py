"""Keep several calls of one run under way at once, and hand back how each ended, one by one.

Only the call itself is made on a thread of the pool: planning, the journal and every decision stay
on the thread of the run. So the journal has one writer, and events come from one thread.
"""

from __future__ import annotations

import queue
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from zoomdesk.registration.dispatch import Answered, Unit
from zoomdesk.registration.journal import CallKind

MOST = 64
"""Calls under way at once, whatever the plan allows: each takes a thread."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A call that has ended: its number in the journal, its people, and what came back."""

    call: int
    unit: Unit
    answered: Answered


class Flights:
    """Make calls on threads. Use it as a context manager: on leaving, all have landed.

    ``most`` says how many calls of a kind may be under way, and is asked again for each; a missing
    kind means one. The first call goes alone: what stops the whole run is met by one call and not
    by forty. Whatever comes back that is no answer halves their number, and each answer lets two
    more go again.
    """

    def __init__(
        self, make: Callable[[Unit], Answered], most: Mapping[CallKind, int] | None = None
    ) -> None:
        self._make = make
        self._most = most or {}
        self._width = 1
        self._is_first = True
        self._up: Counter[CallKind] = Counter()
        self._landed: queue.SimpleQueue[Landed] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(MOST, "zoomdesk-call")  # makes no more threads than needed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=False)

    @property
    def up(self) -> int:
        """Return how many calls are under way."""
        return self._up.total()

    def open_up(self) -> None:
        """Let many go at once from now on: Zoom has answered a call of this run already."""
        self._width, self._is_first = MOST, False

    def may_start(self, kind: CallKind) -> bool:
        """Tell whether one more call of this kind may go now."""
        return self._up[kind] < min(MOST, self._most.get(kind, 1), self._width)

    def start(self, call: int, unit: Unit) -> None:
        """Send a call on its way."""
        self._up[unit.kind] += 1
        self._pool.submit(self._fly, call, unit)

    def land(self) -> Landed:
        """Wait for the next call to end, in whatever order they do."""
        return self._count(self._landed.get())

    def land_within(self, seconds: float) -> Landed | None:
        """Return the next call that ends, None where none does so soon."""
        try:
            return self._count(self._landed.get(timeout=seconds))
        except queue.Empty:
            return None

    def _count(self, landed: Landed) -> Landed:
        self._up[landed.unit.kind] -= 1
        if not isinstance(landed.answered, list):
            self._width = max(1, self._width // 2)
        elif self._is_first:
            self._width = MOST
        else:
            self._width = min(MOST, self._width + 2)
        self._is_first = False
        return landed

    def _fly(self, call: int, unit: Unit) -> None:
        self._landed.put(Landed(call, unit, self._make(unit)))
