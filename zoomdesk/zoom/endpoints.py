"""Know where Zoom is, and whom to trust with a token."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from zoomdesk.errors import SettingsError

API_URL = "https://api.zoom.us/v2"
OAUTH_URL = "https://zoom.us/oauth"
TRUSTED_DOMAINS = ("zoom.us", "zoom.com", "zoomgov.com")
"""Where a region's API may live (zoom/README.md section 3)."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Hold the two base addresses, without a slash at the end.

    Below ``oauth_url`` lie ``/authorize``, ``/token`` and ``/revoke``. Raises SettingsError for
    an address that is neither https nor http on this computer.
    """

    api_url: str = API_URL
    oauth_url: str = OAUTH_URL

    def __post_init__(self) -> None:
        object.__setattr__(self, "api_url", _checked(self.api_url, "ZOOMDESK_API_URL"))
        object.__setattr__(self, "oauth_url", _checked(self.oauth_url, "ZOOMDESK_OAUTH_URL"))

    def api_base(self, reported: str) -> str:
        """Return the base of the API's calls, given the ``api_url`` of a token reply.

        The reported address is used where it may be trusted with a token: https under Zoom's
        domains or on the configured host. Otherwise, for ``""``, and where the configured one is on
        this computer, the configured one is. Zoom reports the address without its version.
        """
        if not reported or not self._trusts(reported):
            return self.api_url
        base = reported.rstrip("/")
        return base if urlsplit(base).path else base + urlsplit(self.api_url).path

    def _trusts(self, reported: str) -> bool:
        try:
            parts, configured = urlsplit(reported), urlsplit(self.api_url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.query or parts.fragment:
            return False
        if is_loopback(configured.hostname or ""):
            # Whoever asks a Zoom on this computer means that one, at that port, and no other.
            return (parts.scheme, parts.netloc) == (configured.scheme, configured.netloc)
        if parts.scheme != "https":
            return False
        if host == configured.hostname:
            return port == configured.port
        under_zoom = any(host == name or host.endswith(f".{name}") for name in TRUSTED_DOMAINS)
        return under_zoom and port in (None, 443)


def from_environment(environ: Mapping[str, str] = os.environ) -> Endpoints:
    """Return the endpoints that ZOOMDESK_API_URL and ZOOMDESK_OAUTH_URL name, or Zoom's own.

    Raises SettingsError for an address that is neither https nor http on this computer.
    """
    return Endpoints(
        environ.get("ZOOMDESK_API_URL") or API_URL, environ.get("ZOOMDESK_OAUTH_URL") or OAUTH_URL
    )


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is this very computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(address: str, name: str) -> str:
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        parts.port  # noqa: B018  a port that is no number is only found by asking for it
    except ValueError:
        raise SettingsError(f"{name} is not an address: {address!r}.") from None
    if not host or parts.query or parts.fragment or parts.username is not None:
        raise SettingsError(f"{name} must be a plain address such as {API_URL}, not {address!r}.")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise SettingsError(
            f"{name} must begin with https://, not {address!r}.",
            hint="Plain http is for this computer only, such as http://127.0.0.1:8080.",
        )
    return address.strip().rstrip("/")
