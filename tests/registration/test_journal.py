"""The record of runs: what is committed stays, what cannot be used is said in plain words."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.registration.office import MEETING, WEBINAR, people
from zoomdesk import paths
from zoomdesk.errors import JournalError, UsageError
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord, RunState
from zoomdesk.registration.journal.schema import MIGRATIONS
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.workbook import Fingerprint

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
GUESTS = tuple(people(3, org="Blue Kite"))
RECORD = RunRecord(
    ref=WEBINAR,
    topic="Open day",
    book="/office/guests.xlsx",
    sheet="Guests",
    header_row=3,
    output="/office/copy.xlsx",
    people=GUESTS,
    options=RunOptions(auto_approve=False, batch_size=7, occurrence_ids=("1", "2")),
    fingerprint=Fingerprint(1234, 5678, "ab" * 32),
    account="host@example.com",
)
LINK = Outcome(2, "guest0@example.com", Status.REGISTERED, "https://zoom.example/w/1", "r1", NOON)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.sqlite3", realm="zoom", clock=clock) as opened:
        yield opened


def test_a_run_comes_back_as_it_was(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    assert run.startswith("2026-11-22-")
    assert len(run) == 15
    wanted = replace(RECORD, id=run, created=NOON, realm="zoom", rows=3)
    assert journal.run(run) == wanted
    assert journal.unfinished() == (replace(wanted, people=()),)


def test_there_is_no_such_run(journal: Journal) -> None:
    with pytest.raises(UsageError, match="There is no run “2026-01-01-aaaa”"):
        journal.run("2026-01-01-aaaa")


def test_names_do_not_collide(journal: Journal) -> None:
    assert len({journal.start_run(RunRecord(ref=WEBINAR)) for _ in range(60)}) == 60


def test_a_call_is_recorded_before_and_after(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    call = journal.begin_call(run, CallKind.BATCH, GUESTS[:2])
    assert journal.sent_keys(run) == {"guest0@example.com", "guest1@example.com"}
    assert journal.outcomes(run) == ()
    journal.end_call(call, CallState.ANSWERED, [LINK])
    assert journal.outcomes(run) == (LINK,)
    assert journal.run(run).done == 1


def test_what_was_not_sent_uses_no_try(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    for state in CallState:
        journal.end_call(journal.begin_call(run, CallKind.SINGLE, GUESTS[:1]), state)
    assert journal.tries_today(WEBINAR, " GUEST0@example.com ") == len(CallState) - 1
    assert journal.tries_today(WEBINAR, "guest1@example.com") == 0
    call = journal.begin_call(run, CallKind.BATCH, GUESTS)
    journal.end_call(call, CallState.UNSENT)
    assert journal.sent_keys(run) == {"guest0@example.com"}


def test_tries_are_counted_across_runs_by_event_and_utc_day(journal: Journal, clock: Clock) -> None:
    clock.now = NOON.replace(hour=23, minute=59)
    for ref in (WEBINAR, WEBINAR, MEETING):
        run = journal.start_run(replace(RECORD, ref=ref))
        journal.begin_call(run, CallKind.BATCH, GUESTS)
    assert journal.tries(WEBINAR) == {guest.email: 2 for guest in GUESTS}
    assert journal.tries(MEETING) == {guest.email: 1 for guest in GUESTS}
    clock.now += timedelta(minutes=1)
    assert journal.tries(WEBINAR) == {}


def test_each_zoom_has_its_own_runs_and_tries(journal: Journal, clock: Clock) -> None:
    run = journal.start_run(RECORD)
    journal.begin_call(run, CallKind.BATCH, GUESTS)
    with Journal(journal.path, realm="practice", clock=clock) as other:
        assert other.unfinished() == ()
        assert other.tries(WEBINAR) == {}
        assert other.run(run).realm == "zoom"


def test_refused_batches_are_remembered(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    batch = journal.begin_call(run, CallKind.BATCH, GUESTS[:2])
    journal.end_call(batch, CallState.REFUSED, http=400, code=300)
    single = journal.begin_call(run, CallKind.SINGLE, GUESTS[2:])
    journal.end_call(single, CallState.REFUSED, http=400, code=3027)
    assert journal.refused_keys(run) == {"guest0@example.com", "guest1@example.com"}


def test_done_runs_are_offered_until_their_results_are_written(journal: Journal) -> None:
    first, second = journal.start_run(RECORD), journal.start_run(RECORD)
    journal.set_state(first, RunState.FINISHED)
    journal.set_state(second, RunState.STOPPED, "The day is full.")
    assert [record.id for record in journal.unfinished()] == [second, first]
    assert journal.unfinished()[0].stopped == "The day is full."
    journal.mark_written(first)
    journal.mark_written(second)
    assert [record.id for record in journal.unfinished()] == [second]


def test_what_a_resumed_run_brings_is_in_no_workbook_yet(journal: Journal) -> None:
    """Written when it stopped, gone on with later, and then the program died before it wrote."""
    run = journal.start_run(RECORD)
    journal.set_state(run, RunState.STOPPED)
    journal.mark_written(run)
    journal.end_call(journal.begin_call(run, CallKind.BATCH, GUESTS), CallState.ANSWERED, [LINK])
    journal.set_state(run, RunState.FINISHED)
    assert [record.id for record in journal.unfinished()] == [run]
    journal.mark_written(run)
    assert journal.unfinished() == ()


def test_what_is_known_replaces_what_was_known(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    journal.put_outcomes(run, [replace(LINK, status=Status.PENDING, join_url="")])
    journal.put_outcomes(run, [LINK])
    assert journal.outcomes(run) == (LINK,)


def test_old_runs_can_be_forgotten_with_every_name(journal: Journal, clock: Clock) -> None:
    old = journal.start_run(RECORD)
    journal.end_call(journal.begin_call(old, CallKind.BATCH, GUESTS), CallState.ANSWERED, [LINK])
    clock.now += timedelta(days=30)
    new = journal.start_run(RECORD)
    assert journal.clear(days=29, unfinished=True).runs == 1
    assert [record.id for record in journal.unfinished()] == [new]
    with sqlite3.connect(journal.path) as raw:
        for query in (
            "SELECT count(*) FROM people WHERE run = ?",
            "SELECT count(*) FROM calls WHERE run = ?",
            "SELECT count(*) FROM outcomes WHERE run = ?",
        ):
            assert raw.execute(query, (old,)).fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM call_people").fetchone() == (0,)
    raw.close()


def test_nothing_of_a_failed_transaction_stays(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    call = journal.begin_call(run, CallKind.BATCH, GUESTS)

    def outcomes() -> Iterator[Outcome]:
        yield LINK
        raise RuntimeError("while writing")

    with pytest.raises(RuntimeError, match="while writing"):
        journal.end_call(call, CallState.ANSWERED, outcomes())
    assert journal.outcomes(run) == ()
    journal.end_call(call, CallState.ANSWERED, [LINK])
    assert journal.outcomes(run) == (LINK,)


# -- the file --------------------------------------------------------------------------------------


def test_the_file_is_the_persons_own_and_where_it_belongs() -> None:
    with Journal() as journal:
        journal.start_run(RECORD)
        assert journal.path == paths.data_dir() / "journal.sqlite3"
        for file in journal.path.parent.glob("journal.sqlite3*"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_commits_are_synced_and_readers_do_not_wait(journal: Journal) -> None:
    connection = journal._store.connection()
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with journal._store.writing() as writer:
        writer.execute("DELETE FROM runs")
        found: list[int] = []
        reader = threading.Thread(target=lambda: found.append(len(journal.unfinished())))
        reader.start()
        reader.join(10)
    assert found == [0]


def test_many_threads_write_and_read(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for _ in range(5):
                call = journal.begin_call(run, CallKind.SINGLE, GUESTS[:1])
                journal.end_call(call, CallState.ANSWERED, [replace(LINK, row=number)])
                journal.outcomes(run)
        except Exception as error:  # noqa: BLE001  shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert len(journal.outcomes(run)) == 6
    assert journal.tries_today(WEBINAR, GUESTS[0].email) == 30


def test_a_closed_journal_says_so(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite3")
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="is closed"):
        journal.unfinished()


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"x" * 90]
)
def test_a_damaged_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(content)
    with pytest.raises(JournalError, match="the file is damaged") as caught:
        Journal(path)
    assert "Move that file away" in caught.value.hint
    assert path.read_bytes() == content


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    Journal(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    with pytest.raises(JournalError, match="made by a newer Zoomdesk"):
        Journal(path)


def test_an_older_file_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    with Journal(path) as journal:
        run = journal.start_run(RECORD)
    newer = (*MIGRATIONS, ("ALTER TABLE calls ADD COLUMN words TEXT NOT NULL DEFAULT ''",))
    monkeypatch.setattr("zoomdesk.registration.journal.schema.MIGRATIONS", newer)
    with Journal(path) as journal:
        assert journal.run(run).people == GUESTS
        with journal._store.reading() as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    Journal(path).close()
    broken = (*MIGRATIONS, ("CREATE TABLE extra (a TEXT)", "CREATE TABLE runs (a TEXT)"))
    with monkeypatch.context() as patch:
        patch.setattr("zoomdesk.registration.journal.schema.MIGRATIONS", broken)
        with pytest.raises(JournalError):
            Journal(path)
    with Journal(path) as journal, journal._store.reading() as connection:
        assert (
            connection.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall()
            == []
        )


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(JournalError, match="cannot be used"):
        Journal(blocked / "journal.sqlite3")


# -- claims ----------------------------------------------------------------------------------------


def test_a_claim_ends_with_its_process(journal: Journal) -> None:
    """A run held by another process is not offered; once that was killed, it is."""
    run = journal.start_run(RECORD)
    code = (
        "import sys, time; from pathlib import Path\n"
        "from zoomdesk.registration.journal import Journal\n"
        "with Journal(Path(sys.argv[1]), realm='zoom') as j, j.claim(sys.argv[2]):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(journal.path), run], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert journal.unfinished() == ()
        with pytest.raises(JournalError, match="going on already"), journal.claim(run):
            pass
        other.kill()
        other.wait(10)
    assert [record.id for record in journal.unfinished()] == [run]
    with journal.claim(run):
        assert journal.unfinished() == ()


def test_a_finished_run_leaves_no_claim_behind(journal: Journal) -> None:
    run = journal.start_run(RECORD)
    with journal.claim(run):
        journal.set_state(run, RunState.FINISHED)
    assert [p.name for p in journal.path.parent.glob("*.claim*")] == []
