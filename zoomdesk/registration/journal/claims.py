"""Make sure that one run goes on in one place only.

Two programs that resume the same run would send the same people twice. A claim is SQLite's own
exclusive lock on an empty file beside the journal: the system lifts it when its holder dies.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from zoomdesk.errors import JournalError
from zoomdesk.registration.journal.store import reported

_PATIENCE = 1.0
"""Seconds to wait for a claim: longer than anybody takes to ask whether there is one."""

_ATTEMPTS = 3


@contextlib.contextmanager
def claim(journal: Path, run: str) -> Iterator[None]:
    """Hold the run. Raises JournalError where somebody else, or another thread, holds it."""
    connection = _locked(journal, run)
    try:
        yield
    finally:
        connection.close()


def _locked(journal: Path, run: str) -> sqlite3.Connection:
    """Return a connection that holds the lock.

    Whoever held it may have deleted the file meanwhile (``forget``): SQLite calls that an I/O
    error, and a new file is tried.
    """
    for _ in range(_ATTEMPTS):
        with reported(journal):
            connection = sqlite3.connect(
                _file(journal, run), timeout=_PATIENCE, isolation_level=None
            )
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                connection.close()
                name = getattr(error, "sqlite_errorname", "")
                if name == "SQLITE_BUSY":
                    break
                if not name.startswith(("SQLITE_IOERR", "SQLITE_READONLY_DBMOVED")):
                    raise
            else:
                return connection
    raise JournalError(
        f"The run {run} is going on already, in another window or command.",
        hint="Wait until it is done there.",
    )


def is_claimed(journal: Path, run: str) -> bool:
    """Return whether somebody works on the run at this moment.

    Asking takes no claim: whoever begins meanwhile is not turned away by the question.
    """
    file = _file(journal, run)
    if not file.exists():
        return False
    with reported(journal), contextlib.closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            return True
    return False


def forget(journal: Path, run: str) -> None:
    """Remove the claim's file of a run that nobody will claim again."""
    with contextlib.suppress(OSError):
        _file(journal, run).unlink(missing_ok=True)


def _file(journal: Path, run: str) -> Path:
    return journal.with_name(f"{journal.stem}.{run}.claim")
