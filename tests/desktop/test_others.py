"""Other people's hands in the open workbook: noticed, reloaded, saved over nothing, decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import PATIENCE, column, edit, press
from tests.desktop.test_running import choose, confirm, finish
from zoomdesk.desktop.dialogs.conflicts import ConflictsDialog
from zoomdesk.desktop.window import MainWindow
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Roster

FIRST = "Given name"


def anna_changes(path: Path, act: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> None:
    """Change the workbook as a colleague called Anna does in Excel."""
    book = openpyxl.load_workbook(path)
    act(book["Guests"])
    book.properties.lastModifiedBy = "Anna"
    book.save(path)


def roster_of(window: MainWindow) -> Roster:
    assert window.desk.roster is not None
    return window.desk.roster


def first_name(window: MainWindow, index: int) -> str:
    return roster_of(window).person(index).first_name


def wait_for_bar(window: MainWindow, qtbot: QtBot, key: str) -> str:
    qtbot.waitUntil(lambda: window.notices.notice(key) is not None, timeout=PATIENCE)
    notice = window.notices.notice(key)
    assert notice is not None
    return f"{notice.title}. {notice.message}"


def reload(window: MainWindow, qtbot: QtBot) -> None:
    former = window.desk.document
    window.actions_.reload.trigger()
    qtbot.waitUntil(lambda: window.desk.document is not former, timeout=PATIENCE)


def wait_until_saved(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: not window.saving.saving and not window.desk.bridge.busy, timeout=PATIENCE
    )


def test_a_change_on_the_disk_is_told_with_the_name_and_reload_keeps_the_edits(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    edit(opened, 1, Field.FIRST_NAME, "Mine")
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    words = wait_for_bar(opened, qtbot, "changed")
    assert words == "Anna changed this workbook. Reload keeps your 1 edit."
    former = opened.desk.document
    press(opened, "changed", "Reload")
    qtbot.waitUntil(lambda: opened.desk.document is not former, timeout=PATIENCE)
    assert [first_name(opened, i) for i in (0, 1)] == ["Hers", "Mine"]
    assert opened.desk.document is not None
    assert opened.desk.document.dirty
    assert opened.undo_stack.canUndo()
    opened.saving.save()
    wait_until_saved(opened, qtbot)
    assert column(guests, "Guests", FIRST)[:2] == ["Hers", "Mine"]


def test_the_same_change_is_told_once_and_the_next_one_again(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    wait_for_bar(opened, qtbot, "changed")
    press(opened, "changed", "Keep mine for now")
    opened.watching.look_soon()
    qtbot.wait(900)
    assert opened.notices.notice("changed") is None
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers again"))
    wait_for_bar(opened, qtbot, "changed")


def test_a_touched_file_and_our_own_save_are_no_change(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    guests.touch()
    qtbot.wait(900)
    edit(opened, 0, Field.FIRST_NAME, "Amaara")
    opened.saving.save()
    wait_until_saved(opened, qtbot)
    qtbot.wait(900)
    assert opened.notices.titles == []


def test_the_lock_of_a_program_names_whoever_holds_it(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    guests.with_name("~$Guests.xlsx").write_bytes(b"\x05Bruno" + b" " * 160)
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    assert wait_for_bar(opened, qtbot, "changed").startswith("Bruno changed this workbook")


def test_a_workbook_that_is_gone_is_said_and_forgotten_once_it_is_back(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    content = guests.read_bytes()
    guests.unlink()
    assert "not in its folder" in wait_for_bar(opened, qtbot, "changed")
    guests.write_bytes(content)
    qtbot.waitUntil(lambda: opened.notices.notice("changed") is None, timeout=PATIENCE)


def test_rows_that_moved_keep_edits_and_ticks_with_their_people(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    edit(opened, 1, Field.FIRST_NAME, "Mine")
    roster_of(opened).tick([0], False)
    anna_changes(guests, lambda sheet: sheet.insert_rows(4))
    reload(opened, qtbot)
    roster = roster_of(opened)
    assert [roster.row_number(i) for i in (0, 1)] == [5, 6]
    assert first_name(opened, 1) == "Mine"
    assert 0 not in roster.ticked
    assert 1 in roster.ticked


def test_what_the_person_said_of_columns_is_kept(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    position = next(c.position for c in roster_of(opened).columns if c.header == "Company")
    opened.desk.assign_field.emit(position, None)
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    reload(opened, qtbot)
    company = next(c for c in roster_of(opened).columns if c.header == "Company")
    assert company.field is None
    assert company.chosen


def test_saving_writes_what_is_safe_and_leaves_the_rest_to_the_person(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    edit(opened, 0, Field.FIRST_NAME, "Mine")
    edit(opened, 1, Field.FIRST_NAME, "Also mine")
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    opened.saving.save()
    words = wait_for_bar(opened, qtbot, "conflicts")
    assert "changed by both" in words
    assert column(guests, "Guests", FIRST)[:2] == ["Hers", "Also mine"]
    assert first_name(opened, 0) == "Hers"
    press(opened, "conflicts", "Decide…")
    dialog = opened.findChild(ConflictsDialog)
    assert isinstance(dialog, ConflictsDialog)
    texts = [dialog.table.item(0, at).text() for at in range(6)]
    assert texts == ["4", "amara.okafor@northwind.example.com", FIRST, "Amara", "Hers", "Mine"]
    choice = dialog.choice(0)
    assert choice is not None
    assert "Mine" in choice.accessibleDescription()
    choice.setCurrentIndex(1)
    dialog.ok_button.click()
    assert first_name(opened, 0) == "Mine"
    assert opened.notices.notice("conflicts") is None
    opened.saving.save()
    wait_until_saved(opened, qtbot)
    assert column(guests, "Guests", FIRST)[:2] == ["Mine", "Also mine"]


def test_deciding_later_keeps_the_bar_and_theirs(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    edit(opened, 0, Field.FIRST_NAME, "Mine")
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    reload(opened, qtbot)
    press(opened, "conflicts", "Decide…")
    dialog = opened.findChild(ConflictsDialog)
    assert isinstance(dialog, ConflictsDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for_bar(opened, qtbot, "conflicts")
    anna_changes(guests, lambda sheet: sheet.insert_rows(4))
    reload(opened, qtbot)
    document = opened.desk.document
    assert document is not None
    (conflict,) = document.conflicts["Guests"]
    assert conflict.target == (5, 2)
    opened.deciding.decide((conflict,))
    assert first_name(opened, 0) == "Mine"


def test_a_conflict_on_another_sheet_is_decided_there(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    document = opened.desk.document
    assert document is not None
    opened.page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: document.current == "Speakers", timeout=PATIENCE)
    edit(opened, 0, Field.FULL_NAME, "Changed Name")
    opened.page.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: document.current == "Guests")
    speakers = document.sheets["Speakers"].roster
    row = speakers.row_number(0)
    at = next(c.sheet_column for c in speakers.columns if c.field is Field.FULL_NAME)
    book = openpyxl.load_workbook(guests)
    book["Speakers"].cell(row, at, "Other Name")
    book.save(guests)
    reload(opened, qtbot)
    now = opened.desk.document
    assert now is not None
    opened.deciding.decide(now.conflicts["Speakers"])
    assert "Changed Name" in now.sheets["Speakers"].unsaved_edits().values()


def test_results_find_their_people_in_a_workbook_that_was_changed_meanwhile(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    opened.side.register.button.click()
    qtbot.waitUntil(lambda: opened.asking.dialog is not None, timeout=PATIENCE)
    anna_changes(guests, lambda sheet: sheet.insert_rows(4, 3))
    assert opened.asking.dialog is not None
    opened.asking.dialog.ok_button.click()
    finish(opened, qtbot)
    wait_until_saved(opened, qtbot)
    emails, links = column(guests, "Guests", "E-Mail"), column(guests, "Guests", "Join URL")
    assert emails[:3] == [None] * 3
    assert links[:3] == [None] * 3
    assert all(bool(link) <= bool(email) for email, link in zip(emails, links, strict=True))
    roster = roster_of(opened)
    assert roster.row_number(0) == 7
    assert opened.desk.run.report is not None
    for outcome in opened.desk.run.report.outcomes:
        assert roster.person(roster.index_of_row(outcome.row)).email == outcome.email


def test_confirming_still_works_after_a_reload(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    reload(opened, qtbot)
    qtbot.waitUntil(lambda: len(opened.desk.problems) > 1, timeout=PATIENCE)
    choose(opened, qtbot)
    confirm(opened, qtbot)
    finish(opened, qtbot)
    assert any(column(guests, "Guests", "Join URL"))


def test_a_sync_client_that_puts_another_version_back_is_told(
    window: MainWindow, guests: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    path = guests.rename(folder / "Guests.xlsx")
    theirs = path.read_bytes()
    window.opening.open(path)
    qtbot.waitUntil(lambda: len(window.desk.problems) > 1, timeout=PATIENCE)
    edit(window, 0, Field.FIRST_NAME, "Amaara")
    with qtbot.waitSignal(window.saving.saved, timeout=PATIENCE):
        window.saving.save()
    path.write_bytes(theirs)
    assert "OneDrive has put another version" in wait_for_bar(window, qtbot, "synced")


def test_the_window_closes_while_it_waits_for_a_sync_client(
    window: MainWindow, guests: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = guests.rename(folder / "Guests.xlsx")
    window.opening.open(path)
    qtbot.waitUntil(lambda: len(window.desk.problems) > 1, timeout=PATIENCE)
    edit(window, 0, Field.FIRST_NAME, "Amaara")
    with qtbot.waitSignal(window.saving.saved, timeout=PATIENCE):
        window.saving.save()
    assert window.close()


@pytest.mark.parametrize("mine", [True, False])
def test_all_can_be_chosen_at_once(
    opened: MainWindow, guests: Path, qtbot: QtBot, mine: bool
) -> None:
    for index in range(3):
        edit(opened, index, Field.FIRST_NAME, f"Mine {index}")
    anna_changes(
        guests, lambda sheet: [sheet.__setitem__(f"B{row}", "Hers") for row in (4, 5, 6)] and None
    )
    reload(opened, qtbot)
    document = opened.desk.document
    assert document is not None
    dialog = ConflictsDialog(None, document.conflicts["Guests"])
    qtbot.addWidget(dialog)
    dialog._choose_all(mine=mine)
    assert len(dialog.mine) == (3 if mine else 0)


def test_registering_from_a_workbook_that_was_changed_asks_to_reload_first(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    anna_changes(guests, lambda sheet: sheet.__setitem__("B4", "Hers"))
    opened.side.register.button.click()
    assert "changed" in wait_for_bar(opened, qtbot, "run")
    assert opened.asking.dialog is None
    former = opened.desk.document
    press(opened, "run", "Reload")
    qtbot.waitUntil(lambda: opened.desk.document is not former, timeout=PATIENCE)
    assert first_name(opened, 0) == "Hers"
    qtbot.waitUntil(opened.side.register.button.isEnabled, timeout=PATIENCE)
    confirm(opened, qtbot)
    finish(opened, qtbot)
