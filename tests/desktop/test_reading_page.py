"""A large workbook: its first rows at once, how far the rest is, and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.desktop.large import large_book
from zoomdesk.desktop import books
from zoomdesk.desktop.books import Progress, Reading, ReadingStopped
from zoomdesk.desktop.document import Document, Wanted
from zoomdesk.desktop.reading_page import ReadingPage
from zoomdesk.desktop.window import MainWindow
from zoomdesk.roster.fields import Field
from zoomdesk.settings import Settings

PATIENCE = 60_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large_book(tmp_path_factory.mktemp("large") / "Large.xlsx", 60_000)


@pytest.fixture
def rest(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold every reading when its rows are read, until this is set or it is stopped.

    A fast machine would be done before a test has looked.
    """
    go = threading.Event()
    checking = Reading.checking

    def held(reading: Reading, rows: int) -> None:
        while not go.wait(0.01):
            reading.check()
        checking(reading, rows)

    monkeypatch.setattr(Reading, "checking", held)
    yield go
    go.set()


def wait_for_first_rows(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: window.opening.showing is not None and window.opening.showing.preview is not None,
        timeout=PATIENCE,
    )
    qtbot.waitUntil(lambda: window.reading.table.isVisible())


def test_the_first_rows_are_there_before_the_rest(
    window: MainWindow, large: Path, rest: threading.Event, qtbot: QtBot
) -> None:
    window.opening.open(large)
    wait_for_first_rows(window, qtbot)
    assert window.desk.document is None
    assert window.stack.currentWidget() is window.reading
    assert 100 <= len(window.reading.table.shown) <= 200
    assert window.windowTitle().startswith("Large.xlsx")
    assert window.side.isVisible()
    assert not window.side.isEnabled()
    assert not window.actions_.save_copy.isEnabled()
    qtbot.waitUntil(lambda: " rows" in window.reading.facts.text(), timeout=PATIENCE)
    rest.set()
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.page)
    assert len(window.page.table.shown) == 60_000
    assert window.reading.table.roster is None
    assert window.side.isEnabled()


def test_nothing_can_be_changed_in_the_first_rows(
    window: MainWindow, large: Path, rest: threading.Event, qtbot: QtBot
) -> None:
    window.opening.open(large)
    wait_for_first_rows(window, qtbot)
    table = window.reading.table
    roster = table.roster
    assert roster is not None
    first = next(c.position for c in roster.columns if c.field is Field.FIRST_NAME)
    assert not table.set_texts({(0, first): "Anna"}, "Edit")
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert roster.edits() == {}
    assert 0 in roster.ticked
    assert roster.added_rows() == {}
    assert not rest.is_set()
    window.opening.stop()


def test_whoever_scrolls_meanwhile_stays_there(
    window: MainWindow, large: Path, rest: threading.Event, qtbot: QtBot
) -> None:
    window.opening.open(large)
    wait_for_first_rows(window, qtbot)
    early = window.reading.table
    early.setCurrentIndex(early.model_.index(120, 2))
    early.scrollTo(early.model_.index(100, 0), early.ScrollHint.PositionAtTop)
    top = early.rowAt(0)
    assert top > 50
    rest.set()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.page, timeout=PATIENCE)
    table = window.page.table
    assert table.rowAt(0) == top
    assert (table.currentIndex().row(), table.currentIndex().column()) == (120, 2)


@pytest.mark.parametrize("key", [True, False])
def test_stop_leaves_what_was_open(
    opened: MainWindow, large: Path, rest: threading.Event, qtbot: QtBot, key: bool
) -> None:
    before = opened.desk.document
    opened.opening.open(large)
    wait_for_first_rows(opened, qtbot)
    assert opened.stack.currentWidget() is opened.reading
    assert not any(step.body.isVisible() or step.summary for step in opened.side.steps)
    if key:
        QTest.keyClick(opened, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(opened.reading.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.stack.currentWidget() is opened.page)
    assert opened.desk.document is before
    assert opened.opening.under_way is None
    assert not rest.is_set()
    qtbot.waitUntil(lambda: not opened.desk.bridge.busy, timeout=PATIENCE)
    assert opened.desk.document is before
    assert opened.notices.titles == []
    assert opened.side.columns.body.isVisible()
    assert all(step.summary for step in opened.side.steps)


def test_another_wish_ends_the_first(
    window: MainWindow, large: Path, guests: Path, rest: threading.Event, qtbot: QtBot
) -> None:
    window.opening.open(large)
    wait_for_first_rows(window, qtbot)
    window.opening.open(guests)
    rest.set()
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.desk.bridge.busy, timeout=PATIENCE)
    assert window.desk.document is not None
    assert window.desk.document.path == guests


def test_the_window_closes_while_a_workbook_is_read(
    window: MainWindow, large: Path, rest: threading.Event, qtbot: QtBot
) -> None:
    window.opening.open(large)
    wait_for_first_rows(window, qtbot)
    assert not rest.is_set()
    assert window.close()


def test_a_small_workbook_comes_without_a_page_of_its_progress(
    window: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    seen = []
    window.desk.changed.connect(lambda: seen.append(window.stack.currentWidget()))
    window.opening.open(guests)
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.page)
    assert window.reading.table.roster is None


def test_the_page_says_how_far_it_is(qtbot: QtBot) -> None:
    page = ReadingPage()
    qtbot.addWidget(page)
    page.show_reading("Guests.xlsx", Progress(), None)
    assert page.facts.text() == "Reading…"
    assert (page.bar.minimum(), page.bar.maximum()) == (0, 0)
    page.show_reading("Guests.xlsx", Progress(240_000, 0.25), None)
    assert page.facts.text() == "Reading… 240,000 rows"
    assert page.bar.value() == page.bar.maximum() // 4
    page.show_reading("Guests.xlsx", Progress(240_000, 1.0, checking=True), None)
    assert page.facts.text() == "Checking 240,000 rows…"
    assert page.bar.maximum() == 0


def test_progress_and_first_rows_are_told_in_order(large: Path) -> None:
    told: list[Progress] = []
    first: list[Document] = []
    document = books.open_book(Wanted(large), Settings(), Reading(told.append, first.append))
    assert [len(each.roster) for each in first] == [books.PREVIEW_ROWS - 1]
    assert told[-1] == Progress(60_001, 1.0, checking=True)
    assert [p.rows for p in told] == sorted(p.rows for p in told)
    assert len(document.roster) == 60_000
    assert document.fingerprint.sha256


def test_a_stopped_reading_ends_at_its_next_word(large: Path) -> None:
    reading = Reading()
    reading.stop()
    with pytest.raises(ReadingStopped):
        books.open_book(Wanted(large), Settings(), reading)


def test_practising_over_unsaved_work_asks_and_reads_nothing_for_ever(
    opened: MainWindow, qtbot: QtBot
) -> None:
    roster = opened.desk.roster
    assert roster is not None
    first = next(c.position for c in roster.columns if c.field is Field.FIRST_NAME)
    opened.page.table.set_texts({(0, first): "Mine"}, "Edit")
    opened.opening.practise()
    qtbot.waitUntil(lambda: opened.notices.notice("unsaved") is not None, timeout=PATIENCE)
    assert opened.opening.under_way is None
    qtbot.waitUntil(lambda: opened.stack.currentWidget() is opened.page)
