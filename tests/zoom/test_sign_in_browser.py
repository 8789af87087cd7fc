"""Sign in with a real browser: the simulator's page, our page, the tokens in the vault."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.profile import Profile
from zoomdesk.account.session import Session
from zoomdesk.errors import SignInCancelled
from zoomdesk.simulator import PUBLIC_CLIENT_ID, Simulator
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth, sign_in_in_browser
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken

pytestmark = [pytest.mark.browser, pytest.mark.endtoend]

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser and driver):
        pytest.skip("needs chromium and chromedriver (Debian: chromium, chromium-driver)")
    options = Options()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    found = webdriver.Chrome(options=options, service=Service(driver))
    found.set_page_load_timeout(60)
    yield found
    found.quit()


class Person:
    """Sit in front of the browser: open the page, read it, click a button."""

    def __init__(self, chromium: webdriver.Chrome, button: str) -> None:
        self._chromium = chromium
        self._button = button
        self.read: list[str] = []
        self._clicking: threading.Thread | None = None

    def open_page(self, url: str) -> bool:
        self._clicking = threading.Thread(target=self._click, args=(url,), daemon=True)
        self._clicking.start()
        return True

    def finish(self) -> None:
        assert self._clicking is not None
        self._clicking.join(timeout=60)

    def _click(self, url: str) -> None:
        self._chromium.get(url)
        self.read.append(self._chromium.find_element(By.TAG_NAME, "h1").text)
        self._chromium.find_element(By.ID, self._button).click()
        wait = WebDriverWait(self._chromium, 30)
        wait.until(lambda browser: browser.current_url.startswith("http://127.0.0.1:"))
        wait.until(lambda browser: "/callback" in browser.current_url)
        self.read.append(self._chromium.find_element(By.TAG_NAME, "main").text)


@pytest.fixture
def oauth(endpoints: Endpoints) -> OAuth:
    return OAuth(endpoints, client_id=PUBLIC_CLIENT_ID)


def test_allow(
    chromium: webdriver.Chrome, oauth: OAuth, endpoints: Endpoints, simulator: Simulator
) -> None:
    person = Person(chromium, "allow")
    reply = sign_in_in_browser(oauth, open_browser=person.open_page, timeout=90)
    person.finish()
    asked, ours = person.read
    assert asked == "Allow Zoomdesk to use your practice account?"
    assert "You can close this page" in ours

    with ZoomClient(FixedToken(reply.access_token), endpoints, pacer=Pacer("pro")) as client:
        user = client.me()
    vault = MemoryVault()
    session = Session(oauth, vault)
    session.sign_in(reply, Profile(user.email, user.display_name, user.account_id))
    assert vault.load("host@practice.example") == reply.refresh_token

    simulator.expire_tokens()
    with ZoomClient(session, endpoints, pacer=Pacer("pro")) as client:
        assert client.me() == user
    assert vault.load("host@practice.example") not in (None, reply.refresh_token)


def test_deny(chromium: webdriver.Chrome, oauth: OAuth) -> None:
    person = Person(chromium, "deny")
    with pytest.raises(SignInCancelled, match="declined"):
        sign_in_in_browser(oauth, open_browser=person.open_page, timeout=90)
    person.finish()
    assert "Signing in was cancelled" in person.read[-1]
