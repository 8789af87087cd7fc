"""Tell how much of a part has been read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Meter:
    """Pass on the blocks of a part of ``size`` bytes; ``taken`` of them have gone through."""

    def __init__(self, blocks: Iterable[bytes], size: int) -> None:
        self._blocks = iter(blocks)
        self._size = size
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = next(self._blocks)
        self.taken += len(block)
        return block

    @property
    def fraction(self) -> float:
        """What has been taken, from 0 to 1."""
        return min(1.0, self.taken / self._size) if self._size else 1.0
