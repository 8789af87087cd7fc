"""Count what Zoom allows only so often a day, also of runs that are cleared from the journal.

A day is a UTC day, as Zoom counts (zoom/README.md section 4). Of cleared runs the journal keeps no
address: only a hash of it, keyed with a number that is drawn for each day and thrown away with it.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

_COUNTED = """SELECT email_key, count(*) FROM call_people
    JOIN calls ON calls.id = call_people.call JOIN runs ON runs.id = calls.run
    WHERE calls.day = :day AND calls.state <> 'unsent' AND {what}
    AND runs.realm = :realm AND runs.kind = :kind AND runs.event_id = :event_id
    GROUP BY email_key"""
WHAT = {"register": "runs.act = ''", "status": "calls.kind = 'status'"}
"""What is counted, each by itself, and how its calls are found."""

_KEPT = """SELECT who, count FROM kept_tries WHERE day = :day AND what = :what
    AND realm = :realm AND kind = :kind AND event_id = :event_id"""
_KEEP = """INSERT INTO kept_tries VALUES
    (:day, :realm, :kind, :event_id, :what, :who, :count)
    ON CONFLICT DO UPDATE SET count = count + excluded.count"""


class Tries(Mapping[str, int]):
    """Give the number of today's requests by email key.

    It goes through those only whose addresses are known; it finds the others too, if asked by key.
    """

    def __init__(self, known: Mapping[str, int], kept: Mapping[bytes, int], secret: bytes) -> None:
        self._known = known
        self._kept = kept
        self._secret = secret

    def __getitem__(self, key: str) -> int:
        kept = self._kept.get(_hash(self._secret, key), 0) if self._kept else 0
        if not (found := self._known.get(key, 0) + kept):
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def tries(
    connection: sqlite3.Connection, what: str, *, day: str, realm: str, kind: str, event_id: str
) -> Mapping[str, int]:
    """Count the day's requests (``what`` of ``WHAT``) for an event by email key."""
    where = {"day": day, "realm": realm, "kind": kind, "event_id": event_id}
    known = dict(connection.execute(_COUNTED.format(what=WHAT[what]), where).fetchall())
    kept = dict(connection.execute(_KEPT, where | {"what": what}).fetchall())
    return Tries(known, kept, _secret(connection, day) or b"") if kept else known


def keep(connection: sqlite3.Connection, runs: list[str], day: str) -> None:
    """Keep the day's counts of runs that are about to be deleted, and drop those of other days.

    Inside the transaction that deletes the runs.
    """
    connection.execute("DELETE FROM kept_tries WHERE day <> ?", (day,))
    connection.execute("DELETE FROM day_secrets WHERE day <> ?", (day,))
    secret = _secret(connection, day)
    for run in runs:
        for what, rule in WHAT.items():
            found = connection.execute(
                f"SELECT realm, runs.kind, event_id, email_key, count(*) FROM runs"  # noqa: S608
                " JOIN calls ON calls.run = runs.id JOIN call_people ON call = calls.id"
                f" WHERE runs.id = ? AND day = ? AND calls.state <> 'unsent' AND {rule}"
                " GROUP BY email_key",
                (run, day),
            ).fetchall()
            if found and secret is None:
                secret = secrets.token_bytes(32)
                connection.execute("INSERT INTO day_secrets VALUES (?, ?)", (day, secret))
            connection.executemany(
                _KEEP,
                [
                    {
                        "day": day,
                        "realm": realm,
                        "kind": kind,
                        "event_id": event_id,
                        "what": what,
                        "who": _hash(secret or b"", key),
                        "count": count,
                    }
                    for realm, kind, event_id, key, count in found
                ],
            )


def day_of(now: datetime) -> str:
    """Return the UTC day of a time, as the journal writes it."""
    return now.astimezone(UTC).date().isoformat()


def _secret(connection: sqlite3.Connection, day: str) -> bytes | None:
    found = connection.execute("SELECT secret FROM day_secrets WHERE day = ?", (day,)).fetchone()
    return bytes(found[0]) if found else None


def _hash(secret: bytes, key: str) -> bytes:
    return hashlib.blake2b(
        key.encode("utf-8", "surrogatepass"), key=secret, digest_size=16
    ).digest()
