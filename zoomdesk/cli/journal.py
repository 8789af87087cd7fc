"""Show what the record of runs holds, and clear personal data from it."""

from __future__ import annotations

import argparse
from typing import Any

from zoomdesk import settings as settings_module
from zoomdesk.cli.output import Output, count, table
from zoomdesk.cli.reports import shown
from zoomdesk.cli.terminal import is_interactive, says_yes
from zoomdesk.errors import UsageError
from zoomdesk.registration.journal import Cleared, Journal, RunRecord, RunState
from zoomdesk.services import Services


def journal(options: argparse.Namespace, output: Output) -> int:
    """Show or clear it, as ``options.act`` says."""
    with Services.open(settings_module.load()) as services:
        if options.act == "show":
            return _show(services, output)
        return _clear(services.journal, options, output)


def _show(services: Services, output: Output) -> int:
    journal, days = services.journal, services.settings.journal_days
    runs, held = journal.runs(), journal.holdings()
    data = {
        "file": shown(journal.path),
        "bytes": held.size,
        "people": held.people,
        "unfinished": held.unfinished,
        "days": days,
        "runs": [_data(run) for run in runs],
    }

    def text() -> str:
        rows = [
            (
                run.id,
                run.topic,
                f"{run.rows:,}",
                _state(run),
                run.output or run.book,
            )
            for run in runs
        ]
        parts = [table(("Run", "Event", "People", "State", "Workbook"), rows), ""] if rows else []
        kept = count(held.runs, "run", "runs")
        people = count(held.people, "person", "people")
        parts.append(f"{kept} with {people}, {held.size // 1024:,} KB in {shown(journal.path)}")
        parts.append(
            f"Finished runs are cleared after {count(days, 'day', 'days')}."
            if days
            else "Finished runs are kept until you clear them."
        )
        return "\n".join(parts)

    output.result(data, text)
    return 0


def _clear(journal: Journal, options: argparse.Namespace, output: Output) -> int:
    days, run = options.older_than, options.run or ""
    if run:
        journal.run(run)
    _confirm(journal, options, output)
    cleared = journal.clear(days=days, run=run, unfinished=options.unfinished)
    data: dict[str, Any] = {
        "cleared": {"runs": cleared.runs, "people": cleared.people},
        "kept": {"unfinished": cleared.unfinished, "live": cleared.live},
        "bytes": journal.holdings().size,
    }
    output.result(data, lambda: said(cleared))
    return 0


def _confirm(journal: Journal, options: argparse.Namespace, output: Output) -> None:
    """Say what would be cleared and ask, unless that was answered beforehand."""
    if options.yes:
        return
    if not is_interactive() or output.as_json:
        raise UsageError("Nothing was cleared: it was not confirmed.", hint="Add --yes.")
    held = journal.holdings()
    what = f"{count(held.runs, 'run', 'runs')} with {count(held.people, 'person', 'people')}"
    if options.run:
        what = f"the run {options.run}"
    elif options.older_than:
        what = f"those of {what} that are older than {count(options.older_than, 'day', 'days')}"
    output.say("Links that are in your workbooks stay there. Nothing changes at Zoom.")
    if not says_yes(f"Clear {what} from the record?"):
        raise UsageError("Nothing was cleared.", hint="")


def said(cleared: Cleared) -> str:
    """Say in sentences what was cleared and what was kept."""
    people = count(cleared.people, "person", "people")
    parts = [f"Cleared {count(cleared.runs, 'run', 'runs')} with {people}."]
    if cleared.unfinished:
        runs = count(cleared.unfinished, "unfinished run was", "unfinished runs were")
        parts.append(f"{runs} kept: finish them (zoomdesk resume), or add --unfinished.")
    if cleared.live:
        runs = count(cleared.live, "run was", "runs were")
        parts.append(f"{runs} kept: people are being registered for that event at this moment.")
    return " ".join(parts)


def _state(run: RunRecord) -> str:
    if run.state is RunState.FINISHED:
        return "finished" if run.written or run.act else "not in the workbook yet"
    return f"{min(run.done, run.rows):,} of {run.rows:,} done"


def _data(run: RunRecord) -> dict[str, Any]:
    return {
        "run": run.id,
        "created": run.created.isoformat() if run.created else None,
        "event": {"kind": run.ref.kind.value, "id": run.ref.id, "topic": run.topic},
        "act": run.act or "register",
        "book": run.book,
        "rows": run.rows,
        "done": run.done,
        "state": run.state.value,
        "written": run.written,
    }
