"""The chosen event's questions and dates in the real window, with a simulated Zoom behind it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import press
from zoomdesk.desktop.menus import ColumnMenu
from zoomdesk.desktop.panels.columns import _ColumnRow
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration import remembered
from zoomdesk.roster.fields import Field, Title
from zoomdesk.simulator import Fault, FaultKind
from zoomdesk.zoom.events import EventKind, EventRef

FAIR = EventRef(EventKind.WEBINAR, "81234567897")
SERIES = EventRef(EventKind.WEBINAR, "81234567893")
PLAIN = EventRef(EventKind.WEBINAR, "81234567890")
TALKS, PARKING = "Which talks will you attend?", "Do you need a parking space?"


@pytest.fixture
def fair(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return the window with a sheet that answers all questions of the fair but one."""
    book = openpyxl.Workbook()
    for row in (
        ("Email", "First name", "Last name", "City", TALKS, "Parking"),
        ("ann@example.com", "Ann", "Lee", "Bonn", "opening", "no"),
        ("bob@example.com", "Bob", "Lee", "Ulm", "Closng", "yes"),
        ("cyd@example.com", "Cyd", "Lee", "Jena", "Opening", "no"),
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "fair.xlsx")
    window.opening.open(tmp_path / "fair.xlsx")
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=10_000)
    return window


def choose(window: MainWindow, qtbot: QtBot, ref: EventRef) -> None:
    window.choosing.choose(ref)
    planned(window, qtbot)


def planned(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.desk

    def known() -> bool:
        chosen, dates = desk.choice.chosen, desk.choice.dates
        read = chosen is not None and dates in ((), chosen.dates)
        return read and desk.plan.plan is not None and window.answering._stop_judging is None

    qtbot.waitUntil(known, timeout=10_000)


def position(window: MainWindow, header: str) -> int:
    roster = window.desk.roster
    assert roster is not None
    return next(c.position for c in roster.columns if c.header == header)


def test_columns_learn_what_the_event_asks_and_forget_it(fair: MainWindow, qtbot: QtBot) -> None:
    choose(fair, qtbot, FAIR)
    roster, register = fair.desk.roster, fair.side.register
    assert roster is not None
    assert roster.columns[position(fair, TALKS)].topic == Title(TALKS)
    qtbot.waitUntil(lambda: PARKING in register.button.toolTip())
    assert not register.button.isEnabled()
    assert "Is it “Parking”?" in register.button.toolTip()
    choose(fair, qtbot, PLAIN)
    assert roster.columns[position(fair, TALKS)].topic is None
    qtbot.waitUntil(register.button.isEnabled)


def test_a_wrong_answer_is_an_error_of_its_cell_and_costs_the_tick(
    fair: MainWindow, qtbot: QtBot
) -> None:
    choose(fair, qtbot, FAIR)
    roster = fair.desk.roster
    assert roster is not None
    problem = roster.problem_at(1, position(fair, TALKS))
    assert problem is not None
    assert "“Closng” is no answer" in problem.message
    assert problem.suggestion == "Closing"
    assert roster.ticked == {0, 2}
    qtbot.waitUntil(lambda: any(g.fix == "Closing" for g in fair.desk.problems))
    fair.desk.fix_rows.emit([1])
    assert roster.text(1, position(fair, TALKS)) == "Closing"
    assert roster.ticked == {0, 1, 2}


def test_ticks_come_back_with_an_event_that_does_not_ask(fair: MainWindow, qtbot: QtBot) -> None:
    roster = fair.desk.roster
    assert roster is not None
    fair.page.table.model_.tick([0], False)
    choose(fair, qtbot, FAIR)
    assert roster.ticked == {2}
    choose(fair, qtbot, PLAIN)
    assert roster.ticked == {1, 2}, "whom the person unticked stays so"


def test_the_column_menu_and_the_panel_offer_the_questions(fair: MainWindow, qtbot: QtBot) -> None:
    choose(fair, qtbot, FAIR)
    where = position(fair, "Parking")
    menu = ColumnMenu(fair, fair.desk, where)
    action = next(a for a in menu.actions() if a.text() == PARKING)
    assert action.isCheckable()
    action.trigger()
    roster = fair.desk.roster
    assert roster is not None
    assert roster.columns[where].topic == Title(PARKING)
    qtbot.waitUntil(lambda: remembered.load() == {"parking": PARKING}, timeout=5_000)
    qtbot.waitUntil(fair.side.register.button.isEnabled)
    if not fair.side.columns._open:
        fair.side.columns._flip()
    rows = fair.side.columns.findChildren(_ColumnRow)
    box = [row for row in rows if row._column.position == where][-1].findChild(QComboBox)
    assert box.currentText() == PARKING
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert roster.columns[where].topic is None
    menu.close()


def test_what_was_said_once_is_known_for_the_next_sheet(fair: MainWindow, qtbot: QtBot) -> None:
    remembered.remember({"parking": PARKING})
    choose(fair, qtbot, FAIR)
    roster = fair.desk.roster
    assert roster is not None
    assert roster.columns[position(fair, "Parking")].topic == Title(PARKING)


def test_a_field_may_still_be_chosen_while_an_event_asks(fair: MainWindow, qtbot: QtBot) -> None:
    choose(fair, qtbot, FAIR)
    fair.desk.assign_field.emit(position(fair, TALKS), Field.COMMENTS)
    roster = fair.desk.roster
    assert roster is not None
    assert roster.columns[position(fair, TALKS)].topic is Field.COMMENTS


def add_person(window: MainWindow, **texts: str) -> int:
    """Add a row to the table, as somebody does who types; return its index."""
    model, index = window.page.table.model_, len(window.desk.roster or ())
    window.page.table.add_rows()
    cells = {(index, position(window, header)): text for header, text in texts.items()}
    window.desk.change_cells.emit(cells, "Typed")
    assert model.undo_stack.count() == 2
    return index


def test_a_row_that_is_undone_gets_no_tick_back(fair: MainWindow, qtbot: QtBot) -> None:
    roster = fair.desk.roster
    assert roster is not None
    index = add_person(fair, **{"Email": "dan@example.com", "First name": "Dan"})
    roster.tick([index], True)
    choose(fair, qtbot, FAIR)
    assert roster.ticked == {0, 2}, "it has no answers"
    fair.undo_stack.undo()
    fair.undo_stack.undo()
    choose(fair, qtbot, PLAIN)
    assert roster.ticked == {0, 1, 2}


def test_a_wrong_row_that_is_undone_is_forgotten(fair: MainWindow, qtbot: QtBot) -> None:
    index = add_person(fair, **{"Email": "dan@example", "First name": "Dan"})
    choose(fair, qtbot, PLAIN)
    roster, desk = fair.desk.roster, fair.desk
    assert roster is not None
    qtbot.waitUntil(lambda: any(index in group.indexes for group in desk.problems))
    fair.undo_stack.undo()
    fair.undo_stack.undo()
    assert len(roster) == index
    qtbot.waitUntil(lambda: not desk.problems)
    planned(fair, qtbot)
    assert roster.ticked == {0, 1, 2}
    assert fair.notices.notice("said") is None


# -- dates -----------------------------------------------------------------------------------------


def test_some_dates_of_a_series_are_registered_for(fair: MainWindow, qtbot: QtBot) -> None:
    choose(fair, qtbot, SERIES)
    card = fair.side.event_step._card
    assert "and 3 more dates" in card.when.text()
    boxes = list(card.dates._boxes.values())
    assert card.dates.every.isChecked()
    boxes[0].click()
    boxes[3].click()
    assert not card.dates.every.isChecked()
    assert fair.desk.plan.plan is None, "nobody knows yet who would go"
    planned(fair, qtbot)
    qtbot.waitUntil(fair.side.register.button.isEnabled, timeout=10_000)
    fair.side.register.button.click()
    qtbot.waitUntil(lambda: fair.asking.dialog is not None, timeout=10_000)
    dialog = fair.asking.dialog
    assert dialog is not None
    assert "2 of its 4 dates: " in dialog.spoken()
    assert "3 calls to Zoom, one for each person" in dialog.spoken()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: fair.desk.run.report is not None, timeout=10_000)
    simulator = fair.desk.services.simulator
    assert simulator is not None
    dates = [each.id for each in simulator.world.events[SERIES.id].occurrences]
    booked = {tuple(p.occurrences) for p in simulator.world.registrants(SERIES.id)}
    assert booked == {tuple(dates[1:3])}
    qtbot.waitUntil(lambda: fair.desk.document is not None and not fair.desk.document.dirty)


def test_the_last_date_cannot_be_unticked_and_all_come_back_at_once(
    fair: MainWindow, qtbot: QtBot
) -> None:
    choose(fair, qtbot, SERIES)
    chooser = fair.side.event_step._card.dates
    for box in chooser._boxes.values():
        box.click()
    assert len(chooser.ticked()) == 1
    chooser.every.click()
    assert chooser.every.isChecked()
    assert len(chooser.ticked()) == 4
    assert fair.desk.choice.dates == ()
    planned(fair, qtbot)


def test_dates_whose_lists_could_not_be_read_are_read_at_a_second_try(
    fair: MainWindow, qtbot: QtBot
) -> None:
    choose(fair, qtbot, SERIES)
    simulator = fair.desk.services.simulator
    assert simulator is not None
    simulator.faults.add(Fault(FaultKind.RATE_DAY, method="GET", times=None))
    next(iter(fair.side.event_step._card.dates._boxes.values())).click()
    qtbot.waitUntil(lambda: fair.notices.notice("event") is not None, timeout=10_000)
    simulator.faults.clear()
    press(fair, "event", "Try again")
    planned(fair, qtbot)
    assert fair.notices.notice("event") is None
    qtbot.waitUntil(fair.side.register.button.isEnabled)


# -- facts -----------------------------------------------------------------------------------------


def test_the_card_says_what_decides_who_may_register(fair: MainWindow, qtbot: QtBot) -> None:
    simulator = fair.desk.services.simulator
    assert simulator is not None
    event = simulator.world.events["81234567891"]
    event.restrict_number, event.confirmation_email = 2, False
    choose(fair, qtbot, EventRef(EventKind.WEBINAR, event.id))
    said = fair.side.event_step._card.facts.text()
    for words in (
        "0 people registered so far",
        "2 places left of 2",
        "The host approves registrations by hand.",
        "Zoom mails no confirmations for it.",
    ):
        assert words in said
    qtbot.waitUntil(fair.side.register.button.isEnabled)
    assert "approved at once, without the host" in fair.side.register._summary.text()
