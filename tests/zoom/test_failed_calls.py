"""The record of failed calls: small, merged, shared by windows, and never a trouble of its own."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zoomdesk import paths
from zoomdesk.zoom import failed_calls
from zoomdesk.zoom.failed_call import FailedCall
from zoomdesk.zoom.failed_calls import FailedCalls

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


def call(number: int = 0, when: datetime = NOW) -> FailedCall:
    text = when.isoformat(timespec="seconds")
    return FailedCall(text, "GET", "https://x/v2", f"/webinars/{number}", http=400, ms=number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "failed-calls.json"


def test_calls_that_fail_alike_are_one_entry_with_a_count(path: Path) -> None:
    kept = FailedCalls(path, now=lambda: NOW)
    kept.add(call(1, NOW - timedelta(hours=2)))
    kept.add(call(1, NOW - timedelta(hours=1)))
    kept.add(call(2))
    kept.close()
    newest, older = FailedCalls(path, now=lambda: NOW).entries()
    assert (newest.call.path, newest.count) == ("/webinars/2", 1)
    assert (older.count, older.first) == (2, call(1, NOW - timedelta(hours=2)).when)
    assert older.call.when == call(1, NOW - timedelta(hours=1)).when
    assert kept.get(older.call.id) == older
    assert kept.get("00000000") is None


def test_repetitions_are_written_now_and_then_and_none_is_lost(path: Path) -> None:
    clock = [NOW]
    kept = FailedCalls(path, now=lambda: clock[0])
    for _ in range(500):
        kept.add(call())
    assert json.loads(path.read_text(encoding="utf-8"))[0]["count"] == 1
    clock[0] += timedelta(seconds=6)
    kept.add(call())
    assert json.loads(path.read_text(encoding="utf-8"))[0]["count"] == 501
    kept.add(call())
    kept.close()
    assert kept.entries()[0].count == 502


def test_two_windows_share_the_file(path: Path) -> None:
    one, other = FailedCalls(path, now=lambda: NOW), FailedCalls(path, now=lambda: NOW)
    one.add(call(1))
    other.add(call(2))
    other.add(call(1))
    one.close()
    other.close()
    assert {entry.call.path: entry.count for entry in one.entries()} == {
        "/webinars/1": 2,
        "/webinars/2": 1,
    }


def test_old_and_many_entries_go(path: Path) -> None:
    kept = FailedCalls(path, now=lambda: NOW)
    kept.add(call(999, NOW - timedelta(days=31)))
    for number in range(failed_calls.MOST + 5):
        kept.add(call(number, NOW - timedelta(minutes=number)))
    numbers = [entry.call.ms for entry in kept.entries()]
    assert numbers == list(range(failed_calls.MOST))


def test_everything_is_dropped_at_once(path: Path) -> None:
    kept = FailedCalls(path, now=lambda: NOW)
    kept.add(call())
    kept.forget()
    assert kept.entries() == ()
    assert not path.exists()
    kept.forget()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"call": {}}]', '[{"call": 1, "count": 2}]'])
def test_file_that_tells_nothing_counts_as_none(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    kept = FailedCalls(path, now=lambda: NOW)
    assert kept.entries() == ()
    kept.add(call())
    assert len(kept.entries()) == 1


def test_folder_that_cannot_be_written_keeps_them_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = FailedCalls(tmp_path / "file" / "failed-calls.json", now=lambda: NOW)
    kept.add(call())
    kept.close()
    assert len(kept.entries()) == 1


def test_memory_only_leaves_no_file(tmp_path: Path) -> None:
    kept = FailedCalls(None, now=lambda: NOW)
    kept.add(call())
    kept.add(call())
    kept.close()
    assert kept.entries()[0].count == 2
    assert list(tmp_path.iterdir()) == []
    assert failed_calls.default_path().parent == paths.log_dir()


def test_many_threads_lose_none(path: Path) -> None:
    kept = FailedCalls(path)
    fresh = replace(call(), when=datetime.now(UTC).isoformat(timespec="seconds"))
    threads = [
        threading.Thread(target=lambda: [kept.add(fresh) for _ in range(50)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept.close()
    assert kept.entries()[0].count == 400
