"""Open the journal's file so that what was committed survives, whoever dies."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from zoomdesk.errors import JournalError
from zoomdesk.registration.journal.schema import migrate

BUSY_SECONDS = 15.0
"""How long a writer waits for another window's commit."""

_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


class Store:
    """Give each thread its own connection to one file.

    The run writes from a worker while the window reads: in WAL mode readers and the one writer do
    not wait for each other. ``synchronous=FULL`` makes a commit survive a power cut too. The file
    is the person's own (0600): it holds names, addresses and links.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Condition()
        self._users = 0
        self._connections: list[sqlite3.Connection] = []
        self._closed = False
        with reported(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            migrate(self.connection())

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None and not self._closed:
            return known
        with self._lock:
            if self._closed:
                raise _closed()
            # Used by its own thread only; close() may end it from another.
            fresh = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connections.append(fresh)
        fresh.execute("PRAGMA journal_mode = WAL")
        fresh.execute("PRAGMA synchronous = FULL")
        fresh.execute("PRAGMA foreign_keys = ON")
        fresh.execute("PRAGMA secure_delete = ON")
        self._local.connection = fresh
        return fresh

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Do everything inside in one transaction: all of it is on the disk afterwards, or none.

        Raises JournalError where the disk is full or the file cannot be written.
        """
        with reported(self.path), self._in_use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A failed COMMIT on a full disk may have rolled back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read. Raises JournalError where the file cannot be read."""
        with reported(self.path), self._in_use() as connection:
            yield connection

    def rebuild(self) -> None:
        """Build the file anew without what was deleted, and empty its write-ahead log.

        Raises JournalError, also where another program reads the log all the while.
        """
        with reported(self.path), self._in_use() as connection:
            connection.execute("VACUUM")
            (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise JournalError(
                "What was cleared is gone from the record of runs, but traces are in its file "
                "while another Zoomdesk reads it.",
                hint="Close the other Zoomdesk and clear again.",
            )

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[sqlite3.Connection]:
        """Keep this thread's connection from being closed by another thread meanwhile."""
        with self._lock:
            if self._closed:
                raise _closed()
            self._users += 1
        try:
            yield self.connection()
        finally:
            with self._lock:
                self._users -= 1
                self._lock.notify_all()

    def close(self) -> None:
        """End every thread's connection, once nobody uses one. A second call does nothing.

        Whoever uses one for longer than ``BUSY_SECONDS`` keeps it until the program ends.
        """
        with self._lock:
            self._closed = True
            if not self._lock.wait_for(lambda: not self._users, BUSY_SECONDS):
                return
            for connection in self._connections:
                connection.close()
            self._connections.clear()


def _closed() -> JournalError:
    return JournalError("The record of runs is closed.")


@contextlib.contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's words into those of an office."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise JournalError(
            "The name of the workbook or its folder holds bytes that are no letters, and cannot be "
            "recorded.",
            hint="Rename it and try again. Nothing was sent.",
        ) from error
    except (sqlite3.Error, OSError) as error:
        raise JournalError(
            f"The record of runs in {path} cannot be used: {_words(error)}.", hint=_hint(error)
        ) from error


def _words(error: Exception) -> str:
    name = _name(error)
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE"):
        return "the disk is full"
    if name == "SQLITE_BUSY":
        return "another Zoomdesk is busy with it"
    if name in _DAMAGED:
        return "the file is damaged"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _hint(error: Exception) -> str:
    name = _name(error)
    if name in _DAMAGED:
        return "Move that file away: Zoomdesk then starts a new one. Fetch the links of past runs."
    if name == "SQLITE_BUSY":
        return "Wait until it is done there, or close it, and try again."
    if isinstance(error, OSError) or name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return (
            "Check that you may write there, or name another folder by ZOOMDESK_HOME: without its "
            "record nothing is sent to Zoom."
        )
    return "Make room on the disk and try again: without its record nothing more is sent to Zoom."


def _name(error: Exception) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
