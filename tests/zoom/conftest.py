"""A client that speaks with a running simulator, without pauses between tries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fixtures_simulator import simulator
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Simulator
from zoomdesk.zoom import caller, oauth
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken

__all__ = ["simulator"]

WEBINAR = EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)
MEETING = EventRef(EventKind.MEETING, SAMPLE_MEETING_ID)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "_BACKOFF", (0.0, 0.0))
    monkeypatch.setattr(oauth, "_BACKOFF", (0.0, 0.0))


@pytest.fixture
def endpoints(simulator: Simulator) -> Endpoints:
    return Endpoints(simulator.api_url, simulator.oauth_url)


@pytest.fixture
def client(simulator: Simulator, endpoints: Endpoints) -> Iterator[ZoomClient]:
    token = FixedToken(simulator.issue_token())
    with ZoomClient(token, endpoints, pacer=Pacer("business"), timeout=(2.0, 2.0)) as client:
        yield client
