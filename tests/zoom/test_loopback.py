from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from zoomdesk.errors import SignInCancelled, SignInFailed
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.loopback import Listener


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as found:
        yield found


@pytest.fixture
def base(listener: Listener) -> str:
    return listener.redirect_uri.removesuffix("/callback")


def visit(url: str, **options: object) -> requests.Response:
    return requests.get(url, timeout=10, **options)  # type: ignore[arg-type]  # options of get


def test_address_is_on_this_computer_only(listener: Listener) -> None:
    parts = urlsplit(listener.redirect_uri)
    assert (parts.scheme, parts.hostname, parts.path) == ("http", "127.0.0.1", "/callback")
    # Whoever listens on every address would be reached by this one, too.
    with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
        socket.create_connection(("127.0.0.2", parts.port or 0), timeout=2)


def test_answer_is_handed_over_with_a_friendly_page(listener: Listener) -> None:
    page = visit(f"{listener.redirect_uri}?code=a%2Bb&state=s&empty=")
    assert listener.wait(5, state="s") == {"code": "a+b", "state": "s"}
    assert page.status_code == 200
    assert "You can close this page" in page.text
    assert "prefers-color-scheme: dark" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_no_is_handed_over_with_its_own_page(listener: Listener) -> None:
    page = visit(f"{listener.redirect_uri}?error=access_denied&state=s")
    assert listener.wait(5, state="s")["error"] == "access_denied"
    assert "Signing in was cancelled" in page.text


def test_other_requests_do_not_count(listener: Listener, base: str) -> None:
    assert visit(f"{base}/favicon.ico").status_code == 404
    assert visit(f"{base}/").status_code == 404
    assert visit(f"{base}/callback").status_code == 400
    assert visit(f"{base}/callback?state=s").status_code == 400
    assert requests.post(f"{base}/callback?code=x&state=s", timeout=10).status_code == 501
    with pytest.raises(SignInCancelled, match="in time"):
        listener.wait(0.2, state="s")


@pytest.mark.parametrize("query", ["code=x&state=other", "code=x", "error=access_denied&state=x"])
def test_answer_to_another_sign_in_does_not_count(listener: Listener, query: str) -> None:
    waiting = threading.Thread(target=lambda: answers.append(listener.wait(30, state="s")))
    answers: list[dict[str, str]] = []
    waiting.start()
    while listener.counts({"code": "", "state": "wrong"}):
        pass  # until the listener knows which state it waits for
    page = visit(f"{listener.redirect_uri}?{query}")
    assert page.status_code == 400
    assert "earlier try" in page.text
    visit(f"{listener.redirect_uri}?code=right&state=s")
    waiting.join(timeout=30)
    assert [answer["code"] for answer in answers] == ["right"]


def test_name_that_points_to_this_computer_is_not_served(listener: Listener) -> None:
    url = f"{listener.redirect_uri}?code=x&state=s"
    assert visit(url, headers={"Host": "evil.example"}).status_code == 404


def test_spare_connections_hold_up_nobody(listener: Listener) -> None:
    address = urlsplit(listener.redirect_uri)
    with socket.create_connection(("127.0.0.1", address.port or 0), timeout=5):
        visit(f"{listener.redirect_uri}?code=x")
        assert listener.wait(5)["code"] == "x"


def test_waiting_ends_when_the_person_stops(listener: Listener) -> None:
    cancel = CancelToken()
    threading.Timer(0.1, cancel.cancel).start()
    with pytest.raises(SignInCancelled, match="stopped"):
        listener.wait(30, cancel)


def test_fixed_port_that_is_taken_is_told_plainly() -> None:
    with (
        Listener() as first,
        pytest.raises(SignInFailed, match="used by another program") as caught,
    ):
        Listener(urlsplit(first.redirect_uri).port or 0)
    assert "another port" in caught.value.hint


def test_fixed_port_is_used_again_and_again() -> None:
    with Listener() as first:
        port = urlsplit(first.redirect_uri).port or 0
        visit(f"{first.redirect_uri}?code=x")
    with Listener(port) as second:
        assert urlsplit(second.redirect_uri).port == port
