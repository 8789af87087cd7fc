"""Sign in at Zoom: PKCE in the browser for people, account credentials for administrators.

Authlib builds and reads the requests; sentences for what may go wrong are in ``oauth_refusals``.
Source: zoom/README.md section 3, RFC 7636, RFC 8252. No secret ships with the program.
"""

from __future__ import annotations

import hmac
import logging
import random
import secrets
import time
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from zoomdesk.errors import (
    AnswerLost,
    SettingsError,
    SignInCancelled,
    SignInFailed,
    ZoomUnreachable,
)
from zoomdesk.zoom import limits, oauth_refusals
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.loopback import Listener
from zoomdesk.zoom.oauth_refusals import HandedIn
from zoomdesk.zoom.transport import (
    DEFAULT_TIMEOUT,
    NeverSent,
    Reply,
    ReplyLost,
    SystemTrustAdapter,
    attempt,
    checked_proxy,
    prepare_session,
    read_reply,
)

# Authlib has no types: mypy would refuse every call of these by their own names.
_new_session: Any = OAuth2Session
_s256: Any = create_s256_code_challenge

log = logging.getLogger("zoomdesk.zoom.calls")

_BACKOFF = (0.5, 2.0)
"""Seconds after the first and second try that brought nothing, give or take half."""

_LONGEST_WAIT = 15.0
"""Seconds that Zoom may ask for before another try; beyond, people are told instead."""

_HOUR = 3600
_Read = Callable[[requests.Response], requests.Response]


@dataclass(frozen=True, slots=True)
class TokenReply:
    """Hold what the token endpoint gave; the tokens are kept out of its repr.

    ``refresh_token`` is ``""`` for account credentials; ``api_url`` where none was named.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    scope: str
    api_url: str


class OAuth:
    """Ask Zoom's OAuth endpoints on behalf of the office's app.

    With a ``client_secret`` the app proves itself by Basic authorization; without, it is a public
    client and PKCE does. Every call may raise ZoomUnreachable, SignInFailed, and SettingsError
    where there is no client ID.
    """

    def __init__(
        self,
        endpoints: Endpoints,
        *,
        client_id: str,
        client_secret: str | None = None,
        proxy: str = "",
        timeout: tuple[float, float] = DEFAULT_TIMEOUT,
    ) -> None:
        self._url = endpoints.oauth_url
        self._client_id = client_id.strip()
        self._client_secret = client_secret
        self._proxy = checked_proxy(proxy)
        self._timeout = timeout

    def authorize_url(self, redirect_uri: str, state: str, challenge: str) -> str:
        """Return the address of the page on which a person allows the app."""
        with self._session() as session:
            url, _ = session.create_authorization_url(
                f"{self._url}/authorize",
                state=state,
                redirect_uri=redirect_uri,
                code_challenge=challenge,
                code_challenge_method="S256",
            )
        return str(url)

    def exchange(self, code: str, redirect_uri: str, verifier: str) -> TokenReply:
        """Trade the code that the browser brought for tokens."""
        return self._fetch(
            "code",
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect_uri,
            code_verifier=verifier,
        )

    def refresh(self, refresh_token: str) -> TokenReply:
        """Trade a refresh token for new tokens; the old one is spent by that.

        Raises SignInRequired where Zoom does not know the token any more, and AnswerLost where it
        may be spent and no answer came. Of an answer that is only Zoom's trouble of its own, it is
        asked again: if the token was spent by that, the session is lost with or without asking.
        """

        def ask(session: Any, **options: Any) -> Any:
            return session.refresh_token(
                f"{self._url}/token", refresh_token=refresh_token, **options
            )

        return self._ask(ask, "refresh")

    def account_credentials(self, account_id: str, client_secret: str | None = None) -> TokenReply:
        """Ask for an hour's access with a Server-to-Server app; asking again is its renewal."""
        return self._fetch(
            "account",
            client_secret,
            grant_type="account_credentials",
            account_id=account_id.strip(),
        )

    def revoke(self, token: str) -> None:
        """End a sign-in. A token that Zoom does not know any more is as good as ended."""

        def check(reply: Reply) -> None:
            # The client, not the token, may be what Zoom does not know.
            if not reply.ok and (reply.http in (401, 403) or reply.body is None):
                raise oauth_refusals.error_for(reply, "revoke")

        read = _reading(check)

        def ask(session: Any, **options: Any) -> Any:
            return read(session.revoke_token(f"{self._url}/revoke", token=token, **options))

        self._send(ask, repeatable=True)

    def _fetch(
        self, handing_in: HandedIn, client_secret: str | None = None, **values: str
    ) -> TokenReply:
        def ask(session: Any, **options: Any) -> Any:
            return session.fetch_token(f"{self._url}/token", **values, **options)

        return self._ask(ask, handing_in, client_secret)

    def _ask(
        self, ask: Callable[..., Any], handing_in: HandedIn, client_secret: str | None = None
    ) -> TokenReply:
        asked_at = datetime.now(UTC)

        def check(reply: Reply) -> None:
            if not (reply.ok and reply.body and "error" not in reply.body):
                raise oauth_refusals.error_for(reply, handing_in)

        # Only the app's own secret may be handed in twice whatever became of the first time.
        repeatable = handing_in == "account"
        token = self._send(ask, _reading(check), client_secret, repeatable=repeatable)
        return _token_reply(token, asked_at)

    def _send(
        self,
        ask: Callable[..., Any],
        read: _Read | None = None,
        client_secret: str | None = None,
        *,
        repeatable: bool = False,
    ) -> Any:
        """Ask up to three times: while nothing was sent, or Zoom has trouble of its own."""
        with self._session(client_secret) as session:
            for name in ("access_token_response", "refresh_token_response"):
                if read:
                    # Authlib knows neither Zoom's reasons nor its codes: read them first.
                    session.register_compliance_hook(name, read)
            for pause in (*_BACKOFF, None):
                # Spread, so that windows that failed together do not come back together.
                wait = (pause or 0.0) * random.uniform(0.5, 1.5)  # noqa: S311  no secret depends
                try:
                    return attempt(
                        lambda: ask(session, timeout=self._timeout, allow_redirects=False),
                        self._url,
                    )
                except NeverSent as never:
                    log.warning("sign-in: no answer (%s)", never)
                    if never.lasting or pause is None:
                        raise never.error from never
                except ReplyLost as lost:
                    log.warning("sign-in: no answer (%s)", lost)
                    if not repeatable or pause is None:
                        message = f"Zoom did not answer the sign-in: {lost}."
                        raise AnswerLost(message) from lost
                except _Trouble as trouble:
                    if pause is None or trouble.wait > _LONGEST_WAIT:
                        raise trouble.error from trouble
                    wait = max(trouble.wait, wait)
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _session(self, client_secret: str | None = None) -> Any:
        if not self._client_id:
            raise SettingsError(
                "The client ID of your office’s app is missing.",
                hint="Your Zoom administrator has it. Enter it in the settings, then sign in.",
            )
        session = _new_session(self._client_id, client_secret or self._client_secret)
        prepare_session(session, SystemTrustAdapter(), self._url, self._proxy)
        return session


class _Trouble(Exception):
    """Zoom answered that it cannot answer now; ``wait`` is for how many seconds it asks."""

    def __init__(self, error: ZoomUnreachable, wait: float) -> None:
        super().__init__(error.message)
        self.error = error
        self.wait = wait


def _reading(check: Callable[[Reply], None]) -> _Read:
    """Return what reads an answer before Authlib does, and raises what it means."""

    def read(response: requests.Response) -> requests.Response:
        reply = read_reply(response)
        level = logging.INFO if reply.ok else logging.WARNING
        ms = round(response.elapsed.total_seconds() * 1000)
        # No body and no query: they hold tokens.
        log.log(level, "POST %s %d %d ms", urlsplit(response.url).path, reply.http, ms)
        if reply.http == 429 or reply.http >= 500:
            limited = reply.http == 429
            wait = limits.read(reply.message, reply.headers).wait if limited else 0.0
            raise _Trouble(oauth_refusals.trouble(reply), wait)
        check(reply)
        return response

    return read


def sign_in_in_browser(
    oauth: OAuth,
    *,
    port: int = 0,
    open_browser: Callable[[str], bool] = webbrowser.open,
    timeout: float = 300,
    cancel: CancelToken | None = None,
) -> TokenReply:
    """Let the person sign in and allow the app in the browser; return the tokens.

    Blocks for up to ``timeout`` seconds: not for a window's own thread. Raises SignInCancelled
    where the person says no, stops or takes too long; SignInFailed for everything else.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    with Listener(port) as listener:
        uri = listener.redirect_uri
        if not open_browser(oauth.authorize_url(uri, state, _s256(verifier))):
            raise SignInFailed(
                "No web browser could be opened.",
                hint="Choose a standard browser on this computer and try again.",
            )
        query = listener.wait(timeout, cancel, state=state)
    return oauth.exchange(_code(query, state), uri, verifier)


def _code(query: Mapping[str, str], state: str) -> str:
    if "error" in query:
        if query["error"] == "access_denied":
            raise SignInCancelled("Access was declined in the browser.")
        raise oauth_refusals.from_redirect(query)
    if not hmac.compare_digest(query.get("state", "").encode(), state.encode()):
        raise SignInFailed(
            "The browser came back with an answer that was not meant for this sign-in.",
            hint="Close the browser’s page and start again.",
        )
    return query["code"]


def _token_reply(token: Mapping[str, Any], asked_at: datetime) -> TokenReply:
    def text(name: str) -> str:
        value = token.get(name)
        return value if isinstance(value, str) else ""

    if not text("access_token"):
        raise SignInFailed(
            "Zoom’s answer to the sign-in holds no access.", hint="Try again in a moment."
        )
    seconds = token.get("expires_in")
    # A sign-in server that speaks of no time, or of nonsense, means the documented hour.
    lasts = seconds if isinstance(seconds, int) and 0 < seconds < 100 * _HOUR else _HOUR
    return TokenReply(
        access_token=text("access_token"),
        refresh_token=text("refresh_token"),
        expires_at=asked_at + timedelta(seconds=lasts),
        scope=text("scope"),
        api_url=text("api_url"),
    )
