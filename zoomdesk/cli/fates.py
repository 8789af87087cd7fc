"""Say what became of people who were approved, denied, cancelled or deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zoomdesk.cli.output import Output, count, describe, table
from zoomdesk.cli.reports import conflict_data, duration, say_of_workbook, shown
from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.conflicts import Conflict
from zoomdesk.registration.lifecycle import Act, Fate, LifePlan, LifeReport, Result, wording
from zoomdesk.services import Services
from zoomdesk.zoom.events import EventRef

_AS_WANTED = (Result.DONE, Result.ALREADY)


def run(
    report: LifeReport,
    path: Path | None,
    warnings: Sequence[str],
    output: Output,
    *,
    conflicts: Sequence[Conflict] = (),
    error: ZoomdeskError | None = None,
) -> int:
    """Print what became of every row and return the exit code: 0 where each is as wanted.

    ``error`` is why the workbook could not be written, ``path`` what was, None for nothing.
    """
    stopped = error or report.stopped
    data: dict[str, Any] = {
        "run": report.run,
        "act": report.act.value,
        "event": _event(EventRef(report.event.kind, report.event.id), report.event.topic),
        "rows": len(report.fates),
        **{result.value: n for result, n in _counts(report.fates).items()},
        "seconds": round(report.seconds, 3),
        "complete": report.complete,
        "rows_detail": [_row(fate) for fate in report.fates],
        "output": shown(path) if path else None,
        "warnings": list(warnings),
        "conflicts": [conflict_data(conflict) for conflict in conflicts],
    }
    if stopped is not None:
        data["error"] = describe(stopped)
    output.result(data, lambda: _text(report, path))
    say_of_workbook(warnings, conflicts, output)
    if stopped is not None:
        output.say(f"{stopped.title}: {stopped.body} {stopped.hint}".rstrip())
    if report.stopped is not None or report.cancelled:
        output.say("Give the same command again for the rest: that is safe.")
    if stopped is not None:
        return stopped.exit_code
    return int(any(fate.result not in _AS_WANTED for fate in report.fates))


def dry_run(plan: LifePlan, services: Services, output: Output) -> int:
    """Print whom the act would change; nothing is sent and nothing written."""
    seconds = plan.seconds(services.pacer)
    ref = plan.event.ref
    data: dict[str, Any] = {
        "dry_run": True,
        "act": plan.act.value,
        "event": _event(ref, plan.event.topic),
        "rows": len(plan.people) + len(plan.left_out),
        "to_change": len(plan.targets),
        "calls": plan.calls,
        "seconds": round(seconds, 1),
        "mails": plan.mails,
        **{result.value: n for result, n in _counts(plan.left_out).items()},
        "warnings": list(plan.warnings),
        "rows_detail": [
            *(
                {"row": person.row, "email": person.email, "result": "would_change"}
                for person in plan.people
            ),
            *(_row(fate) for fate in plan.left_out),
        ],
        "output": None,
    }

    def text() -> str:
        listed = [
            (str(target.person.row), target.person.email, _now(target.listed.status))
            for target in plan.targets
        ]
        parts = [table(("Row", "Email", "Now"), listed), ""] if listed else []
        left = [(str(f.row), f.email, f.message) for f in plan.left_out]
        parts += [table(("Row", "Email", "Left out"), left), ""] if left else []
        what = wording.describe(plan, practice=services.in_practice)
        parts.append(f"{what} At Zoom’s limits that takes {duration(seconds)}.")
        parts.append("Nothing was sent and nothing was written.")
        return "\n".join(parts)

    output.result(data, text)
    return 0


def _now(status: str) -> str:
    return {"pending": "waits for approval", "denied": "denied or cancelled"}.get(status, status)


def _event(ref: EventRef, topic: str) -> dict[str, str]:
    return {"kind": ref.kind.value, "id": ref.id, "topic": topic}


def _counts(fates: Sequence[Fate]) -> dict[Result, int]:
    counted = Counter(fate.result for fate in fates)
    return {result: counted[result] for result in Result}


def _row(fate: Fate) -> dict[str, Any]:
    outcome = fate.outcome
    return {
        "row": fate.row,
        "email": fate.email,
        "result": fate.result.value,
        "status": outcome.status.value if outcome else None,
        "join_url": outcome.join_url if outcome else "",
        "registrant_id": outcome.registrant_id if outcome else "",
        "message": fate.message,
    }


def word(act: Act, result: Result) -> str:
    """Say how it ended for a row, as a person reads it."""
    words = {
        Result.DONE: act.done_word,
        Result.ALREADY: f"{act.done_word} already",
        Result.LEFT_OUT: "left out",
        Result.FAILED: f"not {act.done_word}",
        Result.UNCONFIRMED: "not confirmed",
        Result.STOPPED: "not reached",
    }
    return words[result]


def _text(report: LifeReport, path: Path | None) -> str:
    rows = [
        (str(fate.row), fate.email, word(report.act, fate.result), fate.message)
        for fate in report.fates
    ]
    counts = _counts(report.fates)
    words = [f"{n:,} {word(report.act, result)}" for result, n in counts.items() if n]
    lines = [table(("Row", "Email", "Result", "Message"), rows), ""] if rows else []
    people = count(len(report.fates), "row", "rows")
    lines.append(f"{people}: {', '.join(words)}." if words else f"{people}.")
    if path is not None:
        lines.append(f"Written: {shown(path)}")
    return "\n".join(lines)
