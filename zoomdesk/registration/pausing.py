"""Hold a run for a while: what is on the wire ends, nothing leaves, and nothing is undone."""

from __future__ import annotations

import threading

from zoomdesk.zoom.cancel import CancelToken

_LONG = 3600.0
"""Seconds of one wait; whoever is still held then waits again."""


class PauseSwitch:
    """Carry the wish to hold a run, and to let it go on, from any thread to the run's.

    A stop (``CancelToken``) is for good; this is not. Each *turn* is a token for calls that may
    leave now: a pause cancels it, so that calls which still wait for the pacer, or for the end of a
    Retry-After, come back unsent, and the journal says so. Calls on the wire are not touched.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paused = False
        self._turn = CancelToken()
        self._latch = CancelToken()

    @property
    def paused(self) -> bool:
        """Return whether the run is held, or will be as soon as the calls under way have ended."""
        return self._paused

    def pause(self) -> None:
        """Let nothing leave from now on."""
        with self._lock:
            self._paused = True
            turn = self._turn
        turn.cancel()

    def go_on(self) -> None:
        """Let calls leave again."""
        with self._lock:
            self._paused = False
            latch = self._latch
        latch.cancel()

    def turn(self, cancel: CancelToken) -> CancelToken:
        """Wait while paused, and return a new turn, which ``cancel`` ends too.

        Raises Cancelled as soon as somebody stops the run.
        """
        while True:
            with self._lock:
                if not self._paused:
                    self._turn = cancel.child()
                    return self._turn
                latch = self._latch = cancel.child()
            latch.wait(_LONG)
            cancel.check()
