"""One machine of several: a process with a journal of its own that registers a list of people.

It reads one JSON object from standard input, answers ``ready``, waits for one more line, registers,
and prints its outcomes as JSON. It knows of the other machines what Zoom's lists tell it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zoomdesk.registration.baton import Timing
from zoomdesk.registration.journal import CallKind, Journal, RunRecord
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.plan import make_plan
from zoomdesk.registration.preflight import read_event
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.roster.person import Person
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.pacing import Label, Pacer
from zoomdesk.zoom.tokens import FixedToken


@dataclass(frozen=True)
class Task:
    """What a machine is told: where Zoom is, who it is to register, and how it takes turns."""

    url: str
    token: str
    home: str
    webinar: str
    people: list[str]
    timing: dict[str, float] | None
    plan: str = "pro"

    @classmethod
    def read(cls, text: str) -> Task:
        return cls(**json.loads(text))


def work(task: Task) -> RunReport:
    """Register the people, or go on where a machine of this home was killed."""
    ref = EventRef(EventKind.WEBINAR, task.webinar)
    others = Timing(**task.timing) if task.timing is not None else None
    pacer = Pacer(task.plan)
    at_once = {CallKind.BATCH: pacer.at_once(Label.HEAVY)}
    endpoints = Endpoints(f"{task.url}/v2", f"{task.url}/oauth")
    with (
        ZoomClient(FixedToken(task.token), endpoints, pacer=pacer) as client,
        Journal(Path(task.home, "journal.sqlite3"), realm=task.url) as journal,
    ):
        if unfinished := journal.unfinished():
            return resume(journal, unfinished[0].id, client, at_once=at_once, others=others)
        people = [
            Person(row, email, email.split("@")[0], "Example", {})
            for row, email in enumerate(task.people, 2)
        ]
        found = read_event(client, ref, journal=journal)
        options = RunOptions()
        plan = make_plan(people, found.event, found.questions, found.listed, options, {})
        run = journal.start_run(RunRecord(ref=ref, people=tuple(people), options=options))
        return Run(plan, ref, client, journal, run, at_once=at_once, others=others).execute()


def main() -> None:
    """Do what standard input says."""
    task = Task.read(sys.stdin.readline())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    report = work(task)
    said: dict[str, Any] = {
        "complete": report.complete,
        "stopped": str(report.stopped or ""),
        "rows": [(each.email, each.status.value, each.join_url) for each in report.outcomes],
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
