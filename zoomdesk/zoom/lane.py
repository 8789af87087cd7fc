"""Give out the slots of one label's calls, to whoever is awake when they come.

Pure bookkeeping: the time is an argument, in seconds of any clock. Not safe for threads: the
pacer's lock is.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from zoomdesk.zoom.share import Share

_SECOND = 1.02
"""What counts as a second: calls do not reach Zoom evenly as they went."""

_OWN_SECOND = 1.1
"""Where our own calls of so long fill the limit, a refusal is of our own making: it says nothing of
others, but that the calls came less evenly than they went."""
_OWN_EVERY = 3.0
"""Seconds in which that is believed once: what goes on is the small share of somebody else."""

_UNEVEN = 0.003  # seconds by which a refusal of our own making lengthens what counts as a second
_MOST_UNEVEN = 0.05

_SLOW = 2.0
"""Seconds that a call may take and still leave no slot empty."""
_SPREAD = 1.5  # how much longer than the last one a call may well take
_IN_LINE = 0.25  # seconds of slots for which calls are ready
_QUICKER = 0.05

_GOLDEN = 0.618  # of the golden ratio: its multiples spread evenly
_LATE = 0.5  # seconds of slots that nobody was awake for and that are made up for
_GRAIN = 0.0001  # the shortest wait, in seconds: clocks have a grain
_REMEMBERED = 10.0  # seconds


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A call's leave to go: when it went, at which share, and how many went in its second."""

    lane: Lane
    at: float
    share: float
    beside: int


class Lane:
    """Keep a line of callers, its slots, and when its calls went, below a limit of calls a second.

    ``headroom`` is the part of the limit that is used at most.
    """

    def __init__(self, limit: int, headroom: float, now: float) -> None:
        self._share = Share(limit, now)
        self._line: list[object] = []
        self._held_until = now
        self._limit = limit
        self._headroom = headroom
        self._next = now
        self._gone: list[float] = []  # in order; without those that were refused
        self._heard = False
        self._takes = 0.0
        self._uneven = 0.0
        self._step = 0.0
        self._own_at = now - _OWN_EVERY

    def queue(self, ticket: object, now: float) -> None:
        """Put a caller at the end of the line. Time that nobody waited in is not saved up."""
        if not self._line:
            self._next = max(self._next, now)
        self._line.append(ticket)

    def leave(self, ticket: object) -> None:
        """Take a caller out of the line."""
        self._line.remove(ticket)

    def rate(self, now: float) -> float:
        """Return the calls a second that go now.

        A whole number of calls in each second and a bit more: at any rate between, some seconds
        hold one call more than others, and where computers share a limit those add up.
        """
        rate = self._share.rate(now)
        second = 1 / self._headroom + self._uneven
        return (math.floor(rate) if rate >= 1 else rate) / second

    def is_shared(self, now: float) -> bool:
        """Return whether others use the limit, too."""
        self._share.rate(now)
        return self._share.is_part

    def held_for(self, now: float) -> float:
        """Return the seconds that are left of a pause that Zoom asked for."""
        return max(0.0, self._held_until - now)

    def at_once(self, now: float) -> int:
        """Return how many calls must be under way to use up the rate, and some to stand in line.

        Until an answer has told how long one takes, as many as if it took two seconds.
        """
        rate = self.rate(now)
        in_line = max(2.0, rate * _IN_LINE)
        under_way = rate * min(_SLOW, _SPREAD * self._takes) if self._takes else rate * _SLOW
        return max(1, round(min(under_way + in_line, rate * _SLOW)))

    def answered(self, turn: Turn, now: float) -> None:
        """Note how long an answer took: slow ones count at once, quick ones little by little."""
        took = now - turn.at
        self._takes = max(took, self._takes + (took - self._takes) * _QUICKER)

    def turn(self, ticket: object, now: float) -> Turn | float:
        """Let a caller go, or return the seconds that it had better sleep."""
        rate = self.rate(now)
        opens = max(self._next, self._held_until, self._free(now))
        if now < opens:
            return max(_GRAIN, opens - now + self._line.index(ticket) / rate)
        self._next = max(self._next, now - _LATE) + 1 / rate
        del self._gone[: bisect_left(self._gone, now - _REMEMBERED)]
        self._gone.append(now)
        return Turn(self, now, self._share.rate(now), self._within(now, 1.0))

    def _free(self, now: float) -> float:
        """Return when the last second holds fewer calls than the limit.

        Slots are made up for when nobody was awake in time. Without a look at when calls really
        went, those would share one second, and Zoom counts them there.
        """
        first = len(self._gone) - self._limit
        return self._gone[first] + _SECOND if first >= 0 else now

    def refused(self, turn: Turn, now: float, hold: float = 0.0) -> None:
        """Slow down after a call that met a full second, and let none go for ``hold`` seconds."""
        place = bisect_left(self._gone, turn.at)
        if place < len(self._gone) and self._gone[place] == turn.at:
            del self._gone[place]  # Zoom did not count it
        is_own = self._within(turn.at, _OWN_SECOND) >= self._limit
        if is_own and now - self._own_at >= _OWN_EVERY:
            self._own_at = now
            self._uneven = min(_MOST_UNEVEN, self._uneven + _UNEVEN)
        else:
            self._share.refused(now, turn.share)
            # Two that go at one rate keep step: without a change of step one meets the full second
            # again and again, and the other never.
            self._step = (self._step + _GOLDEN) % 1
            self._next = max(self._next, now) + self._step / 2 / self.rate(now)
        self._held_until = max(self._held_until, now + hold)

    def learn(self, limit: int) -> None:
        """Go by the limit that Zoom names."""
        if limit != self._limit:
            self._limit = limit
            self._share.set_ceiling(limit)

    def hear(self, turn: Turn, remaining: int, now: float) -> None:
        """Note what Zoom would still have taken in the second of a call."""
        if not self._heard:
            self._heard = True
            others = self._limit - remaining - turn.beside
            if others > 1:
                self._share.begins_beside(others)
        self._share.remains(now, remaining)

    def _within(self, at: float, seconds: float) -> int:
        """Count the calls of so many seconds up to ``at``."""
        return bisect_right(self._gone, at) - bisect_right(self._gone, at - seconds)
