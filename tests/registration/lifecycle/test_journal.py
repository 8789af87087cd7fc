"""What is done with registrants is cleared like a run, and counted apart from registrations."""

from __future__ import annotations

from pathlib import Path

from tests.registration.office import WEBINAR, people
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord

GUESTS = tuple(people(3))


def test_an_act_that_was_cut_short_is_cleared_and_its_changes_still_counted(
    tmp_path: Path,
) -> None:
    """Nobody goes on with it, so nothing keeps its names in the file."""
    with Journal(tmp_path / "journal.sqlite3") as journal:
        run = journal.start_run(RunRecord(ref=WEBINAR, people=GUESTS, act="cancel"))
        call = journal.begin_call(run, CallKind.STATUS, GUESTS)
        journal.end_call(call, CallState.ANSWERED)
        counted = journal.changes(WEBINAR)
        assert counted == {guest.email: 1 for guest in GUESTS}
        assert journal.tries(WEBINAR) == {}
        cleared = journal.clear()
        assert (cleared.runs, cleared.unfinished) == (1, 0)
        assert [journal.changes(WEBINAR).get(guest.email) for guest in GUESTS] == [1, 1, 1]
    assert b"guest0@example.com" not in (tmp_path / "journal.sqlite3").read_bytes()
