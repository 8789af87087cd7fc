"""Keep the record of runs in SQLite: written before anything is sent, and after every answer."""

from zoomdesk.registration.journal.clearing import Cleared, Holdings
from zoomdesk.registration.journal.journal import Journal, SentElsewhere
from zoomdesk.registration.journal.records import CallKind, CallState, RunRecord, RunState

__all__ = [
    "CallKind",
    "CallState",
    "Cleared",
    "Holdings",
    "Journal",
    "RunRecord",
    "RunState",
    "SentElsewhere",
]
