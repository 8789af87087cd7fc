"""What became of each row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The words that stand in the workbook's status column.

    The last two are of registrations that were ended later (see lifecycle).
    """

    REGISTERED = "Registered"
    ALREADY_REGISTERED = "Already registered"
    PENDING = "Pending approval"
    DENIED = "Denied"
    FAILED = "Failed"
    NOT_SENT = "Not sent"
    SKIPPED = "Skipped"
    CANCELLED = "Cancelled"
    DELETED = "Deleted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one row of the sheet.

    ``row`` is the row's number in the sheet. ``join_url`` and ``registrant_id`` are ``""`` where
    Zoom gave none. ``registered_at`` is in UTC, None where nobody was registered. ``message`` is
    one plain sentence, ``""`` where the status says all.
    """

    row: int
    email: str
    status: Status
    join_url: str = ""
    registrant_id: str = ""
    registered_at: datetime | None = None
    message: str = ""
