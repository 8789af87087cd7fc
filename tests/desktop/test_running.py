"""Choosing, registering, stopping, resuming: the real window, the simulator over real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import column, press
from zoomdesk.desktop.window import MainWindow
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.filters import Filter
from zoomdesk.services import Services
from zoomdesk.simulator import SAMPLE_MEETING_ID, SAMPLE_WEBINAR_ID, Fault, FaultKind, Simulator

PATIENCE = 20_000


def simulator(window: MainWindow) -> Simulator:
    found = window.desk.services.simulator
    assert found is not None
    return found


def choose(window: MainWindow, qtbot: QtBot, text: str = SAMPLE_WEBINAR_ID) -> None:
    window.choosing.choose_text(text)
    qtbot.waitUntil(lambda: window.desk.plan.plan is not None, timeout=PATIENCE)
    qtbot.waitUntil(window.side.register.button.isEnabled, timeout=PATIENCE)


def confirm(window: MainWindow, qtbot: QtBot) -> None:
    window.side.register.button.click()
    qtbot.waitUntil(lambda: _dialog_is_open(window), timeout=PATIENCE)
    assert window.asking.dialog is not None
    window.asking.dialog.ok_button.click()


def _dialog_is_open(window: MainWindow) -> bool:
    return window.asking.dialog is not None and window.asking.dialog.isVisible()


def finish(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.desk
    qtbot.waitUntil(lambda: desk.run.report is not None and not desk.run.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.saving.saving, timeout=PATIENCE)


def counts(window: MainWindow) -> dict[Status, int]:
    report = window.desk.run.report
    assert report is not None
    return dict(report.counts())


def only_ticked(window: MainWindow, indexes: list[int]) -> None:
    roster = window.desk.roster
    assert roster is not None
    window.afterwards.tick(sorted(roster.ticked), on=False)
    window.afterwards.tick(indexes, on=True)


def test_the_steps_lead_one_after_the_other(opened: MainWindow, qtbot: QtBot) -> None:
    side = opened.side
    qtbot.waitUntil(lambda: side.next_step is side.problems)
    assert side.register.summary == "Choose the event first."
    opened.desk.fix_rows.emit([i for g in opened.desk.problems for i in g.indexes if g.fix])
    qtbot.waitUntil(lambda: side.problems.summary == "2 duplicates.", timeout=PATIENCE)
    QTest.mouseClick(side.problems._leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: side.next_step is side.event_step)
    choose(opened, qtbot)
    qtbot.waitUntil(lambda: side.next_step is side.register)
    assert [step.state for step in side.steps].count("next") == 1


def test_mended_rows_are_ticked_by_themselves(opened: MainWindow, qtbot: QtBot) -> None:
    roster = opened.desk.roster
    assert roster is not None
    assert len(roster.ticked) == 44
    opened.desk.fix_rows.emit([i for g in opened.desk.problems for i in g.indexes if g.error])
    qtbot.waitUntil(lambda: len(roster.ticked) == 46, timeout=PATIENCE)
    opened.undo_stack.undo()
    qtbot.waitUntil(lambda: roster.counts().to_fix == 2, timeout=PATIENCE)


def test_checking_only_sends_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    choose(opened, qtbot)
    opened.actions_.check_only.trigger()
    qtbot.waitUntil(opened.side.register._checked.isVisible)
    assert "44 people would be registered." in opened.side.register._checked.text()
    assert "Nothing was sent." in opened.side.register._checked.text()
    assert not any(request.method == "POST" for request in simulator(opened).requests)


def test_saying_no_in_the_dialog_sends_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    choose(opened, qtbot)
    opened.side.register.button.click()
    qtbot.waitUntil(lambda: _dialog_is_open(opened), timeout=PATIENCE)
    dialog = opened.asking.dialog
    assert dialog is not None
    assert dialog.cancel_button.hasFocus() or not dialog.isActiveWindow()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.wait(100)
    assert not opened.desk.run.running
    assert not any(request.method == "POST" for request in simulator(opened).requests)


def test_people_who_are_registered_already_are_not_sent_again(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    confirm(opened, qtbot)
    finish(opened, qtbot)
    assert counts(opened) == {Status.REGISTERED: 44}
    links = column(guests, "Guests", "Join URL")
    only_ticked(opened, [0, 1])
    sent = len([r for r in simulator(opened).requests if r.method == "POST"])
    why = opened.side.register.button.toolTip
    qtbot.waitUntil(lambda: "registered already" in why(), timeout=PATIENCE)
    assert not opened.side.register.button.isEnabled()
    assert len([r for r in simulator(opened).requests if r.method == "POST"]) == sent
    assert column(guests, "Guests", "Join URL") == links


def test_counts_of_the_result_show_their_rows(opened: MainWindow, qtbot: QtBot) -> None:
    choose(opened, qtbot)
    only_ticked(opened, [3, 5])
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 2 people")
    confirm(opened, qtbot)
    finish(opened, qtbot)
    qtbot.waitUntil(opened.side.result.body.isVisible)
    button = next(
        b for b in opened.side.result.findChildren(QPushButton) if b.text() == "2 registered"
    )
    button.click()
    assert opened.page.table.shown == [3, 5]
    opened.page.show_kind(Filter.ALL)
    assert len(opened.page.table.shown) == 48
    opened.side.result.copy_links.emit()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert all("\thttp" in line for line in lines)


def test_people_who_await_approval_are_said_so(opened: MainWindow, qtbot: QtBot) -> None:
    opened.signing.apply(opened.desk.settings.with_changes(auto_approve=False))
    qtbot.waitUntil(lambda: opened.desk.choice.events is not None, timeout=PATIENCE)
    events = opened.desk.choice.events or ()
    ref = next(event.ref for event in events if "approval" in event.topic)
    opened.choosing.choose(ref)
    qtbot.waitUntil(opened.side.register.button.isEnabled, timeout=PATIENCE)
    only_ticked(opened, [0])
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 1 person")
    confirm(opened, qtbot)
    finish(opened, qtbot)
    assert counts(opened) == {Status.PENDING: 1}
    assert opened.desk.roster is not None
    assert opened.desk.roster.status(0) == "Pending approval"


def test_stopping_keeps_what_was_done_and_going_on_does_the_rest(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    sim = simulator(opened)
    sim.faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=1, times=None))
    confirm(opened, qtbot)
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    qtbot.wait(250)  # the first call is on its way, unless the machine is slow
    opened.actions_.stop.trigger()
    qtbot.waitUntil(lambda: opened.desk.run.report is not None, timeout=PATIENCE)
    finish(opened, qtbot)
    done = counts(opened).get(Status.REGISTERED, 0)
    assert done in (0, 30)
    assert counts(opened)[Status.NOT_SENT] == 44 - done
    assert len(sim.world.registrants(SAMPLE_WEBINAR_ID)) == done
    assert len([link for link in column(guests, "Guests", "Join URL") if link]) == done
    press(opened, "run", "Go on")
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not opened.desk.run.running, timeout=PATIENCE)
    finish(opened, qtbot)
    assert counts(opened) == {Status.REGISTERED: 44}
    assert len([link for link in column(guests, "Guests", "Join URL") if link]) == 44
    tallies = sim.world.tallies(SAMPLE_WEBINAR_ID).values()
    assert {tally.registered for tally in tallies} == {1}


def test_closing_during_a_run_asks_and_finishes_the_call(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    sim = simulator(opened)
    sim.faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=1, times=None))
    confirm(opened, qtbot)
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    qtbot.wait(250)  # the first call is on its way, unless the machine is slow
    assert not opened.close()
    press(opened, "leave", "Stay")
    assert opened.desk.run.running
    opened.close()
    press(opened, "leave", "Stop and close")
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=PATIENCE)
    registered = {r.join_url for r in sim.world.registrants(SAMPLE_WEBINAR_ID)}
    assert {link for link in column(guests, "Guests", "Join URL") if link} == registered
    assert len(registered) in (0, 30)


def test_nothing_else_is_opened_while_people_are_registered(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    simulator(opened).faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=0.5))
    document = opened.desk.document
    confirm(opened, qtbot)
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    opened.opening.open(guests)
    opened.page.tabs.setCurrentIndex(1)
    assert opened.notices.titles == ["People are being registered"]
    finish(opened, qtbot)
    assert opened.desk.document is document
    assert document is not None
    assert document.current == "Guests"


def test_zoom_being_away_is_said_and_the_run_can_go_on(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    sim = simulator(opened)
    sim.faults.add(Fault(FaultKind.RATE_DAY, method="POST", times=None))
    confirm(opened, qtbot)
    finish(opened, qtbot)
    assert opened.notices.titles == ["Zoom’s limit for today is used up"]
    qtbot.waitUntil(lambda: opened.side.next_step is opened.side.result)
    sim.faults.clear()
    press(opened, "tomorrow", "Try now")
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: not opened.desk.run.running, timeout=PATIENCE)
    assert counts(opened) == {Status.REGISTERED: 44}


def test_results_stay_safe_while_excel_holds_the_workbook(
    opened: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    choose(opened, qtbot)
    lock = guests.with_name("~$Guests.xlsx")
    lock.write_bytes(b"\x04Anna" + b" " * 160)
    confirm(opened, qtbot)
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: opened.notices.notice("save") is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "safe in the journal" in opened.side.result._saved.text())
    journal = opened.desk.services.journal
    assert [run.done for run in journal.unfinished()] == [44]
    lock.unlink()
    press(opened, "save", "Try again")
    qtbot.waitUntil(lambda: not opened.desk.document.dirty, timeout=PATIENCE)  # type: ignore[union-attr]  # one is open
    assert len([link for link in column(guests, "Guests", "Join URL") if link]) == 44
    qtbot.waitUntil(lambda: journal.unfinished() == (), timeout=PATIENCE)


def test_retry_sends_only_those_who_failed(opened: MainWindow, guests: Path, qtbot: QtBot) -> None:
    choose(opened, qtbot)
    sim = simulator(opened)
    # The first batch is refused, and so is each of its people alone.
    sim.faults.add(Fault(FaultKind.RATE_REGISTRANT, method="POST", times=2))
    only_ticked(opened, [0, 1, 2])
    qtbot.waitUntil(lambda: opened.side.register.button.text() == "Register 3 people")
    confirm(opened, qtbot)
    finish(opened, qtbot)
    failed = counts(opened).get(Status.FAILED, 0) + counts(opened).get(Status.NOT_SENT, 0)
    assert failed
    sim.faults.clear()
    rows = opened.running.failed_rows()
    opened.side.result.retry.emit()
    qtbot.waitUntil(lambda: _dialog_is_open(opened), timeout=PATIENCE)
    assert opened.asking.dialog is not None
    opened.asking.dialog.ok_button.click()
    qtbot.waitUntil(lambda: opened.desk.run.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not opened.desk.run.running, timeout=PATIENCE)
    finish(opened, qtbot)
    report = opened.desk.run.report
    assert report is not None
    assert opened.desk.roster is not None
    assert [opened.desk.roster.index_of_row(o.row) for o in report.outcomes] == rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "not the ID of a Zoom event"),
        ("123", "has 10 to 12 digits"),
        ("https://example.com/", "does not lead to a Zoom"),
    ],
)
def test_what_is_no_event_is_said_below_the_field(
    opened: MainWindow, qtbot: QtBot, text: str, words: str
) -> None:
    opened.choosing.choose_text(text)
    qtbot.waitUntil(lambda: words in opened.side.event_step._note.text())
    assert opened.notices.titles == []


def test_an_event_that_takes_no_registrations_is_said_in_a_bar(
    opened: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: opened.desk.choice.events is not None, timeout=PATIENCE)
    events = opened.desk.choice.events or ()
    opened.choosing.choose(next(e.ref for e in events if "without registration" in e.topic))
    qtbot.waitUntil(lambda: bool(opened.notices.titles), timeout=PATIENCE)
    assert opened.notices.titles == ["This event cannot take registrations"]
    assert opened.desk.choice.chosen is None


def test_a_meeting_by_its_link(opened: MainWindow, qtbot: QtBot) -> None:
    choose(opened, qtbot, f"https://us02web.zoom.us/j/{SAMPLE_MEETING_ID}?pwd=x")
    assert opened.desk.choice.chosen is not None
    assert opened.desk.choice.chosen.event.ref.id == SAMPLE_MEETING_ID


def test_a_run_that_was_cut_short_is_offered_at_the_next_start(
    make_window: Callable[..., MainWindow],
    guests: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The program dies in the middle; meanwhile somebody puts a row above the people."""
    with Simulator() as sim:
        monkeypatch.setenv("ZOOMDESK_API_URL", sim.api_url)
        monkeypatch.setenv("ZOOMDESK_OAUTH_URL", sim.oauth_url)
        monkeypatch.setenv("ZOOMDESK_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
        monkeypatch.setenv("XDG_DATA_HOME", str(guests.parent / "keyring"))
        first = _signed_in(make_window(), sim)
        first.opening.open(guests)
        qtbot.waitUntil(lambda: len(first.desk.problems) > 1, timeout=PATIENCE)
        choose(first, qtbot)
        sim.faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=0.4, times=None))
        confirm(first, qtbot)
        qtbot.waitUntil(lambda: first.desk.run.done >= 30, timeout=PATIENCE)
        first.shut_down()  # without any of the saving of an orderly end
        sim.faults.clear()
        _insert_row(guests)

        second = make_window()
        second.start()
        qtbot.waitUntil(lambda: second.notices.notice("resume") is not None, timeout=PATIENCE)
        press(second, "resume", "Go on")
        qtbot.waitUntil(lambda: second.desk.run.report is not None, timeout=PATIENCE)
        finish(second, qtbot)
        assert counts(second) == {Status.REGISTERED: 44}
        links = dict(
            zip(
                column(guests, "Guests", "Surname"),
                column(guests, "Guests", "Join URL"),
                strict=True,
            )
        )
        people = {p.last_name: p.join_url for p in sim.world.registrants(SAMPLE_WEBINAR_ID)}
        assert links["Dubois"] == people["Dubois"]
        assert {tally.registered for tally in sim.world.tallies(SAMPLE_WEBINAR_ID).values()} == {1}
        qtbot.waitUntil(lambda: second.desk.services.journal.unfinished() == (), timeout=PATIENCE)
        second.shut_down()


def _signed_in(window: MainWindow, sim: Simulator) -> MainWindow:
    """Sign in as the simulator's Server-to-Server app."""
    from zoomdesk import sign_in
    from zoomdesk.simulator import ACCOUNT_ID, S2S_CLIENT_ID, S2S_CLIENT_SECRET

    services: Services = window.desk.services
    services.settings = services.settings.with_changes(
        account_id=ACCOUNT_ID, client_id=S2S_CLIENT_ID, sign_in_mode="server"
    )
    sign_in.as_server(services, S2S_CLIENT_SECRET)
    window.signing.look()
    return window


def _insert_row(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Guests"].insert_rows(4)
    book["Guests"]["B4"], book["Guests"]["D4"] = "Newcomer", "newcomer@example.com"
    book.save(path)
