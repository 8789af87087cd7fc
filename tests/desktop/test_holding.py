"""Runs that are paused, that wait for Zoom's new day, and those that an earlier day left over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import column, press
from tests.desktop.test_running import PATIENCE, choose, confirm, counts, finish, simulator
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.journal import RunRecord, RunState
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.tomorrow import in_words, next_midnight
from zoomdesk.roster.table import Person
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Fault, FaultKind
from zoomdesk.zoom.events import EventKind, EventRef

EVENT = EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)


def notice(window: MainWindow, key: str) -> Notice:
    found = window.notices.notice(key)
    assert found is not None, window.notices.titles
    return found


def words(window: MainWindow, key: str) -> list[str]:
    return [text for text, _ in notice(window, key).actions]


def held(window: MainWindow, qtbot: QtBot) -> int:
    """Start a run, pause it while its first call is under way, and return who is registered."""
    choose(window, qtbot)
    sim = simulator(window)
    sim.faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=0.3, times=None))
    confirm(window, qtbot)
    qtbot.waitUntil(lambda: window.desk.run.in_flight > 0, timeout=PATIENCE)
    button = window.side.register.pause_button
    qtbot.waitUntil(lambda: button.text() == "Pause", timeout=PATIENCE)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Continue", timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.desk.run.in_flight == 0, timeout=PATIENCE)
    sim.faults.clear()
    return len(sim.world.registrants(SAMPLE_WEBINAR_ID))


def test_a_paused_run_sends_nobody_until_it_goes_on(opened: MainWindow, qtbot: QtBot) -> None:
    done = held(opened, qtbot)
    assert done < 44
    panel = opened.side.register
    qtbot.waitUntil(lambda: panel._waiting.text().startswith("Nothing is under way"))
    assert panel._left.text() == "Paused"
    qtbot.wait(300)
    assert len(simulator(opened).world.registrants(SAMPLE_WEBINAR_ID)) == done
    assert opened.actions_.pause.shortcut().toString() == "Ctrl+Shift+P"
    opened.actions_.pause.trigger()
    finish(opened, qtbot)
    assert counts(opened) == {Status.REGISTERED: 44}
    assert not opened.actions_.pause.isEnabled()


def test_a_paused_run_can_be_stopped(opened: MainWindow, guests: Path, qtbot: QtBot) -> None:
    done = held(opened, qtbot)
    opened.side.register.stop_button.click()
    finish(opened, qtbot)
    assert counts(opened).get(Status.REGISTERED, 0) == done
    assert len([link for link in column(guests, "Guests", "Join URL") if link]) == done
    press(opened, "run", "Go on")
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    finish(opened, qtbot)
    assert counts(opened) == {Status.REGISTERED: 44}


def full_day(window: MainWindow, qtbot: QtBot) -> datetime:
    """Register until the day's limit stops the run; return Zoom's next 00:00."""
    choose(window, qtbot)
    simulator(window).faults.add(Fault(FaultKind.RATE_DAY, method="POST", times=None))
    confirm(window, qtbot)
    finish(window, qtbot)
    return next_midnight(simulator(window).clock.now())


def test_a_run_goes_on_by_itself_on_zooms_new_day(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = full_day(opened, qtbot)
    when = in_words(midnight)
    assert "00:00 GMT" in when
    assert words(opened, "tomorrow") == [f"Go on at {when}", "Try now"]
    press(opened, "tomorrow", f"Go on at {when}")
    tomorrow = opened.resuming.tomorrow
    assert notice(opened, "tomorrow").title == f"Goes on by itself at {when}"
    tomorrow.look()
    assert not opened.desk.run.running
    simulator(opened).faults.clear()
    # The computer slept over midnight: only the clock tells.
    late = midnight + timedelta(hours=7)
    monkeypatch.setattr(opened.desk.services.journal, "clock", lambda: late)
    tomorrow.look()
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    finish(opened, qtbot)
    assert counts(opened) == {Status.REGISTERED: 44}
    assert tomorrow.waiting is None
    assert not tomorrow._timer.isActive()


def test_whoever_goes_on_by_hand_meanwhile_is_not_gone_on_with_again(
    opened: MainWindow, qtbot: QtBot
) -> None:
    midnight = full_day(opened, qtbot)
    press(opened, "tomorrow", f"Go on at {in_words(midnight)}")
    tomorrow = opened.resuming.tomorrow
    opened.running.begun.emit("another run")
    assert notice(opened, "tomorrow").title.startswith("Goes on by itself")
    simulator(opened).faults.clear()
    assert tomorrow.waiting is not None
    opened.running.go_on(tomorrow.waiting.run)
    assert tomorrow.waiting is None
    assert opened.notices.notice("tomorrow") is None
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: not opened.desk.run.running, timeout=PATIENCE)
    assert counts(opened) == {Status.REGISTERED: 44}


def test_going_on_by_itself_can_be_called_off(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = full_day(opened, qtbot)
    press(opened, "tomorrow", f"Go on at {in_words(midnight)}")
    press(opened, "tomorrow", "Do not go on")
    assert opened.notices.notice("tomorrow") is None
    late = midnight + timedelta(hours=7)
    monkeypatch.setattr(opened.desk.services.journal, "clock", lambda: late)
    opened.resuming.tomorrow.look()
    qtbot.wait(100)
    assert not opened.desk.run.running


def test_changed_settings_leave_it_waiting_and_another_zoom_does_not(
    opened: MainWindow, qtbot: QtBot
) -> None:
    midnight = full_day(opened, qtbot)
    press(opened, "tomorrow", f"Go on at {in_words(midnight)}")
    opened.desk.services_changed.emit()
    assert opened.resuming.tomorrow.waiting is not None
    opened._leave_practice()
    assert opened.resuming.tomorrow.waiting is None


# -- runs of an earlier day ------------------------------------------------------------------------


def left_over(
    window: MainWindow,
    book: Path,
    topic: str,
    *,
    stopped: str = "",
    again_at: datetime | None = None,
) -> str:
    """Record a run that got to 1 of its 2 people."""
    journal = window.desk.services.journal
    people = tuple(Person(n, f"g{n}@example.com", f"G{n}", "Example", {}) for n in (2, 3))
    record = RunRecord(ref=EVENT, topic=topic, book=str(book), sheet="Guests", people=people)
    run = journal.start_run(record)
    link = Outcome(2, people[0].email, Status.REGISTERED, "https://zoom.example/w/2", "r2")
    journal.put_outcomes(run, [link])
    journal.set_state(run, RunState.STOPPED, stopped, again_at)
    return run


@pytest.fixture
def idle(make_window: Callable[..., MainWindow]) -> MainWindow:
    """Return a window against the real Zoom's address; nothing of it asks for anything."""
    return make_window()


def offered(window: MainWindow, qtbot: QtBot, topic: str) -> Notice:
    def is_there() -> bool:
        found = window.notices.notice("resume")
        return found is not None and topic in f"{found.title} {found.message}"

    qtbot.waitUntil(is_there, timeout=PATIENCE)
    return notice(window, "resume")


def test_unfinished_runs_are_offered_one_after_the_other_with_the_reason(
    idle: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    now = idle.desk.services.journal.clock()
    left_over(idle, guests, "Oldest", stopped="The network is gone.")
    left_over(idle, guests, "Yesterday", again_at=now - timedelta(hours=3))
    left_over(idle, guests, "Today", again_at=next_midnight(now))
    idle.resuming.look()
    said = offered(idle, qtbot, "Today")
    assert "(and 2 more)" in said.title
    assert "1 of 2 people are done" in said.message
    assert "takes calls again at" in said.message
    assert words(idle, "resume")[0] == f"Go on at {in_words(next_midnight(now))}"
    press(idle, "resume", "Not now")
    said = offered(idle, qtbot, "Yesterday")
    assert "a new day has begun since" in said.message
    assert words(idle, "resume")[0] == "Go on"
    press(idle, "resume", "Not now")
    said = offered(idle, qtbot, "Oldest")
    assert said.title == "A registration was cut short"
    assert "It had stopped: The network is gone." in said.message
    press(idle, "resume", "Not now")
    assert idle.notices.notice("resume") is None


def test_a_run_is_given_up_only_after_a_second_question(
    idle: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    left_over(idle, guests, "Open day")
    journal = idle.desk.services.journal
    idle.resuming.look()
    offered(idle, qtbot, "Open day")
    press(idle, "resume", "Give it up…")
    assert notice(idle, "resume").title == "Give up the run for “Open day”?"
    press(idle, "resume", "Keep it")
    offered(idle, qtbot, "cut short")
    assert len(journal.unfinished()) == 1
    press(idle, "resume", "Give it up…")
    press(idle, "resume", "Give it up")
    qtbot.waitUntil(lambda: journal.unfinished() == (), timeout=PATIENCE)


def test_a_workbook_that_is_gone_is_said_and_another_one_may_take_its_place(
    idle: MainWindow,
    guests: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = left_over(idle, tmp_path / "gone" / "List.xlsx", "Open day")
    resumed: list[tuple[str, str]] = []
    monkeypatch.setattr(idle.running, "resume", lambda *what: resumed.append(what))
    idle.resuming.look()
    offered(idle, qtbot, "Open day")
    press(idle, "resume", "Go on")
    offered(idle, qtbot, "is not there any more")
    assert "“List.xlsx”" in notice(idle, "resume").title
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    press(idle, "resume", "Choose the workbook…")
    offered(idle, qtbot, "is not there any more")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(guests), ""))
    press(idle, "resume", "Choose the workbook…")
    qtbot.waitUntil(lambda: bool(resumed), timeout=PATIENCE)
    assert resumed == [(run, "Guests")]
    assert idle.desk.document is not None
    assert idle.desk.document.path == guests


def test_the_offer_can_be_taken_by_keyboard(idle: MainWindow, guests: Path, qtbot: QtBot) -> None:
    left_over(idle, guests, "Open day")
    idle.resuming.look()
    offered(idle, qtbot, "Open day")
    bar = idle.notices.bar("resume")
    assert bar is not None
    (button,) = [b for b in bar.findChildren(QPushButton) if b.text() == "Not now"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert idle.notices.notice("resume") is None
