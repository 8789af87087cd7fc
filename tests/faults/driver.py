"""Register or resume as a process of its own, to be killed at any moment.

``python -m tests.faults.driver API_URL TOKEN JOURNAL COUNT`` registers COUNT guests for the sample
webinar, or goes on with the journal's unfinished run. Prints ``sending`` before the first call can
go out, and at the end the run's name.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.registration.office import WEBINAR, people
from zoomdesk.registration.journal import Journal, RunRecord
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.plan import make_plan
from zoomdesk.registration.preflight import read_event
from zoomdesk.registration.resume import resume
from zoomdesk.registration.run import Run
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken


def main(api_url: str, token: str, path: str, count: str) -> int:
    pacer = Pacer("business", headroom=1.0)
    client = ZoomClient(FixedToken(token), Endpoints(api_url), pacer=pacer)
    with client, Journal(Path(path), realm=api_url) as journal:
        unfinished = journal.unfinished()
        sys.stdout.write("sending\n")
        sys.stdout.flush()
        if unfinished:
            report = resume(journal, unfinished[0].id, client, settle_seconds=0.05)
        else:
            guests = tuple(people(int(count)))
            found = read_event(client, WEBINAR)
            plan = make_plan(guests, found.event, found.questions, found.listed, RunOptions(), {})
            run = journal.start_run(RunRecord(ref=WEBINAR, people=guests))
            report = Run(plan, WEBINAR, client, journal, run, settle_seconds=0.05).execute()
    sys.stdout.write(f"{report.run}\n")
    return 0 if report.complete else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
