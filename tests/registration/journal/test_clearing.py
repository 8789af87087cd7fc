"""What is cleared is gone to the last byte, who was sent today is still counted, the rest stays."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.registration.journal.conftest import NOON
from tests.registration.office import MEETING, WEBINAR, people
from zoomdesk.errors import JournalError, UsageError
from zoomdesk.registration.journal import (
    CallKind,
    CallState,
    Cleared,
    Journal,
    RunRecord,
    RunState,
    SentElsewhere,
)
from zoomdesk.registration.journal import store as store_module
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.simulator import ManualClock
from zoomdesk.zoom.events import EventRef

GUESTS = tuple(people(40, org="Blue Kite Travel"))
PRIVATE = (
    b"guest0@example.com",
    b"Guest17",
    b"Blue Kite Travel",
    b"https://zoom.example/w/2",
    b"host@example.com",
    b"guests.xlsx",
    b"Autumn reception",
)


def make_run(
    journal: Journal, *, finished: bool = True, ref: EventRef = WEBINAR, answered: bool = True
) -> str:
    """Record a run that sent everybody once."""
    run = journal.start_run(
        RunRecord(
            ref=ref,
            topic="Autumn reception",
            book="/office/guests.xlsx",
            people=GUESTS,
            account="host@example.com",
        )
    )
    call = journal.begin_call(run, CallKind.BATCH, GUESTS)
    if answered:
        links = [
            Outcome(g.row, g.email, Status.REGISTERED, f"https://zoom.example/w/{g.row}", "r", NOON)
            for g in GUESTS
        ]
        journal.end_call(call, CallState.ANSWERED, links)
    if finished:
        journal.set_state(run, RunState.FINISHED)
        journal.mark_written(run)
    return run


def bytes_on_disk(journal: Journal) -> bytes:
    """Return everything that lies beside the journal's name, its log and claims too."""
    return b"".join(file.read_bytes() for file in sorted(journal.path.parent.iterdir()))


def test_no_byte_of_anybody_is_left(journal: Journal) -> None:
    for _ in range(3):
        make_run(journal)
    before = bytes_on_disk(journal)
    assert all(text in before for text in PRIVATE), "the test looks for what is there"
    assert journal.clear() == Cleared(runs=3, people=120)
    after = bytes_on_disk(journal)
    assert [text for text in PRIVATE if text in after] == []
    assert len(after) < len(before)
    assert journal.holdings().runs == 0


def test_todays_tries_are_counted_all_the_same(journal: Journal, clock: ManualClock) -> None:
    make_run(journal)
    make_run(journal)
    make_run(journal, ref=MEETING)
    before = {guest.email: journal.tries(WEBINAR).get(guest.email) for guest in GUESTS}
    assert set(before.values()) == {2}
    journal.clear()
    assert {guest.email: journal.tries(WEBINAR).get(guest.email) for guest in GUESTS} == before
    assert journal.tries_today(WEBINAR, "guest0@example.com") == 2
    assert journal.tries_today(MEETING, "guest0@example.com") == 1
    assert journal.tries_today(WEBINAR, "somebody@example.com") == 0
    assert not list(journal.tries(WEBINAR)), "nobody's address is known any more"

    make_run(journal)
    assert journal.tries_today(WEBINAR, "guest0@example.com") == 3
    journal.clear()
    assert journal.tries_today(WEBINAR, "guest0@example.com") == 3
    with Journal(journal.path, realm="elsewhere", clock=clock.now) as other:
        assert other.tries_today(WEBINAR, "guest0@example.com") == 0

    clock.advance(hours=12)
    assert journal.tries_today(WEBINAR, "guest0@example.com") == 0
    make_run(journal)
    journal.clear()
    with sqlite3.connect(journal.path) as raw:
        assert raw.execute("SELECT DISTINCT day FROM kept_tries").fetchall() == [("2026-11-23",)]
        assert raw.execute("SELECT day FROM day_secrets").fetchall() == [("2026-11-23",)]
    raw.close()


def test_hashes_of_two_days_cannot_be_compared(journal: Journal, clock: ManualClock) -> None:
    seen = set()
    for _ in range(2):
        make_run(journal)
        journal.clear()
        with sqlite3.connect(journal.path) as raw:
            seen |= {who for (who,) in raw.execute("SELECT who FROM kept_tries")}
        raw.close()
        clock.advance(days=1)
    assert len(seen) == 2 * len(GUESTS)


def test_a_call_that_never_left_is_no_try_afterwards_either(journal: Journal) -> None:
    run = make_run(journal)
    journal.end_call(journal.begin_call(run, CallKind.BATCH, GUESTS), CallState.UNSENT)
    journal.clear()
    assert journal.tries_today(WEBINAR, "guest0@example.com") == 1


def test_unfinished_runs_are_kept_and_said(journal: Journal) -> None:
    open_ = make_run(journal, finished=False)
    unwritten = make_run(journal, finished=False)
    journal.set_state(unwritten, RunState.FINISHED)
    make_run(journal)
    assert journal.holdings().unfinished == 2
    assert journal.clear() == Cleared(runs=1, people=40, unfinished=2)
    assert {record.id for record in journal.unfinished()} == {open_, unwritten}
    assert journal.outcomes(open_)[0].join_url == "https://zoom.example/w/2"
    assert journal.clear(run=open_) == Cleared(unfinished=1)
    assert journal.clear(run=open_, unfinished=True) == Cleared(runs=1, people=40)
    with pytest.raises(UsageError, match="There is no run"):
        journal.run(open_)
    assert journal.clear(unfinished=True) == Cleared(runs=1, people=40)
    assert not any(text in bytes_on_disk(journal) for text in PRIVATE)


def test_a_run_that_goes_on_is_never_cleared_nor_what_it_must_know(journal: Journal) -> None:
    finished, other_event = make_run(journal), make_run(journal, ref=MEETING)
    live = make_run(journal, finished=False)
    with journal.claim(live):
        assert journal.clear(unfinished=True) == Cleared(runs=1, people=40, live=2)
        assert journal.run(finished).people
        assert journal.run(live).people
        with pytest.raises(UsageError):
            journal.run(other_event)
        with pytest.raises(SentElsewhere):
            journal.begin_call(live, CallKind.BATCH, GUESTS, seen=0)
    assert journal.clear(unfinished=True).runs == 2


def test_a_call_that_may_be_under_way_is_not_forgotten(
    journal: Journal, clock: ManualClock
) -> None:
    make_run(journal, finished=False, answered=False)
    assert journal.clear(unfinished=True) == Cleared(live=1)
    clock.advance(61)
    assert journal.clear(unfinished=True) == Cleared(runs=1, people=40)


def test_the_numbers_of_calls_never_come_back(journal: Journal) -> None:
    """A run remembers up to which call it has seen those of others: none may be numbered below."""
    make_run(journal)
    make_run(journal)
    seen = journal.last_call()
    journal.clear()
    assert journal.last_call() == seen == 2
    live = journal.start_run(RunRecord(ref=WEBINAR, people=GUESTS))
    make_run(journal)
    with pytest.raises(SentElsewhere):
        journal.begin_call(live, CallKind.BATCH, GUESTS, seen=seen)


def test_by_age(journal: Journal, clock: ManualClock) -> None:
    old = make_run(journal)
    clock.advance(days=30, seconds=1)
    new = make_run(journal)
    assert journal.clear(days=31) == Cleared()
    assert journal.clear(days=30) == Cleared(runs=1, people=40)
    assert journal.run(new).topic == "Autumn reception"
    with pytest.raises(UsageError):
        journal.run(old)


def test_another_window_that_only_has_it_open_is_no_hindrance(journal: Journal) -> None:
    with Journal(journal.path, realm="zoom") as other:
        make_run(other)
        assert len(other.unfinished()) == 0
        journal.clear()
        assert not any(text in bytes_on_disk(journal) for text in PRIVATE)


def test_a_reader_who_holds_the_log_is_said(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    make_run(journal)
    reader = sqlite3.connect(journal.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    problems: list[JournalError] = []

    def clear() -> None:  # on a thread of its own: a new connection is less patient
        with pytest.raises(JournalError, match=r"traces are in its file|busy with it") as caught:
            journal.clear()
        problems.append(caught.value)

    thread = threading.Thread(target=clear)
    thread.start()
    thread.join()
    reader.execute("COMMIT")
    reader.close()
    assert "clear again" in problems[0].hint or "try again" in problems[0].hint
    assert journal.holdings().runs == 0
    make_run(journal)
    journal.clear()
    assert not any(text in bytes_on_disk(journal) for text in PRIVATE)


def test_a_failure_in_the_middle_clears_nothing(journal: Journal, tmp_path: Path) -> None:
    run = make_run(journal)
    with sqlite3.connect(journal.path) as raw:
        raw.execute("CREATE TRIGGER no BEFORE DELETE ON runs BEGIN SELECT raise(ABORT, 'no'); END")
    raw.close()
    with pytest.raises(JournalError):
        journal.clear()
    assert replace(journal.run(run), people=()).rows == 40
    assert journal.tries_today(WEBINAR, "guest0@example.com") == 1
