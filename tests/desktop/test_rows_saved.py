"""Rows added and removed in the table reach the workbook, or are explained, and nobody is lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import PATIENCE, column, edit, press
from tests.desktop.test_others import anna_changes, reload, roster_of, wait_for_bar
from tests.desktop.test_running import choose, confirm, finish
from zoomdesk.desktop.dialogs.conflicts import ConflictsDialog
from zoomdesk.desktop.window import MainWindow
from zoomdesk.roster.fields import Field
from zoomdesk.roster.filters import Filter


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A list that no formula refers to: its rows may go."""
    path = tmp_path / "Plain.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Guests"
    sheet.append(["E-Mail", "Given name", "Surname"])
    for name in ("Ana", "Bo", "Cy", "Di", "Ed"):
        sheet.append([f"{name.lower()}@example.com", name, f"{name}son"])
    book.save(path)
    return path


@pytest.fixture
def window_on_plain(window: MainWindow, plain: Path, qtbot: QtBot) -> MainWindow:
    window.opening.open(plain)
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(window.page.table.shown))
    return window


def type_person(window: MainWindow, email: str, first: str, last: str) -> None:
    window.page.table.add_rows()
    index = len(roster_of(window)) - 1
    edit(window, index, Field.EMAIL, email)
    edit(window, index, Field.FIRST_NAME, first)
    edit(window, index, Field.LAST_NAME, last)


def save(window: MainWindow, qtbot: QtBot) -> None:
    former = window.desk.document
    window.saving.save()
    qtbot.waitUntil(lambda: window.desk.document is not former, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.desk.bridge.busy, timeout=PATIENCE)


def names(path: Path) -> list[object]:
    return column(path, "Guests", "Given name")


def test_a_new_row_is_unsaved_then_part_of_the_list(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    type_person(window, "flo@example.com", "Flo", "Floson")
    assert window.desk.document is not None
    assert window.desk.document.dirty
    save(window, qtbot)
    assert names(plain) == ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"]
    roster = roster_of(window)
    assert roster.person(5).email == "flo@example.com"
    assert not roster.is_added(5)
    assert not window.desk.document.dirty
    assert not window.undo_stack.canUndo()


def test_an_empty_new_row_is_nothing_to_save(window_on_plain: MainWindow) -> None:
    window_on_plain.page.table.add_rows()
    assert window_on_plain.desk.document is not None
    assert not window_on_plain.desk.document.dirty


def test_removed_rows_go_and_the_rest_moves_up(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    edit(window, 4, Field.FIRST_NAME, "Edward")
    window.page.table.model_.remove_rows([1, 2])
    type_person(window, "flo@example.com", "Flo", "Floson")
    save(window, qtbot)
    assert names(plain) == ["Ana", "Di", "Edward", "Flo"]
    roster = roster_of(window)
    assert [roster.row_number(i) for i in range(len(roster))] == [2, 3, 4, 5]
    assert window.page.pills[Filter.ALL].text() == "All 4"


def test_an_edit_that_was_saved_goes_with_its_row(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    edit(window, 1, Field.FIRST_NAME, "Bob")
    window.saving.save()
    document = window.desk.document
    assert document is not None
    qtbot.waitUntil(lambda: not document.dirty and not window.saving.saving, timeout=PATIENCE)
    window.page.table.model_.remove_rows([1])
    save(window, qtbot)
    assert names(plain) == ["Ana", "Cy", "Di", "Ed"]


def test_ticks_and_place_stay_with_their_people(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    model = window.page.table.model_
    model.tick([3], False)
    window.page.table.setCurrentIndex(model.index(4, model.section_of(0)))
    model.remove_rows([0])
    save(window, qtbot)
    roster = roster_of(window)
    assert [roster.person(i).first_name for i in sorted(roster.ticked)] == ["Bo", "Cy", "Ed"]


def test_rows_that_cannot_go_can_be_emptied_instead(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    book = openpyxl.load_workbook(plain)
    book.create_sheet("Sums")["A1"] = "=COUNTA(Guests!A2:A6)"
    book.save(plain)
    window = window_on_plain
    reload(window, qtbot)
    window.page.table.model_.remove_rows([1])
    window.saving.save()
    words = wait_for_bar(window, qtbot, "save")
    assert words.startswith("This cannot be written safely")
    assert names(plain)[1] == "Bo"
    press(window, "save", "Empty the rows instead")
    document = window.desk.document
    assert document is not None
    qtbot.waitUntil(lambda: not document.dirty and not window.saving.saving, timeout=PATIENCE)
    assert names(plain) == ["Ana", None, "Cy", "Di", "Ed"]
    assert not roster_of(window).is_removed(1)
    window.undo_stack.undo()
    assert roster_of(window).is_removed(1)
    assert roster_of(window).text(1, 1) == "Bo"


def test_whoever_was_added_is_saved_before_anybody_is_registered(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    window.page.table.model_.remove_rows([0])
    type_person(window, "flo@example.com", "Flo", "Floson")
    choose(window, qtbot)
    confirm(window, qtbot)
    assert names(plain) == ["Bo", "Cy", "Di", "Ed", "Flo"]
    finish(window, qtbot)
    assert all(column(plain, "Guests", "Join URL"))


def test_no_row_comes_or_goes_during_a_run(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    window.desk.run.running = True
    window.refresh()
    window.page.table.add_rows()
    window.page.table.model_.remove_rows([0])
    assert not window.actions_.add_row.isEnabled()
    assert len(roster_of(window)) == 5
    window.desk.run.running = False


def test_a_row_that_somebody_else_changed_goes_only_if_the_person_says_so(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    window.page.table.model_.remove_rows([0, 1])
    type_person(window, "flo@example.com", "Flo", "Floson")
    anna_changes(plain, lambda sheet: sheet.__setitem__("B3", "Bea"))
    save(window, qtbot)
    assert names(plain) == ["Bea", "Cy", "Di", "Ed", "Flo"]
    document = window.desk.document
    assert document is not None
    (conflict,) = document.conflicts["Guests"]
    wait_for_bar(window, qtbot, "conflicts")
    dialog = ConflictsDialog(None, [conflict])
    qtbot.addWidget(dialog)
    assert [dialog.table.item(0, at).text() for at in (2, 4, 5)] == [
        "Given name", "Bea", "row taken out",
    ]  # fmt: skip
    window.deciding.decide((conflict,))
    assert roster_of(window).is_removed(0)
    save(window, qtbot)
    assert names(plain) == ["Cy", "Di", "Ed", "Flo"]


def test_a_reload_takes_rows_that_came_and_went_along(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    window.page.table.model_.remove_rows([0])
    type_person(window, "flo@example.com", "Flo", "Floson")
    anna_changes(plain, lambda sheet: sheet.insert_rows(2, 2))
    reload(window, qtbot)
    roster = roster_of(window)
    shown = window.page.table.shown
    assert [roster.text(index, 1) for index in shown] == ["Bo", "Cy", "Di", "Ed", "Flo"]
    assert roster.removed_rows() == [4]
    assert roster.is_added(shown[-1])


def test_new_rows_alone_are_saved_into_a_changed_workbook(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    type_person(window, "flo@example.com", "Flo", "Floson")
    anna_changes(plain, lambda sheet: sheet.append(["gus@example.com", "Gus", "Gusson"]))
    save(window, qtbot)
    assert names(plain) == ["Ana", "Bo", "Cy", "Di", "Ed", "Gus", "Flo"]
    assert roster_of(window).person(6).first_name == "Flo"


def test_a_copy_takes_the_rows_as_they_are_on_the_table(
    window_on_plain: MainWindow, plain: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    window.page.table.model_.remove_rows([0])
    former = window.desk.document
    copy = tmp_path / "Copy.xlsx"
    window.saving.save_copy(copy)
    qtbot.waitUntil(lambda: window.desk.document is not former, timeout=PATIENCE)
    assert names(copy) == ["Bo", "Cy", "Di", "Ed"]
    assert names(plain) == ["Ana", "Bo", "Cy", "Di", "Ed"]
    assert window.desk.document is not None
    assert window.desk.document.path == copy


def test_the_sample_takes_a_guest_below_its_list(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    type_person(opened, "flo@example.com", "Flo", "Floson")
    save(opened, qtbot)
    assert "flo@example.com" in column(guests, "Guests", "E-Mail")
    assert roster_of(opened).counts().all == 49


def test_saving_rows_on_the_way_out_closes_the_window_after_it(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    window = window_on_plain
    window.page.table.model_.remove_rows([0])
    assert not window.close()
    press(window, "leave", "Save and close")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    assert names(plain) == ["Bo", "Cy", "Di", "Ed"]


def test_rows_are_found_by_who_stands_in_them_until_the_table_is_read_again(
    window_on_plain: MainWindow, plain: Path, qtbot: QtBot
) -> None:
    """Numbers of before must never meet the file of after, even if it cannot be read again."""
    window = window_on_plain
    window.saving.overtaken.disconnect(window.opening.reload)
    window.page.table.model_.remove_rows([0])
    document = window.desk.document
    assert document is not None
    with qtbot.waitSignal(window.saving.overtaken, timeout=PATIENCE):
        window.saving.save()
    edit(window, 1, Field.FIRST_NAME, "Bob")
    with qtbot.waitSignal(window.saving.overtaken, timeout=PATIENCE):
        window.saving.save()
    assert names(plain) == ["Bob", "Cy", "Di", "Ed"]
    assert window.desk.document is document
