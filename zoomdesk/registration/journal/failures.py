"""Tell which of a run's calls failed, for whoever looks into them."""

from __future__ import annotations

from dataclasses import dataclass

from zoomdesk.registration.journal.records import CallKind
from zoomdesk.registration.journal.store import Store

_FAILED = """SELECT calls.id, calls.kind, calls.http, calls.code, calls.sent_at, email_key
    FROM calls JOIN call_people ON call_people.call = calls.id
    WHERE calls.run = ? AND calls.state IN ('refused', 'unknown') ORDER BY calls.id"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that Zoom refused, or that had no answer (``http`` 0), and whom it was about."""

    kind: CallKind
    http: int
    code: int
    sent_at: str
    keys: frozenset[str]


def of_run(store: Store, run: str) -> tuple[Failure, ...]:
    """Return the failed calls of a run in the order in which they were made."""
    calls: dict[int, tuple[str, int, int, str, set[str]]] = {}
    with store.reading() as connection:
        for call, kind, http, code, sent_at, key in connection.execute(_FAILED, (run,)):
            calls.setdefault(call, (kind, http, code, sent_at, set()))[4].add(key)
    return tuple(
        Failure(CallKind(kind), http, code, sent_at, frozenset(keys))
        for kind, http, code, sent_at, keys in calls.values()
    )
