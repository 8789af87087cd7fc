"""Measure registering many people: against what the plan allows, and against one call at a time.

    dev.py bench run                             20 seconds' worth of people on Pro and Business+
    dev.py bench run --people 50000 --plan pro

Answers come after 300 ms. The simulator runs in a process of its own and enforces the plan's
limits. The serial way is that of the published examples: batch after batch, the next when the last
is answered, a new connection for each. It goes as fast as latency lets it, so the limit itself
bounds how many times as fast anything can be: both are printed.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logging.getLogger("zoomdesk").addHandler(logging.NullHandler())  # a refused call is counted here

ROOT = Path(__file__).resolve().parent.parent

LIMITS = {"pro": 10, "business": 40}
"""Batch calls a second (zoom/README.md section 4)."""
WANTED = {"pro": 3, "business": 10}
"""How many times as fast as one call after another the issue asks for."""
SECONDS = 20
"""At the limit, unless --people says otherwise: beside it, the first call alone is little."""
SERIAL_CALLS = 30
BATCH = 30
EVENT = "81234567890"


@dataclass(frozen=True)
class Timed:
    """Hold what a run took, in seconds and MB: reading and planning, sending, all of it."""

    before: float
    first: float
    sending: float
    whole: float
    cpu: float
    memory: float
    refused: int


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of each plan."""
    parser = argparse.ArgumentParser(prog="dev.py bench run", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int)
    parser.add_argument("--plan", choices=tuple(LIMITS), action="append")
    parser.add_argument("--latency", type=float, default=0.3, metavar="SECONDS")
    options = parser.parse_args(argv)
    for plan in options.plan or LIMITS:
        count = options.people or SECONDS * LIMITS[plan] * BATCH
        report(plan, count, options.latency)
    return 0


def report(plan: str, count: int, latency: float) -> None:
    """Run both ways against a fresh simulator each, and print the ratios."""
    calls = -(-count // BATCH)
    least = (calls - 1) / LIMITS[plan] + latency
    print(f"\n{count:,} people on {plan}, answers after {latency * 1000:.0f} ms: {calls:,} calls")
    timed(plan, BATCH, 0.0)  # what is loaded and built once is nobody's share
    ours = timed(plan, count, latency)
    each = serial(plan, min(calls, SERIAL_CALLS), latency)
    print(f"  reading and planning  {ours.before:8.2f} s")
    print(f"  the first call, alone {ours.first:8.2f} s")
    print(f"  sending               {ours.sending:8.2f} s, {ours.refused} times 429")
    print(f"  the whole run         {ours.whole:8.2f} s")
    print(f"  one after another     {each * calls:8.2f} s ({each * 1000:.0f} ms each)")
    _ratio(ours.sending / least, f"of the least time that the limit allows ({least:.2f} s)", 1.05)
    _ratio(ours.whole / least, "of it for the whole run")
    _ratio(each * calls / ours.sending, "times as fast as one after another", -WANTED[plan])
    _ratio(each * calls / least, "times is the most that the limit allows")
    print(f"  {ours.cpu / count * 100_000:8.1f} s of CPU for 100,000 people")
    print(f"  {ours.memory / count * 100_000:8.0f} MB more at the peak for 100,000 people")


def _ratio(found: float, what: str, target: float | None = None) -> None:
    line = f"  {found:8.3f} {what}"
    if target is not None:
        met = found <= target if target > 0 else found >= -target
        line += f"   target {'<=' if target > 0 else '>='} {abs(target)}: "
        line += "met" if met else "MISSED"
    print(line)


def timed(plan: str, count: int, latency: float) -> Timed:
    """Register ``count`` people as Zoomdesk does."""
    from zoomdesk.registration.events import RowsAnswered, RunEvent
    from zoomdesk.registration.journal import Journal, RunRecord
    from zoomdesk.registration.options import RunOptions
    from zoomdesk.registration.plan import make_plan
    from zoomdesk.registration.preflight import read_event
    from zoomdesk.registration.run import Run
    from zoomdesk.registration.width import AtOnce
    from zoomdesk.roster.table import Person
    from zoomdesk.zoom.client import ZoomClient
    from zoomdesk.zoom.endpoints import Endpoints
    from zoomdesk.zoom.events import EventKind, EventRef
    from zoomdesk.zoom.pacing import Pacer
    from zoomdesk.zoom.tokens import FixedToken

    ref = EventRef(EventKind.WEBINAR, EVENT)
    people = [
        Person(n + 2, f"guest{n}@example.com", f"Guest{n}", "Example", {}) for n in range(count)
    ]
    answers: list[float] = []

    def answered(event: RunEvent) -> None:
        if isinstance(event, RowsAnswered):
            answers.append(time.perf_counter())

    with simulator(plan, latency) as side, tempfile.TemporaryDirectory() as folder:
        pacer = Pacer(plan)
        client = ZoomClient(
            FixedToken(side["token"]), Endpoints(side["api"], side["oauth"]), pacer=pacer
        )
        journal = Journal(Path(folder, "journal.sqlite3"), realm=side["api"])
        memory, cpu, begun = _peak(), time.process_time(), time.perf_counter()
        found = read_event(client, ref)
        plan_ = make_plan(people, found.event, found.questions, found.listed, RunOptions(), {})
        record = RunRecord(ref=ref, topic="", people=tuple(people), options=plan_.options)
        run = journal.start_run(record)
        started = time.perf_counter()
        many = AtOnce(pacer)
        outcome = Run(plan_, ref, client, journal, run, on_event=answered, at_once=many).execute()
        ended, cpu = time.perf_counter(), time.process_time() - cpu
        memory = _peak() - memory
        journal.close()
        client.close()
        if len(outcome.outcomes) != count or outcome.stopped:
            raise SystemExit(f"the run did not end well: {outcome.stopped}")
        refused = asked(side["url"], "record", "GET")["limits"].get("second", 0)
    return Timed(
        before=started - begun,
        first=answers[0] - started,
        sending=answers[-1] - started,
        whole=ended - begun,
        cpu=cpu,
        memory=memory,
        refused=refused,
    )


def serial(plan: str, calls: int, latency: float) -> float:
    """Return the seconds of each call, made one after another as in the published examples."""
    with simulator(plan, latency) as side:
        url = f"{side['api']}/webinars/{EVENT}/batch_registrants"
        head = {"Authorization": f"Bearer {side['token']}", "Content-Type": "application/json"}
        started = time.perf_counter()
        for call in range(calls):
            rows = [
                {"email": f"g{call}-{n}@example.com", "first_name": f"Guest{n}", "last_name": "E"}
                for n in range(BATCH)
            ]
            body = json.dumps({"auto_approve": True, "registrants": rows}).encode()
            request = urllib.request.Request(url, body, head)  # noqa: S310  loopback
            with urllib.request.urlopen(request) as answer:  # noqa: S310  loopback
                if len(json.load(answer)["registrants"]) != BATCH:
                    raise SystemExit("the serial way did not register everybody")
        return (time.perf_counter() - started) / calls


def _peak() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
