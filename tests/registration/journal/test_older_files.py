"""Files of earlier programs: brought up to date, whole, and whatever dies meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zoomdesk.errors import JournalError
from zoomdesk.registration.journal import CallKind, Journal, RunState
from zoomdesk.registration.journal.schema import MIGRATIONS
from zoomdesk.registration.journal.store import Store
from zoomdesk.registration.outcome import Status
from zoomdesk.zoom.events import EventKind, EventRef

FILE = Path(__file__).with_name("version_2.sqlite3")
"""Written by Zoomdesk as of commit c51aecc: a run that is done, and one that was stopped."""

DONE, STOPPED = "2026-11-22-f493", "2026-11-22-7dc2"
EVENT = EventRef(EventKind.WEBINAR, "81234567890")
REALM = "https://api.zoom.us/v2"
WRITTEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(FILE, tmp_path / "journal.sqlite3"))


def test_everything_in_it_is_there_afterwards(older: Path) -> None:
    with Journal(older, realm=REALM, clock=lambda: WRITTEN) as journal:
        (run,) = journal.unfinished()
        assert (run.id, run.state, run.act, run.again_at) == (STOPPED, RunState.STOPPED, "", None)
        assert run.stopped == "Zoom takes no more calls today."
        assert (run.rows, run.done) == (3, 2)
        done = journal.outcomes(DONE)
        assert [o.status for o in done] == [Status.REGISTERED] * 2 + [Status.FAILED]
        assert done[0].join_url == "https://zoom.example/w/2"
        assert journal.run(DONE).people[0].first_name == "Guest0"
        assert journal.tries_today(EVENT, "guest2@example.com") == 2
        assert journal.unanswered(EVENT).keys == {"guest2@example.com"}
        assert journal.last_call() == 4


def test_it_can_be_used_like_a_new_one(older: Path) -> None:
    with Journal(older, realm=REALM, clock=lambda: WRITTEN) as journal:
        again_at = datetime(2026, 11, 23, tzinfo=UTC)
        journal.set_state(STOPPED, RunState.STOPPED, "Used up.", again_at)
        assert journal.run(STOPPED).again_at == again_at
        guests = journal.run(STOPPED).people
        assert journal.begin_call(STOPPED, CallKind.SINGLE, guests[2:]) == 5
        assert journal.clear().runs == 1
        assert journal.tries_today(EVENT, "guest2@example.com") == 3


def test_it_has_the_layout_of_a_new_file(older: Path, tmp_path: Path) -> None:
    layouts = []
    for path in (older, tmp_path / "new.sqlite3"):
        with Journal(path), sqlite3.connect(path) as raw:
            layouts.append(set(raw.execute("SELECT type, name, sql FROM sqlite_master")))
        raw.close()
    assert layouts[0] == layouts[1]


@pytest.mark.parametrize("steps", range(len(MIGRATIONS)))
def test_a_file_of_every_version_is_brought_up_to_date(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "journal.sqlite3"
    with sqlite3.connect(path) as raw:
        for step in MIGRATIONS[:steps]:
            for statement in step:
                raw.execute(statement)
        raw.execute(f"PRAGMA user_version = {steps}")
    raw.close()
    with Journal(path) as journal:
        assert journal.unfinished() == ()
        assert journal.clear().runs == 0


def test_a_program_that_dies_while_it_migrates_leaves_the_older_file(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (*MIGRATIONS, ("CREATE TABLE extra (a TEXT)", "nonsense"))
    with monkeypatch.context() as patch:
        patch.setattr("zoomdesk.registration.journal.schema.MIGRATIONS", broken)
        with pytest.raises(JournalError):
            Journal(older)
    with sqlite3.connect(older) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (2,)
    raw.close()
    with Journal(older, realm=REALM) as journal:
        assert len(journal.unfinished()) == 1


def test_two_windows_that_open_it_at_once_migrate_it_once(older: Path) -> None:
    start = threading.Barrier(4)
    found: list[int] = []

    def open_it() -> None:
        start.wait()
        with Journal(older, realm=REALM) as journal:
            found.append(len(journal.unfinished()))

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 4


def test_a_newer_file_is_refused_in_words_and_left_alone(older: Path) -> None:
    Journal(older).close()
    with sqlite3.connect(older) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    before = older.read_bytes()
    with pytest.raises(JournalError, match="made by a newer Zoomdesk") as caught:
        Journal(older)
    assert "Install the newest Zoomdesk" in caught.value.hint
    assert older.read_bytes() == before


# -- closing ---------------------------------------------------------------------------------------


def test_closing_waits_for_whoever_reads(tmp_path: Path) -> None:
    store = Store(tmp_path / "journal.sqlite3")
    reading, go_on, done = threading.Event(), threading.Event(), threading.Event()
    rows: list[tuple[int]] = []

    def read() -> None:
        with store.reading() as connection:
            reading.set()
            go_on.wait(10)
            rows.extend(connection.execute("SELECT count(*) FROM runs"))

    def close() -> None:
        store.close()
        done.set()

    threads = [threading.Thread(target=read), threading.Thread(target=close)]
    threads[0].start()
    assert reading.wait(10)
    threads[1].start()
    assert not done.wait(0.2), "closed under a reader's hands"
    with pytest.raises(JournalError, match="is closed"), store.reading():
        pass
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert done.is_set()
    assert rows == [(0,)]


def test_a_reader_without_an_end_does_not_keep_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zoomdesk.registration.journal.store.BUSY_SECONDS", 0.1)
    store = Store(tmp_path / "journal.sqlite3")
    with store.reading() as connection:
        store.close()
        assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.close()
