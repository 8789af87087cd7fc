"""Log every call in one line without people, and remember the last that failed.

A line holds method, path with its IDs, HTTP status, Zoom's code, milliseconds and Zoom's tracking
ID. Bodies and queries never stand in it: they hold people and places in lists.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zoomdesk.zoom import placeholders
from zoomdesk.zoom.failed_call import FailedCall, Sent, tracking_id

if TYPE_CHECKING:
    from zoomdesk.zoom.transport import Reply

TRACKING = "x-zm-trackingid"

log = logging.getLogger("zoomdesk.zoom.calls")
log.addHandler(logging.NullHandler())  # without a log file, nothing goes to stderr instead


class Watch:
    """Watch the calls of many threads; each thread's last failed call is its own."""

    def __init__(self) -> None:
        self._last = threading.local()

    def begin(self) -> None:
        """Forget what failed on this thread before."""
        self._last.failed = None

    @property
    def failed(self) -> FailedCall | None:
        """Return the call that failed last on this thread since ``begin``."""
        make: Callable[[], FailedCall] | None = getattr(self._last, "failed", None)
        return make() if make else None

    def answered(self, sent: Sent, reply: Reply, started: float) -> None:
        """Note an answer; ``started`` is what the monotonic clock said before the call."""
        ms = _since(started)
        good = reply.ok and not reply.code and (reply.body is not None or reply.empty)
        tracking = tracking_id(reply.headers.get(TRACKING, ""))
        level = logging.INFO if good else logging.WARNING
        came = f"{reply.http}" + (f" code {reply.code}" if reply.code else "")
        _log(level, sent, came, ms, tracking)
        if good:
            return
        when = _now()
        words = reply.message or "" if reply.body is not None else "The answer could not be read."
        self._last.failed = lambda: sent.failed(
            when,
            ms,
            http=reply.http,
            code=reply.code,
            words=words,
            answer=reply.body,
            tracking=tracking,
        )

    def lost(self, sent: Sent, what: str, started: float) -> None:
        """Note a call without an answer; ``what`` happened instead."""
        ms = _since(started)
        _log(logging.WARNING, sent, f"no answer ({what})", ms, "")
        when = _now()
        self._last.failed = lambda: sent.failed(when, ms, words=what)


def _log(level: int, sent: Sent, came: str, ms: int, tracking: str) -> None:
    if log.isEnabledFor(level):
        # Beside the text: it looks like a secret, and is what Zoom's support asks for.
        extra = {"tracking": tracking}
        path = placeholders.path(sent.path)
        log.log(level, "%s %s %s %d ms", sent.method, path, came, ms, extra=extra)


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
