"""The window says so when others use the account at the same time."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.desktop.test_running import choose, confirm, counts, finish, simulator
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.outcome import Status
from zoomdesk.simulator import Fault, FaultKind


def test_it_says_that_others_are_at_work_and_nobody_is_left_out(
    opened: MainWindow, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    faults = simulator(opened).faults
    faults.add(Fault(FaultKind.RATE_SECOND, call="batch"))
    faults.add(Fault(FaultKind.LATENCY, call="batch", seconds=0.2, times=None))
    seen: set[str] = set()
    opened.desk.changed.connect(lambda: seen.add(opened.side.register._waiting.text()))
    confirm(opened, qtbot)
    finish(opened, qtbot)
    assert any(text.startswith("Others use this Zoom account at the same time") for text in seen)
    assert counts(opened) == {Status.REGISTERED: 44}
