"""Choose how a run registers people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from zoomdesk.settings import Settings
from zoomdesk.zoom.models import BATCH_LIMIT


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Hold what a person may choose about a run; the journal keeps it for a later resume.

    ``auto_approve`` and ``confirmation_email`` travel with each batch (zoom/README.md section 1);
    a single registration follows the event's own settings. ``occurrence_ids`` names the dates of a
    recurring event; empty means all of them.
    """

    auto_approve: bool = True
    confirmation_email: bool = True
    multipart: bool = False
    batch_size: int = BATCH_LIMIT
    occurrence_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.batch_size <= BATCH_LIMIT:
            raise ValueError(f"a batch holds 1 to {BATCH_LIMIT} people, not {self.batch_size}")

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        *,
        auto_approve: bool | None = None,
        occurrence_ids: tuple[str, ...] = (),
    ) -> Self:
        """Return what the settings say; ``auto_approve`` overrules them where it is given."""
        return cls(
            auto_approve=settings.auto_approve if auto_approve is None else auto_approve,
            confirmation_email=settings.confirmation_emails,
            multipart=settings.multipart,
            occurrence_ids=occurrence_ids,
        )
