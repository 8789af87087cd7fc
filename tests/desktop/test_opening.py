"""Opening, sheets, saving: the real window over real files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from zoomdesk import paths
from zoomdesk.desktop.window import MainWindow
from zoomdesk.roster.fields import Field
from zoomdesk.roster.filters import Filter
from zoomdesk.workbook.files.temporary import temporary_beside

PATIENCE = 10_000


def edit(window: MainWindow, index: int, field: Field, text: str) -> None:
    """Change a cell as the table's editor does."""
    roster = window.desk.roster
    assert roster is not None
    position = next(c.position for c in roster.columns if c.field is field)
    assert window.page.table.set_texts({(index, position): text}, "Edit")


def press(window: MainWindow, bar: str, word: str) -> None:
    """Press a button of a bar."""
    found = window.notices.bar(bar)
    assert found is not None, f"{bar} is not among {window.notices.titles}"
    button = next(b for b in found.findChildren(QPushButton) if b.text() == word)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def column(path: Path, sheet: str, heading: str) -> list[object]:
    """Return the cells under a heading of a written workbook."""
    book = openpyxl.load_workbook(path)
    rows = list(book[sheet].iter_rows(values_only=True))
    book.close()
    head = next(row for row in rows if heading in row)
    return [row[head.index(heading)] for row in rows[rows.index(head) + 1 :]]


def test_the_window_begins_with_a_welcome(make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    assert window.stack.currentWidget() is window.welcome
    assert not window.side.isVisible()
    assert window.windowTitle() == "Zoomdesk"
    assert not window.actions_.save.isEnabled()


def test_an_opened_workbook_shows_its_people_and_is_remembered(opened: MainWindow) -> None:
    assert opened.stack.currentWidget() is opened.page
    assert opened.page.pills[Filter.ALL].text() == "All 48"
    assert opened.page.pills[Filter.TO_FIX].text() == "To fix 2"
    assert opened.desk.roster is not None
    assert len(opened.page.table.shown) == len(opened.desk.roster) == 48
    assert Path(opened.desk.state.recent[0]).name == "Guests.xlsx"
    assert opened.windowTitle().startswith("Guests.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("missing.xlsx", None, "The workbook was not found"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Not an Excel workbook (.xlsx)"),
        ("notes.txt", b"not a list at all", "No people were found"),
    ],
)
def test_what_cannot_be_opened_is_said_in_a_bar(
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    name: str,
    content: bytes | None,
    title: str,
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    window.opening.open(tmp_path / name)
    qtbot.waitUntil(lambda: bool(window.notices.titles), timeout=PATIENCE)
    assert window.notices.titles == [title]
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.welcome)


def test_a_dropped_workbook_is_opened(window: MainWindow, guests: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(guests))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(window, drop)
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)


def test_two_files_or_a_link_are_not_taken(window: MainWindow) -> None:
    for urls in (["https://example.com/a.xlsx"], ["file:///a.xlsx", "file:///b.xlsx"]):
        data = QMimeData()
        data.setUrls([QUrl(url) for url in urls])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none)
        enter.ignore()
        QApplication.sendEvent(window, enter)
        assert not enter.isAccepted()


def test_an_edit_is_saved_into_the_workbook_and_nothing_else(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    before = column(guests, "Guests", "Surname")
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    edit(opened, 1, Field.LAST_NAME, "")
    qtbot.waitUntil(opened.actions_.save.isEnabled)
    opened.actions_.save.trigger()
    qtbot.waitUntil(lambda: not opened.isWindowModified(), timeout=PATIENCE)
    assert column(guests, "Guests", "Given name")[:2] == ["Amaara", "Björn"]
    after = column(guests, "Guests", "Surname")
    assert (before[1], after[1]) == ("Lindqvist", None)
    assert before[2:] == after[2:]
    assert not opened.actions_.save.isEnabled()


def test_saving_twice_and_undoing_between_gives_the_original_again(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    document = opened.desk.document
    assert document is not None
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    opened.saving.save()
    qtbot.waitUntil(lambda: not document.dirty and not opened.saving.saving, timeout=PATIENCE)
    opened.undo_stack.undo()
    assert document.dirty
    opened.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert column(guests, "Guests", "Given name")[0] == "Amara"


def test_edits_of_several_sheets_are_kept_and_saved_together(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    document = opened.desk.document
    assert document is not None
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    opened.page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: document.current == "Speakers", timeout=PATIENCE)
    qtbot.waitUntil(lambda: opened.page.table.roster is document.roster)
    edit(opened, 0, Field.FULL_NAME, "Changed Name")
    opened.actions_.previous_sheet.trigger()
    qtbot.waitUntil(lambda: document.current == "Guests")
    assert opened.page.table.roster is document.roster
    opened.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert column(guests, "Guests", "Given name")[0] == "Amaara"
    assert "Changed Name" in openpyxl_texts(guests, "Speakers")


def openpyxl_texts(path: Path, sheet: str) -> set[object]:
    book = openpyxl.load_workbook(path)
    found = {cell for row in book[sheet].iter_rows(values_only=True) for cell in row}
    book.close()
    return found


def test_a_sheet_without_people_is_said_and_the_other_one_stays(
    opened: MainWindow, qtbot: QtBot
) -> None:
    opened.page.tabs.setCurrentIndex(2)  # Budget
    qtbot.waitUntil(lambda: bool(opened.notices.titles), timeout=PATIENCE)
    assert opened.notices.titles == ["No people were found"]
    qtbot.waitUntil(lambda: opened.page.tabs.currentIndex() == 0)
    assert len(opened.page.table.shown) == 48


def test_a_workbook_held_by_excel_is_explained_and_saved_once_it_is_free(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    lock = guests.with_name("~$Guests.xlsx")
    lock.write_bytes(b"\x04Anna" + b" " * 160)
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    opened.saving.save()
    qtbot.waitUntil(lambda: opened.notices.notice("save") is not None, timeout=PATIENCE)
    notice = opened.notices.notice("save")
    assert notice is not None
    assert notice.title == "The workbook is open elsewhere"
    assert [word for word, _ in notice.actions] == ["Try again", "Save a copy…"]
    assert column(guests, "Guests", "Given name")[0] == "Amara"
    lock.unlink()
    press(opened, "save", "Try again")
    qtbot.waitUntil(lambda: not opened.desk.document.dirty, timeout=PATIENCE)  # type: ignore[union-attr]  # one is open
    assert opened.notices.titles == []
    assert column(guests, "Guests", "Given name")[0] == "Amaara"


def test_a_copy_leaves_the_original_alone_and_becomes_the_workbook(
    opened: MainWindow, guests: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    document = opened.desk.document
    assert document is not None
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    copy = tmp_path / "Copy.xlsx"
    opened.saving.save_copy(copy)
    qtbot.waitUntil(lambda: document.path == copy, timeout=PATIENCE)
    assert column(guests, "Guests", "Given name")[0] == "Amara"
    assert column(copy, "Guests", "Given name")[0] == "Amaara"
    edit(opened, 1, Field.FIRST_NAME, "Bjorn")
    opened.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert column(copy, "Guests", "Given name")[:2] == ["Amaara", "Bjorn"]
    assert column(guests, "Guests", "Given name")[1] == "Björn"


def test_a_copy_of_an_unchanged_workbook_is_a_copy(
    opened: MainWindow, guests: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = tmp_path / "Copy.xlsx"
    opened.saving.save_copy(copy)
    qtbot.waitUntil(copy.exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not opened.saving.saving, timeout=PATIENCE)
    assert column(copy, "Guests", "E-Mail") == column(guests, "Guests", "E-Mail")
    assert opened.notices.titles == ["Saved as Copy.xlsx. You go on in this copy."]


def test_unsaved_changes_are_asked_about_before_another_workbook_opens(
    opened: MainWindow, guests: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = Path(shutil.copyfile(paths.resource("samples", "guests.xlsx"), tmp_path / "Two.xlsx"))
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    opened.opening.open(other)
    assert opened.notices.titles == ["Guests.xlsx has changes that are not saved"]
    press(opened, "unsaved", "Save, then open")
    qtbot.waitUntil(lambda: opened.desk.document.path == other, timeout=PATIENCE)  # type: ignore[union-attr]  # one is open
    assert column(guests, "Guests", "Given name")[0] == "Amaara"


def test_closing_over_unsaved_changes_asks_in_the_window(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    assert not opened.close()
    assert opened.isVisible()
    press(opened, "leave", "Stay")
    assert opened.notices.titles == []
    assert not opened.close()
    press(opened, "leave", "Save and close")
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=PATIENCE)
    assert column(guests, "Guests", "Given name")[0] == "Amaara"


def test_closing_without_saving_leaves_the_file_alone(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    before = guests.read_bytes()
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    opened.close()
    press(opened, "leave", "Close without saving")
    qtbot.waitUntil(lambda: not opened.isVisible())
    assert guests.read_bytes() == before


def test_reading_again_takes_what_is_on_the_disk(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    theirs = openpyxl.load_workbook(guests)
    theirs["Guests"]["B4"] = "Somebody else’s"
    theirs.save(guests)
    former = opened.desk.document
    opened.actions_.reload.trigger()
    qtbot.waitUntil(lambda: opened.desk.document is not former, timeout=PATIENCE)
    assert opened.desk.roster is not None
    assert opened.desk.roster.person(0).first_name == "Somebody else’s"


def test_a_template_is_saved_and_can_be_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "Template.xlsx"
    window.opening.save_template(path)
    qtbot.waitUntil(lambda: window.notices.notice("template") is not None, timeout=PATIENCE)
    press(window, "template", "Open it")
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    assert window.desk.roster is not None
    assert len(window.desk.roster) == 2


def test_the_place_of_the_window_is_kept(make_window: Callable[..., MainWindow]) -> None:
    first = make_window()
    first.resize(1111, 777)
    first.close()
    assert make_window().size() == first.size()


def test_what_a_killed_save_left_beside_a_recent_workbook_is_cleared_at_the_start(
    make_window: Callable[..., MainWindow], guests: Path, qtbot: QtBot
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with temporary_beside(guests) as (path, _):
        left = path.with_name(path.name.replace(f"-{os.getpid()}-", f"-{dead.pid}-"))
    left.write_bytes(b"half a workbook")
    window = make_window(practice=True)
    window.desk.state.opened(guests)
    window.start()
    qtbot.waitUntil(lambda: not left.exists(), timeout=PATIENCE)
    assert guests.exists()
