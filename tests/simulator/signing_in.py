"""Sign in to the simulated Zoom as a browser and an app do it, step by step."""

from __future__ import annotations

import base64
import hashlib
import secrets
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from zoomdesk.simulator import PUBLIC_CLIENT_ID, Simulator

REDIRECT = "http://127.0.0.1:53682/callback"
VERIFIER = secrets.token_urlsafe(48)
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


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
