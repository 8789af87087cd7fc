"""Name what may be done with a registrant, and say when it has been done."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from zoomdesk.registration.journal import CallKind
from zoomdesk.zoom.models import STATUS_LIMIT, Listed, ListedStatus, StatusAction


class Act(StrEnum):
    """One thing to be done with registrants; the value is also the name of the command."""

    APPROVE = "approve"
    DENY = "deny"
    CANCEL = "cancel"
    DELETE = "delete"

    @property
    def kind(self) -> CallKind:
        """Return which call does it."""
        return CallKind.DELETE if self is Act.DELETE else CallKind.STATUS

    @property
    def size(self) -> int:
        """Return how many people a call takes at most (zoom/README.md section 2)."""
        return 1 if self is Act.DELETE else STATUS_LIMIT

    @property
    def action(self) -> StatusAction:
        """Return what the change of status is called on the wire; deleting is none."""
        if self is Act.DELETE:
            raise ValueError("deleting is no change of status")
        return cast(StatusAction, self.value)

    @property
    def done_word(self) -> str:
        """Return what somebody is to whom it was done: ``approved``."""
        words = {Act.APPROVE: "approved", Act.DENY: "denied", Act.CANCEL: "cancelled"}
        return words.get(self, "deleted")

    def concerns(self, status: ListedStatus) -> bool:
        """Return whether it can do anything with somebody who is listed so.

        Zoom cancels what was approved before and denies anybody (its specification of ``action``);
        a cancelled person is listed among the denied.
        """
        return status in _CONCERNS[self]

    def is_done(self, listed: Listed | None) -> bool:
        """Return whether the lists show that it has been done; None for who is on none of them.

        Cancelled people may be on no list at all (zoom/README.md section 5 reports both).
        """
        if self is Act.DELETE:
            return listed is None
        if self is Act.APPROVE:
            return listed is not None and listed.status == "approved"
        return listed is None or listed.status == "denied"


_CONCERNS: dict[Act, frozenset[ListedStatus]] = {
    Act.APPROVE: frozenset({"pending", "denied"}),
    Act.DENY: frozenset({"pending", "approved"}),
    Act.CANCEL: frozenset({"approved"}),
    Act.DELETE: frozenset({"approved", "pending", "denied"}),
}
