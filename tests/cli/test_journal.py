"""What the record of runs holds can be seen, and cleared, by whoever was asked."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from zoomdesk import settings as settings_module
from zoomdesk.registration.journal import CallKind, CallState, Journal, RunRecord, RunState
from zoomdesk.roster.table import Person
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.zoom.events import EventKind, EventRef

main = importlib.import_module("zoomdesk.cli.main").main

EVENT = EventRef(EventKind.WEBINAR, "81234567890")
GUESTS = tuple(Person(n + 2, f"g{n}@example.com", f"Guest{n}", "Example", {}) for n in range(12))


class Days:
    def __init__(self) -> None:
        self.ago = 0

    def __call__(self) -> datetime:
        return datetime.now(UTC) - timedelta(days=self.ago)


@pytest.fixture
def journal() -> Iterator[Journal]:
    """The journal of the person at the terminal: a run of a year ago, one of today, one open."""
    clock = Days()
    with Journal(realm="https://api.zoom.us/v2", clock=clock) as opened:
        for ago, finished in ((365, True), (0, True), (200, False)):
            clock.ago = ago
            run = opened.start_run(
                RunRecord(ref=EVENT, topic="Open day", book="/office/guests.xlsx", people=GUESTS)
            )
            call = opened.begin_call(run, CallKind.BATCH, GUESTS)
            if finished:
                opened.end_call(call, CallState.ANSWERED)
                opened.set_state(run, RunState.FINISHED)
                opened.mark_written(run)
        clock.ago = 0
        yield opened


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, Any]:
    assert main(["journal", *words, "--json"]) == code
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def keep_for(days: int) -> None:
    settings_module.save(Settings(journal_days=days))


def test_it_is_shown(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    keep_for(0)
    data = run(capsys, "show")
    assert (len(data["runs"]), data["people"], data["unfinished"]) == (3, 36, 1)
    assert data["bytes"] >= Path(data["file"]).stat().st_size
    assert main(["journal", "show"]) == 0
    text = capsys.readouterr().out
    assert "3 runs with 36 people" in text
    assert "kept until you clear them" in text
    assert "0 of 12 done" in text


def test_old_runs_are_cleared_at_the_start_by_age(
    journal: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_for(90)
    data = run(capsys, "show")
    assert [each["state"] for each in data["runs"]] == ["finished", "running"]


def test_a_journal_that_is_busy_keeps_nobody_from_working(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zoomdesk.registration.journal.store.BUSY_SECONDS", 0.05)
    with (
        Services.open(Settings(journal_days=30), {}) as services,
        journal._store.writing(),
    ):
        assert len(services.journal.unfinished()) == 1


@pytest.mark.parametrize(
    ("words", "cleared", "kept"),
    [
        ((), 2, 1),
        (("--older-than", "300"), 1, 0),
        (("--older-than", "100"), 1, 1),
        (("--unfinished",), 3, 0),
    ],
)
def test_it_is_cleared(
    journal: Journal,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    cleared: int,
    kept: int,
) -> None:
    keep_for(0)
    data = run(capsys, "clear", "--yes", *words)
    assert data["cleared"] == {"runs": cleared, "people": 12 * cleared}
    assert data["kept"] == {"unfinished": kept, "live": 0}
    assert len(journal.runs()) == 3 - cleared


def test_one_run_is_cleared(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    keep_for(0)
    newest = journal.runs()[0].id
    assert main(["journal", "clear", "--run", newest, "--yes"]) == 0
    assert "Cleared 1 run with 12 people" in capsys.readouterr().out
    assert run(capsys, "clear", "--run", newest, "--yes", code=2)["error"]["code"] == "usage"


def test_nothing_is_cleared_unasked(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    keep_for(0)
    error = run(capsys, "clear", code=2)["error"]
    assert "not confirmed" in error["message"]
    assert len(journal.runs()) == 3


@pytest.mark.parametrize("days", ["0", "-3", "soon", "1e3", "99999"])
def test_days_that_are_none_are_refused(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        "number of days" in run(capsys, "clear", f"--older-than={days}", code=2)["error"]["message"]
    )
