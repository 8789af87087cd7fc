"""A simulated Zoom, its OAuth, and somebody who has just signed in."""

from __future__ import annotations

import threading
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from tests.account.backends import WindowsLike
from tests.fixtures_simulator import simulator
from zoomdesk.account.keyring_vault import KeyringVault
from zoomdesk.account.profile import Profile
from zoomdesk.account.session import Session
from zoomdesk.simulator import ACCOUNT_ID, PUBLIC_CLIENT_ID, Simulator
from zoomdesk.zoom import oauth as oauth_module
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth, TokenReply, sign_in_in_browser

__all__ = ["simulator"]

HOST = Profile("host@practice.example", "Practice Host", ACCOUNT_ID, "browser", PUBLIC_CLIENT_ID)
COHOST = Profile(
    "cohost@practice.example", "Practice Cohost", ACCOUNT_ID, "browser", PUBLIC_CLIENT_ID
)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oauth_module, "_BACKOFF", (0.0, 0.0))


@pytest.fixture
def endpoints(simulator: Simulator) -> Endpoints:
    return Endpoints(simulator.api_url, simulator.oauth_url)


@pytest.fixture
def oauth(endpoints: Endpoints) -> OAuth:
    return OAuth(endpoints, client_id=PUBLIC_CLIENT_ID)


@pytest.fixture
def reply(oauth: OAuth) -> TokenReply:
    return sign_in_as(oauth, HOST.email)


def sign_in_as(oauth: OAuth, email: str) -> TokenReply:
    """Sign in with a browser that says yes to everything."""

    def click(url: str) -> None:
        form = {**dict(parse_qsl(urlsplit(url).query)), "decision": "allow", "user": email}
        requests.post(url.partition("?")[0], data=form, timeout=10)

    def open_browser(url: str) -> bool:
        threading.Thread(target=click, args=(url,), daemon=True).start()
        return True

    return sign_in_in_browser(oauth, open_browser=open_browser, timeout=20)


@pytest.fixture
def backend() -> WindowsLike:
    return WindowsLike()


@pytest.fixture
def vault(backend: WindowsLike) -> KeyringVault:
    return KeyringVault(backend)


@pytest.fixture
def session(oauth: OAuth, vault: KeyringVault, reply: TokenReply) -> Session:
    found = Session(oauth, vault)
    found.sign_in(reply, HOST)
    return found
