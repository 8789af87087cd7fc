"""The consent page in a real browser: by mouse and by keyboard, light and dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from zoomdesk.simulator import PUBLIC_CLIENT_ID, Simulator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("needs chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    profile = tmp_path_factory.mktemp("profile")
    for switch in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{switch}")
    options.add_argument(f"--user-data-dir={profile}")
    options.add_argument("--window-size=800,640")
    running = webdriver.Chrome(options, webdriver.ChromeService(driver))
    yield running
    running.quit()


@pytest.fixture
def app() -> Iterator[str]:
    """Be the app that waits on loopback; answer with a page that says so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<title>app</title>")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/callback"
    server.shutdown()
    thread.join()
    server.server_close()


def open_page(browser: webdriver.Chrome, sim: Simulator, redirect: str) -> None:
    query = {
        "response_type": "code",
        "client_id": PUBLIC_CLIENT_ID,
        "redirect_uri": redirect,
        "state": "s1",
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
    }
    browser.get(f"{sim.oauth_url}/authorize?{urlencode(query)}")


def sent_back(browser: webdriver.Chrome) -> dict[str, list[str]]:
    WebDriverWait(browser, 20).until(lambda driver: driver.title == "app")
    return parse_qs(urlsplit(browser.current_url).query)


def test_allow_by_mouse(browser: webdriver.Chrome, sim: Simulator, app: str) -> None:
    open_page(browser, sim, app)
    assert browser.find_element(By.TAG_NAME, "h1").text == browser.title
    browser.find_element(By.ID, "allow").click()
    back = sent_back(browser)
    assert back["code"][0]
    assert back["state"] == ["s1"]


def test_decline_by_keyboard(browser: webdriver.Chrome, sim: Simulator, app: str) -> None:
    open_page(browser, sim, app)
    button = browser.find_element(By.ID, "deny")
    button.send_keys(Keys.ENTER)
    assert sent_back(browser)["error"] == ["access_denied"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_schemes(
    browser: webdriver.Chrome, sim: Simulator, app: str, scheme: str, tmp_path: Path
) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    open_page(browser, sim, app)
    for selector in ("h1", "main > p", ".note", "li", "#allow", "#deny"):
        colours = browser.execute_script(BACKGROUND_AND_TEXT, selector)
        assert contrast(*colours) >= 4.5, (selector, colours)
    assert browser.save_screenshot(str(tmp_path / f"{scheme}.png"))


def test_the_error_page(browser: webdriver.Chrome, sim: Simulator) -> None:
    browser.get(f"{sim.oauth_url}/authorize?client_id=stranger")
    alert = browser.find_element(By.CSS_SELECTOR, "[role=alert]").text
    assert alert == "Invalid client_id (4,702)"


BACKGROUND_AND_TEXT = """
const element = document.querySelector(arguments[0]);
const rgb = text => text.match(/[\\d.]+/g).map(Number);
let ground = element;
while (rgb(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
return [rgb(getComputedStyle(ground).backgroundColor), rgb(getComputedStyle(element).color)];
"""


def contrast(first: list[float], second: list[float]) -> float:
    """Return the contrast ratio of two sRGB colours, as WCAG 2 defines it."""

    def luminance(colour: list[float]) -> float:
        parts = [value / 255 for value in colour[:3]]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)
