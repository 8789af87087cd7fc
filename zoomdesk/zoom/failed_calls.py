"""Keep the calls that failed, for whoever looks into them later: a small file without people in it.

Calls that failed in the same way are one entry with a count. Only how they looked is kept, with
placeholders for everybody in them (``placeholders``): what the journal knows of people stays there.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from zoomdesk import paths, whole_file
from zoomdesk.zoom.failed_call import FailedCall

NAME = "failed-calls.json"
MOST = 50
"""Entries that are kept, the newest."""

KEEP = timedelta(days=30)
_SETTLE = timedelta(seconds=5)
"""How long a repetition of a known failure may wait until it is written down."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A failure with how often it was met; ``call`` is the newest of its kind."""

    call: FailedCall
    first: str
    count: int = 1


class FailedCalls:
    """Keep entries in ``path``, or in memory only without one. Safe for many threads.

    Nothing here raises: a call that failed must not fail once more over its own record.
    """

    def __init__(
        self, path: Path | None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self._fresh: dict[str, Entry] = {}  # what is in no file yet
        self._seen: set[str] = set()
        self._written_at: datetime | None = None

    def add(self, call: FailedCall) -> None:
        """Keep a call that has just failed."""
        with self._lock:
            name, now = call.id, self._now()
            self._fresh[name] = _joined(self._fresh.get(name), Entry(call, call.when))
            recent = self._written_at is not None and now - self._written_at < _SETTLE
            # Fifty thousand rows that fail alike are no reason to write a file so often.
            if name not in self._seen or not recent:
                self._seen.add(name)
                self._write()

    def close(self) -> None:
        """Write what was not written yet."""
        with self._lock:
            if self._fresh:
                self._write()

    def entries(self) -> tuple[Entry, ...]:
        """Return what is kept, the newest first."""
        with self._lock:
            merged = self._merged()
        return tuple(sorted(merged.values(), key=lambda entry: entry.call.when, reverse=True))

    def get(self, name: str) -> Entry | None:
        """Return the entry of a call's ``id``, or None."""
        return next((entry for entry in self.entries() if entry.call.id == name), None)

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._fresh.clear()
            if self._path is not None:
                with contextlib.suppress(OSError):
                    self._path.unlink(missing_ok=True)

    def _merged(self) -> dict[str, Entry]:
        merged = self._read()
        for name, entry in self._fresh.items():
            merged[name] = _joined(merged.get(name), entry)
        oldest = (self._now() - KEEP).isoformat(timespec="seconds")
        newest = sorted(merged.values(), key=lambda entry: entry.call.when)[-MOST:]
        return {entry.call.id: entry for entry in newest if entry.call.when >= oldest}

    def _write(self) -> None:
        if self._path is None:
            return
        body = [
            {"call": entry.call.to_json(), "first": entry.first, "count": entry.count}
            for entry in self._merged().values()
        ]
        self._written_at = self._now()
        with contextlib.suppress(OSError):
            text = json.dumps(body, indent=1, ensure_ascii=False) + "\n"
            whole_file.replace(self._path, text, lasting=False)  # it is written while people wait
            self._fresh.clear()

    def _read(self) -> dict[str, Entry]:
        if self._path is None:
            return {}
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        read = [_entry(each) for each in raw] if isinstance(raw, list) else []
        return {entry.call.id: entry for entry in read if entry is not None}


def default_path() -> Path:
    """Return where they are kept: beside the log, which goes to the same people."""
    return paths.log_dir() / NAME


def _joined(old: Entry | None, new: Entry) -> Entry:
    if old is None:
        return new
    return Entry(new.call, min(old.first, new.first), old.count + new.count)


def _entry(raw: Any) -> Entry | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("call"), dict):
        return None
    call, first, count = FailedCall.from_json(raw["call"]), raw.get("first"), raw.get("count")
    if call is None or not isinstance(first, str) or not isinstance(count, int):
        return None
    return Entry(call, first, count)
