"""A running Zoom for tests of any folder: ``from tests.fixtures_simulator import simulator``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from zoomdesk.simulator import Behaviour, Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """Run the practice account without the account's rate limits, and stop it at the end.

    The three requests a person and day still count: ``sim.behaviour`` can be replaced at any time.
    """
    with Simulator(behaviour=Behaviour(rate_limits=False)) as sim:
        yield sim
