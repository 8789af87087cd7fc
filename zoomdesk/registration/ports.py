"""Say what registration needs of Zoom; ``zoom.client.ZoomClient`` has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.models import (
    Answer,
    Event,
    Listed,
    ListedStatus,
    Questions,
    Registrant,
    StatusAction,
)
from zoomdesk.zoom.pacing import Label


class ZoomApi(Protocol):
    """Make the calls of zoom/README.md sections 1 and 2.

    Besides the errors of ``zoomdesk.errors`` the two registrations raise those of
    ``zoomdesk.zoom.faults``, and Cancelled while they wait for their turn.
    """

    def event(self, ref: EventRef, *, cancel: CancelToken | None = None) -> Event:
        """Read the event."""

    def questions(self, ref: EventRef, *, cancel: CancelToken | None = None) -> Questions:
        """Read what its registration form asks for."""

    def registrants(
        self,
        ref: EventRef,
        status: ListedStatus,
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> Iterator[Listed]:
        """List its people of one status, of one date where it is named."""

    def registrant_count(
        self,
        ref: EventRef,
        status: ListedStatus,
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> int:
        """Count its people of one status, of one date where it is named."""

    def register_batch(
        self,
        ref: EventRef,
        people: Sequence[Registrant],
        *,
        auto_approve: bool,
        confirmation_email: bool | None,
        multipart: bool = False,
        cancel: CancelToken | None = None,
    ) -> list[Answer]:
        """Register up to 30 people in one call."""

    def register_one(
        self,
        ref: EventRef,
        registrant: Registrant,
        occurrence_ids: Sequence[str] = (),
        *,
        cancel: CancelToken | None = None,
    ) -> Answer:
        """Register one person with all fields."""


class LifeApi(ZoomApi, Protocol):
    """Make the calls that change who is registered, too."""

    def registrant(
        self, ref: EventRef, registrant_id: str, *, cancel: CancelToken | None = None
    ) -> Listed | None:
        """Look one registrant up by ID; None where there is none."""

    def set_status(
        self,
        ref: EventRef,
        action: StatusAction,
        people: Sequence[Listed],
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> None:
        """Approve, deny or cancel up to 30 people."""

    def delete_registrant(
        self,
        ref: EventRef,
        registrant_id: str,
        *,
        occurrence_id: str = "",
        cancel: CancelToken | None = None,
    ) -> None:
        """Take one person off the lists."""


class Pace(Protocol):
    """Tell how fast Zoom takes calls."""

    def calls_per_second(self, label: Label) -> float:
        """Return the rate at which calls of this label may be made."""
