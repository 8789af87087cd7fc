#!/usr/bin/env python3
"""Measure registering many people: against what the plan allows, and against one call at a time.

    bench_run.py                        3,000 people on Pro and Business+, answers after 300 ms
    bench_run.py --people 50000 --plan pro

The simulator runs in a process of its own and enforces the plan's limits. The serial way is that of
the published examples: batch after batch, the next when the last is answered.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LIMITS = {"pro": 10, "business": 40}
"""Batch calls a second (zoom/README.md section 4)."""
WANTED = {"pro": 3, "business": 10}
"""How many times as fast as one call after another the issue asks for."""
BATCH = 30
EVENT = "81234567890"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of each plan."""
    parser = argparse.ArgumentParser(prog="bench_run.py", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=6_000)
    parser.add_argument("--plan", choices=tuple(LIMITS), action="append")
    parser.add_argument("--latency", type=float, default=0.3, metavar="SECONDS")
    options = parser.parse_args(argv)
    for plan in options.plan or LIMITS:
        report(plan, options.people, options.latency)
    return 0


def report(plan: str, count: int, latency: float) -> None:
    """Run both ways against a fresh simulator each, and print the ratios."""
    calls = -(-count // BATCH)
    least = (calls - 1) / LIMITS[plan] + latency
    print(f"\n{count:,} people on {plan}, answers after {latency * 1000:.0f} ms: {calls:,} calls")
    ours, cpu, refused = timed(plan, count, latency, side_by_side=True)
    print(f"  zoomdesk              {ours:8.2f} s, {cpu:.2f} s of CPU, {refused} times 429")
    sample = min(count, 1_500)
    serial, _, _ = timed(plan, sample, latency, side_by_side=False)
    serial *= calls / -(-sample // BATCH)
    print(f"  one after another     {serial:8.2f} s (from {sample:,} people)")
    print(f"  {ours / least:8.3f} of the least time that the limit allows ({least:.2f} s)", end="")
    print(f"   target <= 1.05: {'met' if ours / least <= 1.05 else 'MISSED'}")
    print(f"  {serial / ours:8.2f} times as fast as one after another", end="")
    print(f"   target >= {WANTED[plan]}: {'met' if serial / ours >= WANTED[plan] else 'MISSED'}")
    print(f"  {cpu / count * 100_000:8.1f} s of CPU for 100,000 people")


def timed(plan: str, count: int, latency: float, *, side_by_side: bool) -> tuple[float, float, int]:
    """Return seconds and CPU seconds of the calls of a run, and how many met a full second."""
    from zoomdesk.registration.events import RowsAnswered, RunEvent
    from zoomdesk.registration.journal import CallKind, Journal, RunRecord
    from zoomdesk.registration.options import RunOptions
    from zoomdesk.registration.plan import make_plan
    from zoomdesk.registration.preflight import read_event
    from zoomdesk.registration.run import Run
    from zoomdesk.roster.table import Person
    from zoomdesk.zoom.client import ZoomClient
    from zoomdesk.zoom.endpoints import Endpoints
    from zoomdesk.zoom.events import EventKind, EventRef
    from zoomdesk.zoom.pacing import Label, Pacer
    from zoomdesk.zoom.tokens import FixedToken

    ref = EventRef(EventKind.WEBINAR, EVENT)
    people = [
        Person(n + 2, f"guest{n}@example.com", f"Guest{n}", "Example", {}) for n in range(count)
    ]
    with simulator(plan, latency) as side, tempfile.TemporaryDirectory() as folder:
        pacer = Pacer(plan)
        client = ZoomClient(
            FixedToken(side["token"]), Endpoints(side["api"], side["oauth"]), pacer=pacer
        )
        journal = Journal(Path(folder, "journal.sqlite3"), realm=side["api"])
        found = read_event(client, ref)
        plan_ = make_plan(people, found.event, found.questions, found.listed, RunOptions(), {})
        record = RunRecord(ref=ref, topic="", people=tuple(people), options=plan_.options)
        run = journal.start_run(record)
        many = {CallKind.BATCH: pacer.at_once(Label.HEAVY)} if side_by_side else {}
        last = 0.0

        def answered(event: RunEvent) -> None:
            nonlocal last
            if isinstance(event, RowsAnswered):
                last = time.perf_counter()

        cpu, started = time.process_time(), time.perf_counter()
        outcome = Run(plan_, ref, client, journal, run, on_event=answered, at_once=many).execute()
        cpu = time.process_time() - cpu
        journal.close()
        client.close()
        if len(outcome.outcomes) != count or outcome.stopped:
            raise SystemExit(f"the run did not end well: {outcome.stopped}")
        refused = asked(side["url"], "record", "GET")["limits"].get("second", 0)
        return last - started, cpu, refused


@contextmanager
def simulator(plan: str, latency: float) -> Iterator[dict[str, str]]:
    """Run Zoom in a box in a process of its own; give its addresses and a token."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zoomdesk.simulator", "--plan", plan, "--latency", str(latency)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = process.stdout.readline().strip() if process.stdout else ""
        token = asked(url, "token", "POST")["access_token"]
        yield {"url": url, "api": f"{url}/v2", "oauth": f"{url}/oauth", "token": token}
    finally:
        process.terminate()
        process.wait()


def asked(url: str, what: str, method: str) -> dict[str, Any]:
    """Return what the simulator's control page answers."""
    request = urllib.request.Request(f"{url}/_sim/{what}", method=method)  # noqa: S310  loopback
    with urllib.request.urlopen(request) as answer:  # noqa: S310  loopback
        found: dict[str, Any] = json.load(answer)
    return found


if __name__ == "__main__":
    sys.exit(main())
