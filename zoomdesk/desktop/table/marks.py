"""Decide which icon and colour say that a cell has a problem or a result.

State is always an icon and a word; the colour comes last (look/README.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from zoomdesk.registration.outcome import Status
from zoomdesk.roster.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """Name an icon, the token of its colour and the token of the ground under it (``""``: none)."""

    icon: str
    role: str
    ground: str = ""


ERROR = Mark("alert-circle", "err", "err_soft")
SUGGESTION = Mark("wand", "warn", "warn_soft")
ERROR_SUGGESTION = Mark("wand", "err", "err_soft")
DUPLICATE = Mark("copy-squares", "warn", "warn_soft")
WARNING = Mark("info", "warn", "warn_soft")
NOTE = Mark("info", "soft")
LOCKED = Mark("lock", "soft")

_STATUS = {
    Status.REGISTERED: Mark("check-circle", "ok"),
    Status.ALREADY_REGISTERED: Mark("check-circle", "ok"),
    Status.PENDING: Mark("clock", "warn"),
    Status.DENIED: Mark("minus-circle", "err"),
    Status.FAILED: Mark("alert-circle", "err"),
    Status.NOT_SENT: Mark("minus-circle", "soft"),
    Status.SKIPPED: Mark("minus-circle", "soft"),
    Status.CANCELLED: Mark("minus-circle", "err"),
    Status.DELETED: Mark("trash", "soft"),
}


def of_problem(problem: Problem) -> Mark:
    """Return the mark of a problem: its kind before its severity, so that each looks its own."""
    if problem.severity is Severity.ERROR:
        return ERROR_SUGGESTION if problem.suggestion else ERROR
    if "duplicate" in problem.code:
        return DUPLICATE
    if problem.suggestion:
        return SUGGESTION
    return WARNING if problem.severity is Severity.WARNING else NOTE


def of_status(text: str) -> Mark | None:
    """Return the mark of a word in the status column, None where the word is not one of ours."""
    try:
        return _STATUS[Status(text)]
    except ValueError:
        return None
