"""Sign people and apps in: authorize, token, revoke (zoom/README.md section 3).

Public clients need PKCE with S256; refresh tokens rotate and are good for one use; a
Server-to-Server app asks with its account ID and secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from werkzeug.wrappers import Request, Response

from . import tokens
from .behaviour import Behaviour
from .model import Client, Grant
from .page import consent_page, error_page
from .wire import reply
from .world import World

_KEPT = (
    "response_type",
    "client_id",
    "redirect_uri",
    "state",
    "scope",
    "code_challenge",
    "code_challenge_method",
)


class TokenError(Exception):
    """Answer at the token endpoint with ``reason`` and ``error``."""

    def __init__(self, code: int, error: str, reason: str, http: int = 400) -> None:
        super().__init__(reason)
        self.body = {"reason": reason, "error": error, "errorCode": code}
        self.http = http


class PageError(Exception):
    """Show the person an error page: the request cannot be trusted with a redirect."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Desk:
    """Carry one OAuth request; used with the world's lock held. ``now`` is a timestamp."""

    request: Request
    world: World
    behaviour: Behaviour
    now: float
    api_url: str


def authorize(desk: Desk) -> Response:
    """Show the consent page (GET), or send the person's answer back to the app (POST)."""
    posted = desk.request.method == "POST"
    values = desk.request.form if posted else desk.request.args
    try:
        client = _check_authorize(desk, values)
    except PageError as error:
        text = error_page(error.code, str(error))
        return Response(text, 400, content_type="text/html; charset=utf-8")
    if not posted:
        hidden = {name: values[name] for name in _KEPT if name in values}
        people = {user.id: f"{user.first_name} {user.last_name}" for user in desk.world.users}
        text = consent_page(client.name, people, desk.world.account.name, hidden)
        return Response(text, content_type="text/html; charset=utf-8")
    back = {"state": values["state"]} if "state" in values else {}
    if values.get("decision") == "allow":
        back = {"code": _issue_code(desk, client, values)} | back
    else:
        back = {"error": "access_denied", "error_description": "The user declined."} | back
    uri = values["redirect_uri"]
    joint = "&" if urlsplit(uri).query else "?"
    return Response(status=302, headers={"Location": f"{uri}{joint}{urlencode(back)}"})


def token(desk: Desk) -> Response:
    """Answer POST /oauth/token."""
    # Zoom takes the parameters in the body and, as its own examples do, in the query.
    values = desk.request.values
    headers = {"Cache-Control": "no-store"}
    try:
        client = _client(desk, values)
        body = _GRANTS[values.get("grant_type", "")](desk, client, values)
    except KeyError:
        body = {"reason": "unsupported grant type", "error": "unsupported_grant_type"}
        return reply(body, 400, headers)
    except TokenError as error:
        return reply(error.body, error.http, headers)
    return reply(body, headers=headers)


def revoke(desk: Desk) -> Response:
    """Answer POST /oauth/revoke: end every token of the sign-in."""
    given = desk.request.values.get("token", "")
    try:
        client = _client(desk, desk.request.values)
    except TokenError as error:
        return reply(error.body, error.http)
    grant = desk.world.grants.get(tokens.digest(given))
    known = grant is not None and grant.client == client.id and grant.expires > desk.now
    if grant is None or not known or (desk.behaviour.revokes_access_only and grant.use != "access"):
        return reply({"reason": "Invalid Token!", "error": "invalid_request"}, 400)
    desk.world.end_grants(family=grant.family)
    return reply({"status": "success"})


def _check_authorize(desk: Desk, values: Mapping[str, str]) -> Client:
    client = desk.world.clients.get(values.get("client_id", ""))
    if client is None:
        raise PageError(4702, "Invalid client_id")
    if not _is_redirect_allowed(client, values.get("redirect_uri", "")):
        raise PageError(4700, f"Invalid redirect: {values.get('redirect_uri', '')}")
    if values.get("response_type") != "code":
        raise PageError(4700, "Invalid response_type")
    challenge = values.get("code_challenge", "")
    s256 = values.get("code_challenge_method") == "S256"
    if client.secret is None and not (s256 and len(challenge) == 43):
        raise PageError(4700, "Invalid code_challenge: a public client needs S256")
    return client


def _is_redirect_allowed(client: Client, uri: str) -> bool:
    """Return whether the redirect stays on this computer; ``localhost`` is never allowed."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "http" or parts.hostname != "127.0.0.1" or parts.username or parts.fragment:
        return False
    return port is not None and client.redirect_port in (None, port)


def _issue_code(desk: Desk, client: Client, values: Mapping[str, str]) -> str:
    code = secrets.token_urlsafe(32)
    grant = Grant(
        "code",
        client.id,
        secrets.token_hex(8),
        client.scopes,
        desk.now + desk.behaviour.code_seconds,
        challenge=values.get("code_challenge", ""),
        redirect_uri=values["redirect_uri"],
        user=_who(desk, values.get("user", "")),
    )
    desk.world.put_grant(tokens.digest(code), grant)
    return code


def _who(desk: Desk, given: str) -> str:
    """Return the user whom the page named, by ID or address; ``""`` for the host."""
    users = desk.world.users
    return next((user.id for user in users if given in (user.id, user.email)), "")


def _client(desk: Desk, values: Mapping[str, str]) -> Client:
    """Return the app that asks: by Basic authorization, or a public one by its ID alone."""
    basic = desk.request.authorization
    if basic is not None and basic.type == "basic":
        name, secret = basic.username or "", basic.password or ""
    else:
        name, secret = values.get("client_id", ""), values.get("client_secret", "")
    client = desk.world.clients.get(name)
    if client is None:
        raise TokenError(4702, "invalid_client", "Invalid client_id or client_secret", 401)
    if not hmac.compare_digest((client.secret or "").encode(), secret.encode()):
        raise TokenError(4704, "invalid_client", "Invalid client_id or client_secret", 401)
    return client


def _by_code(desk: Desk, client: Client, values: Mapping[str, str]) -> dict[str, Any]:
    given = values.get("code", "")
    grant = tokens.find(desk.world, given, "code")
    if grant is None or grant.client != client.id or grant.spent:
        raise TokenError(4734, "invalid_grant", "Invalid authorization code")
    if grant.expires <= desk.now:
        raise TokenError(4733, "invalid_grant", "Authorization code is expired")
    if values.get("redirect_uri", "") != grant.redirect_uri:
        raise TokenError(4709, "invalid_request", "Redirect URI mismatch")
    # Spent even by a wrong verifier: whoever holds a stolen code gets one guess.
    desk.world.put_grant(tokens.digest(given), replace(grant, spent=True))
    if grant.challenge:
        hashed = hashlib.sha256(values.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if not hmac.compare_digest(challenge, grant.challenge):
            raise TokenError(4734, "invalid_grant", "Invalid code verifier")
    return _answer(desk, client, grant.family, refresh=True, user=grant.user)


def _by_refresh(desk: Desk, client: Client, values: Mapping[str, str]) -> dict[str, Any]:
    given = values.get("refresh_token", "")
    grant = tokens.find(desk.world, given, "refresh")
    if grant is None or grant.client != client.id or grant.expires <= desk.now:
        raise TokenError(4711, "invalid_grant", "Invalid Token!")
    if grant.spent:
        if desk.behaviour.reuse_revokes_family:
            desk.world.end_grants(family=grant.family)
            raise TokenError(4741, "invalid_grant", "Token has been revoked")
        raise TokenError(4711, "invalid_grant", "Invalid Token!")
    desk.world.put_grant(tokens.digest(given), replace(grant, spent=True))
    return _answer(desk, client, grant.family, refresh=True, user=grant.user)


def _by_account(desk: Desk, client: Client, values: Mapping[str, str]) -> dict[str, Any]:
    if client.secret is None:
        raise TokenError(4704, "unauthorized_client", "Invalid client_id or client_secret", 401)
    if values.get("account_id") != desk.world.account.id:
        raise TokenError(4700, "invalid_request", "Bad Request")
    return _answer(desk, client, secrets.token_hex(8), refresh=False)


def _answer(
    desk: Desk, client: Client, family: str, *, refresh: bool, user: str = ""
) -> dict[str, Any]:
    def new(use: Any) -> str:
        return tokens.issue(desk.world, desk.behaviour, use, client, family, desk.now, user=user)

    body: dict[str, Any] = {"access_token": new("access"), "token_type": "bearer"}
    if refresh:
        body["refresh_token"] = new("refresh")
    return body | {
        "expires_in": desk.behaviour.access_seconds,
        "scope": " ".join(client.scopes),
        "api_url": desk.api_url,
    }


_GRANTS = {
    "authorization_code": _by_code,
    "refresh_token": _by_refresh,
    "account_credentials": _by_account,
}
