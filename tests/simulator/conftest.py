"""A running simulator, and a client for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.simulator.api import Api
from zoomdesk.simulator import Behaviour, Simulator


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(behaviour=Behaviour(rate_limits=False)) as running:
        yield running


@pytest.fixture
def api(sim: Simulator) -> Iterator[Api]:
    client = Api(sim)
    yield client
    client.close()


@pytest.fixture
def behave(sim: Simulator) -> Callable[..., None]:
    """Return a function that changes the simulator's behaviour."""

    def change(**values: Any) -> None:
        sim.behaviour = replace(sim.behaviour, **values)

    return change
