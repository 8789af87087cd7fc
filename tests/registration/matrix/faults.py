"""The faults of the matrix, and what a person is told where each strikes alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from zoomdesk.errors import DailyLimitReached, ZoomdeskError
from zoomdesk.registration import wording
from zoomdesk.registration.outcome import Status
from zoomdesk.simulator import Fault, FaultKind

CallName = Literal["batch", "register"]

PATIENCE = 5.0
"""Real seconds that the client waits for an answer, longer than any busy machine takes for one."""

LITTLE_PATIENCE = 0.4
"""As many where a fault keeps it waiting."""

TROUBLE = "The request could not be completed."


@dataclass(frozen=True)
class Strike:
    """A fault with its values, and what it does to a run in which nothing else goes wrong.

    ``stops`` is the error that the run stops with. ``left`` is the status that rows are left in by
    the first run, by kind of call, and ``says`` a part of those rows' message. ``is_silent``
    keeps the client waiting until it gives up: the request may be carried out after that.
    """

    name: str
    kind: FaultKind
    values: Mapping[str, object] = field(default_factory=dict)
    stops: type[ZoomdeskError] | None = None
    left: Mapping[CallName, Status] = field(default_factory=dict)
    says: str = ""
    is_silent: bool = False

    def fault(self, call: str, *, skip: int = 0) -> Fault:
        """Return the simulator's fault: once, on this call."""
        return Fault(self.kind, call=call, skip=skip, **self.values)  # type: ignore[arg-type]  # mixed


_NOT_SENT: Mapping[CallName, Status] = {"batch": Status.NOT_SENT, "register": Status.NOT_SENT}

STRIKES = (
    Strike("slow", FaultKind.LATENCY, {"seconds": 0.02}),
    Strike(
        "carried out late", FaultKind.LATENCY, {"seconds": LITTLE_PATIENCE + 0.1}, is_silent=True
    ),
    Strike("the second is full", FaultKind.RATE_SECOND),
    Strike(
        "the day is full",
        FaultKind.RATE_DAY,
        stops=DailyLimitReached,
        left=_NOT_SENT,
        says=wording.STOPPED,
    ),
    Strike(
        "a person's day is full",
        FaultKind.RATE_REGISTRANT,
        left=_NOT_SENT,
        says=wording.NO_TRIES_LEFT,
    ),
    Strike("token expired", FaultKind.UNAUTHORIZED),
    Strike("502, not carried out", FaultKind.SERVER_ERROR, {"applied": False}),
    Strike("500, carried out", FaultKind.SERVER_ERROR, {"applied": True, "html": False}),
    Strike("cut before", FaultKind.CUT_BEFORE),
    Strike("cut after", FaultKind.CUT_AFTER),
    Strike("silent, carried out", FaultKind.HANG, {"seconds": 1.0}, is_silent=True),
    Strike(
        "silent, not carried out",
        FaultKind.HANG,
        {"seconds": 1.0, "applied": False},
        is_silent=True,
    ),
    Strike("garbage", FaultKind.GARBAGE),
    Strike("half an answer", FaultKind.TRUNCATED),
    Strike("an empty answer", FaultKind.EMPTY),
    # A batch that is refused is sent again one by one; a person who is refused, is refused.
    Strike(
        "error under 200, not carried out",
        FaultKind.CODE_IN_BODY,
        {"applied": False},
        left={"register": Status.FAILED},
        says=TROUBLE,
    ),
    Strike("error under 200, carried out", FaultKind.CODE_IN_BODY, {"applied": True}, says=TROUBLE),
)

BY_NAME = {strike.name: strike for strike in STRIKES}
