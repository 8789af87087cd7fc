"""Remember every request, for tests that ask what was really sent."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class RequestRecord:
    """Describe one request and what became of it."""

    method: str
    path: str
    call: str
    """The name of the call in calls.py, or authorize, token, revoke; empty for an unknown path."""
    label: str
    status: int | None
    """The HTTP status that was sent, None where the connection was cut instead."""
    applied: bool
    """Whether the request was carried out, whatever the client was told."""
    when: float
    """``time.monotonic()`` at its arrival, seconds."""
    emails: tuple[str, ...]
    """The addresses that a registration request named, as sent."""
    query: dict[str, str]
    body: Any
    """The body: parsed where it is JSON or a form, else its text; None for none."""

    def as_json(self) -> dict[str, Any]:
        """Return the record as a JSON object."""
        return asdict(self)


class Ledger:
    """Hold the records in the order in which they were answered; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: list[RequestRecord] = []

    def add(self, record: RequestRecord) -> None:
        """Add a record."""
        with self._lock:
            self._records.append(record)

    def all(self) -> list[RequestRecord]:
        """Return the records so far."""
        with self._lock:
            return list(self._records)
