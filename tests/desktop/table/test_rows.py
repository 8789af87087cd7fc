"""Rows added and removed in the table: by key, by menu, undone, sorted, filtered."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.desktop.table.people import EMAIL, FIRST, TABLE, many
from zoomdesk.desktop.table import RosterTable
from zoomdesk.desktop.table.model import TICK, RosterModel
from zoomdesk.desktop.table.order import View
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Roster

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def model(qapp: object, roster: Roster) -> RosterModel:
    made = RosterModel()
    made.set_roster(roster)
    return made


def select_rows(table: RosterTable, *rows: int) -> None:
    table.clearSelection()
    selection = table.selectionModel()
    flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
    for row in rows:
        selection.select(table.model_.index(row, TICK), flags)


def shown_emails(model: RosterModel) -> list[str]:
    section = model.section_of(EMAIL)
    return [model.data(model.index(row, section)) for row in range(model.rowCount())]


@pytest.mark.parametrize("seed", range(12))
def test_qt_finds_no_fault_while_rows_come_and_go(qapp: object, seed: int) -> None:
    model = RosterModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_roster(many(30))
    rng = random.Random(seed)  # noqa: S311  a walk, no secret
    for _ in range(40):
        act = rng.randrange(7)
        if act == 0:
            model.add_rows(rng.randint(1, 3))
        elif act == 1 and model.rowCount():
            rows = rng.sample(range(model.rowCount()), min(model.rowCount(), rng.randint(1, 6)))
            model.remove_rows(model.index_at(row) for row in rows)
        elif act == 2:
            model.undo_stack.undo()
        elif act == 3:
            model.undo_stack.redo()
        elif act == 4:
            model.sort(rng.choice([-1, model.section_of(TABLE)]))
        elif act == 5:
            model.set_view(View(rng.choice(list(Filter)), "", None, model.view.sort))
        elif model.rowCount():
            row = rng.randrange(model.rowCount())
            model.setData(model.index(row, model.section_of(FIRST)), f"Name {seed}")
        people = model.roster
        assert people is not None
        assert not any(people.is_removed(index) for index in model.order.indexes)
        assert len(set(model.order.indexes)) == model.rowCount()
        for row, index in enumerate(model.order.indexes):
            assert model.order.row_of(index) == row
    while model.undo_stack.canUndo():
        model.undo_stack.undo()
    model.set_view(View())
    assert model.order.indexes == list(range(30))
    assert model.order.complete
    assert tester.model() is model


def test_a_new_row_stands_last_however_the_table_is_sorted(model: RosterModel) -> None:
    model.sort(model.section_of(EMAIL))
    before = shown_emails(model)
    assert model.add_rows(1)
    assert shown_emails(model) == [*before, ""]
    last = model.rowCount() - 1
    assert model.headerData(last, Qt.Orientation.Vertical) == "8"
    assert "not saved yet" in model.headerData(
        last, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole
    )
    model.setData(model.index(last, model.section_of(EMAIL)), "bea@contoso.org")
    model.sort(-1)
    model.sort(model.section_of(EMAIL))
    assert shown_emails(model)[1] == "bea@contoso.org"


def test_a_removed_row_takes_its_tick_and_gives_it_back(model: RosterModel, roster: Roster) -> None:
    ticked = set(roster.ticked)
    held = QPersistentModelIndex(model.index(5, model.section_of(EMAIL)))
    model.remove_rows([0, 3])
    assert roster.ticked == ticked - {0, 3}
    assert roster.standing(4) is Standing.READY
    assert held.row() == 3
    model.undo_stack.undo()
    assert roster.ticked == ticked
    assert roster.standing(4) is Standing.LATER
    assert (held.row(), model.rowCount()) == (5, 6)
    model.undo_stack.redo()
    assert shown_emails(model) == [
        "chloe@gmial.com", "fatima@northwind", "tomas@contoso.org", "yuki@fabrikam.org",
    ]  # fmt: skip


def test_a_filter_leaves_out_what_is_gone_and_what_it_hid_stays(model: RosterModel) -> None:
    model.set_view(View(Filter.ALL, "contoso"))
    model.remove_rows([3])
    assert model.order.indexes == [0, 4]
    model.set_view(View())
    assert model.order.indexes == [0, 1, 2, 4, 5]
    model.undo_stack.undo()
    assert model.order.indexes == [0, 1, 2, 3, 4, 5]


def test_the_header_box_counts_without_what_is_gone(model: RosterModel, roster: Roster) -> None:
    roster.tick_all_valid()
    model.remove_rows([2, 3])
    assert model.order.complete
    model.tick_shown(True)
    assert model.tick_state() == Qt.CheckState.Checked


def test_many_scattered_rows_go_and_come_back_in_one_step(qapp: object) -> None:
    model = RosterModel()
    model.set_roster(many(3000))
    gone = list(range(0, 3000, 2))
    model.remove_rows(gone)
    assert model.rowCount() == 1500
    model.undo_stack.undo()
    assert model.order.indexes == list(range(3000))
    assert not model.undo_stack.canUndo()


def test_nothing_comes_or_goes_while_results_are_on_their_way(
    model: RosterModel, qtbot: QtBot
) -> None:
    model.rows_fixed = True
    with qtbot.waitSignal(model.notice) as told:
        assert not model.remove_rows([0])
    assert told.args == ["Rows can be added and removed once that is done."]
    assert not model.add_rows(1)
    assert model.rowCount() == 6


def test_first_rows_of_a_workbook_that_is_being_read_cannot_be_changed(
    model: RosterModel, roster: Roster, qtbot: QtBot
) -> None:
    model.read_only = True
    cell = model.index(0, model.section_of(FIRST))
    assert not model.flags(cell) & Qt.ItemFlag.ItemIsEditable
    ticked = set(roster.ticked)
    with qtbot.waitSignal(model.notice):
        assert not model.setData(cell, "Anna")
    model.tick_shown(False)
    model.tick([0], False)
    assert roster.ticked == ticked
    assert roster.edits() == {}


def test_keys_add_and_remove_the_selected_rows(table: RosterTable, roster: Roster) -> None:
    select_rows(table, 1, 2)
    QTest.keyClick(table, Qt.Key.Key_Minus, CTRL)
    assert [roster.is_removed(i) for i in range(4)] == [False, True, True, False]
    select_rows(table, 0, 1)
    QTest.keyClick(table, Qt.Key.Key_Plus, CTRL | SHIFT)
    assert len(roster) == 8
    current = table.currentIndex()
    assert table.model_.index_at(current.row()) == 6
    table.undo_stack.undo()
    table.undo_stack.undo()
    assert table.shown == list(range(6))
    assert table.model_.index_at(table.currentIndex().row()) == 1


def test_typing_into_a_new_row_makes_somebody_of_it(table: RosterTable, roster: Roster) -> None:
    table.add_rows()
    QTest.keyClicks(table, "b")
    editor = table.indexWidget(table.currentIndex())
    QTest.keyClicks(editor, "ea@contoso.org")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert roster.added_rows() == {8: {EMAIL + 1: "bea@contoso.org"}}
    assert roster.has_error(6)  # her first name is missing


def test_the_menu_offers_both(table: RosterTable) -> None:
    select_rows(table, 0)
    point = table.visualRect(table.model_.index(0, 1)).center()
    table.customContextMenuRequested.emit(point)
    menu = table.findChild(QMenu)
    assert menu is not None
    offered = {action.text(): action for action in menu.actions()}
    remove = next(action for words, action in offered.items() if words.startswith("Remove"))
    remove.trigger()
    assert table.shown == [1, 2, 3, 4, 5]
    offered["Add a row"].trigger()
    assert table.shown[-1] == 6
    menu.close()


def test_the_row_numbers_make_room_for_the_mark_of_a_new_row(table: RosterTable) -> None:
    table.set_roster(many(3))
    before = table.verticalHeader().width()
    table.add_rows()
    assert table.verticalHeader().width() > before
