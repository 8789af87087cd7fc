"""Let a person stop what another thread is doing, also while it waits."""

from __future__ import annotations

import threading


class Cancelled(Exception):
    """The person asked to stop. Whoever raises it has sent nothing that is unaccounted for."""


class CancelToken:
    """Carry one wish to stop from any thread to any other; it cannot be taken back."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._children: list[CancelToken] = []

    def cancel(self) -> None:
        """Ask to stop; waits end at once."""
        with self._lock:
            self._event.set()
            children = tuple(self._children)
        for child in children:
            child.cancel()

    def child(self) -> CancelToken:
        """Return a token that is cancelled with this one, and may be cancelled by itself."""
        made = CancelToken()
        with self._lock:
            self._children.append(made)
            cancelled = self._event.is_set()
        if cancelled:
            made.cancel()
        return made

    @property
    def cancelled(self) -> bool:
        """Return whether somebody asked to stop."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for that long or until somebody asks to stop; return whether somebody did."""
        return self._event.wait(max(0.0, seconds))

    def check(self) -> None:
        """Raise Cancelled if somebody asked to stop."""
        if self.cancelled:
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait for that long. Raises Cancelled as soon as somebody asks to stop."""
        if self.wait(seconds):
            raise Cancelled
