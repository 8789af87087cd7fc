"""Notice where one row after another meets the same answer that nobody has documented."""

from __future__ import annotations

from zoomdesk.errors import ZoomRefused
from zoomdesk.zoom.faults import Refusal

LIKE_REFUSALS = 3
"""How many rows in a row may meet one undocumented refusal before it is taken for the run's."""


class RefusalWatch:
    """Compare the refusal of each call with the one before.

    A batch that may have been refused because of one row says nothing of the others: a run whose
    batches are sent again one by one does not note them.
    """

    def __init__(self) -> None:
        self._last: object = None
        self._count = 0

    def note(self, refusal: Refusal | None) -> None:
        """Take notice of a call's end, None for one that Zoom did not refuse.

        Raises ZoomRefused where it is time to stop the run.
        """
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
