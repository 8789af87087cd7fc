"""Offices that register against a simulated Zoom over real HTTP, with a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures_simulator import simulator
from tests.registration.office import Office
from zoomdesk.simulator import Question, Simulator

__all__ = ["simulator"]


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> Iterator[Office]:
    """Return an office whose clock is the simulator's, and events that ask for org and city."""
    for event in simulator.world.events.values():
        if not event.custom_questions:
            event.questions = (Question("last_name", True), Question("org"), Question("city"))
    desk = Office(simulator, tmp_path / "journal.sqlite3")
    yield desk
    desk.close()
