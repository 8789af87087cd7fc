"""Find this computer's share of a limit that others use, too, by what Zoom refuses.

Several computers on one account share nothing but Zoom. Each goes by itself, in the manner of TCP
(additive increase, multiplicative decrease: Chiu and Jain, 1989): a refused call was one too many
in its second, so the rate goes down by one call a second. Whoever is faster is refused more often,
which makes the shares even. Without refusals the rate grows, slowly at first and faster the longer
the last one is ago (as CUBIC, RFC 9438 section 4.2): refusals stay few while all have work, and
what one leaves is soon taken.

Times are seconds of any clock, rates calls a second. Not safe for threads: the pacer's lock is.
"""

from __future__ import annotations

from collections import deque

_LEAST = 0.05
"""The share of the ceiling below which nothing lowers the rate."""

_REGAINED = 30.0
"""Seconds in which a rate grows from nothing to the ceiling, without refusals."""

_AT_MOST_TO = 0.85  # of the rate, by one refusal
_BELOW_ONE = 0.6  # the same where less than a call a second goes: it tells more there
_HALF = 0.5  # of the rate that the refused call went at: no more is known to be too fast

_OTHERS = 3
"""Refusals within a second by which a newcomer knows that others are at work."""

_QUIET = 2.0
"""Seconds without a refusal after which what the headers say remains is believed."""
_TAKEN = 0.25
"""The part of what remains that is taken each second: others see the same and take theirs."""


class Share:
    """Hold the rate of one label's calls, never above ``ceiling``."""

    def __init__(self, ceiling: float, now: float) -> None:
        self._ceiling = ceiling
        self._rate = ceiling
        self._at = now
        self._refused_at = now - _REGAINED
        self._first_refusals: list[float] | None = []
        self._remaining: deque[tuple[float, float]] = deque()

    def rate(self, now: float) -> float:
        """Return the rate at ``now``, which has grown since it was last asked for."""
        since, self._at = self._at, max(self._at, now)
        if self._rate < self._ceiling:
            begun, ended = since - self._refused_at, self._at - self._refused_at
            grown = self._ceiling * (ended**2 - begun**2) / _REGAINED**2
            if ended > _QUIET:
                grown += _TAKEN * self._spare() * min(1.0, self._at - since)
            self._rate = min(self._ceiling, self._rate + grown)
        return self._rate

    @property
    def is_part(self) -> bool:
        """Return whether others leave us less than all of it."""
        return self._rate < self._ceiling

    def refused(self, now: float, went_at: float) -> None:
        """Slow down after a refusal of a call that went when the rate was ``went_at``."""
        rate = self.rate(now)
        # Calls that were under way together tell of one rate: it is no more than halved by them,
        # however many there are.
        slower = rate * (_AT_MOST_TO if rate > 1 else _BELOW_ONE)
        lower = max(rate - 1.0, slower, went_at * _HALF)
        if self._comes_to_others():
            lower = min(lower, self._ceiling * _HALF)
        self._rate = max(min(rate, lower), self._ceiling * _LEAST)
        self._refused_at = self._at

    def _comes_to_others(self) -> bool:
        """Return, once, whether others are at work already: a newcomer gives way to them."""
        if self._first_refusals is None:
            return False
        self._first_refusals = [at for at in self._first_refusals if self._at - at < 1.0]
        self._first_refusals.append(self._at)
        if len(self._first_refusals) < _OTHERS:
            return False
        self._first_refusals = None
        return True

    def remains(self, now: float, calls: float) -> None:
        """Note that Zoom would have taken so many more calls in a second that ended at ``now``."""
        self._remaining.append((now, calls))

    def begins_beside(self, others: float) -> None:
        """Begin no faster than what others leave; two who begin together get half each."""
        self._rate = min(self._rate, max(self._ceiling - others, self._ceiling * _HALF))
        self._refused_at = self._at

    def set_ceiling(self, ceiling: float) -> None:
        """Go by another ceiling: the share of it stays what it was."""
        self._rate *= ceiling / self._ceiling
        self._ceiling = ceiling

    def _spare(self) -> float:
        """Return the least that remained at any time of the last second."""
        while self._remaining and self._remaining[0][0] < self._at - 1.0:
            self._remaining.popleft()
        return min((calls for _, calls in self._remaining), default=0.0)
