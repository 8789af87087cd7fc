"""Let one process of this person at a time touch the sign-ins.

A refresh token is good for one use (zoom/README.md section 3): two processes that trade the same
one would end the sign-in for both.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from zoomdesk import paths
from zoomdesk.errors import AccountError

PATIENCE = 90.0
"""Seconds to wait for another window's refresh: longer than a call to Zoom may take."""


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep other processes of this person out meanwhile. Raises AccountError."""
    # Late: signing in is not what the program starts with.
    from filelock import FileLock, Timeout

    try:
        turn = FileLock(paths.data_dir() / "session.lock")
        turn.acquire(timeout=PATIENCE)
    except Timeout as error:
        raise AccountError(
            "Another window of Zoomdesk is busy with the sign-in.",
            hint="Close it, or wait a moment, and try again.",
        ) from error
    except OSError as error:
        raise AccountError(
            f"The folder of Zoomdesk’s data cannot be written to: {error}.",
            hint="Check that you may write there, or ask your IT.",
        ) from error
    try:
        yield
    finally:
        turn.release()
