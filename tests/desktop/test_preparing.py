"""What happens between Register and the question: a rehearsal, a pause, a fresh look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import column, edit, press
from tests.desktop.test_running import (
    PATIENCE,
    _dialog_is_open,
    choose,
    confirm,
    counts,
    finish,
    only_ticked,
    simulator,
)
from zoomdesk.desktop.dialogs.confirm import ConfirmDialog
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.journal import CallKind, RunRecord
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.fields import Field
from zoomdesk.simulator import Fault, FaultKind


def ask(window: MainWindow, qtbot: QtBot) -> ConfirmDialog:
    """Press Register and return the question."""
    window.side.register.button.click()
    qtbot.waitUntil(lambda: _dialog_is_open(window), timeout=PATIENCE)
    assert window.asking.dialog is not None
    return window.asking.dialog


def refused(window: MainWindow, qtbot: QtBot) -> str:
    """Press Register and return the bar that comes instead of the question."""
    window.side.register.button.click()
    qtbot.waitUntil(lambda: window.notices.notice("run") is not None, timeout=PATIENCE)
    notice = window.notices.notice("run")
    assert notice is not None
    assert window.asking.dialog is None
    assert not any(request.method == "POST" for request in simulator(window).requests)
    return f"{notice.title}. {notice.message}"


def read_only(**_: object) -> object:
    raise PermissionError(13, "Permission denied")


def leave_under_way(window: MainWindow) -> None:
    """Journal a call as a program does that dies before its answer."""
    roster, chosen = window.desk.roster, window.desk.choice.chosen
    assert roster is not None
    assert chosen is not None
    people, ref = [roster.person(0)], chosen.event.ref
    journal = window.desk.services.journal
    run = journal.start_run(RunRecord(ref=ref, topic="", people=tuple(people)))
    journal.begin_call(run, CallKind.BATCH, people)


def change(path: Path, act: Callable[[openpyxl.Workbook], object]) -> None:
    book = openpyxl.load_workbook(path)
    act(book)
    book.save(path)


def reopen(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    before = window.desk.document
    window.opening.open(path)
    qtbot.waitUntil(lambda: window.desk.document is not before, timeout=PATIENCE)


def test_a_formula_where_the_links_belong_is_said_before_anything_is_sent(
    window: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    def put_formulas(book: openpyxl.Workbook) -> None:
        sheet = book["Guests"]
        place = sheet.max_column + 1
        sheet.cell(3, place, "Join URL")
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, place, f'=HYPERLINK("https://example.com/{row}")')

    change(guests, put_formulas)
    reopen(window, guests, qtbot)
    choose(window, qtbot)
    assert "formula" in refused(window, qtbot)


def test_a_workbook_that_somebody_changed_is_said_before_anything_is_sent(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    change(guests, lambda book: book["Guests"].insert_rows(4))
    assert "changed by somebody else" in refused(opened, qtbot)
    assert opened.side.register.button.isEnabled()


def test_a_folder_that_cannot_be_written_offers_a_copy(
    opened: MainWindow, guests: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(opened, qtbot)
    # As root everything may be written: the system's answer is the one thing to be replaced.
    monkeypatch.setattr("tempfile.TemporaryFile", read_only)
    assert "You may not write into the folder" in refused(opened, qtbot)
    notice = opened.notices.notice("run")
    assert notice is not None
    assert [word for word, _ in notice.actions] == ["Try again", "Save a copy…"]
    monkeypatch.undo()
    press(opened, "run", "Try again")
    qtbot.waitUntil(lambda: _dialog_is_open(opened), timeout=PATIENCE)


def test_a_workbook_that_is_open_in_excel_is_a_line_of_the_question(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    guests.with_name("~$Guests.xlsx").write_bytes(b"\x04Anna" + b" " * 160)
    said = ask(opened, qtbot).spoken()
    assert "Guests.xlsx is open elsewhere by Anna." in said


def test_a_second_run_is_rehearsed_on_what_the_first_has_written(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    edit(opened, 0, Field.FIRST_NAME, "Amaara")  # not saved: the run saves it
    only_ticked(opened, [0, 1])
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 2 people")
    confirm(opened, qtbot)
    finish(opened, qtbot)
    only_ticked(opened, [2])
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 1 person")
    confirm(opened, qtbot)
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    finish(opened, qtbot)
    assert counts(opened) == {Status.REGISTERED: 1}
    qtbot.waitUntil(lambda: not opened.desk.document.dirty, timeout=PATIENCE)  # type: ignore[union-attr]  # one is open
    assert len([link for link in column(guests, "Guests", "Join URL") if link]) == 3
    assert column(guests, "Guests", "Given name")[0] == "Amaara"


def test_a_call_left_under_way_is_waited_for_and_the_wait_can_be_called_off(
    opened: MainWindow, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    leave_under_way(opened)
    step = opened.side.register
    step.button.click()
    qtbot.waitUntil(lambda: "may still be under way at Zoom" in step.summary, timeout=PATIENCE)
    assert not step.button.isEnabled()
    step.drop.click()
    qtbot.waitUntil(step.button.isEnabled, timeout=PATIENCE)
    assert opened.asking.dialog is None
    assert opened.notices.titles == []
    assert not any(request.method == "POST" for request in simulator(opened).requests)


def test_rows_that_change_while_zoom_is_asked_are_planned_once_more(
    opened: MainWindow, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    simulator(opened).faults.add(Fault(FaultKind.LATENCY, method="GET", seconds=0.5, times=1))
    opened.side.register.button.click()
    qtbot.waitUntil(lambda: opened.desk.run.preparing, timeout=PATIENCE)
    only_ticked(opened, [0])
    qtbot.waitUntil(lambda: _dialog_is_open(opened), timeout=PATIENCE)
    assert opened.asking.dialog is not None
    assert opened.asking.dialog.ok_button.text() == "Register 1 person"


def test_another_workbook_meanwhile_drops_the_question(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    simulator(opened).faults.add(Fault(FaultKind.LATENCY, method="GET", seconds=0.5, times=1))
    opened.side.register.button.click()
    reopen(opened, guests, qtbot)
    qtbot.waitUntil(lambda: not opened.desk.bridge.busy, timeout=PATIENCE)
    assert opened.asking.dialog is None
    assert not opened.desk.run.preparing


def test_hidden_rows_are_said_to_be_left_out(
    window: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        for row in (6, 7, 8):
            book["Guests"].row_dimensions[row].hidden = True

    change(guests, hide)
    reopen(window, guests, qtbot)
    choose(window, qtbot)
    assert window.side.register.summary.endswith("3 hidden rows are left out.")
    said = ask(window, qtbot).spoken()
    assert "7 are left out:" in said
    assert "3 in hidden rows" in said
    assert "not ticked" not in said
