"""Make the wire fail on demand: slow, refused, cut before or after, garbled."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """Name what goes wrong. AFTER means that the request was carried out, yet no answer says so.

    A LATENCY longer than the client's patience is the worst of all: the request is carried out
    after the client has given up and, maybe, looked.
    """

    LATENCY = "latency"
    RATE_SECOND = "rate_second"
    RATE_DAY = "rate_day"
    RATE_REGISTRANT = "rate_registrant"
    UNAUTHORIZED = "unauthorized"
    SERVER_ERROR = "server_error"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    HANG = "hang"
    GARBAGE = "garbage"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    CODE_IN_BODY = "code_in_body"


_APPLIED = {
    FaultKind.LATENCY,
    FaultKind.CUT_AFTER,
    FaultKind.HANG,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
    FaultKind.EMPTY,
}


@dataclass(frozen=True)
class Fault:
    """Describe one fault: what, on which requests, how often.

    A request matches when ``call`` (a name of calls.py, or authorize, token, revoke), ``label``,
    ``method`` and ``path`` (a part of the path) all match; None matches everything. Of the matching
    requests the first ``skip`` are spared, then the fault strikes ``times`` times (None: for ever),
    each with ``probability``, drawn from ``seed``.
    """

    kind: FaultKind | str
    call: str | None = None
    label: str | None = None
    method: str | None = None
    path: str | None = None
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    """How long LATENCY waits and HANG stays silent before the connection is cut."""
    status: int = 502
    """HTTP status of SERVER_ERROR."""
    html: bool = True
    """SERVER_ERROR answers a proxy's HTML page; False a JSON body."""
    code: int = 300
    """``code`` of CODE_IN_BODY, under HTTP 200."""
    applied: bool | None = None
    """Whether SERVER_ERROR, CODE_IN_BODY or HANG strikes after the request was carried out; None
    means no, no and yes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", FaultKind(self.kind))

    @property
    def is_applied(self) -> bool:
        """Return whether the request is carried out all the same."""
        return FaultKind(self.kind) in _APPLIED if self.applied is None else self.applied

    def matches(self, call: str, label: str, method: str, path: str) -> bool:
        """Return whether the request is one that this fault is meant for."""
        return (
            self.call in (None, call)
            and self.label in (None, label)
            and self.method in (None, method)
            and (self.path is None or self.path in path)
        )

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Fault:
        """Return the fault that a JSON object describes.

        :raises ValueError: for an unknown name or kind.
        """
        unknown = values.keys() - {each.name for each in fields(cls)}
        if unknown:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        if "kind" not in values:
            raise ValueError("a fault needs its kind")
        return cls(**values)


@dataclass
class _Armed:
    fault: Fault
    seen: int = 0
    struck: int = 0
    random: random.Random = field(default_factory=random.Random)

    def strikes(self) -> bool:
        """Count a matching request and return whether it is struck."""
        self.seen += 1
        if self.seen <= self.fault.skip:
            return False
        if self.fault.times is not None and self.struck >= self.fault.times:
            return False
        if self.fault.probability < 1.0 and self.random.random() >= self.fault.probability:
            return False
        self.struck += 1
        return True


class Faults:
    """Hold the faults that wait to strike; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[_Armed] = []

    def add(self, *faults: Fault) -> None:
        """Arm faults."""
        with self._lock:
            # A seeded generator makes a run repeatable; nothing here is a secret.
            self._armed += [
                _Armed(fault, random=random.Random(fault.seed))  # noqa: S311
                for fault in faults
            ]

    def clear(self) -> None:
        """Disarm every fault."""
        with self._lock:
            self._armed.clear()

    def struck(self) -> int:
        """Return how often a fault has struck since the last clear."""
        with self._lock:
            return sum(armed.struck for armed in self._armed)

    def draw(self, call: str, label: str, method: str, path: str) -> list[Fault]:
        """Return the faults that strike this request: waits first, then at most one other."""
        with self._lock:
            waits: list[Fault] = []
            for armed in self._armed:
                if not armed.fault.matches(call, label, method, path) or not armed.strikes():
                    continue
                if armed.fault.kind != FaultKind.LATENCY:
                    return [*waits, armed.fault]
                waits.append(armed.fault)
            return waits
