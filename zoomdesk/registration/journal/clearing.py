"""Clear runs from the journal so that no name, address or link of theirs is left in its file.

SQLite leaves what was deleted in the pages it frees, and in the write-ahead log. So the deleted is
overwritten (secure_delete), the file is built anew without it (VACUUM), and the log is emptied.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from zoomdesk.registration.journal import claims, counting
from zoomdesk.registration.journal.records import CallState, RunState, time_text
from zoomdesk.registration.journal.store import Store

_LOG = logging.getLogger(__name__)

_LINGER = timedelta(seconds=60)
"""So long a call without an answer may still be under way at Zoom (registration/lingering.py)."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Say what the journal holds: runs, rows of people, and bytes on the disk.

    ``unfinished`` runs can be gone on with, or their results are in no workbook yet.
    """

    runs: int
    people: int
    unfinished: int
    size: int
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cleared:
    """Say what was cleared, and how many runs were kept though they were meant.

    ``unfinished`` are kept unless that was said; ``live`` go on at this moment, or another run for
    their event does, which must know whom they sent.
    """

    runs: int = 0
    people: int = 0
    unfinished: int = 0
    live: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    run: str
    event: tuple[str, str, str]
    finished: bool
    people: int
    last_open: str | None  # when the last of its calls without an answer was sent


# What is done with registrants is never gone on with: it is asked for again instead.
_CANDIDATES = """SELECT id, realm, kind, event_id, (state = :finished AND written) OR act <> '',
    (SELECT count(*) FROM people WHERE run = runs.id),
    (SELECT max(sent_at) FROM calls WHERE run = runs.id AND calls.state = :sent)
    FROM runs"""


def holdings(store: Store) -> Holdings:
    """Count what there is."""
    with store.reading() as connection:
        everything = _candidates(connection)
        oldest = connection.execute("SELECT min(created) FROM runs").fetchone()[0]
    return Holdings(
        len(everything),
        sum(each.people for each in everything),
        sum(not each.finished for each in everything),
        sum(file.stat().st_size for file in _files(store.path)),
        datetime.fromisoformat(oldest) if oldest else None,
    )


def clear(
    store: Store,
    now: datetime,
    *,
    before: datetime | None = None,
    run: str = "",
    unfinished: bool = False,
) -> Cleared:
    """Delete runs with everything in them: all, those made ``before`` a time, or one ``run``.

    Unfinished runs only where ``unfinished`` says so; runs that go on now never. Raises
    JournalError, also where another program keeps the file from being rid of what was deleted.
    """
    with ExitStack() as held:
        with store.writing() as connection:
            meant = [each for each in _candidates(connection, before) if not run or each.run == run]
            busy = _busy_events(store.path, connection)
            live = [each for each in meant if _is_live(each, busy, now)]
            left = [each for each in meant if each not in live]
            going = [each for each in left if each.finished or unfinished]
            for each in going:
                if not each.finished:
                    # Whoever is about to resume it finds it taken, and then gone.
                    held.enter_context(claims.claim(store.path, each.run))
            runs = [each.run for each in going]
            _remember_last_call(connection)
            counting.keep(connection, runs, counting.day_of(now))
            connection.executemany("DELETE FROM runs WHERE id = ?", [(each,) for each in runs])
        if runs:
            store.rebuild()
    for gone in runs:
        claims.forget(store.path, gone)
    if runs:
        _LOG.info("cleared %d runs from the journal", len(runs))
    return Cleared(
        len(runs),
        sum(each.people for each in going),
        sum(not each.finished for each in left) if not unfinished else 0,
        len(live),
    )


def last_call(connection: sqlite3.Connection) -> int:
    """Return the highest number that a call ever had, of cleared runs too.

    Numbers never come back: a run remembers up to which one it has seen the calls of others.
    """
    query = "SELECT max(ifnull(max(id), 0), (SELECT value FROM counters WHERE name = 'call'))"
    (last,) = connection.execute(f"{query} FROM calls").fetchone()
    return int(last)


def _remember_last_call(connection: sqlite3.Connection) -> None:
    connection.execute(
        "UPDATE counters SET value = ? WHERE name = 'call'", (last_call(connection),)
    )


def _candidates(connection: sqlite3.Connection, before: datetime | None = None) -> list[_Candidate]:
    where = " WHERE created < :before" if before else ""
    values = {
        "finished": RunState.FINISHED.value,
        "sent": CallState.SENT.value,
        "before": time_text(before) if before else "",
    }
    return [
        _Candidate(run, (realm, kind, event), bool(finished), people, last_open)
        for run, realm, kind, event, finished, people, last_open in connection.execute(
            _CANDIDATES + where, values
        )
    ]


def _busy_events(path: Path, connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Return the events that some run is at work on now; a finished run has no claim."""
    rows = connection.execute("SELECT id, realm, kind, event_id FROM runs").fetchall()
    return {
        (realm, kind, event) for run, realm, kind, event in rows if claims.is_claimed(path, run)
    }


def _is_live(candidate: _Candidate, busy: set[tuple[str, str, str]], now: datetime) -> bool:
    if candidate.event in busy:
        return True
    sent = candidate.last_open
    return sent is not None and datetime.fromisoformat(sent) > now - _LINGER


def _files(path: Path) -> Iterator[Path]:
    for suffix in ("", "-wal"):
        file = path.with_name(path.name + suffix)
        with contextlib.suppress(OSError):
            if file.exists():
                yield file
