"""Tell how far a write is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

Told = Callable[[float], None]

SHEET_MADE, STRINGS_MADE, STRINGS_CHECKED, SHEET_CHECKED = 0.45, 0.15, 0.15, 0.25
"""The shares of the steps in the whole, in their order."""


class Progress:
    """Calls ``told`` with a fraction from 0 to 1, which never falls, on the thread of the write."""

    def __init__(self, told: Told | None = None) -> None:
        self._told = told
        self._done = 0.0

    def through(self, blocks: Iterable[bytes], size: int, share: float) -> Iterator[bytes]:
        """Pass on the blocks of a part of ``size`` bytes, which are a ``share`` of the work."""
        if self._told is None:
            yield from blocks
            return
        done = self._done
        for block in blocks:
            yield block
            self._done += len(block) / size * share
            self._told(min(self._done, 1.0))
        self._done = done + share

    def end(self) -> None:
        """Tell that everything is done."""
        if self._told is not None:
            self._told(1.0)
