"""Signing in: the page, who signs in, and what is never sent back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.signing_in import REDIRECT, Form, ask, me, press, refresh, sign_in
from zoomdesk.simulator import PUBLIC_CLIENT_ID, Simulator


def test_the_page_says_who_and_what(sim: Simulator) -> None:
    page = ask(sim)
    assert page.headers["Content-Type"].startswith("text/html")
    for text in ("Zoomdesk", "Practice Host", "Practice account", 'lang="en"', "<h1>"):
        assert text in page.text
    assert Form(page.text).buttons.keys() == {"allow", "deny"}
    assert "<b>" not in page.text


def test_allowing_returns_code_and_state(sim: Simulator) -> None:
    back = press(sim, "allow", ask(sim))
    assert back["state"] == ['a&"<b>']
    assert back["code"][0]


def test_declining_returns_no_code(sim: Simulator) -> None:
    back = press(sim, "deny", ask(sim))
    assert back["error"] == ["access_denied"]
    assert back["state"] == ['a&"<b>']
    assert "code" not in back


def test_a_redirect_with_a_query_keeps_it(sim: Simulator) -> None:
    uri = f"{REDIRECT}?from=zoom"
    assert press(sim, "allow", ask(sim, redirect_uri=uri))["from"] == ["zoom"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "stranger"}, "4,702"),
        ({"redirect_uri": "http://localhost:5000/callback"}, "4,700"),
        ({"redirect_uri": "https://127.0.0.1:5000/callback"}, "4,700"),
        ({"redirect_uri": "http://127.0.0.1.evil.example:5000/"}, "4,700"),
        ({"redirect_uri": "http://x@127.0.0.1:5000/"}, "4,700"),
        ({"redirect_uri": "http://127.0.0.1:many/"}, "4,700"),
        ({"redirect_uri": "http://127.0.0.1/callback"}, "4,700"),
        ({"redirect_uri": None}, "4,700"),
        ({"response_type": "token"}, "4,700"),
        ({"code_challenge": None}, "4,700"),
        ({"code_challenge_method": "plain"}, "4,700"),
        ({"code_challenge_method": None}, "4,700"),
        ({"code_challenge": "short"}, "4,700"),
    ],
)
def test_requests_that_are_not_sent_back(sim: Simulator, changes: Any, code: str) -> None:
    page = ask(sim, **changes)
    assert page.status_code == 400
    assert f'<span id="error-code">{code}</span>' in page.text
    assert "<form" not in page.text


def test_a_client_may_insist_on_its_port(sim: Simulator) -> None:
    sim.world.clients[PUBLIC_CLIENT_ID].redirect_port = 53682
    assert ask(sim).status_code == 200
    assert ask(sim, redirect_uri="http://127.0.0.1:53683/callback").status_code == 400


@pytest.mark.parametrize(
    ("user", "email"),
    [
        ("", "host@practice.example"),
        ("PracticeCohostUserId02", "cohost@practice.example"),
        ("cohost@practice.example", "cohost@practice.example"),
        ("stranger", "host@practice.example"),
    ],
)
def test_the_page_lets_one_choose_who_signs_in(sim: Simulator, user: str, email: str) -> None:
    body = sign_in(sim, user=user)
    assert me(sim, body["access_token"]).json()["email"] == email
    renewed = refresh(sim, body["refresh_token"]).json()
    assert me(sim, renewed["access_token"]).json()["email"] == email
