"""Say how a run ended: a table and a sentence for people, one object for programs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from zoomdesk.cli.output import Output, count, describe, table
from zoomdesk.errors import ZoomdeskError
from zoomdesk.registration.conflicts import Conflict
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.report import RunReport

KEYS = {
    Status.REGISTERED: "registered",
    Status.ALREADY_REGISTERED: "already",
    Status.PENDING: "pending",
    Status.DENIED: "denied",
    Status.FAILED: "failed",
    Status.SKIPPED: "skipped",
    Status.NOT_SENT: "not_sent",
}
"""The name of each status in the JSON output."""


def run(
    report: RunReport,
    path: Path,
    warnings: Sequence[str],
    output: Output,
    conflicts: Sequence[Conflict] = (),
) -> int:
    """Print what became of every row and return the exit code.

    ``conflicts`` are what somebody else's changes of the workbook kept from being written.
    """
    outcomes = _in_order(report)
    data = _data(report, outcomes) | {
        "output": shown(path),
        "warnings": list(warnings),
        "conflicts": [conflict_data(conflict) for conflict in conflicts],
    }
    go_on = ""
    if not report.complete and report.run:
        go_on = f"Go on with: zoomdesk resume {report.run}"
    if report.stopped is not None:
        data["error"] = describe(report.stopped) | {"resume": f"zoomdesk resume {report.run}"}
    output.result(data, lambda: _text(outcomes, data, path))
    say_of_workbook(warnings, conflicts, output)
    if report.stopped is not None:
        output.say(f"{report.stopped.title}: {report.stopped.body} {report.stopped.hint}".rstrip())
    if go_on:
        output.say(go_on)
    return exit_code(report)


def say_of_workbook(warnings: Sequence[str], conflicts: Sequence[Conflict], output: Output) -> None:
    """Say beside the results what is to be known of the workbook that took them."""
    for warning in warnings:
        output.say(f"Note: {warning}")
    if conflicts:
        output.say("Somebody else has changed the workbook meanwhile. This was not written:")
    for conflict in conflicts:
        output.say(f"  {conflict.describe()}")


def unwritten(report: RunReport, error: ZoomdeskError, output: Output) -> None:
    """Print what became of every row where the workbook could not be written."""
    outcomes = _in_order(report)
    data = _data(report, outcomes) | {"output": None, "warnings": [], "error": describe(error)}
    output.result(data, lambda: _table(outcomes))
    output.say(f"{error.title}: {error.body} {error.hint}".rstrip())


def exit_code(report: RunReport) -> int:
    """Return 0, 1 or that of what stopped the run."""
    if report.stopped is not None:
        return report.stopped.exit_code
    counts = report.counts()
    return int(bool(counts[Status.FAILED] or counts[Status.NOT_SENT] or report.cancelled))


def unfinished(runs: Sequence[RunRecord], output: Output) -> int:
    """List the runs that can be gone on with."""
    data = {
        "runs": [
            {
                "run": run.id,
                "created": run.created.isoformat() if run.created else None,
                "book": run.book,
                "sheet": run.sheet,
                "event": {"kind": run.ref.kind.value, "id": run.ref.id, "topic": run.topic},
                "rows": run.rows,
                "done": run.done,
                "written": run.written,
                "state": run.state.value,
                "stopped": run.stopped,
                "again_at": run.again_at.isoformat() if run.again_at else None,
            }
            for run in runs
        ]
    }

    def text() -> str:
        if not runs:
            return "There is no unfinished run."
        rows = [
            (
                run.id,
                f"{run.created:%Y-%m-%d %H:%M} UTC" if run.created else "",
                run.topic,
                f"{min(run.done, run.rows):,} of {run.rows:,}",
                run.book,
            )
            for run in runs
        ]
        return table(("Run", "Started", "Event", "Rows done", "Workbook"), rows)

    output.result(data, text)
    return 0


def shown(path: Path) -> str:
    """Return a path in letters, in a locale that knows none but ASCII too."""
    return os.fsencode(path).decode("utf-8", "surrogateescape")


def duration(seconds: float) -> str:
    """Return a length of time as people say it."""
    if seconds < 90:
        return f"about {count(max(1, round(seconds)), 'second', 'seconds')}"
    return f"about {count(round(seconds / 60), 'minute', 'minutes')}"


def _data(report: RunReport, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "run": report.run,
        "event": {
            "kind": report.event.kind.value,
            "id": report.event.id,
            "topic": report.event.topic,
        },
        "rows": len(outcomes),
        **{key: count_of(outcomes, status) for status, key in KEYS.items()},
        "seconds": round(report.seconds, 3),
        "complete": report.complete,
        "rows_detail": [row_data(outcome) for outcome in outcomes],
    }


def row_data(outcome: Outcome) -> dict[str, Any]:
    """Return what became of a row as the JSON output has it."""
    at = outcome.registered_at
    return {
        "row": outcome.row,
        "email": outcome.email,
        "status": outcome.status.value,
        "join_url": outcome.join_url,
        "registrant_id": outcome.registrant_id,
        "registered_at": at.astimezone(UTC).isoformat(timespec="seconds") if at else None,
        "message": outcome.message,
    }


def conflict_data(conflict: Conflict) -> dict[str, Any]:
    """Return what both sides have changed as the JSON output has it."""
    return {
        "why": conflict.why.value,
        "row": conflict.row,
        "column": conflict.column or None,
        "header": conflict.header,
        "person": conflict.person,
        "before": conflict.before,
        "theirs": conflict.theirs,
        "ours": conflict.ours,
        "message": conflict.describe(),
    }


def _text(outcomes: Sequence[Outcome], data: dict[str, Any], path: Path) -> str:
    words = [f"{data[key]:,} {status.value.lower()}" for status, key in KEYS.items() if data[key]]
    return "\n".join(
        (
            _table(outcomes),
            "",
            f"{data['event']['topic']}: {', '.join(words) or 'nobody'}.",
            shown(path),
        )
    )


def _table(outcomes: Sequence[Outcome]) -> str:
    return table(
        ("Row", "Email", "Status", "Join URL or message"),
        [(str(o.row), o.email, o.status.value, o.join_url or o.message) for o in outcomes],
    )


def _in_order(report: RunReport) -> list[Outcome]:
    return sorted(report.outcomes, key=lambda outcome: outcome.row)


def count_of(outcomes: Sequence[Outcome], status: Status) -> int:
    """Count the outcomes of a status."""
    return Counter(outcome.status for outcome in outcomes)[status]
