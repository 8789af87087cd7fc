"""The window for everyone: a name on every widget, a key for every action, one next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.desktop.large import large_book
from tests.desktop.test_running import choose, confirm, finish, simulator
from zoomdesk.desktop.dialogs.conflicts import ConflictsDialog
from zoomdesk.desktop.dialogs.password import PasswordDialog
from zoomdesk.desktop.dialogs.preferences import PreferencesDialog
from zoomdesk.desktop.widgets import ElidedLabel
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.conflicts import Conflict, Why
from zoomdesk.simulator import Fault, FaultKind

OPERABLE = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QTabBar)


def shown(parent: QWidget) -> Iterator[QWidget]:
    for widget in parent.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QScrollBar):
            yield widget


def nameless(parent: QWidget) -> list[str]:
    """Return what a person could operate but a screen reader could not name."""
    found = []
    for widget in shown(parent):
        is_part = widget.objectName().startswith("qt_") or isinstance(
            widget.parent(), QComboBox | QTabBar
        )
        if isinstance(widget, OPERABLE) and not is_part:
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent()}")
    return found


def cut_off(parent: QWidget) -> list[str]:
    """Return texts that have less room than they need."""
    found = []
    for widget in shown(parent):
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
            width = 0 if widget.wordWrap() else widget.sizeHint().width()
            if widget.height() < needed or widget.width() < width:
                found.append(widget.text())
        wanted = isinstance(widget, QAbstractButton) and widget.text() and widget.width() > 0
        if wanted and widget.width() < widget.minimumSizeHint().width():
            found.append(widget.text())
    return found


def cut_off_at_last(parent: QWidget, qtbot: QtBot) -> list[str]:
    """Return what is cut off once the layout has come to rest, on a busy machine, too."""
    for _ in range(40):
        qtbot.wait(60)
        if not (found := cut_off(parent)):
            break
    return found


def visit_every_state(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Do the job and stop at each state."""
    yield "welcome", window
    window.actions_.account.trigger()
    yield "account", window
    window.side.show_steps()
    window.opening.practise()
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=10_000)
    qtbot.waitUntil(lambda: len(window.desk.problems) > 1, timeout=10_000)
    yield "problems", window
    window.side.columns._flip()
    yield "columns", window
    window.side.columns._flip()
    window.asking.ask_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    yield "preferences", dialog
    dialog.reject()
    choose(window, qtbot)
    yield "ready", window
    window.side.register.button.click()
    qtbot.waitUntil(lambda: window.asking.dialog is not None, timeout=10_000)
    assert window.asking.dialog is not None
    yield "confirm", window.asking.dialog
    # Long enough to be looked at.
    simulator(window).faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=0.4, times=None))
    window.asking.dialog.ok_button.click()
    qtbot.waitUntil(lambda: window.desk.run.running, timeout=10_000)
    yield "progress", window
    finish(window, qtbot)
    qtbot.waitUntil(window.side.result.body.isVisible)
    yield "result", window


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_every_state_is_named_and_whole(
    make_window: Callable[..., MainWindow], qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = make_window()
    window.start()
    window.resize(*size)
    for state, shown_widget in visit_every_state(window, qtbot):
        assert cut_off_at_last(shown_widget, qtbot) == [], state
        assert nameless(shown_widget) == [], state


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_what_files_bring_is_named_and_whole(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = make_window(practice=True)
    window.resize(*size)
    text = tmp_path / "Gäste.csv"
    text.write_bytes("E-Mail;Name\nana@example.com;Jürgen Groß\n".encode("cp1252"))
    window.opening.open(text)
    qtbot.waitUntil(window.page.text_bar.isVisible, timeout=10_000)
    conflict = Conflict(Why.CELL, 2, 2, "Name", "ana@example.com", "A", "B", "C", (2, 2))
    lost = Conflict(Why.COLUMN_GONE, 2, 2, "Name", "ana@example.com", "A", "", "C")
    states: dict[str, QWidget] = {
        "text": window,
        "password": PasswordDialog(window, "Gäste.xlsx", wrong=True),
        "conflicts": ConflictsDialog(window, [conflict, lost]),
    }
    for state, widget in states.items():
        widget.show()
        assert cut_off_at_last(widget, qtbot) == [], state
        assert nameless(widget) == [], state
        if widget is not window:
            widget.close()
    window.opening.open(large_book(tmp_path / "Large.xlsx", 90_000))
    qtbot.waitUntil(window.reading.table.isVisible, timeout=10_000)
    assert nameless(window) == []
    assert cut_off(window) == []
    window.opening.stop()


def test_the_window_fits_a_small_screen(make_window: Callable[..., MainWindow]) -> None:
    window = make_window(practice=True)
    assert window.minimumSize().width() <= 1024
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640 - 40


def test_every_action_can_be_reached_by_keyboard(window: MainWindow) -> None:
    for action in window.actions_.findChildren(QAction):
        assert "&" in action.text() or not action.shortcut().isEmpty(), action.text()
    keys = [key.toString() for a in window.actions_.findChildren(QAction) for key in a.shortcuts()]
    assert len(keys) == len(set(keys)), keys


def test_tab_reaches_every_control_of_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    opened.side.event_step.search.setFocus()
    start = opened.side.event_step.search
    reached: set[QWidget] = set()
    for _ in range(80):
        widget = opened.focusWidget()
        assert widget is not None
        reached.add(widget)
        widget.nextInFocusChain()
        opened.focusNextChild()
        if opened.focusWidget() is start and len(reached) > 5:
            break
    for wanted in (
        opened.page.search,
        opened.page.table,
        opened.page.tick_all,
        opened.side.problems._show_errors,
    ):
        assert wanted in reached, wanted


def test_f6_goes_to_the_step_that_is_next(opened: MainWindow, qtbot: QtBot) -> None:
    choose(opened, qtbot)
    qtbot.waitUntil(lambda: opened.side.next_step is opened.side.register)
    opened.actions_.steps.trigger()
    assert opened.focusWidget() is opened.side.register.button


def test_steps_speak_their_state(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.side.next_step is opened.side.problems)
    assert [step.accessibleName() for step in opened.side.steps] == [
        "1 Columns, done",
        "2 Problems, next",
        "3 Event, to do",
        "4 Register, to do",
        "5 Result, to do",
    ]
    assert "Choose the event first." in opened.side.register.accessibleDescription()


def test_search_and_filter_work_together(opened: MainWindow, qtbot: QtBot) -> None:
    opened.actions_.find.trigger()
    assert opened.focusWidget() is opened.page.search
    QTest.keyClicks(opened.page.search, "gmial")
    qtbot.waitUntil(lambda: len(opened.page.table.shown) == 3)
    QTest.keyClick(opened.page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(opened.page.table.shown) == 48)
    QTest.keyClick(opened.page.search, Qt.Key.Key_Escape)
    assert opened.focusWidget() is opened.page.table


def test_a_column_can_be_given_another_meaning(opened: MainWindow, qtbot: QtBot) -> None:
    opened.side.columns._flip()
    combo = next(
        c for c in opened.side.columns.findChildren(QComboBox) if "E-Mail" in c.accessibleName()
    )
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    qtbot.waitUntil(lambda: opened.side.next_step is opened.side.columns)
    assert opened.side.columns.summary == "Say which column holds: Email."
    combo = next(
        c for c in opened.side.columns.findChildren(QComboBox) if "E-Mail" in c.accessibleName()
    )
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    qtbot.waitUntil(lambda: opened.side.next_step is opened.side.problems)
    assert opened.desk.roster is not None
    assert len(opened.desk.roster.ticked) == 44


def test_the_heading_has_a_menu_for_its_meaning(opened: MainWindow) -> None:
    roster = opened.desk.roster
    assert roster is not None
    position = next(c.position for c in roster.columns if c.header == "Company")
    table = opened.page.table
    table.headerMenuRequested.emit(position, opened.mapToGlobal(opened.rect().center()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    checked = [a.text() for a in menu.actions() if a.isChecked()]
    assert checked == ["Company"]
    next(a for a in menu.actions() if a.text() == "Not used").trigger()
    menu.close()
    assert opened.desk.roster is not None
    assert opened.desk.roster.columns[position].field is None


def test_both_themes_hold_while_the_window_is_open(opened: MainWindow) -> None:
    light = opened.grab().toImage()
    opened.signing.apply(opened.desk.settings.with_changes(theme="dark"))
    dark = opened.grab().toImage()
    corner = (opened.width() // 3, opened.height() - 6)
    assert light.pixelColor(*corner).lightness() > 200
    assert dark.pixelColor(*corner).lightness() < 60


def test_confirming_by_keyboard_alone(opened: MainWindow, qtbot: QtBot) -> None:
    choose(opened, qtbot)
    confirm(opened, qtbot)
    finish(opened, qtbot)
    assert opened.notices.titles == []
