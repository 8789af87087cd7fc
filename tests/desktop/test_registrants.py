"""Approving, denying, cancelling and deleting in the real window, over real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import column, press
from tests.desktop.test_running import (
    PATIENCE,
    choose,
    confirm,
    finish,
    only_ticked,
    simulator,
)
from zoomdesk.desktop.dialogs.confirm_act import ConfirmActDialog
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.lifecycle import Act, LifeReport, Result
from zoomdesk.roster.filters import Filter
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Fault, FaultKind

ROWS = [3, 5, 6]


@pytest.fixture
def registered(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return the window with three people registered, and these ticked."""
    choose(opened, qtbot)
    only_ticked(opened, ROWS)
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 3 people")
    confirm(opened, qtbot)
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: opened.desk.document is not None and not opened.desk.document.dirty)
    opened.afterwards.tick(ROWS, on=True)
    qtbot.waitUntil(lambda: opened.registrants.acts.is_ready, timeout=PATIENCE)
    qtbot.waitUntil(opened.actions_.cancel.isEnabled, timeout=PATIENCE)
    return opened


def ask(window: MainWindow, qtbot: QtBot, act: Act) -> ConfirmActDialog:
    """Choose the action and return the confirmation that it brings."""
    action: QAction = getattr(window.actions_, act.value)
    qtbot.waitUntil(action.isEnabled, timeout=PATIENCE)
    action.trigger()
    qtbot.waitUntil(lambda: window.registrants.dialog is not None, timeout=PATIENCE)
    dialog = window.registrants.dialog
    assert dialog is not None
    return dialog


def do(window: MainWindow, qtbot: QtBot, act: Act) -> LifeReport:
    """Confirm it, wait for its end, and return what became of everybody."""
    dialog, before = ask(window, qtbot, act), window.desk.run
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: window.desk.run is not before, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.desk.run.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.saving.saving, timeout=PATIENCE)
    qtbot.waitUntil(window.side.result.body.isVisible, timeout=PATIENCE)
    report = window.desk.run.life
    assert report is not None
    return report


def statuses(window: MainWindow) -> list[str]:
    return [each.status for each in simulator(window).world.registrants(SAMPLE_WEBINAR_ID)]


def at(path: Path, name: str) -> list[str]:
    """Return the cells of the three rows in a column of the file."""
    texts = column(path, "Guests", name)
    return [str(texts[index] or "") for index in ROWS]


def test_a_registrants_life_in_the_window(
    registered: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    links = at(guests, "Join URL")
    report = do(registered, qtbot, Act.CANCEL)
    assert dict(report.counts()) == {Result.DONE: 3}
    assert statuses(registered) == ["cancelled"] * 3
    assert (at(guests, "Zoom Status"), at(guests, "Join URL")) == (["Cancelled"] * 3, [""] * 3)
    roster = registered.desk.roster
    assert roster is not None
    assert not roster.ticked.intersection(ROWS)
    assert roster.filtered(Filter.ENDED) == ROWS

    registered.afterwards.tick(ROWS, on=True)
    do(registered, qtbot, Act.APPROVE)
    assert statuses(registered) == ["approved"] * 3
    assert (at(guests, "Zoom Status"), at(guests, "Join URL")) == (["Registered"] * 3, links)

    only_ticked(registered, ROWS[:1])
    do(registered, qtbot, Act.DELETE)
    assert statuses(registered) == ["approved"] * 2
    assert at(guests, "Zoom Status") == ["Deleted", "Registered", "Registered"]
    assert at(guests, "Registrant ID")[0] == ""
    registered.page.table.tick_all_valid()
    assert ROWS[0] not in roster.ticked


def test_the_confirmation_says_what_happens_to_whom(registered: MainWindow, qtbot: QtBot) -> None:
    registered.afterwards.tick([7], on=True)
    said = {}
    for act in Act:
        dialog = ask(registered, qtbot, act)
        said[act] = dialog.spoken()
        assert dialog.cancel_button.hasFocus() or not dialog.isActiveWindow()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: registered.registrants.dialog is None)
    assert "Cancel 3 registrations?" in said[Act.CANCEL]
    assert "1 row is left out: 1 not on Zoom’s list." in said[Act.CANCEL]
    assert "Practice: nobody is mailed." in said[Act.DENY]
    assert "This cannot be undone" in said[Act.DELETE]
    assert "Nobody is changed" in said[Act.APPROVE]
    assert "3 approved already" in said[Act.APPROVE]
    sent = {request.method for request in simulator(registered).requests}
    assert sent == {"GET", "POST"}
    assert statuses(registered) == ["approved"] * 3


def test_only_ticked_people_are_changed(registered: MainWindow, qtbot: QtBot) -> None:
    only_ticked(registered, ROWS[:2])
    registered.page.table.selectAll()
    do(registered, qtbot, Act.DELETE)
    assert len(statuses(registered)) == 1
    only_ticked(registered, [])
    qtbot.waitUntil(lambda: not registered.actions_.delete.isEnabled(), timeout=PATIENCE)
    registered.registrants.acts.prepare(Act.DELETE)
    qtbot.waitUntil(lambda: "Nobody is ticked." in registered.notices.titles)


def test_what_is_stopped_can_be_gone_on_with(registered: MainWindow, qtbot: QtBot) -> None:
    sim = simulator(registered)
    sim.faults.add(Fault(FaultKind.RATE_DAY, call="delete_registrant", skip=1, times=None))
    ask(registered, qtbot, Act.DELETE).ok_button.click()
    qtbot.waitUntil(lambda: registered.desk.run.life is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not registered.saving.saving, timeout=PATIENCE)
    assert registered.notices.titles == ["Zoom's limit for today is used up"]
    assert len(statuses(registered)) == 2
    qtbot.waitUntil(lambda: registered.side.result.state == "error", timeout=PATIENCE)
    show = next(
        button
        for button in registered.side.result.findChildren(QPushButton)
        if button.text() == "2 not reached"
    )
    show.click()
    assert len(registered.page.table.shown) == 2
    sim.faults.clear()
    qtbot.waitUntil(lambda: registered.registrants.acts.is_ready, timeout=PATIENCE)
    press(registered, "run", "Do the rest")
    qtbot.waitUntil(lambda: registered.registrants.dialog is not None, timeout=PATIENCE)
    assert registered.registrants.dialog is not None
    registered.registrants.dialog.ok_button.click()
    qtbot.waitUntil(lambda: statuses(registered) == [], timeout=PATIENCE)
    qtbot.waitUntil(lambda: not registered.desk.run.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not registered.saving.saving, timeout=PATIENCE)


def test_zoom_being_away_is_said_before_anything_is_asked(
    registered: MainWindow, qtbot: QtBot
) -> None:
    full = Fault(FaultKind.RATE_DAY, call="list_registrants", times=None)
    simulator(registered).faults.add(full)
    registered.actions_.deny.trigger()
    qtbot.waitUntil(
        lambda: "Zoom's limit for today is used up" in registered.notices.titles, timeout=PATIENCE
    )
    assert not registered.findChildren(ConfirmActDialog)
    simulator(registered).faults.clear()
    press(registered, "run", "Try again")
    qtbot.waitUntil(lambda: registered.registrants.dialog is not None, timeout=PATIENCE)
    (dialog,) = registered.findChildren(ConfirmActDialog)
    dialog.reject()


def test_links_are_fetched_again(registered: MainWindow, guests: Path, qtbot: QtBot) -> None:
    links = at(guests, "Join URL")
    world = simulator(registered).world
    first = world.registrants(SAMPLE_WEBINAR_ID)[0]
    first.join_url = "https://zoom.example/new"
    world.put(SAMPLE_WEBINAR_ID, first)
    sent = [request.method for request in simulator(registered).requests].count("POST")
    registered.actions_.fetch_links.trigger()
    qtbot.waitUntil(lambda: "3 links were fetched." in registered.notices.titles, timeout=PATIENCE)
    qtbot.waitUntil(lambda: at(guests, "Join URL") != links, timeout=PATIENCE)
    assert at(guests, "Join URL") == ["https://zoom.example/new", *links[1:]]
    assert [r.method for r in simulator(registered).requests].count("POST") == sent
    notice = registered.notices.notice("run")
    assert notice is not None
    assert "not on Zoom’s list" in notice.message


def test_people_who_wait_are_approved_from_the_result(opened: MainWindow, qtbot: QtBot) -> None:
    opened.signing.apply(opened.desk.settings.with_changes(auto_approve=False))
    qtbot.waitUntil(lambda: opened.desk.choice.events is not None, timeout=PATIENCE)
    events = opened.desk.choice.events or ()
    ref = next(event.ref for event in events if "approval" in event.topic)
    opened.choosing.choose(ref)
    qtbot.waitUntil(opened.side.register.button.isEnabled, timeout=PATIENCE)
    only_ticked(opened, ROWS)
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 3 people")
    confirm(opened, qtbot)
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: opened.registrants.acts.is_ready, timeout=PATIENCE)
    offer = opened.side.result._approve
    qtbot.waitUntil(offer.isVisible, timeout=PATIENCE)
    assert offer.text() == "Approve the 3 who wait or were denied…"
    offer.click()
    qtbot.waitUntil(lambda: opened.registrants.dialog is not None, timeout=PATIENCE)
    assert opened.registrants.dialog is not None
    opened.registrants.dialog.ok_button.click()
    qtbot.waitUntil(lambda: opened.desk.run.life is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not opened.saving.saving, timeout=PATIENCE)
    people = simulator(opened).world.registrants(ref.id)
    assert {each.status for each in people} == {"approved"}


def test_it_can_be_held(registered: MainWindow, qtbot: QtBot) -> None:
    slow = Fault(FaultKind.LATENCY, call="delete_registrant", seconds=0.3, times=None)
    simulator(registered).faults.add(slow)
    ask(registered, qtbot, Act.DELETE).ok_button.click()
    step = registered.side.register
    qtbot.waitUntil(step.pause_button.isVisible, timeout=PATIENCE)
    assert step.title == "Deleting"
    # The first call goes alone, and two more when it is answered.
    step.pause_button.click()
    qtbot.waitUntil(lambda: step.pause_button.text() == "Continue", timeout=PATIENCE)
    qtbot.wait(900)
    held = len(statuses(registered))
    assert held > 0
    assert registered.desk.run.running
    step.pause_button.click()
    qtbot.waitUntil(lambda: registered.desk.run.life is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not registered.saving.saving, timeout=PATIENCE)
    assert statuses(registered) == []
