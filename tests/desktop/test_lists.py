"""Lists that are no plain .xlsx: text, old and locked workbooks, and the new one for results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import PATIENCE, column, edit, press
from tests.desktop.test_running import choose, confirm, finish
from zoomdesk import workbook
from zoomdesk.desktop.dialogs.password import PasswordDialog
from zoomdesk.desktop.text_bar import TextBar
from zoomdesk.desktop.window import MainWindow
from zoomdesk.roster.fields import Field
from zoomdesk.workbook import TextOptions
from zoomdesk.workbook.foreign.passwords import lock

PEOPLE = (
    "E-Mail;Vorname;Nachname\nana@example.com;Jürgen;Müller\nbo@example.com;Zoë;Groß\n"
    "cy@example.com;Søren;Ångström\n"
)
SECRET = "Geheim 7"


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "Gäste.csv"
    path.write_bytes(PEOPLE.encode("cp1252"))
    return path


@pytest.fixture
def locked(tmp_path: Path, guests: Path) -> Path:
    path = tmp_path / "Locked.xlsx"
    with path.open("w+b") as file:
        lock(guests.read_bytes(), SECRET, file)
    return path


@pytest.fixture
def choose_place(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], list[str]]:
    """Answer the system's dialog, which no test can see; return what it proposed."""

    def answer(path: Path | None) -> list[str]:
        proposed: list[str] = []

        def ask(_parent: object, _title: str, proposal: str, *_: object) -> tuple[str, str]:
            proposed.append(proposal)
            return (str(path) if path is not None else "", "")

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return proposed

    return answer


def open_and_wait(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    former = window.desk.document
    window.opening.open(path)
    qtbot.waitUntil(lambda: window.desk.document not in (None, former), timeout=PATIENCE)


def name_of(window: MainWindow, index: int) -> str:
    assert window.desk.roster is not None
    return window.desk.roster.person(index).first_name


def password_dialog(window: MainWindow, qtbot: QtBot) -> PasswordDialog:
    def found() -> bool:
        return any(d.isVisible() for d in window.findChildren(PasswordDialog))

    qtbot.waitUntil(found, timeout=PATIENCE)
    return next(d for d in window.findChildren(PasswordDialog) if d.isVisible())


def test_text_says_how_it_was_read(window: MainWindow, csv: Path, qtbot: QtBot) -> None:
    open_and_wait(window, csv, qtbot)
    bar = window.page.text_bar
    qtbot.waitUntil(bar.isVisible)
    assert bar.accessibleName() == "Read as Western European (Windows), separated by semicolons"
    assert [name_of(window, i) for i in range(3)] == ["Jürgen", "Zoë", "Søren"]
    assert "Gäste.csv" in window.windowTitle()
    notice = window.notices.notice("newfile")
    assert notice is not None
    assert "Gäste.xlsx" in notice.message


def test_a_workbook_has_no_such_bar(opened: MainWindow) -> None:
    assert not opened.page.text_bar.isVisible()
    assert opened.notices.notice("newfile") is None


def test_another_encoding_reads_it_again_at_once(
    window: MainWindow, csv: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, csv, qtbot)
    former = window.desk.document
    menu = window.page.text_bar.encoding.menu()
    next(a for a in menu.actions() if a.data() == "cp1251").trigger()
    qtbot.waitUntil(lambda: window.desk.document is not former, timeout=PATIENCE)
    assert name_of(window, 0) == "Jьrgen"
    qtbot.waitUntil(lambda: "Cyrillic" in window.page.text_bar.accessibleName())
    checked = [a.data() for a in menu.actions() if a.isChecked()]
    assert checked == ["cp1251"]


def test_another_encoding_asks_before_edits_are_lost(
    window: MainWindow, csv: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, csv, qtbot)
    edit(window, 0, Field.FIRST_NAME, "Mine")
    window.page.text_bar.chosen.emit(TextOptions("cp1251", ";"))
    qtbot.waitUntil(lambda: window.notices.notice("unsaved") is not None, timeout=PATIENCE)
    assert name_of(window, 0) == "Mine"
    former = window.desk.document
    press(window, "unsaved", "Open without saving")
    qtbot.waitUntil(lambda: window.desk.document is not former, timeout=PATIENCE)
    assert name_of(window, 0) == "Jьrgen"


def test_text_that_does_not_fit_is_said_and_the_old_reading_stays(
    window: MainWindow, csv: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, csv, qtbot)
    window.page.text_bar.chosen.emit(TextOptions("utf-8", ";"))
    qtbot.waitUntil(lambda: window.notices.notice("open") is not None, timeout=PATIENCE)
    assert name_of(window, 0) == "Jürgen"
    qtbot.waitUntil(lambda: "Western" in window.page.text_bar.accessibleName())


def test_doubt_is_shown(qtbot: QtBot) -> None:
    bar = TextBar()
    qtbot.addWidget(bar)
    bar.show_options(TextOptions("cp932", "\t", sure=False))
    assert bar.doubt.isVisibleTo(bar)
    assert bar.separator.text() == "tabs"
    bar.show_options(TextOptions("cp932", "\t"))
    assert not bar.doubt.isVisibleTo(bar)
    bar.show_options(None)
    assert not bar.isVisible()


def test_saving_text_asks_the_place_once_and_goes_on_in_the_new_workbook(
    window: MainWindow,
    csv: Path,
    tmp_path: Path,
    qtbot: QtBot,
    choose_place: Callable[[Path | None], list[str]],
) -> None:
    before = csv.read_bytes()
    open_and_wait(window, csv, qtbot)
    edit(window, 0, Field.FIRST_NAME, "Mine")
    proposed = choose_place(None)
    window.saving.save()
    document = window.desk.document
    assert document is not None
    assert document.dirty
    assert proposed == [str(tmp_path / "Gäste.xlsx")]
    target = tmp_path / "Results.xlsx"
    proposed = choose_place(target)
    window.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert document.path == target
    assert column(target, "Gäste", "Vorname") == ["Mine", "Zoë", "Søren"]
    edit(window, 1, Field.FIRST_NAME, "Also mine")
    qtbot.waitUntil(lambda: not window.saving.saving, timeout=PATIENCE)
    window.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert column(target, "Gäste", "Vorname") == ["Mine", "Also mine", "Søren"]
    assert len(proposed) == 1
    assert csv.read_bytes() == before
    qtbot.waitUntil(lambda: not window.page.text_bar.isVisible())
    assert "Results.xlsx" in window.windowTitle()


def test_a_copy_of_text_is_a_workbook(
    window: MainWindow,
    csv: Path,
    tmp_path: Path,
    qtbot: QtBot,
    choose_place: Callable[[Path | None], list[str]],
) -> None:
    open_and_wait(window, csv, qtbot)
    target = tmp_path / "Copy.xlsx"
    proposed = choose_place(target)
    window.asking.ask_save_copy()
    document = window.desk.document
    assert document is not None
    qtbot.waitUntil(lambda: document.path == target, timeout=PATIENCE)
    assert proposed == [str(tmp_path / "Gäste.xlsx")]
    assert column(target, "Gäste", "Vorname") == ["Jürgen", "Zoë", "Søren"]


def test_registering_from_text_first_makes_the_workbook_for_the_links(
    window: MainWindow,
    csv: Path,
    tmp_path: Path,
    qtbot: QtBot,
    choose_place: Callable[[Path | None], list[str]],
) -> None:
    target = tmp_path / "Gäste.xlsx"
    choose_place(target)
    open_and_wait(window, csv, qtbot)
    choose(window, qtbot)
    confirm(window, qtbot)
    finish(window, qtbot)
    assert all(column(target, "Gäste", "Join URL"))


def test_a_password_is_asked_for_again_when_it_is_wrong(
    window: MainWindow, locked: Path, qtbot: QtBot
) -> None:
    window.opening.open(locked)
    dialog = password_dialog(window, qtbot)
    assert not dialog.problem.isVisible()
    assert not dialog.ok_button.isEnabled()
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password
    QTest.keyClicks(dialog.field, "geheim 7")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    dialog = password_dialog(window, qtbot)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.field.text() == ""
    dialog.show_box.click()
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Normal
    QTest.keyClicks(dialog.field, SECRET)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    assert SECRET not in repr(window.desk.document)


def test_no_password_leaves_what_was_open(opened: MainWindow, locked: Path, qtbot: QtBot) -> None:
    before = opened.desk.document
    opened.opening.open(locked)
    dialog = password_dialog(opened, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert opened.desk.document is before
    qtbot.waitUntil(lambda: opened.stack.currentWidget() is opened.page)
    assert opened.notices.titles == []


def test_other_sheets_of_a_locked_workbook_need_no_second_word(
    window: MainWindow, locked: Path, qtbot: QtBot
) -> None:
    window.opening.open(locked)
    dialog = password_dialog(window, qtbot)
    QTest.keyClicks(dialog.field, SECRET)
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    document = window.desk.document
    assert document is not None
    qtbot.waitUntil(lambda: window.page.tabs.count() == 3)
    window.page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: document.current == "Speakers", timeout=PATIENCE)


def test_the_new_workbook_of_a_locked_one_has_its_password(
    window: MainWindow,
    locked: Path,
    tmp_path: Path,
    qtbot: QtBot,
    choose_place: Callable[[Path | None], list[str]],
) -> None:
    target = tmp_path / "New.xlsx"
    choose_place(target)
    window.opening.open(locked)
    dialog = password_dialog(window, qtbot)
    QTest.keyClicks(dialog.field, SECRET)
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    document = window.desk.document
    assert document is not None
    edit(window, 0, Field.FIRST_NAME, "Mine")
    window.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert workbook.read(target, "Guests", password=SECRET).text(4, 2) == "Mine"
    edit(window, 0, Field.FIRST_NAME, "Mine again")
    qtbot.waitUntil(lambda: not window.saving.saving, timeout=PATIENCE)
    window.saving.save()
    qtbot.waitUntil(lambda: not document.dirty, timeout=PATIENCE)
    assert workbook.read(target, "Guests", password=SECRET).text(4, 2) == "Mine again"


@pytest.mark.parametrize("name", ["SampleSS.xls", "issues.ods"])
def test_other_kinds_are_opened_or_said_to_hold_nobody(
    window: MainWindow, shared: Path, qtbot: QtBot, name: str
) -> None:
    window.opening.open(shared / "workbooks" / "corpus" / "refuse" / name)
    qtbot.waitUntil(
        lambda: window.desk.document is not None or bool(window.notices.titles), timeout=PATIENCE
    )
    assert window.notices.titles in (["No people were found"], ["Results go into a new workbook"])
