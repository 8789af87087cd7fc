"""Lay out the journal's tables, and bring an older file up to date.

Each entry of MIGRATIONS is one step: append, never edit. The number of steps that a file has seen
is SQLite's own ``user_version``.
"""

from __future__ import annotations

import sqlite3

from zoomdesk.errors import JournalError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE runs (
            id TEXT PRIMARY KEY,
            created TEXT NOT NULL,
            realm TEXT NOT NULL,
            account TEXT NOT NULL,
            book TEXT NOT NULL,
            sheet TEXT NOT NULL,
            header_row INTEGER NOT NULL,
            output TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            kind TEXT NOT NULL,
            event_id TEXT NOT NULL,
            topic TEXT NOT NULL,
            options TEXT NOT NULL,
            state TEXT NOT NULL,
            stopped TEXT NOT NULL DEFAULT '',
            written INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        """CREATE TABLE people (
            run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
            row INTEGER NOT NULL,
            email_key TEXT NOT NULL,
            email TEXT NOT NULL,
            first_name TEXT NOT NULL,
            last_name TEXT NOT NULL,
            extra TEXT NOT NULL,
            PRIMARY KEY (run, row)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE calls (
            id INTEGER PRIMARY KEY,
            run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            day TEXT NOT NULL,
            sent_at TEXT NOT NULL,
            answered_at TEXT,
            http INTEGER NOT NULL DEFAULT 0,
            code INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        "CREATE INDEX calls_of_a_run ON calls (run)",
        "CREATE INDEX calls_of_a_day ON calls (day)",
        """CREATE TABLE call_people (
            call INTEGER NOT NULL REFERENCES calls ON DELETE CASCADE,
            email_key TEXT NOT NULL,
            PRIMARY KEY (call, email_key)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE outcomes (
            run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
            row INTEGER NOT NULL,
            email TEXT NOT NULL,
            status TEXT NOT NULL,
            join_url TEXT NOT NULL,
            registrant_id TEXT NOT NULL,
            registered_at TEXT,
            message TEXT NOT NULL,
            PRIMARY KEY (run, row)
        ) STRICT, WITHOUT ROWID""",
    ),
    ("CREATE INDEX calls_of_a_person ON call_people (email_key)",),
    # What is done with registrants later: approve, deny, cancel, delete. "" registers people.
    ("ALTER TABLE runs ADD COLUMN act TEXT NOT NULL DEFAULT ''",),
    (
        # When Zoom takes calls again, where its limit for the day stopped the run.
        "ALTER TABLE runs ADD COLUMN again_at TEXT",
        # What is left of cleared runs: how often somebody was sent that day, by a keyed hash.
        """CREATE TABLE kept_tries (
            day TEXT NOT NULL,
            realm TEXT NOT NULL,
            kind TEXT NOT NULL,
            event_id TEXT NOT NULL,
            what TEXT NOT NULL,
            who BLOB NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (day, realm, kind, event_id, what, who)
        ) STRICT, WITHOUT ROWID""",
        "CREATE TABLE day_secrets (day TEXT PRIMARY KEY, secret BLOB NOT NULL) STRICT",
        "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT",
        "INSERT INTO counters VALUES ('call', 0)",
    ),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest layout, in one transaction.

    Raises JournalError for a file of a newer program: it is left alone.
    """
    version = _version(connection)
    if version == len(MIGRATIONS):
        return
    if version > len(MIGRATIONS):
        raise JournalError(
            "The record of runs was made by a newer Zoomdesk.",
            hint="Install the newest Zoomdesk. Nothing was changed.",
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again under the lock: another window may have been faster.
        version = _version(connection)
        for step in MIGRATIONS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
