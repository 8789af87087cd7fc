"""Believe Zoom's lists only when no call can be under way any more.

A program that was killed may leave a call behind that Zoom is still at work on: its people are not
on the lists yet, and whoever sends them again lets Zoom mail them twice. Nobody has said how long
Zoom takes; what its calls took before is the best that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from zoomdesk.registration.journal import Journal
from zoomdesk.registration.journal.records import Unanswered
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.plan import MOST_TRIES
from zoomdesk.registration.ports import ZoomApi
from zoomdesk.registration.reconcile import Registry, read_lists
from zoomdesk.roster import emails
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
    them. They may too, whatever the answer, where they lack somebody of whom nobody would think
    again before the next call: whom ``ours`` has sent without a result (an answer leaves people
    out), and whose requests of the day are used up, the last of them perhaps by another run.
    Calls that a run other than ``ours`` has under way at this moment are not waited for: that run
    sees to them. ``dates`` is as for ``read_lists``. Raises Cancelled, JournalError and the
    client's errors.
    """
    listed = read_lists(client, ref, cancel, dates)
    doubt = _missing(journal, ref, ours, Registry.of(listed))
    left = seconds_left(doubt, journal.clock(), settle_seconds)
    if left <= 0:
        return listed
    (cancel or CancelToken()).sleep(left)
    return read_lists(client, ref, cancel, dates)


def _missing(journal: Journal, ref: EventRef, ours: str, registry: Registry) -> Unanswered:
    """Return whom the lists may lack, and when one of them was sent last."""
    doubt = journal.unanswered(ref, ours=ours)
    unheard = _unlisted(doubt.keys, registry)
    worn_out = {key for key, count in journal.tries(ref).items() if count >= MOST_TRIES}
    unsure = _unlisted(worn_out | _without_result(journal, ours), registry)
    sent = (
        doubt.last_sent if unheard else None,
        journal.last_sent(ref, unsure) if unsure else None,
    )
    last = max((at for at in sent if at is not None), default=None)
    return replace(doubt, keys=unheard | unsure, last_sent=last)


def _unlisted(keys: Iterable[str], registry: Registry) -> frozenset[str]:
    return frozenset(key for key in keys if not registry.knows(key))


def _without_result(journal: Journal, run: str) -> frozenset[str]:
    """Return the keys of those whom a run has sent and will send again if no list has them."""
    settled = {
        emails.key(outcome.email)
        for outcome in journal.outcomes(run)
        if outcome.status is not Status.NOT_SENT
    }
    return journal.sent_keys(run) - settled


def seconds_left(doubt: Unanswered, now: datetime, settle_seconds: float) -> float:
    """Return how long the lists may still lack people of calls without an answer; 0 for no time."""
    if doubt.last_sent is None:
        return 0.0
    hold = timedelta(seconds=min(_LONGEST, _FACTOR * max(settle_seconds, doubt.slowest)))
    return max(0.0, (doubt.last_sent + hold - now).total_seconds())
