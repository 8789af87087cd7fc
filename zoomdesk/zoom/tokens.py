"""Say what the client needs of a sign-in; ``zoomdesk.account`` has the real one."""

from __future__ import annotations

from typing import Protocol

from zoomdesk.errors import SignInRequired


class TokenSource(Protocol):
    """Hand out access tokens. Every method may raise an AccountError."""

    def access_token(self) -> str:
        """Return a token that is good as far as is known."""

    def renew(self, stale: str) -> str:
        """Return another token than the one that Zoom has just refused."""

    def api_url(self) -> str:
        """Return the API's address as the token reply named it, ``""`` for the configured one."""


class FixedToken:
    """Use one token as it is: to ask who it belongs to, before anything of it is kept."""

    def __init__(self, token: str, api_url: str = "") -> None:
        self._token = token
        self._api_url = api_url

    def access_token(self) -> str:
        """Return the token."""
        return self._token

    def renew(self, stale: str) -> str:
        """Raise SignInRequired: there is no other."""
        del stale
        raise SignInRequired("Zoom does not accept the sign-in that it has just given.")

    def api_url(self) -> str:
        """Return the address that came with the token."""
        return self._api_url
