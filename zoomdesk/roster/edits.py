"""Describe edits so that they can be undone, redone and written to the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditDiff:
    """Hold one gesture: the cells that changed, by (index, position), before and after it.

    ``rows`` are the indexes whose problems may have changed, ascending: the edited rows and those
    that share an address with one of them, before or after. A gesture that changed nothing is
    false.
    """

    before: Mapping[tuple[int, int], str]
    after: Mapping[tuple[int, int], str]
    rows: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.after)
