from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from zoomdesk.desktop.notices import Notice, NoticeArea
from zoomdesk.errors import WorkbookInUse


def area(qtbot: QtBot) -> NoticeArea:
    made = NoticeArea()
    qtbot.addWidget(made)
    return made


def test_it_takes_no_room_while_there_is_nothing_to_say(qtbot: QtBot) -> None:
    made = area(qtbot)
    assert made.isHidden()
    made.post(Notice("a", "info", "Saved"))
    assert not made.isHidden()
    made.dismiss("a")
    made.dismiss("a")
    assert made.isHidden()


def test_a_notice_takes_the_place_of_the_one_with_its_key(qtbot: QtBot) -> None:
    made = area(qtbot)
    made.post(Notice("save", "error", "Not saved"))
    made.post(Notice("open", "error", "Not opened"))
    made.post(Notice("save", "info", "Saved"))
    assert sorted(made.titles) == ["Not opened", "Saved"]


def test_an_error_is_said_in_its_own_words_with_what_to_do(qtbot: QtBot) -> None:
    done: list[str] = []
    error = WorkbookInUse("Guests.xlsx is open in Excel.")
    notice = Notice.of_error("save", error, ("Try again", lambda: done.append("again")))
    made = area(qtbot)
    made.post(notice)
    bar = made.bar("save")
    assert bar is not None
    for words in (error.title, error.message, error.hint):
        assert words in bar.accessibleName()
    again = next(b for b in bar.findChildren(QPushButton) if b.text() == "Try again")
    again.click()
    assert done == ["again"]
    assert made.titles == []


def test_a_notice_that_must_be_answered_cannot_be_dismissed(qtbot: QtBot) -> None:
    made = area(qtbot)
    made.post(Notice("a", "info", "Waiting", closable=False))
    bar = made.bar("a")
    assert bar is not None
    assert bar.findChildren(QPushButton) == []


def test_words_of_a_workbook_are_never_markup(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel

    made = area(qtbot)
    made.post(Notice("a", "info", "<img src=x>", "<b>bold</b>.xlsx"))
    bar = made.bar("a")
    assert bar is not None
    texts = {label.text(): label.textFormat() for label in bar.findChildren(QLabel)}
    assert texts == {
        "<img src=x>": Qt.TextFormat.PlainText,
        "<b>bold</b>.xlsx": Qt.TextFormat.PlainText,
    }
