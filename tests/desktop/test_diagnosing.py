"""From an error, a row or the result to the failed call, and out of the window, without people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from zoomdesk.desktop.dialogs.failed_calls import FailedCallsDialog
from zoomdesk.desktop.table import menu as table_menu
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.outcome import Status
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Fault, FaultKind, Simulator
from zoomdesk.zoom import caller
from zoomdesk.zoom.events import EventKind, EventRef

PATIENCE = 30_000
WEBINAR = EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "_BACKOFF", (0.0, 0.0))


@pytest.fixture
def sim(opened: MainWindow) -> Simulator:
    found = opened.desk.services.simulator
    assert found is not None
    return found


def shown(window: MainWindow, qtbot: QtBot) -> FailedCallsDialog:
    qtbot.waitUntil(lambda: window.diagnosing.dialog is not None, timeout=PATIENCE)
    dialog = window.diagnosing.dialog
    assert dialog is not None
    return dialog


def fail_one_row(window: MainWindow, sim: Simulator, qtbot: QtBot) -> int:
    """Register one person, whom Zoom refuses; return the row's index."""
    roster = window.desk.roster
    assert roster is not None
    index = next(i for i in range(len(roster)) if i in roster.ticked)
    window.afterwards.tick([i for i in roster.ticked if i != index], on=False)
    sim.faults.add(Fault(FaultKind.CODE_IN_BODY, call="batch", times=None, code=300))
    sim.faults.add(Fault(FaultKind.CODE_IN_BODY, call="register", times=None, code=300))
    window.choosing.choose(WEBINAR)
    qtbot.waitUntil(window.side.register.button.isEnabled, timeout=PATIENCE)
    window.side.register.button.click()
    qtbot.waitUntil(lambda: window.asking.dialog is not None, timeout=PATIENCE)
    dialog = window.asking.dialog
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: window.desk.run.report is not None, timeout=PATIENCE)
    return index


def test_error_of_zoom_has_its_call_one_step_away(
    opened: MainWindow, sim: Simulator, qtbot: QtBot, tmp_path: Path
) -> None:
    sim.faults.add(Fault(FaultKind.CODE_IN_BODY, call="event", times=None, code=4711))
    opened.choosing.choose(WEBINAR)
    qtbot.waitUntil(lambda: opened.notices.notice("event") is not None, timeout=PATIENCE)
    notice = opened.notices.notice("event")
    assert notice is not None
    words, act = notice.actions[-1]
    assert words == "Details…"
    act()
    dialog = shown(opened, qtbot)
    assert f"/webinars/{SAMPLE_WEBINAR_ID}" in dialog.about.text()
    assert "x-zm-trackingid" in dialog.about.text()
    assert "{{token}}" in dialog.command.toPlainText()
    dialog.shell.setCurrentIndex(dialog.shell.findData("powershell"))
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("curl.exe ")
    assert copied == dialog.command.toPlainText()
    target = tmp_path / "calls.json"
    opened.diagnosing.save(target, dialog._entries)
    qtbot.waitUntil(lambda: "Saved for Postman" in opened.notices.titles, timeout=PATIENCE)
    assert json.loads(target.read_text(encoding="utf-8"))["item"][0]["request"]["method"] == "GET"
    dialog.reject()
    assert opened.diagnosing.dialog is None


def test_row_that_failed_offers_its_call(opened: MainWindow, sim: Simulator, qtbot: QtBot) -> None:
    index = fail_one_row(opened, sim, qtbot)
    report, roster, table = opened.desk.run.report, opened.desk.roster, opened.page.table
    assert report is not None
    assert roster is not None
    assert report.outcomes[0].status in (Status.FAILED, Status.NOT_SENT)
    email = roster.person(index).email
    qtbot.waitUntil(lambda: table_menu.is_failed(roster, index), timeout=PATIENCE)
    assert not table_menu.is_failed(roster, index + 1)
    opened.page.show_rows([index])
    found = table_menu.open_menu(table, table.visualRect(table.model_.index(0, 2)).center())
    assert isinstance(found, QMenu)
    action = next(a for a in found.actions() if a.text().startswith("The failed call"))
    found.close()
    action.trigger()
    dialog = shown(opened, qtbot)
    assert "registrants" in dialog.about.text()
    assert "person1@example.com" in dialog.command.toPlainText()
    assert email not in dialog.command.toPlainText()
    dialog.reject()
    link = next(
        b
        for b in opened.side.result.findChildren(QPushButton)
        if b.text().startswith("Failed calls")
    )
    assert link.isVisibleTo(opened.side.result.body)
    opened.side.result.failed_calls.emit()
    dialog = shown(opened, qtbot)
    assert dialog.which.count() >= 1
    dialog.reject()


def test_nothing_failed_is_said(opened: MainWindow, qtbot: QtBot) -> None:
    opened.actions_.failed_calls.trigger()
    title = "No failed call to Zoom is on record for this"
    qtbot.waitUntil(lambda: opened.notices.titles == [title], timeout=PATIENCE)
    assert table_menu.open_menu(opened.page.table, QPoint(-5, -5)) is None


def test_place_that_cannot_be_written_is_told(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.diagnosing.save(tmp_path / "no" / "where.json", [])
    qtbot.waitUntil(
        lambda: opened.notices.titles == ["The file could not be saved"], timeout=PATIENCE
    )
