from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.desktop.table.people import COMPANY, EMAIL, FIRST, TABLE, TOTAL, guests, many
from zoomdesk.desktop.table.model import TICK, RosterModel
from zoomdesk.desktop.table.order import View
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.table import Roster

ROLE = Qt.ItemDataRole


@pytest.fixture
def model(qapp: object, roster: Roster) -> RosterModel:
    made = RosterModel()
    made.set_roster(roster)
    return made


def texts(model: RosterModel, position: int) -> list[str]:
    section = model.section_of(position)
    return [model.data(model.index(row, section)) for row in range(model.rowCount())]


def cell(model: RosterModel, row: int, position: int) -> QModelIndex:
    return model.index(row, model.section_of(position))


def test_qt_finds_no_fault_through_every_change(model: RosterModel, roster: Roster) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.sort(model.section_of(TABLE))
    model.set_view(View(Filter.TO_FIX))
    model.set_view(View(Filter.REGISTERED))
    model.set_view(View())
    model.setData(cell(model, 0, FIRST), "Anna")
    model.undo_stack.undo()
    model.tick_shown(False)
    model.apply_results([(0, {ResultColumn.STATUS: "Registered"})])
    model.flush_results()
    roster.assign_field(COMPANY, None)
    model.columns_changed()
    model.set_roster(many(3))
    model.set_roster(None)
    assert tester.model() is model


def test_who_comes_first_then_status_and_link_then_the_rest(model: RosterModel) -> None:
    heads = [
        model.headerData(section, Qt.Orientation.Horizontal)
        for section in range(1, model.columnCount())
    ]
    assert heads[:7] == [
        "E-Mail", "First name", "Last name", "Zoom Status", "Join URL", "Company", "Table",
    ]  # fmt: skip
    assert heads[-3:] == ["Registrant ID", "Registered At", "Zoom Message"]


def test_row_numbers_are_the_sheets(model: RosterModel) -> None:
    model.sort(model.section_of(TABLE))
    numbers = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert numbers == ["3", "5", "4", "7", "2", "6"]


def test_a_sort_keeps_ticks_and_follows_persistent_indexes(
    model: RosterModel, roster: Roster
) -> None:
    ticked = set(roster.ticked)
    held = QPersistentModelIndex(cell(model, 5, EMAIL))
    model.sort(model.section_of(EMAIL), Qt.SortOrder.DescendingOrder)
    assert texts(model, EMAIL)[0] == "yuki@fabrikam.org"
    assert (held.row(), held.data()) == (0, "yuki@fabrikam.org")
    assert roster.ticked == ticked
    model.sort(-1)
    assert model.order.indexes == list(range(6))


def test_filters_and_text_narrow_and_keep_the_sort(model: RosterModel, roster: Roster) -> None:
    model.sort(model.section_of(EMAIL), Qt.SortOrder.DescendingOrder)
    model.set_view(View(Filter.DUPLICATES, "", None, model.view.sort))
    assert model.order.indexes == roster.filtered(Filter.DUPLICATES)
    assert 4 in model.order.indexes
    model.set_view(View(Filter.ALL, "contoso", None, model.view.sort))
    assert model.order.indexes == [3, 4, 0]
    model.set_view(View(rows=frozenset({5, 1})))
    assert model.order.indexes == [1, 5]


def test_flags_say_what_can_be_done(model: RosterModel) -> None:
    flag = Qt.ItemFlag
    assert model.flags(model.index(0, TICK)) & flag.ItemIsUserCheckable
    assert model.flags(cell(model, 0, FIRST)) & flag.ItemIsEditable
    assert not model.flags(cell(model, 0, TOTAL)) & flag.ItemIsEditable
    status = next(c.position for c in guests().columns if c.result is ResultColumn.STATUS)
    assert not model.flags(cell(model, 0, status)) & flag.ItemIsEditable
    assert model.flags(QModelIndex()) == flag.NoItemFlags


def test_an_edit_is_checked_again_and_can_be_undone(model: RosterModel, roster: Roster) -> None:
    assert roster.has_error(2)
    assert model.setData(cell(model, 2, EMAIL), "fatima@northwind.org")
    assert not roster.has_error(2)
    assert 2 in roster.ticked
    model.undo_stack.undo()
    assert roster.text(2, EMAIL) == "fatima@northwind"
    assert roster.has_error(2)
    assert 2 not in roster.ticked
    model.undo_stack.redo()
    assert roster.edits() == {(4, EMAIL + 1): "fatima@northwind.org"}


def test_a_mended_row_that_repeats_an_address_stays_unticked(
    model: RosterModel, roster: Roster
) -> None:
    model.setData(cell(model, 2, EMAIL), "ana@contoso.org")
    assert not roster.has_error(2)
    assert roster.ticked == {0, 1, 3}


def test_an_edit_that_changes_nothing_is_no_step(model: RosterModel) -> None:
    assert not model.setData(cell(model, 0, FIRST), "Ana")
    assert model.undo_stack.count() == 0


def test_an_edit_tells_of_its_row_and_its_duplicates(qtbot: QtBot, model: RosterModel) -> None:
    told: set[int] = set()
    model.dataChanged.connect(lambda a, b, _r: told.update(range(a.row(), b.row() + 1)))
    with qtbot.waitSignals([model.edited, model.roster_changed]):
        model.setData(cell(model, 3, EMAIL), "other@contoso.org")
    assert told == {3, 4}


def test_formulas_and_results_are_left_out_and_that_is_said(
    qtbot: QtBot, model: RosterModel, roster: Roster
) -> None:
    with qtbot.waitSignal(model.notice) as said:
        model.edit({(0, FIRST): "Anna", (0, TOTAL): "7"}, "Paste")
    assert said.args == ["1 cells were left as they are: a formula or Zoom fills them."]
    assert (roster.text(0, FIRST), roster.text(0, TOTAL)) == ("Anna", "10")


def test_results_are_told_in_ranges_and_in_batches(qtbot: QtBot, qapp: object) -> None:
    model = RosterModel()
    model.set_roster(many(50))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b, _r: told.append((a.row(), b.row())))
    done = {ResultColumn.STATUS: "Registered", ResultColumn.JOIN_URL: "https://zoom.us/w/1"}
    with qtbot.waitSignal(model.roster_changed):
        for index in (4, 5, 6, 20, 21, 3):
            model.apply_results([(index, done)])
        assert told == []
    assert told == [(3, 6), (20, 21)]
    assert model.roster is not None
    assert model.roster.counts().registered == 6


def test_a_row_with_an_error_is_not_ticked_and_that_is_said(
    qtbot: QtBot, model: RosterModel, roster: Roster
) -> None:
    with qtbot.waitSignal(model.notice) as said:
        model.setData(model.index(2, TICK), Qt.CheckState.Checked, ROLE.CheckStateRole)
    assert said.args is not None
    assert said.args[0].startswith("Row 4 cannot be ticked yet.")
    assert 2 not in roster.ticked


def test_the_header_box_ticks_what_is_shown_and_ready(model: RosterModel, roster: Roster) -> None:
    assert roster.ticked == {0, 1, 3}  # 2 has an error, 4 is a later duplicate, 5 is hidden
    model.tick_shown(False)
    assert model.tick_state() == Qt.CheckState.Unchecked
    model.set_view(View(text="contoso"))
    model.tick_shown(True)
    assert roster.ticked == {0, 3}
    assert model.tick_state() == Qt.CheckState.Checked
    model.tick([0], False)
    assert model.tick_state() == Qt.CheckState.PartiallyChecked
    model.set_view(View())
    model.tick_shown(True)
    assert roster.ticked == {0, 1, 3}
    assert model.tick_state() == Qt.CheckState.Checked


def test_where_a_filter_shows_nobody_who_is_ready_the_box_means_all_of_them(
    model: RosterModel, roster: Roster
) -> None:
    """Registered people are ticked to be cancelled; the box must not say more than is ticked."""
    for index in (0, 1):
        link = {ResultColumn.STATUS: "Registered", ResultColumn.JOIN_URL: "https://x"}
        roster.set_result(index, link)
    model.tick([0, 1, 3], False)
    model.set_view(View(Filter.REGISTERED))
    model.tick_shown(True)
    assert (roster.ticked, model.tick_state()) == ({0, 1}, Qt.CheckState.Checked)
    model.tick([1], False)
    assert model.tick_state() == Qt.CheckState.PartiallyChecked
    model.set_view(View(Filter.TO_FIX))
    model.tick_shown(True)
    assert roster.ticked == {0}


def test_cells_speak(model: RosterModel) -> None:
    spoken = cell(model, 2, EMAIL).data(ROLE.AccessibleTextRole)
    assert spoken.startswith("Email, row 4, fatima@northwind, error: ")
    assert cell(model, 1, COMPANY).data(ROLE.AccessibleTextRole) == "Company, row 3, empty"
    assert model.index(0, TICK).data(ROLE.AccessibleTextRole) == "Row 2, ticked"
    assert model.index(2, TICK).data(ROLE.AccessibleTextRole) == "Row 4, not ticked"
    hidden = model.headerData(5, Qt.Orientation.Vertical, ROLE.AccessibleTextRole)
    assert hidden == "Row 7, hidden in the workbook"
    head = model.headerData(1, Qt.Orientation.Horizontal, ROLE.AccessibleTextRole)
    assert head == "E-Mail, taken as Email"


def test_cells_explain(model: RosterModel) -> None:
    assert "chloe@gmail.com" in cell(model, 1, EMAIL).data(ROLE.ToolTipRole)
    assert "formula" in cell(model, 0, TOTAL).data(ROLE.ToolTipRole)
    assert cell(model, 0, FIRST).data(ROLE.ToolTipRole) is None


def test_a_problem_of_a_missing_column_shows_at_the_email(qapp: object) -> None:
    from tests.desktop.table.people import HandGrid

    grid = HandGrid([("@@", "x"), ("12@contoso.org", "y")], headings=("Email", "Shirt size"))
    roster = Roster.from_grid(
        grid, fields={2: None}, result_headers={"status": "Status", "join_url": "Link"}
    )
    model = RosterModel()
    model.set_roster(roster)
    assert Field.FIRST_NAME not in {column.field for column in roster.columns}
    assert "first name is missing" in cell(model, 1, 0).data(ROLE.ToolTipRole)


def test_a_new_roster_forgets_steps_and_filter(model: RosterModel) -> None:
    model.setData(cell(model, 0, FIRST), "Anna")
    model.set_view(View(Filter.TO_FIX))
    model.set_roster(guests())
    assert model.undo_stack.count() == 0
    assert model.rowCount() == 6
