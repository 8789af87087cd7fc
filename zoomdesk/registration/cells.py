"""Turn outcomes into the texts of the result columns."""

from __future__ import annotations

from datetime import datetime

from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.roster.fields import ResultColumn

_UNTOUCHED = {Status.NOT_SENT, Status.SKIPPED}


def result_texts(outcome: Outcome) -> dict[ResultColumn, str]:
    """Return the texts of a row's result columns, all of them text, never numbers.

    A row that was not sent says nothing about an earlier registration: its link, ID and time stay
    what they are. Any other row without a link loses an old one, which would not open.
    """
    texts = {ResultColumn.STATUS: outcome.status.value, ResultColumn.MESSAGE: outcome.message}
    if outcome.status in _UNTOUCHED and not outcome.join_url:
        return texts
    return texts | {
        ResultColumn.JOIN_URL: outcome.join_url,
        ResultColumn.REGISTRANT_ID: outcome.registrant_id,
        ResultColumn.REGISTERED_AT: local_time(outcome.registered_at),
    }


def local_time(when: datetime | None) -> str:
    """Return a time as an office reads it: this computer's time zone, ``2026-11-22 18:05``.

    It is text without a zone, which sorts rightly and no spreadsheet changes.
    """
    return f"{when.astimezone():%Y-%m-%d %H:%M}" if when else ""
