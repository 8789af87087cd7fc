"""Several accounts in the window: chosen in the top bar, shown before anything is sent."""

from __future__ import annotations

import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.account.conftest import COHOST, HOST, sign_in_as
from zoomdesk import settings as settings_module
from zoomdesk.desktop.dialogs.confirm import ConfirmDialog
from zoomdesk.desktop.dialogs.proxy_login import ProxyLoginDialog
from zoomdesk.desktop.window import MainWindow
from zoomdesk.errors import ZoomUnreachable
from zoomdesk.registration.journal import RunRecord
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Simulator
from zoomdesk.zoom.events import EventKind, EventRef

PATIENCE = 15_000


@pytest.fixture
def zoom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Simulator]:
    """Let the simulator be the Zoom of this program, with two people signed in, the cohost last."""
    with Simulator() as sim:
        monkeypatch.setenv("ZOOMDESK_API_URL", sim.api_url)
        monkeypatch.setenv("ZOOMDESK_OAUTH_URL", sim.oauth_url)
        monkeypatch.setenv("ZOOMDESK_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "keyring"))
        settings = Settings(client_id=HOST.client_id)
        settings_module.save(settings)
        with Services.open(settings) as services:
            for person in (HOST, COHOST):
                services.session.sign_in(sign_in_as(services.oauth(), person.email), person)
        yield sim


@pytest.fixture
def window(zoom: Simulator, make_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    made = make_window()
    made.start()
    qtbot.waitUntil(lambda: made.desk.account.profile == COHOST, timeout=PATIENCE)
    qtbot.waitUntil(lambda: account_button(made).text() == "Practice Cohost")
    return made


def account_button(window: MainWindow) -> QToolButton:
    buttons = window.bar.findChildren(QToolButton)
    return next(each for each in buttons if each.defaultAction() is window.actions_.account)


def offered(window: MainWindow) -> dict[str, QAction]:
    """Return what the account menu offers, as a person opens it."""
    menu = window.bar.account_menu
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def chosen(window: MainWindow) -> list[str]:
    return [text for text, action in offered(window).items() if action.isChecked()]


def asked_as(window: MainWindow) -> str:
    return window.desk.services.client().me().email


def test_menu_of_the_top_bar_chooses_the_account(
    window: MainWindow, zoom: Simulator, guests: Path, qtbot: QtBot
) -> None:
    button = account_button(window)
    assert button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup
    assert COHOST.label in button.toolTip()
    assert COHOST.label in button.accessibleName()
    assert chosen(window) == [COHOST.label]
    window.opening.open(guests)
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=PATIENCE)
    offered(window)[HOST.label].trigger()
    qtbot.waitUntil(lambda: window.desk.account.profile == HOST, timeout=PATIENCE)
    assert chosen(window) == [HOST.label]
    assert asked_as(window) == HOST.email
    qtbot.waitUntil(lambda: button.text() == "Practice Host")
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=PATIENCE)  # read anew


def test_account_page_offers_the_others(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.account.trigger()
    page = window.side.account
    qtbot.waitUntil(lambda: COHOST.label in page._state.text())
    assert not page._form.isVisible()
    use = next(
        b for b in page.findChildren(QAbstractButton) if b.accessibleName().endswith(HOST.label)
    )
    use.click()
    qtbot.waitUntil(lambda: window.desk.account.profile == HOST, timeout=PATIENCE)
    window.actions_.account.trigger()  # the steps have come back
    page._add.click()
    assert page._form.isVisible()


def test_signing_out_chooses_nobody_and_signing_in_again_adds(
    window: MainWindow, zoom: Simulator, qtbot: QtBot
) -> None:
    offered(window)["Sign out"].trigger()
    qtbot.waitUntil(lambda: window.desk.account.accounts == (HOST,), timeout=PATIENCE)
    assert window.desk.account.profile is None
    assert window.notices.titles == []
    qtbot.waitUntil(lambda: account_button(window).text() == "Choose an account")

    def allow(url: str) -> bool:
        def press() -> None:
            parts = urllib.parse.urlsplit(url)
            form = [*urllib.parse.parse_qsl(parts.query), ("decision", "allow")]
            body = urllib.parse.urlencode([*form, ("user", COHOST.email)]).encode()
            where = urllib.parse.urlunsplit((*parts[:3], "", ""))
            with urllib.request.urlopen(where, body) as page:  # noqa: S310  the simulator's own
                page.read()

        threading.Thread(target=press).start()
        return True

    window.signing.open_browser = allow
    offered(window)["Sign in with another account…"].trigger()
    page = window.side.account
    qtbot.waitUntil(page._form.isVisible)
    page._go.click()
    qtbot.waitUntil(lambda: window.desk.account.profile == COHOST, timeout=PATIENCE)
    assert window.desk.account.accounts == (HOST, COHOST)


def test_signing_out_says_that_zoom_could_not_be_told(
    window: MainWindow, zoom: Simulator, qtbot: QtBot
) -> None:
    zoom.stop()
    window.signing.sign_out()
    title = "Signed out here, but Zoom could not be told"
    qtbot.waitUntil(lambda: window.notices.titles == [title], timeout=PATIENCE)
    assert window.desk.account.accounts == (HOST,)


def test_cancelled_sign_in_leaves_who_was_signed_in(window: MainWindow, qtbot: QtBot) -> None:
    opened = threading.Event()

    def open_browser(_: str) -> bool:
        opened.set()
        return True

    window.signing.open_browser = open_browser
    window.signing.sign_in_with_browser(HOST.client_id)
    qtbot.waitUntil(opened.is_set, timeout=PATIENCE)
    qtbot.waitUntil(lambda: account_button(window).text() == "Waiting for the browser…")
    window.signing.cancel()
    qtbot.waitUntil(lambda: not window.desk.account.waiting_for_browser, timeout=PATIENCE)
    assert window.desk.account.profile == COHOST
    assert asked_as(window) == COHOST.email


def test_confirmation_says_who_registers_and_nobody_else_takes_over_meanwhile(
    window: MainWindow, guests: Path, qtbot: QtBot
) -> None:
    window.opening.open(guests)
    qtbot.waitUntil(lambda: len(window.desk.problems) > 1, timeout=PATIENCE)
    window.choosing.choose(EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID))
    qtbot.waitUntil(window.side.register.button.isEnabled, timeout=PATIENCE)
    window.side.register.button.click()
    qtbot.waitUntil(lambda: window.desk.run.preparing or window.asking.dialog is not None)
    if window.desk.run.preparing:
        assert not offered(window)[HOST.label].isEnabled()
    qtbot.waitUntil(lambda: window.asking.dialog is not None, timeout=PATIENCE)
    dialog = window.asking.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.facts[0] == f"Signed in to Zoom as {COHOST.label}."
    assert COHOST.label in dialog.spoken()
    dialog.reject()
    window.desk.run.running = True
    window.signing.use(HOST.key)
    assert window.notices.titles == ["The account stays as it is while a registration goes on"]
    assert window.desk.account.profile == COHOST
    assert not offered(window)[HOST.label].isEnabled()
    window.desk.run.running = False


def test_run_of_another_account_goes_on_as_who_is_said(
    window: MainWindow, zoom: Simulator, guests: Path, qtbot: QtBot
) -> None:
    """Practice Host began it; Practice Cohost is at work now."""
    window.opening.open(guests)
    qtbot.waitUntil(lambda: window.desk.document is not None, timeout=PATIENCE)
    document = window.desk.document
    assert document is not None
    ref = EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)
    record = RunRecord(
        ref=ref,
        account=HOST.key,
        book=str(document.path),
        sheet=document.current,
        header_row=document.roster.header_row,
        people=(document.roster.person(2),),
    )
    run = window.desk.services.journal.start_run(record)
    window.running.resume(run, document.current)
    qtbot.waitUntil(lambda: not window.desk.run.running, timeout=PATIENCE)
    notice = window.notices.notice("run")
    assert notice is not None
    assert notice.title == "Another account began this registration"
    offers = dict(notice.actions)
    assert list(offers)[:2] == ["Go on as Practice Host", "Go on as Practice Cohost"]
    assert zoom.world.registrants(ref.id) == []
    offers["Go on as Practice Host"]()
    qtbot.waitUntil(lambda: window.desk.run.report is not None, timeout=PATIENCE)
    assert window.desk.account.profile == HOST
    assert len(zoom.world.registrants(ref.id)) == 1
    qtbot.waitUntil(lambda: not window.saving.saving, timeout=PATIENCE)


def test_login_that_a_proxy_asks_for_is_entered_where_it_is_said(
    window: MainWindow, qtbot: QtBot
) -> None:
    error = ZoomUnreachable("The proxy asks for a name and password.")
    error.wants_proxy_login = True
    window.desk.fail("run", error)
    notice = window.notices.notice("run")
    assert notice is not None
    dict(notice.actions)["Enter the password…"]()
    dialog = window.findChild(ProxyLoginDialog)
    assert isinstance(dialog, ProxyLoginDialog)
    assert not dialog.ok_button.isEnabled()
    texts = ("http://proxy.office:8080", "ann", "p@ss")
    for field, text in zip((dialog.address, dialog.name, dialog.password), texts, strict=True):
        QTest.keyClicks(field, text)
    assert dialog.password.displayText() != dialog.password.text()
    before = window.desk.services
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: window.desk.services is not before, timeout=PATIENCE)
    assert window.desk.services.proxy == "http://ann:p%40ss@proxy.office:8080"
    assert "p@ss" not in settings_module.settings_file().read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: window.desk.account.profile == COHOST, timeout=PATIENCE)


def test_session_that_zoom_ended_leads_to_signing_in_again(
    window: MainWindow, zoom: Simulator, guests: Path, qtbot: QtBot
) -> None:
    window.opening.open(guests)
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=PATIENCE)
    zoom.world.end_grants()
    window.choosing.choose(EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID))
    qtbot.waitUntil(lambda: window.notices.notice("event") is not None, timeout=PATIENCE)
    notice = window.notices.notice("event")
    assert notice is not None
    assert "Zoom ended the session of Practice Cohost" in notice.message
    dict(notice.actions)["Sign in…"]()
    qtbot.waitUntil(window.side.account._form.isVisible)
