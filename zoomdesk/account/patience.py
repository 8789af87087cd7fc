"""Wait for a library that may hang on a prompt that nobody sees."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds: long enough to type a password into the system's prompt."""


class TookTooLong(Exception):
    """The call is still running, on a thread of its own that nobody waits for any more."""


def within(seconds: float, call: Callable[[], T], name: str) -> T:
    """Return what ``call`` returns, or raise what it raises. Raises TookTooLong.

    It runs on a thread of its own: one that hangs must not hold up the next one.
    """
    outcome: SimpleQueue[tuple[T, None] | tuple[None, BaseException]] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001  it is raised again where it is waited for
            outcome.put((None, error))

    threading.Thread(target=run, name=f"wait-for-{name}", daemon=True).start()
    try:
        value, error = outcome.get(timeout=seconds)
    except Empty:
        raise TookTooLong(name) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # with no error it is the call's own value
