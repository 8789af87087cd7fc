"""Signing in from the window: through the simulator's own page, and as a Server-to-Server app."""

from __future__ import annotations

import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.desktop.test_opening import press
from zoomdesk import settings as settings_module
from zoomdesk.desktop.dialogs.server_app import ServerAppDialog
from zoomdesk.desktop.window import MainWindow
from zoomdesk.simulator import (
    ACCOUNT_ID,
    PUBLIC_CLIENT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    Simulator,
)

PATIENCE = 15_000


@pytest.fixture
def zoom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Simulator]:
    """Let the simulator be the real Zoom of this program, with a keyring in a file."""
    with Simulator() as sim:
        monkeypatch.setenv("ZOOMDESK_API_URL", sim.api_url)
        monkeypatch.setenv("ZOOMDESK_OAUTH_URL", sim.oauth_url)
        monkeypatch.setenv("ZOOMDESK_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "keyring"))
        yield sim


@pytest.fixture
def window(zoom: Simulator, make_window: Callable[..., MainWindow]) -> MainWindow:
    made = make_window()
    made.start()
    return made


def browser(decision: str) -> Callable[[str], bool]:
    """Return a browser that presses one of the page's two buttons, on its own thread."""

    def open_browser(url: str) -> bool:
        def press_button() -> None:
            parts = urllib.parse.urlsplit(url)
            form = [*urllib.parse.parse_qsl(parts.query), ("decision", decision)]
            where = urllib.parse.urlunsplit((*parts[:3], "", ""))
            body = urllib.parse.urlencode(form).encode()
            with urllib.request.urlopen(where, body) as page:  # noqa: S310  the simulator's own
                page.read()

        threading.Thread(target=press_button).start()
        return True

    return open_browser


def sign_in(window: MainWindow, qtbot: QtBot, client_id: str = PUBLIC_CLIENT_ID) -> None:
    """Fill the form as a person does."""
    window.actions_.account.trigger()
    page = window.side.account
    page.client_id.clear()
    QTest.keyClicks(page.client_id, f" {client_id} ")
    qtbot.waitUntil(page._go.isEnabled, timeout=PATIENCE)  # once it is known who is signed in
    page._go.click()


def test_signing_in_through_the_browser(window: MainWindow, zoom: Simulator, qtbot: QtBot) -> None:
    window.signing.open_browser = browser("allow")
    sign_in(window, qtbot)
    qtbot.waitUntil(lambda: window.desk.account.signed_in, timeout=PATIENCE)
    assert window.desk.account.name
    assert window.notices.titles == []
    assert settings_module.load().client_id == PUBLIC_CLIENT_ID
    qtbot.waitUntil(lambda: not window.side.isVisible())  # back to the welcome
    window.actions_.account.trigger()
    assert window.desk.account.name in window.side.account._state.text()


def test_a_signed_in_person_sees_their_events_and_is_known_next_time(
    window: MainWindow, zoom: Simulator, guests: Path, qtbot: QtBot,
    make_window: Callable[..., MainWindow],
) -> None:  # fmt: skip
    window.signing.open_browser = browser("allow")
    sign_in(window, qtbot)
    qtbot.waitUntil(lambda: window.desk.account.signed_in, timeout=PATIENCE)
    name = window.desk.account.name
    window.opening.open(guests)
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=PATIENCE)
    window.shut_down()
    again = make_window()
    again.start()
    qtbot.waitUntil(lambda: again.desk.account.name == name, timeout=PATIENCE)
    again.opening.open(guests)
    qtbot.waitUntil(lambda: bool(again.desk.choice.events), timeout=PATIENCE)


def test_saying_no_in_the_browser_is_no_error(
    window: MainWindow, zoom: Simulator, qtbot: QtBot
) -> None:
    window.signing.open_browser = browser("deny")
    sign_in(window, qtbot)
    qtbot.waitUntil(lambda: not window.desk.account.waiting_for_browser, timeout=PATIENCE)
    assert not window.desk.account.signed_in
    assert window.notices.titles == []


def test_waiting_for_the_browser_can_be_cancelled(
    window: MainWindow, zoom: Simulator, qtbot: QtBot
) -> None:
    opened: list[str] = []
    window.signing.open_browser = lambda url: not opened.append(url)  # type: ignore[func-returns-value]  # None is meant
    sign_in(window, qtbot)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.side.account._cancel.isVisible())
    assert window.notices.titles == ["Signing in: go on in your browser"]
    press(window, "account", "Cancel")
    qtbot.waitUntil(lambda: not window.desk.account.waiting_for_browser, timeout=PATIENCE)
    assert window.notices.titles == []
    qtbot.waitUntil(window.side.account._go.isEnabled)


def test_closing_the_window_ends_the_waiting(
    window: MainWindow, zoom: Simulator, qtbot: QtBot
) -> None:
    opened: list[str] = []
    window.signing.open_browser = lambda url: not opened.append(url)  # type: ignore[func-returns-value]  # None is meant
    sign_in(window, qtbot)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    window.shut_down()  # returns only because the wait was cancelled


def test_a_browser_that_does_not_open_is_said(window: MainWindow, qtbot: QtBot) -> None:
    window.signing.open_browser = lambda _: False
    sign_in(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.notices.notice("account")), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.notices.titles == ["Signing in did not work"], timeout=PATIENCE)


def test_a_server_to_server_app(window: MainWindow, zoom: Simulator, qtbot: QtBot) -> None:
    window.asking.ask_server_app()
    dialog = window.findChild(ServerAppDialog)
    assert isinstance(dialog, ServerAppDialog)
    assert not dialog.ok_button.isEnabled()
    for field, text in (
        (dialog.account_id, ACCOUNT_ID),
        (dialog.client_id, S2S_CLIENT_ID),
        (dialog.secret, f"{S2S_CLIENT_SECRET} "),
    ):
        QTest.keyClicks(field, text)
    assert dialog.secret.displayText() != dialog.secret.text()
    dialog.ok_button.click()
    qtbot.waitUntil(lambda: window.desk.account.signed_in, timeout=PATIENCE)
    kept = settings_module.settings_file().read_text(encoding="utf-8")
    assert ACCOUNT_ID in kept
    assert S2S_CLIENT_SECRET not in kept


def test_a_wrong_secret_is_said(window: MainWindow, zoom: Simulator, qtbot: QtBot) -> None:
    window.signing.sign_in_as_server(ACCOUNT_ID, S2S_CLIENT_ID, "wrong")
    qtbot.waitUntil(lambda: bool(window.notices.titles), timeout=PATIENCE)
    assert not window.desk.account.signed_in


def test_signing_out_forgets_the_events(
    window: MainWindow, zoom: Simulator, guests: Path, qtbot: QtBot
) -> None:
    window.signing.sign_in_as_server(ACCOUNT_ID, S2S_CLIENT_ID, S2S_CLIENT_SECRET)
    qtbot.waitUntil(lambda: window.desk.account.signed_in, timeout=PATIENCE)
    window.opening.open(guests)
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=PATIENCE)
    window.side.account.sign_out.emit()
    qtbot.waitUntil(
        lambda: not window.desk.account.signed_in and not window.desk.account.busy,
        timeout=PATIENCE,
    )
    assert window.desk.choice.events is None
    qtbot.waitUntil(lambda: window.side.event_step._sign_in.isVisible(), timeout=PATIENCE)


def test_without_a_keyring_it_is_said_plainly(
    zoom: Simulator,
    make_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.delenv("ZOOMDESK_KEYRING_BACKEND")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    window = make_window()
    window.start()
    window.signing.sign_in_as_server(ACCOUNT_ID, S2S_CLIENT_ID, S2S_CLIENT_SECRET)
    qtbot.waitUntil(lambda: window.desk.account.signed_in, timeout=PATIENCE)
    assert window.notices.titles == ["You will have to sign in again next time"]
    window.signing.apply(window.desk.settings.with_changes(theme="dark"))
    qtbot.wait(100)
    assert window.desk.account.signed_in  # another look must not end a session in memory


def test_leaving_practice_goes_back_to_the_real_zoom(
    window: MainWindow, zoom: Simulator, guests: Path, qtbot: QtBot
) -> None:
    window.opening.practise()
    qtbot.waitUntil(lambda: window.desk.practice, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(window.desk.choice.events), timeout=PATIENCE)
    window.side.account.leave_practice.emit()
    qtbot.waitUntil(lambda: not window.desk.practice)
    qtbot.waitUntil(lambda: not window.desk.account.busy, timeout=PATIENCE)
    assert window.desk.choice.events is None
    assert not window.desk.account.signed_in
