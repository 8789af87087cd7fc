"""A table with a few guests."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.table.people import guests
from zoomdesk.desktop.table import RosterTable
from zoomdesk.roster.table import Roster


@pytest.fixture
def roster() -> Roster:
    return guests()


@pytest.fixture
def table(qtbot: QtBot, roster: Roster) -> RosterTable:
    made = RosterTable()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_roster(roster)
    made.show()
    qtbot.waitExposed(made)
    return made
