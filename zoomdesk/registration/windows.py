"""Wait for other runs of this computer that register people for the same event."""

from __future__ import annotations

from collections.abc import Callable, Collection

from zoomdesk.registration.journal import Journal
from zoomdesk.registration.lingering import seconds_left
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef

WAITING = "another window that registers for the same event"

_GLANCE = 0.3
"""Seconds between two looks whether another window is done."""


def wait_for_others(
    journal: Journal,
    run: str,
    ref: EventRef,
    keys: Collection[str],
    *,
    settle_seconds: float,
    cancel: CancelToken,
    tell: Callable[[str], None],
) -> None:
    """Return once the lists may be believed about the people with these email keys.

    No other run has a call to the event under way then; and where one was killed with a call about
    these people, Zoom cannot be at work on it any more (see lingering). Raises Cancelled and
    JournalError.
    """
    while journal.is_sending_elsewhere(run):
        tell(WAITING)
        cancel.sleep(_GLANCE)
    doubt = journal.unanswered(ref, ours=run)
    if doubt.keys.intersection(keys):
        tell(WAITING)
        cancel.sleep(seconds_left(doubt, journal.clock(), settle_seconds))
