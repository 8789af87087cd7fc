"""Record runs so that no link is lost and nobody is sent twice, whatever dies."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from zoomdesk import paths
from zoomdesk.errors import JournalError, UsageError
from zoomdesk.registration.journal import claims, clearing, counting, failures, queries
from zoomdesk.registration.journal.clearing import Cleared, Holdings
from zoomdesk.registration.journal.counting import day_of
from zoomdesk.registration.journal.failures import Failure
from zoomdesk.registration.journal.records import (
    CallKind,
    CallState,
    RunRecord,
    RunState,
    Unanswered,
    outcome_from_row,
    outcome_to_row,
    person_from_row,
    person_to_row,
    time_text,
)
from zoomdesk.registration.journal.store import Store
from zoomdesk.registration.outcome import Outcome
from zoomdesk.roster import emails
from zoomdesk.roster.table import Person
from zoomdesk.zoom.events import EventRef


class SentElsewhere(Exception):
    """Another run for the event has sent one of these people, or is about to: look first."""


def default_path() -> Path:
    """Return where the person's journal is."""
    return paths.data_dir() / "journal.sqlite3"


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


class Journal:
    """Keep runs, their people, calls and outcomes. Safe to use from several threads at once.

    ``realm`` names the Zoom of these runs, such as the API's address: tries are counted, and
    unfinished runs found, within it. Every method raises JournalError where the file cannot be
    read or written; nothing may be sent to Zoom then. ``clock`` tells the UTC time.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        realm: str = "",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.realm = realm
        self.clock = clock
        try:
            self._store = Store(path or default_path())
        except (OSError, RuntimeError) as error:  # of paths: no folder, or no home to make it in
            raise JournalError(
                f"The folder for the record of runs cannot be made: {error}"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Return the file."""
        return self._store.path

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # -- runs ----------------------------------------------------------------------------------

    def start_run(self, record: RunRecord) -> str:
        """Record a run with its people and return its short name, such as ``2026-11-22-a3f9``."""
        now = self.clock()
        people = [person_to_row(p, emails.key(p.email)) for p in record.people]
        with self._store.writing() as connection:
            run = self._fresh_id(connection, now)
            values = record.to_row() | {
                "id": run,
                "created": time_text(now),
                "realm": self.realm,
                "state": RunState.RUNNING.value,
            }
            marks = ", ".join(f":{name}" for name in values)
            connection.execute(
                f"INSERT INTO runs ({', '.join(values)}) VALUES ({marks})",  # noqa: S608  our names
                values,
            )
            connection.executemany(
                "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", [(run, *row) for row in people]
            )
        return run

    def run(self, run: str) -> RunRecord:
        """Return a run with its people. Raises UsageError where there is none of that name."""
        with self._store.reading() as connection:
            found = _rows(connection, f"{queries.RUNS} WHERE id = ?", (run,))
            if not found:
                raise UsageError(f"There is no run “{run}”.", hint="See: zoomdesk resume --list")
            people = connection.execute(
                "SELECT row, email, first_name, last_name, extra FROM people WHERE run = ?"
                " ORDER BY row",
                (run,),
            )
            return RunRecord.from_row(found[0], tuple(map(person_from_row, people)))

    def runs(self) -> tuple[RunRecord, ...]:
        """Return all runs against all Zooms, newest first and without people."""
        with self._store.reading() as connection:
            found = _rows(connection, f"{queries.RUNS} ORDER BY created DESC, runs.rowid DESC", ())
        return tuple(map(RunRecord.from_row, found))

    def unfinished(self) -> tuple[RunRecord, ...]:
        """Return, newest first and without people, the runs that somebody should go on with.

        That is: cut short or stopped, or done with results that are in no workbook yet. Runs that
        go on at this moment, in any window, are left out; so is what is done with registrants
        later, which is asked for again instead.
        """
        with self._store.reading() as connection:
            found = _rows(
                connection,
                f"{queries.RUNS} WHERE realm = ? AND act = '' AND NOT (state = ? AND written)"
                " ORDER BY created DESC, runs.rowid DESC",
                (self.realm, RunState.FINISHED.value),
            )
        records = map(RunRecord.from_row, found)
        return tuple(r for r in records if not claims.is_claimed(self.path, r.id))

    @contextmanager
    def claim(self, run: str) -> Iterator[None]:
        """Hold a run while it goes on. Raises JournalError where it goes on elsewhere."""
        with claims.claim(self.path, run):
            yield
            finished = self._is_finished(run)
        if finished:
            claims.forget(self.path, run)

    def _is_finished(self, run: str) -> bool:
        with self._store.reading() as connection:
            found = connection.execute("SELECT state FROM runs WHERE id = ?", (run,)).fetchone()
        return found is not None and found[0] == RunState.FINISHED.value

    def set_state(
        self, run: str, state: RunState, stopped: str = "", again_at: datetime | None = None
    ) -> None:
        """Record how far the run got, in words why it stopped, and when Zoom takes calls again."""
        with self._store.writing() as connection:
            connection.execute(
                "UPDATE runs SET state = ?, stopped = ?, again_at = ? WHERE id = ?",
                (state.value, stopped, time_text(again_at) if again_at else None, run),
            )

    def mark_written(self, run: str) -> None:
        """Record that the results are in the workbook."""
        with self._store.writing() as connection:
            connection.execute("UPDATE runs SET written = 1 WHERE id = ?", (run,))

    def holdings(self) -> Holdings:
        """Count what the journal holds, of all Zooms."""
        return clearing.holdings(self._store)

    def clear(self, *, days: int | None = None, run: str = "", unfinished: bool = False) -> Cleared:
        """Delete runs of all Zooms with every name in them: all, those older than ``days``, or one.

        Runs that go on now are kept, and unfinished ones unless that is said; today's tries of each
        person are still counted. Afterwards the file holds nothing of what was deleted.
        """
        before = self.clock() - timedelta(days=days) if days else None
        return clearing.clear(
            self._store, self.clock(), before=before, run=run, unfinished=unfinished
        )

    # -- calls ---------------------------------------------------------------------------------

    def begin_call(
        self, run: str, kind: CallKind, people: Iterable[Person], *, seen: int | None = None
    ) -> int:
        """Record a call that is about to be made; return its number.

        Once this returns, the call is on the disk as SENT. With ``seen``, nothing is recorded and
        SentElsewhere raised where another run for the same event has sent any of these people by a
        call after that one: in one transaction, so that of two only one goes first.
        """
        now = self.clock()
        keys = sorted({emails.key(person.email) for person in people})
        with self._store.writing() as connection:
            if (
                seen is not None
                and connection.execute(
                    queries.SENT_ELSEWHERE, {"run": run, "seen": seen, "keys": json.dumps(keys)}
                ).fetchone()
            ):
                raise SentElsewhere
            call = clearing.last_call(connection) + 1
            connection.execute(
                "INSERT INTO calls (id, run, kind, state, day, sent_at) VALUES (?, ?, ?, ?, ?, ?)",
                (call, run, kind.value, CallState.SENT.value, day_of(now), time_text(now)),
            )
            connection.executemany(
                "INSERT INTO call_people VALUES (?, ?)", [(call, key) for key in keys]
            )
        return call

    def last_call(self) -> int:
        """Return the number of the newest call of all runs ever, 0 where there is none."""
        with self._store.reading() as connection:
            return clearing.last_call(connection)

    def is_sending_elsewhere(self, run: str) -> bool:
        """Return whether another run for the same event has a call under way at this moment."""
        with self._store.reading() as connection:
            found = connection.execute(queries.SENDING_ELSEWHERE, (run,)).fetchall()
        return any(claims.is_claimed(self.path, each) for (each,) in found)

    def end_call(
        self,
        call: int,
        state: CallState,
        outcomes: Iterable[Outcome] = (),
        *,
        http: int = 0,
        code: int = 0,
    ) -> None:
        """Record how a call ended and what became of its rows, both or neither."""
        with self._store.writing() as connection:
            connection.execute(
                "UPDATE calls SET state = ?, answered_at = ?, http = ?, code = ? WHERE id = ?",
                (state.value, time_text(self.clock()), http, code, call),
            )
            (run,) = connection.execute("SELECT run FROM calls WHERE id = ?", (call,)).fetchone()
            _put_outcomes(connection, run, outcomes)

    def sent_keys(self, run: str) -> frozenset[str]:
        """Return the keys of everybody whom the run sent, or may have sent, to Zoom."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT DISTINCT email_key FROM call_people JOIN calls ON calls.id = call"
                " WHERE calls.run = ? AND calls.state <> ?",
                (run, CallState.UNSENT.value),
            )
            return frozenset(key for (key,) in found)

    def refused_keys(self, run: str) -> frozenset[str]:
        """Return the keys of everybody who was in a batch that Zoom refused."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT DISTINCT email_key FROM call_people JOIN calls ON calls.id = call"
                " WHERE calls.run = ? AND calls.kind = ? AND calls.state = ?",
                (run, CallKind.BATCH.value, CallState.REFUSED.value),
            )
            return frozenset(key for (key,) in found)

    def failures(self, run: str) -> tuple[Failure, ...]:
        """Return the run's calls that Zoom refused or left without an answer."""
        return failures.of_run(self._store, run)

    def tries(self, ref: EventRef) -> Mapping[str, int]:
        """Count today's registration requests for the event by email key, across all runs.

        A day is a UTC day, as Zoom counts them (zoom/README.md section 4). Runs that were cleared
        count too.
        """
        return self._count("register", ref)

    def changes(self, ref: EventRef) -> Mapping[str, int]:
        """Count today's changes of status for the event by email key, as ``tries`` does."""
        return self._count("status", ref)

    def _count(self, what: str, ref: EventRef) -> Mapping[str, int]:
        day, realm = day_of(self.clock()), self.realm
        with self._store.reading() as connection:
            return counting.tries(
                connection, what, day=day, realm=realm, kind=ref.kind.value, event_id=ref.id
            )

    def tries_today(self, ref: EventRef, email: str) -> int:
        """Count today's registration requests for one person."""
        return self.tries(ref).get(emails.key(email), 0)

    def unanswered(self, ref: EventRef, *, ours: str = "") -> Unanswered:
        """Return whom recent calls for the event without an answer were about, across all runs.

        So were batches that Zoom refused: whether whole, nobody knows (zoom/README.md section 6a).
        Recent is today or yesterday: at 00:00 GMT a call may be under way. Calls that a run other
        than ``ours`` has under way at this moment are left out: they will have an answer, and
        whoever sends one of their people is told by ``begin_call``.
        """
        where = self._recently(ref)
        with self._store.reading() as connection:
            found = connection.execute(queries.UNANSWERED, where).fetchall()
            (slowest,) = connection.execute(queries.SLOWEST, where).fetchone()
        others = {run for run, state, *_ in found if run != ours and state == CallState.SENT.value}
        live = {run for run in others if claims.is_claimed(self.path, run)}
        dead = [row for row in found if row[0] not in live or row[1] != CallState.SENT.value]
        sent = [datetime.fromisoformat(sent_at) for _, _, sent_at, _ in dead]
        keys = frozenset(key for *_, key in dead)
        return Unanswered(keys, max(sent, default=None), float(slowest or 0))

    def last_sent(self, ref: EventRef, keys: Collection[str]) -> datetime | None:
        """Return when any run last sent one of these people to the event, None for not recently.

        Recent is as for ``unanswered``. Calls that Zoom refused, or that had no answer, are left
        out.
        """
        where = (*self._recently(ref), json.dumps(sorted(keys)))
        with self._store.reading() as connection:
            (sent,) = connection.execute(queries.LAST_SENT, where).fetchone()
        return datetime.fromisoformat(sent) if sent else None

    def _recently(self, ref: EventRef) -> tuple[str, ...]:
        since = day_of(self.clock() - timedelta(days=1))
        return self.realm, ref.kind.value, ref.id, since

    # -- outcomes ------------------------------------------------------------------------------

    def put_outcomes(self, run: str, outcomes: Iterable[Outcome]) -> None:
        """Record what became of rows; what was known of them before is replaced."""
        with self._store.writing() as connection:
            _put_outcomes(connection, run, outcomes)

    def outcomes(self, run: str) -> tuple[Outcome, ...]:
        """Return what is known of the run's rows, in the order of the sheet."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT row, email, status, join_url, registrant_id, registered_at, message"
                " FROM outcomes WHERE run = ? ORDER BY row",
                (run,),
            )
            return tuple(map(outcome_from_row, found))

    @staticmethod
    def _fresh_id(connection: sqlite3.Connection, now: datetime) -> str:
        for size in (2, 2, 2, 2, 4, 8):
            run = f"{day_of(now)}-{secrets.token_hex(size)}"
            if connection.execute("SELECT 1 FROM runs WHERE id = ?", (run,)).fetchone() is None:
                return run
        raise sqlite3.IntegrityError("no free name for a run")


def _put_outcomes(connection: sqlite3.Connection, run: str, outcomes: Iterable[Outcome]) -> None:
    rows = [(run, *outcome_to_row(outcome)) for outcome in outcomes]
    if rows:
        connection.executemany(
            "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        # What a resumed run brings is in no workbook yet, whatever was written before it.
        connection.execute("UPDATE runs SET written = 0 WHERE id = ? AND written", (run,))


def _rows(
    connection: sqlite3.Connection, query: str, values: tuple[object, ...]
) -> list[dict[str, object]]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
