"""Signing in: PKCE, rotation, Server-to-Server, revoking, scopes, expiry."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.simulator.api import Api, error
from zoomdesk.simulator import (
    ACCOUNT_ID,
    PUBLIC_CLIENT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    Behaviour,
    ManualClock,
    Simulator,
    sample_world,
)

REDIRECT = "http://127.0.0.1:53682/callback"
VERIFIER = secrets.token_urlsafe(48)
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 5, 4, 9, tzinfo=UTC))


@pytest.fixture
def sim(clock: ManualClock) -> Iterator[Simulator]:
    with Simulator(sample_world(clock.now()), Behaviour(rate_limits=False), clock=clock) as running:
        yield running


class Form(HTMLParser):
    """Read the consent page's form as a browser would."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.buttons: dict[str, tuple[str, str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = dict(attrs)
        if tag == "form":
            self.action = values["action"]
        elif tag == "input":
            self.fields[values["name"]] = values["value"]
        elif tag == "button":
            self.buttons[values["id"]] = (values["name"], values["value"])


def ask(sim: Simulator, **changes: str | None) -> requests.Response:
    query = {
        "response_type": "code",
        "client_id": PUBLIC_CLIENT_ID,
        "redirect_uri": REDIRECT,
        "state": 'a&"<b>',
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    } | changes
    return requests.get(f"{sim.oauth_url}/authorize", params=query, timeout=20)


def press(
    sim: Simulator, button: str, page: requests.Response, user: str = ""
) -> dict[str, list[str]]:
    form = Form(page.text)
    name, value = form.buttons[button]
    response = requests.post(
        sim.url + form.action,
        data=form.fields | {name: value} | ({"user": user} if user else {}),
        allow_redirects=False,
        timeout=20,
    )
    assert response.status_code == 302
    target = response.headers["Location"]
    assert target.startswith(f"{REDIRECT}?")
    return parse_qs(urlsplit(target).query)


def token(sim: Simulator, auth: Any = None, **values: str) -> requests.Response:
    return requests.post(f"{sim.oauth_url}/token", data=values, auth=auth, timeout=20)


def trade(sim: Simulator, code: str, **changes: str) -> requests.Response:
    values = {
        "grant_type": "authorization_code",
        "client_id": PUBLIC_CLIENT_ID,
        "code": code,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    return token(sim, **(values | changes))


def refresh(sim: Simulator, refresh_token: str) -> requests.Response:
    return token(
        sim, grant_type="refresh_token", client_id=PUBLIC_CLIENT_ID, refresh_token=refresh_token
    )


def new_code(sim: Simulator, user: str = "") -> str:
    return press(sim, "allow", ask(sim), user)["code"][0]


def sign_in(sim: Simulator, user: str = "") -> Any:
    response = trade(sim, new_code(sim, user))
    assert response.status_code == 200, response.text
    return response.json()


def me(sim: Simulator, access_token: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {access_token}"}
    return requests.get(f"{sim.api_url}/users/me", headers=headers, timeout=20)


def refusal(response: requests.Response) -> tuple[int, int, str]:
    body = response.json()
    assert isinstance(body["reason"], str)
    return response.status_code, body["errorCode"], body["error"]


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


def test_a_code_becomes_tokens(sim: Simulator) -> None:
    body = sign_in(sim)
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 3600
    assert body["api_url"] == sim.url
    assert "webinar:write:batch_registrants" in body["scope"].split()
    assert me(sim, body["access_token"]).status_code == 200


@pytest.mark.parametrize("length", [700, 4000])
def test_tokens_have_the_chosen_length(sim: Simulator, length: int) -> None:
    sim.behaviour = Behaviour(token_length=length)
    body = sign_in(sim)
    assert len(body["access_token"]) == len(body["refresh_token"]) == length
    assert me(sim, body["access_token"]).status_code == 200


def test_a_wrong_verifier_spends_the_code(sim: Simulator) -> None:
    code = new_code(sim)
    assert refusal(trade(sim, code, code_verifier="x" * 43)) == (400, 4734, "invalid_grant")
    assert refusal(trade(sim, code)) == (400, 4734, "invalid_grant")


def test_a_code_is_good_once(sim: Simulator) -> None:
    code = new_code(sim)
    assert trade(sim, code).status_code == 200
    assert refusal(trade(sim, code)) == (400, 4734, "invalid_grant")


def test_a_code_expires(sim: Simulator, clock: ManualClock) -> None:
    code = new_code(sim)
    clock.advance(minutes=5)
    assert refusal(trade(sim, code)) == (400, 4733, "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"redirect_uri": "http://127.0.0.1:9/other"}, (400, 4709, "invalid_request")),
        ({"client_id": "stranger"}, (401, 4702, "invalid_client")),
        ({"client_id": S2S_CLIENT_ID}, (401, 4704, "invalid_client")),
        ({"client_secret": "guess"}, (401, 4704, "invalid_client")),
        ({"code": "made-up"}, (400, 4734, "invalid_grant")),
    ],
)
def test_codes_are_not_given_away(sim: Simulator, changes: Any, expected: Any) -> None:
    assert refusal(trade(sim, **({"code": new_code(sim)} | changes))) == expected


@pytest.mark.parametrize("values", [{"grant_type": "password"}, {}])
def test_an_unknown_grant_type(sim: Simulator, values: dict[str, str]) -> None:
    response = token(sim, client_id=PUBLIC_CLIENT_ID, **values)
    assert response.status_code == 400
    assert response.json()["error"] == "unsupported_grant_type"


def test_refresh_tokens_rotate(sim: Simulator) -> None:
    first = sign_in(sim)
    second = refresh(sim, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert me(sim, second["access_token"]).status_code == 200
    assert refresh(sim, second["refresh_token"]).status_code == 200


@pytest.mark.parametrize("family", [True, False])
def test_a_refresh_token_used_twice(sim: Simulator, family: bool) -> None:
    sim.behaviour = Behaviour(reuse_revokes_family=family)
    first = sign_in(sim)
    second = refresh(sim, first["refresh_token"]).json()
    again = refresh(sim, first["refresh_token"])
    assert refusal(again) == (400, 4741 if family else 4711, "invalid_grant")
    assert me(sim, second["access_token"]).status_code == (401 if family else 200)
    assert refresh(sim, second["refresh_token"]).status_code == (400 if family else 200)


def test_refresh_tokens_live_90_days(sim: Simulator, clock: ManualClock) -> None:
    body = sign_in(sim)
    clock.advance(days=90)
    assert refusal(refresh(sim, body["refresh_token"])) == (400, 4711, "invalid_grant")


def test_an_access_token_is_no_refresh_token(sim: Simulator) -> None:
    body = sign_in(sim)
    assert refusal(refresh(sim, body["access_token"])) == (400, 4711, "invalid_grant")
    assert error(me(sim, body["refresh_token"])) == (401, 124, "Invalid access token.")


def test_access_tokens_expire_after_an_hour(sim: Simulator, clock: ManualClock) -> None:
    body = sign_in(sim)
    clock.advance(3599)
    assert me(sim, body["access_token"]).status_code == 200
    clock.advance(1)
    assert error(me(sim, body["access_token"])) == (401, 124, "Access token is expired.")


def test_tokens_expire_on_demand_but_can_be_refreshed(sim: Simulator) -> None:
    body = sign_in(sim)
    sim.expire_tokens()
    assert error(me(sim, body["access_token"])) == (401, 124, "Access token is expired.")
    renewed = refresh(sim, body["refresh_token"]).json()
    assert me(sim, renewed["access_token"]).status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}]
)
def test_no_token_of_ours(sim: Simulator, headers: dict[str, str]) -> None:
    response = requests.get(f"{sim.api_url}/users/me", headers=headers, timeout=20)
    assert error(response) == (401, 124, "Invalid access token.")


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_ends_the_sign_in(sim: Simulator, which: str) -> None:
    sim.behaviour = replace(sim.behaviour, revokes_access_only=False)
    body, other = sign_in(sim), sign_in(sim)
    response = requests.post(
        f"{sim.oauth_url}/revoke",
        data={"client_id": PUBLIC_CLIENT_ID, "token": body[which]},
        timeout=20,
    )
    assert response.json() == {"status": "success"}
    assert me(sim, body["access_token"]).status_code == 401
    assert refresh(sim, body["refresh_token"]).status_code == 400
    assert me(sim, other["access_token"]).status_code == 200


def test_only_a_living_access_token_is_revoked(sim: Simulator) -> None:
    body = sign_in(sim)

    def revoke(token: str) -> int:
        data = {"client_id": PUBLIC_CLIENT_ID, "token": token}
        return requests.post(f"{sim.oauth_url}/revoke", data=data, timeout=20).status_code

    assert revoke(body["refresh_token"]) == 400
    sim.expire_tokens()
    assert revoke(body["access_token"]) == 400
    assert refresh(sim, body["refresh_token"]).status_code == 200


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


def test_revoking_what_is_not_ones_own(sim: Simulator) -> None:
    body = sign_in(sim)
    url = f"{sim.oauth_url}/revoke"
    given = {"token": body["access_token"]}
    basic = (S2S_CLIENT_ID, S2S_CLIENT_SECRET)
    assert requests.post(url, data=given, auth=basic, timeout=20).status_code == 400
    assert requests.post(url, data=given, timeout=20).status_code == 401
    assert me(sim, body["access_token"]).status_code == 200


def test_server_to_server(sim: Simulator) -> None:
    basic = (S2S_CLIENT_ID, S2S_CLIENT_SECRET)
    response = token(sim, basic, grant_type="account_credentials", account_id=ACCOUNT_ID)
    body = response.json()
    assert "refresh_token" not in body
    assert me(sim, body["access_token"]).status_code == 200
    query = requests.post(
        f"{sim.oauth_url}/token",
        params={"grant_type": "account_credentials", "account_id": ACCOUNT_ID},
        auth=basic,
        timeout=20,
    )
    assert query.status_code == 200


@pytest.mark.parametrize(
    ("auth", "account", "expected"),
    [
        ((S2S_CLIENT_ID, "wrong"), ACCOUNT_ID, (401, 4704, "invalid_client")),
        (("stranger", S2S_CLIENT_SECRET), ACCOUNT_ID, (401, 4702, "invalid_client")),
        ((S2S_CLIENT_ID, S2S_CLIENT_SECRET), "other", (400, 4700, "invalid_request")),
        ((PUBLIC_CLIENT_ID, ""), ACCOUNT_ID, (401, 4704, "unauthorized_client")),
    ],
)
def test_server_to_server_refused(sim: Simulator, auth: Any, account: str, expected: Any) -> None:
    response = token(sim, auth, grant_type="account_credentials", account_id=account)
    assert refusal(response) == expected


@pytest.mark.parametrize(
    ("style", "named"),
    [
        ("granular", "[webinar:write:batch_registrants, webinar:write:batch_registrants:admin]"),
        ("classic", "[webinar:write, webinar:write:admin]"),
    ],
)
def test_a_missing_scope_is_a_400(sim: Simulator, style: Any, named: str) -> None:
    sim.behaviour = Behaviour(scope_names=style)
    api = Api(sim, sim.issue_token(scopes=("webinar:read", "meeting:write")))
    listed = api.get("/users/me/webinars")
    refused = api.batch([{"email": "a@example.com", "first_name": "A"}])
    api.close()
    assert listed.status_code == 200
    assert error(refused) == (400, 4711, f"Invalid access token, does not contain scopes:{named}.")


@pytest.mark.parametrize(
    "scope",
    [
        "webinar:read",
        "webinar:read:admin",
        "webinar:read:list_webinars",
        "webinar:read:list_webinars:admin",
    ],
)
def test_each_naming_of_a_scope_will_do(sim: Simulator, scope: str) -> None:
    api = Api(sim, sim.issue_token(scopes=(scope,)))
    statuses = [api.get(f"/users/me/{each}").status_code for each in ("webinars", "meetings")]
    api.close()
    assert statuses == [200, 400]


def test_no_token_is_kept(sim: Simulator) -> None:
    body = sign_in(sim)
    kept: Callable[[], str] = lambda: repr(sim.world.grants)  # noqa: E731
    assert body["access_token"] not in kept()
    assert body["refresh_token"] not in kept()
