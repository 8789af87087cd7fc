from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.desktop.table.people import COMPANY, EMAIL, FIRST, LAST, TABLE, TOTAL, many
from zoomdesk.desktop.table import RosterTable, menu
from zoomdesk.desktop.table.delegate import CellDelegate
from zoomdesk.desktop.table.model import TICK, RosterModel
from zoomdesk.roster.fields import ResultColumn
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.table import Roster

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def cell(table: RosterTable, row: int, position: int) -> QModelIndex:
    model = table.model()
    assert isinstance(model, RosterModel)
    return model.index(row, model.section_of(position))


def select(table: RosterTable, first: tuple[int, int], last: tuple[int, int]) -> None:
    corner, other = cell(table, *first), cell(table, *last)
    table.setCurrentIndex(corner)
    table.selectionModel().select(
        QItemSelection(corner, other), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def editor(table: RosterTable) -> QLineEdit | None:
    found = table.indexWidget(table.currentIndex())
    return found if isinstance(found, QLineEdit) else None


def here(table: RosterTable) -> tuple[int, str]:
    index = table.currentIndex()
    return index.row(), table.model().headerData(index.column(), Qt.Orientation.Horizontal)


def test_f2_edits_enter_takes_it_and_goes_down(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    table.setCurrentIndex(cell(table, 0, FIRST))
    qtbot.keyClick(table, KEY.Key_F2)
    line = editor(table)
    assert line is not None
    assert line.text() == "Ana"
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, KEY.Key_Return)
    assert roster.text(0, FIRST) == "x"
    assert here(table) == (1, "First name")
    assert editor(table) is None


def test_typing_edits_and_tab_goes_right_and_back(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    table.setCurrentIndex(cell(table, 1, FIRST))
    qtbot.keyClick(table, KEY.Key_Z)
    line = editor(table)
    assert line is not None
    qtbot.keyClick(line, KEY.Key_Tab)
    assert roster.text(1, FIRST) == "z"
    assert here(table) == (1, "Last name")
    qtbot.keyClick(table, KEY.Key_Backtab, SHIFT)
    assert here(table) == (1, "First name")


def test_escape_leaves_the_cell_as_it_was(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    table.setCurrentIndex(cell(table, 0, FIRST))
    qtbot.keyClick(table, KEY.Key_F2)
    line = editor(table)
    assert line is not None
    qtbot.keyClicks(line, "nonsense")
    qtbot.keyClick(line, KEY.Key_Escape)
    assert roster.text(0, FIRST) == "Ana"
    assert table.undo_stack.count() == 0


@pytest.mark.parametrize("position", [TOTAL, 7])
def test_formulas_and_results_take_no_typing(
    qtbot: QtBot, table: RosterTable, position: int
) -> None:
    table.setCurrentIndex(cell(table, 0, position))
    qtbot.keyClick(table, KEY.Key_F2)
    qtbot.keyClick(table, KEY.Key_X)
    assert editor(table) is None


def test_a_line_break_in_a_cell_survives_the_editor(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    roster.set_texts({(0, COMPANY): "two\nlines"})
    table.setCurrentIndex(cell(table, 0, COMPANY))
    qtbot.keyClick(table, KEY.Key_F2)
    line = editor(table)
    assert line is not None
    qtbot.keyClick(line, KEY.Key_Return)
    assert roster.text(0, COMPANY) == "two\nlines"


def test_delete_empties_the_block_in_one_step(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    select(table, (0, FIRST), (2, LAST))
    qtbot.keyClick(table, KEY.Key_Delete)
    assert {roster.text(row, at) for row in range(3) for at in (FIRST, LAST)} == {""}
    assert table.undo_stack.count() == 1
    qtbot.keyClick(table, KEY.Key_Z, CTRL)
    assert roster.text(2, LAST) == "Haddad"
    qtbot.keyClick(table, KEY.Key_Y, CTRL)
    assert roster.text(2, LAST) == ""


def test_a_block_is_copied_and_pasted(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    select(table, (0, FIRST), (1, LAST))
    qtbot.keyClick(table, KEY.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Ana\tGarcía\r\nChloé\tDupont"
    assert data.hasHtml()
    table.setCurrentIndex(cell(table, 4, FIRST))
    qtbot.keyClick(table, KEY.Key_V, CTRL)
    assert [roster.text(4, FIRST), roster.text(5, LAST)] == ["Ana", "Dupont"]
    assert table.undo_stack.count() == 1


def test_cut_is_one_step(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    select(table, (0, FIRST), (0, LAST))
    qtbot.keyClick(table, KEY.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "Ana\tGarcía"
    assert roster.text(0, FIRST) == ""
    table.undo_stack.undo()
    assert (roster.text(0, FIRST), roster.text(0, LAST)) == ("Ana", "García")


def test_one_cell_fills_a_selection(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    QGuiApplication.clipboard().setText("Contoso")
    select(table, (0, COMPANY), (3, COMPANY))
    table.paste()
    assert {roster.text(row, COMPANY) for row in range(4)} == {"Contoso"}
    assert roster.text(4, COMPANY) == "Contoso"
    assert roster.text(5, COMPANY) == "Fabrikam"


def test_what_falls_off_the_table_is_said(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    QGuiApplication.clipboard().setText("one\ntwo\nthree")
    table.setCurrentIndex(cell(table, 5, FIRST))
    with qtbot.waitSignal(table.notice) as said:
        table.paste()
    assert said.args == ["What did not fit on the table was not pasted."]
    assert roster.text(5, FIRST) == "one"


def test_a_paste_goes_by_what_is_seen(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    table.sortByColumn(cell(table, 0, EMAIL).column(), Qt.SortOrder.DescendingOrder)
    table.set_filter(Filter.ALL, "contoso")
    assert table.shown == [3, 4, 0]
    QGuiApplication.clipboard().setText("1\n2\n3")
    table.setCurrentIndex(cell(table, 0, TABLE))
    table.paste()
    assert [roster.text(row, TABLE) for row in (3, 4, 0)] == ["1", "2", "3"]


def test_fill_down_takes_the_top_or_the_row_above(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    select(table, (0, COMPANY), (2, COMPANY))
    qtbot.keyClick(table, KEY.Key_D, CTRL)
    assert [roster.text(row, COMPANY) for row in range(3)] == ["Contoso"] * 3
    select(table, (5, COMPANY), (5, COMPANY))
    qtbot.keyClick(table, KEY.Key_D, CTRL)
    assert roster.text(5, COMPANY) == "Contoso"


def test_space_ticks_the_selected_rows(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    select(table, (3, FIRST), (5, FIRST))
    qtbot.keyClick(table, KEY.Key_Space)
    assert {3, 4, 5} <= roster.ticked
    qtbot.keyClick(table, KEY.Key_Space)
    assert roster.ticked == {0, 1}


def test_the_whole_tick_cell_is_the_target(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    rect = table.visualRect(table.model().index(0, TICK))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(3, 3))
    assert 0 not in roster.ticked


def test_the_header_box_ticks_and_does_not_sort(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(TICK) + 10, 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert roster.ticked == set()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert roster.ticked == {0, 1, 3}
    assert head.sortIndicatorSection() == -1


def test_a_heading_sorts_and_the_third_click_brings_the_sheets_order_back(
    qtbot: QtBot, table: RosterTable
) -> None:
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(cell(table, 0, EMAIL).column()) + 20, 10)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
        seen.append(table.shown[0])
    assert seen == [0, 5, 0]
    assert table.shown == list(range(6))


def test_the_menu_of_a_heading_is_asked_for_by_mouse_and_key(
    qtbot: QtBot, table: RosterTable
) -> None:
    head = table.horizontalHeader()
    section = cell(table, 0, COMPANY).column()
    edge = head.sectionViewportPosition(section) + head.sectionSize(section)
    with qtbot.waitSignal(table.headerMenuRequested) as asked:
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge - 12, 15))
    assert asked.args is not None
    assert asked.args[0] == COMPANY
    table.setCurrentIndex(cell(table, 0, LAST))
    with qtbot.waitSignal(table.headerMenuRequested) as asked:
        qtbot.keyClick(table, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.args is not None
    assert asked.args[0] == LAST


def test_the_tick_column_stands_still(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    table.resize(420, 400)
    table.horizontalScrollBar().setValue(200)
    assert table.horizontalOffset() == 200
    rect = table.visualRect(table.model().index(0, TICK))
    assert rect.left() == 0
    assert table.indexAt(rect.center()) == table.model().index(0, TICK)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert 0 not in roster.ticked
    table.setCurrentIndex(cell(table, 0, EMAIL))
    assert table.visualRect(table.currentIndex()).left() >= rect.right()


def test_status_and_link_are_in_view_beside_the_panel(qtbot: QtBot, table: RosterTable) -> None:
    table.resize(1280 - 372 - 40, 500)
    qtbot.waitUntil(lambda: table.viewport().width() > 700)
    for result in (ResultColumn.STATUS, ResultColumn.JOIN_URL):
        position = next(c.position for c in table.roster.columns if c.result is result)
        assert table.visualRect(cell(table, 0, position)).right() <= table.viewport().width()


def test_go_to_drops_a_filter_that_hides_the_row(qtbot: QtBot, table: RosterTable) -> None:
    table.set_filter(Filter.TO_FIX)
    assert table.shown == [2]
    with qtbot.waitSignal(table.view_changed):
        table.go_to(5)
    assert here(table) == (5, "E-Mail")
    assert table.filter_kind is Filter.ALL


def test_a_filter_commits_the_open_editor(qtbot: QtBot, table: RosterTable, roster: Roster) -> None:
    table.setCurrentIndex(cell(table, 0, FIRST))
    qtbot.keyClick(table, KEY.Key_F2)
    line = editor(table)
    assert line is not None
    qtbot.keyClicks(line, "Anna")
    table.set_filter(Filter.TO_FIX)
    assert roster.text(0, FIRST) == "Anna"


def test_suggestions_are_taken_in_one_step(table: RosterTable, roster: Roster) -> None:
    assert table.apply_suggestion(range(6))
    assert roster.text(1, EMAIL) == "chloe@gmail.com"
    assert table.undo_stack.count() == 1
    table.undo_stack.undo()
    assert roster.text(1, EMAIL) == "chloe@gmial.com"
    assert not table.apply_suggestion([0])


def test_a_link_is_reported_and_nothing_else(qtbot: QtBot, table: RosterTable) -> None:
    link = next(c.position for c in table.roster.columns if c.result is ResultColumn.JOIN_URL)
    assert not table.activate_link(cell(table, 0, link))
    table.apply_results([(0, {ResultColumn.JOIN_URL: "https://zoom.us/w/1"})])
    table.flush_results()
    with qtbot.waitSignal(table.link_activated) as asked:
        table.activate_link(cell(table, 0, link))
    assert asked.args == ["https://zoom.us/w/1"]
    assert not table.activate_link(cell(table, 0, EMAIL))


def test_ctrl_home_and_end_reach_the_corners(qtbot: QtBot, table: RosterTable) -> None:
    qtbot.keyClick(table, KEY.Key_End, CTRL)
    assert table.currentIndex().row() == 5
    assert table.currentIndex().column() == table.model().columnCount() - 1
    qtbot.keyClick(table, KEY.Key_Home, CTRL)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, TICK)


def test_an_empty_table_and_an_empty_filter_take_every_key(
    qtbot: QtBot, table: RosterTable
) -> None:
    for roster in (table.roster, None):
        table.set_roster(roster)
        if roster is not None:
            table.set_filter(Filter.REGISTERED)
        for key in (KEY.Key_Return, KEY.Key_Tab, KEY.Key_Space, KEY.Key_Delete, KEY.Key_F2):
            qtbot.keyClick(table, key)
        for act in (table.copy, table.cut, table.paste, table.fill_down, table.open_header_menu):
            act()
        table.grab()
    assert table.undo_stack.count() == 0


def test_select_all_costs_what_is_seen_not_what_there_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 100,000 rows select all, painted, asks the model no more than at 200 (Qt facts)."""
    asked = {"count": 0}
    for name in ("data", "flags", "headerData"):
        original = getattr(RosterModel, name)

        def counted(self: RosterModel, *args: object, original: object = original) -> object:
            asked["count"] += 1
            return original(self, *args)  # type: ignore[operator]

        monkeypatch.setattr(RosterModel, name, counted)
    seen = []
    for size in (200, 100_000):
        table = RosterTable()
        qtbot.addWidget(table)
        table.resize(900, 400)
        table.set_roster(many(size))
        table.show()
        qtbot.waitExposed(table)
        table.grab()
        asked["count"] = 0
        table.selectAll()
        table.grab()
        seen.append(asked["count"])
        table.close()
    assert seen[1] <= seen[0] + 10


def test_a_screen_reader_meets_one_table_whose_cells_speak(
    qtbot: QtBot, table: RosterTable
) -> None:
    found = QAccessible.queryAccessibleInterface(table)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "People of the sheet"
    across = table.model().columnCount() + 1  # the row number comes first
    assert found.childCount() == across * 7

    def said(row: int, column: int) -> str:
        return found.child((row + 1) * across + column + 1).text(QAccessible.Text.Name)

    email = cell(table, 0, EMAIL).column()
    assert said(2, email).startswith("Email, row 4, fatima@northwind, error:")
    assert said(2, TICK) == "Row 4, not ticked"
    assert said(-1, email) == "E-Mail, taken as Email"
    assert said(5, -1) == "Row 7, hidden in the workbook"


def test_the_menu_of_a_cell_offers_its_suggestion(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    table.setCurrentIndex(cell(table, 1, EMAIL))
    made = menu.open_menu(table, table.visualRect(table.currentIndex()).center())
    assert made is not None
    offer = made.actions()[0]
    assert offer.text() == "Change to chloe@gmail.com"
    offer.trigger()
    made.close()
    assert roster.text(1, EMAIL) == "chloe@gmail.com"
    assert menu.open_menu(table, QPoint(5, 390)) is None


def test_a_text_that_is_cut_off_is_whole_in_the_tip(
    qtbot: QtBot, table: RosterTable, roster: Roster
) -> None:
    delegate = table.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    index = cell(table, 2, EMAIL)
    option = QStyleOptionViewItem()
    option.initFrom(table)
    for width, first in ((400, "“northwind”"), (40, "fatima@northwind\n")):
        option.rect = QRect(0, 0, width, 32)
        assert delegate.tip(option, index).startswith(first)
