"""Find the failed calls that belong to a run, or to one of its people.

The journal knows whom a call was about and how it ended; the record of failed calls knows how it
looked, and nobody in it. Only here do the two meet, and nothing is kept of that.
"""

from __future__ import annotations

from collections.abc import Sequence

from zoomdesk.registration.journal import CallKind, Journal
from zoomdesk.registration.journal.records import time_text
from zoomdesk.roster import emails
from zoomdesk.zoom.events import EventRef
from zoomdesk.zoom.failed_call import FailedCall
from zoomdesk.zoom.failed_calls import Entry

_LOOKS = {
    CallKind.BATCH: ("POST", "batch_registrants"),
    CallKind.SINGLE: ("POST", "registrants"),
    CallKind.STATUS: ("PUT", "registrants/status"),
    CallKind.DELETE: ("DELETE", "registrants/"),
}
"""The method of each kind of call, and its path, or the beginning of it, below the event's."""


def of_run(journal: Journal, run: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the failed calls about the run's event since it began, the newest first.

    Raises UsageError where there is no such run, JournalError.
    """
    record = journal.run(run)
    since = time_text(record.created) if record.created else ""
    return [
        entry
        for entry in entries
        if record.ref.id in entry.call.path.split("/") and entry.call.when >= since
    ]


def of_person(journal: Journal, run: str, email: str, entries: Sequence[Entry]) -> Entry | None:
    """Return the last failed registration of a person in a run, None where none is on record."""
    key = emails.key(email)
    about = [failure for failure in journal.failures(run) if key in failure.keys]
    if not about:
        return None
    last, ref = about[-1], journal.run(run).ref
    alike = [
        entry
        for entry in entries
        if _looks_like(entry.call, last.kind, ref)
        and entry.call.when >= last.sent_at
        and (not last.http or (entry.call.http, entry.call.code) == (last.http, last.code))
    ]
    return alike[0] if alike else None


def _looks_like(call: FailedCall, kind: CallKind, ref: EventRef) -> bool:
    method, below = _LOOKS[kind]
    path = f"/{ref.kind.path}/{ref.id}/{below}"
    same = call.path.startswith(path) if path.endswith("/") else call.path == path
    return same and call.method == method
