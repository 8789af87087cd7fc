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


@contextlib.contextmanager
def claim(journal: Path, run: str) -> Iterator[None]:
    """Hold the run. Raises JournalError where somebody else, or another thread, holds it."""
    with reported(journal):
        connection = sqlite3.connect(_file(journal, run), timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise JournalError(
                f"The run {run} is going on already, in another window or command.",
                hint="Wait until it is done there.",
            ) from error
        yield
    finally:
        connection.close()


def is_claimed(journal: Path, run: str) -> bool:
    """Return whether somebody works on the run at this moment."""
    if not _file(journal, run).exists():
        return False
    try:
        with claim(journal, run):
            return False
    except JournalError:
        return True


def forget(journal: Path, run: str) -> None:
    """Remove the claim's file of a run that nobody will claim again."""
    with contextlib.suppress(OSError):
        _file(journal, run).unlink(missing_ok=True)


def _file(journal: Path, run: str) -> Path:
    return journal.with_name(f"{journal.stem}.{run}.claim")
