"""Notice where one row after another meets the same answer that nobody has documented."""

from __future__ import annotations

from zoomdesk.errors import ZoomRefused
from zoomdesk.registration.dispatch import Ending
from zoomdesk.registration.journal import CallKind

LIKE_REFUSALS = 3
"""How many rows in a row may meet one undocumented refusal before it is taken for the run's."""


class RefusalWatch:
    """Compare the refusal of each single call with the one before."""

    def __init__(self) -> None:
        self._last: object = None
        self._count = 0

    def note(self, ending: Ending) -> None:
        """Take notice of a call's end. Raises ZoomRefused where it is time to stop the run."""
        refusal = ending.refusal
        if ending.unit.kind is CallKind.BATCH:
            return
        if refusal is None or refusal.known:
            self._last, self._count = None, 0
            return
        what = (refusal.http, refusal.zoom_code, refusal.message)
        self._count = self._count + 1 if self._last == what else 1
        self._last = what
        if self._count >= LIKE_REFUSALS:
            raise ZoomRefused(
                refusal.message,
                http=refusal.http,
                zoom_code=refusal.zoom_code,
                hint="Zoom refused several people in a row with these words. " + refusal.hint,
            )
