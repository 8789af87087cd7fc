"""Believe Zoom's lists only when no call can be under way any more.

A program that was killed may leave a call behind that Zoom is still at work on: its people are not
on the lists yet, and whoever sends them again lets Zoom mail them twice. Nobody has said how long
Zoom takes; what its calls took before is the best that is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from zoomdesk.registration.journal import Journal
from zoomdesk.registration.journal.records import Unanswered
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import Registry, read_lists
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import Listed

SETTLE_SECONDS = 2.0
"""The pause between a call without an answer and the look at the lists."""

_FACTOR = 5
"""A call is given up after so many times the pause, or what the slowest one took."""

_LONGEST = 60.0
"""Seconds after which the client gives a call up, too."""


def settled_lists(
    client: ZoomApi,
    ref: EventRef,
    journal: Journal,
    *,
    cancel: CancelToken | None = None,
    settle_seconds: float = SETTLE_SECONDS,
    dates: Sequence[str] = (),
    ours: str = "",
) -> tuple[Listed, ...]:
    """Read the lists of an event; wait and read them again while they may lack somebody.

    They may, where the journal has a recent call without an answer and not all of its people are on
    them. Calls that a run other than ``ours`` has under way at this moment are not waited for: that
    run sees to them. ``dates`` is as for ``read_lists``. Raises Cancelled, JournalError and the
    client's errors.
    """
    listed = read_lists(client, ref, cancel, dates)
    doubt = journal.unanswered(ref, ours=ours)
    if doubt.last_sent is None:
        return listed
    registry = Registry.of(listed)
    if all(registry.knows(key) for key in doubt.keys):
        return listed
    left = seconds_left(doubt, journal.clock(), settle_seconds)
    if left <= 0:
        return listed
    (cancel or CancelToken()).sleep(left)
    return read_lists(client, ref, cancel, dates)


def seconds_left(doubt: Unanswered, now: datetime, settle_seconds: float) -> float:
    """Return how long the lists may still lack people of calls without an answer; 0 for no time."""
    if doubt.last_sent is None:
        return 0.0
    hold = timedelta(seconds=min(_LONGEST, _FACTOR * max(settle_seconds, doubt.slowest)))
    return max(0.0, (doubt.last_sent + hold - now).total_seconds())
