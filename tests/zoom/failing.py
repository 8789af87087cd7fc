"""Calls that fail at a running simulator, for tests of what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.zoom.conftest import WEBINAR
from zoomdesk.simulator import Simulator
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.failed_call import FailedCall
from zoomdesk.zoom.faults import BatchRefused, RowRefused
from zoomdesk.zoom.models import Registrant
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken

SECRETS = ("Zuzana", "Nováková", "zuzana", "novak.example", "Bärenstraße", "0049 171", "eyJ")
"""What must be nowhere in anything that is kept."""

ZUZANA = Registrant("Zuzana@Novak.example", "Zuzana", "Nováková")
HOST = Registrant("host@practice.example", "Olga", "Petrova")


@contextmanager
def client(simulator: Simulator, *scopes: str) -> Iterator[tuple[ZoomClient, list[FailedCall]]]:
    """Yield a client and the calls of it that failed."""
    kept: list[FailedCall] = []
    token = FixedToken(simulator.issue_token(scopes or None))
    endpoints = Endpoints(simulator.api_url, simulator.oauth_url)
    with ZoomClient(
        token, endpoints, pacer=Pacer("business"), timeout=(2.0, 2.0), on_failed=kept.append
    ) as found:
        yield found, kept


def refused_batch(simulator: Simulator, *, multipart: bool = False) -> FailedCall:
    """Return the call of a batch that Zoom refuses over the host in it."""
    with client(simulator) as (zoom, kept):
        people = [ZUZANA, HOST, ZUZANA]
        with pytest.raises(BatchRefused) as caught:
            zoom.register_batch(WEBINAR, people, auto_approve=True, multipart=multipart)
    assert caught.value.failed_call is kept[0]
    assert len(kept) == 1
    return kept[0]


def refused_row(simulator: Simulator) -> FailedCall:
    """Return the call of a single registration that Zoom refuses."""
    with client(simulator) as (zoom, kept), pytest.raises(RowRefused):
        zoom.register_one(WEBINAR, HOST)
    return kept[0]
