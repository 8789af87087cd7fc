"""A disk that fills up: what cannot be recorded is not sent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.registration.office import LINKED, WEBINAR
from zoomdesk.registration.journal import Journal
from zoomdesk.registration.resume import resume
from zoomdesk.simulator import Behaviour, Simulator
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken

ROOT = Path(__file__).resolve().parent.parent.parent
GUESTS = 300
LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.argv[0] = "driver"
runpy.run_module("tests.faults.driver", run_name="__main__")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("kilobytes", [60, 150, 220, 300])
def test_nothing_is_sent_that_cannot_be_recorded(tmp_path: Path, kilobytes: int) -> None:
    path = tmp_path / "journal.sqlite3"
    with Simulator(behaviour=Behaviour(rate_limits=False)) as sim:
        token = sim.issue_token()
        arguments = [sim.api_url, token, str(path), str(GUESTS)]
        limited = subprocess.run(
            [sys.executable, "-c", LIMITED, str(kilobytes * 1024), *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert limited.returncode == 1, limited.stderr
        with Journal(path, realm=sim.api_url) as journal:
            unfinished = journal.unfinished()
            submitted = set(sim.world.tallies(WEBINAR.id))
            if not unfinished:
                assert not submitted, "sent without a record"
                assert "the disk is full" in limited.stderr
                return
            run = unfinished[0].id
            assert submitted <= journal.sent_keys(run), "sent without a record"
            client = ZoomClient(FixedToken(token), Endpoints(sim.api_url), pacer=Pacer("business"))
            with client:
                report = resume(journal, run, client, settle_seconds=0.0)
        assert report.complete
        assert len(report.outcomes) == GUESTS
        for outcome in report.outcomes:
            found = sim.world.find(WEBINAR.id, outcome.email)
            assert found is not None
            assert outcome.status in LINKED
            assert outcome.join_url == found.join_url
        assert {tally.submitted for tally in sim.world.tallies(WEBINAR.id).values()} == {1}
