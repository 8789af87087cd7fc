"""Say how many calls of each kind may be under way, as the pace is at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zoomdesk.registration.journal import CallKind
from zoomdesk.zoom.pacing import Label, Pacer

LABELS = {
    CallKind.BATCH: Label.HEAVY,
    CallKind.SINGLE: Label.LIGHT,
    CallKind.STATUS: Label.MEDIUM,
    CallKind.DELETE: Label.LIGHT,
}
"""The limit that each kind of call is counted against (zoom/README.md sections 1 and 2)."""


class AtOnce(Mapping[CallKind, int]):
    """Look the number up whenever it is asked for: the pacer learns limits and shares on the way.

    More calls than the pace needs would be in the journal as sent while they wait for their turn.
    """

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    def __getitem__(self, kind: CallKind) -> int:
        return self._pacer.at_once(LABELS[kind])

    def __iter__(self) -> Iterator[CallKind]:
        return iter(LABELS)

    def __len__(self) -> int:
        return len(LABELS)
