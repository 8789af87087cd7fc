"""Send one request and say exactly what is known about it afterwards.

The owner of requests' sessions. Certificates are checked by the system's own trust store, as in an
office whose network inspects TLS with a certificate of its own.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.utils import get_auth_from_url

from zoomdesk import __version__
from zoomdesk.errors import SettingsError, ZoomUnreachable
from zoomdesk.zoom.endpoints import is_loopback
from zoomdesk.zoom.failed_call import Sent
from zoomdesk.zoom.watch import Watch

USER_AGENT = f"Zoomdesk/{__version__}"
DEFAULT_TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and to wait for the next piece of an answer."""

_POOL = 64  # connections kept open: as many as a run has calls under way at most


class NeverSent(Exception):
    """Nothing of the request left this computer; ``error`` is what to tell if it stays so."""

    def __init__(self, error: ZoomUnreachable, *, lasting: bool = False) -> None:
        super().__init__(error.message)
        self.error = error
        self.lasting = lasting
        """Whether trying again is useless, as with a wrong certificate."""


class ReplyLost(Exception):
    """The request was sent, or may have been, and no whole answer came."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold an answer; ``body`` is None for anything but a JSON object, ``empty`` for no body."""

    http: int
    headers: Mapping[str, str]
    body: dict[str, Any] | None
    empty: bool

    @property
    def ok(self) -> bool:
        """Return whether the status is a 2xx."""
        return HTTPStatus.OK <= self.http < HTTPStatus.MULTIPLE_CHOICES

    @property
    def code(self) -> int:
        """Return the ``code`` of the body, 0 where it has none."""
        value = (self.body or {}).get("code", 0)
        if isinstance(value, str) and value.isdecimal():
            return int(value)
        return value if isinstance(value, int) else 0

    @property
    def message(self) -> str:
        """Return Zoom's own words about an error, ``""`` where it has none."""
        value = (self.body or {}).get("message", "")
        return value.strip() if isinstance(value, str) else ""


class Bearer(AuthBase):
    """Carry the access token; as an ``auth``, so that requests does not look into ~/.netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the token into the request's headers."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class SystemTrustAdapter(HTTPAdapter):
    """Check certificates as the operating system does, not by the list that requests brings."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Give the pools the system's context."""
        super().init_poolmanager(*args, ssl_context=_context(), **kwargs)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Give the pools behind a proxy the system's context, too."""
        return super().proxy_manager_for(*args, ssl_context=_context(), **kwargs)

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """Sign in at a proxy with UTF-8 (RFC 7617); the base fails on letters beyond Latin-1."""
        name, password = get_auth_from_url(proxy)
        if not name:
            return {}
        login = base64.b64encode(f"{name}:{password}".encode()).decode()
        return {"Proxy-Authorization": f"Basic {login}"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the context as it is; its base adds certifi's list, which a frozen app may lack."""
        del url, cert
        if verify is False:
            raise ValueError("certificates are always checked")
        conn.cert_reqs = "CERT_REQUIRED"


class Transport:
    """Send requests from any thread: each has its own session, all share one pool of connections.

    ``proxy`` is an address such as ``http://proxy.office:8080``; ``""`` asks the system. This
    computer itself is always reached directly. Raises SettingsError for an unusable proxy.
    """

    def __init__(self, proxy: str = "", timeout: tuple[float, float] = DEFAULT_TIMEOUT) -> None:
        self._proxy = checked_proxy(proxy)
        self._timeout = timeout
        self.watch = Watch()
        self._adapter = SystemTrustAdapter(pool_connections=4, pool_maxsize=_POOL)
        self._local = threading.local()

    def send(
        self,
        method: str,
        url: str,
        *,
        token: str,
        base: str = "",
        params: Mapping[str, str] | None = None,
        body: dict[str, Any] | None = None,
        form: list[tuple[str, tuple[None, str]]] | None = None,
    ) -> Reply:
        """Send one request; ``body`` goes as JSON, ``form`` as multipart.

        ``base`` is the part of the address that is the API's own, for whoever reads of the call.
        Raises NeverSent or ReplyLost. Redirects are not followed: the API has none.
        """

        def post(session: requests.Session) -> requests.Response:
            return session.request(
                method,
                url,
                params=params,
                json=body,
                files=form,
                auth=Bearer(token),
                timeout=self._timeout,
                allow_redirects=False,
            )

        sent = Sent(method, base, url.removeprefix(base), params or {}, body, form)
        started = time.monotonic()
        try:
            reply = read_reply(attempt(lambda: post(self._session(url)), url))
        except (NeverSent, ReplyLost) as error:
            self.watch.lost(sent, str(error), started)
            raise
        self.watch.answered(sent, reply, started)
        return reply

    def close(self) -> None:
        """Close all connections."""
        self._adapter.close()

    def _session(self, url: str) -> requests.Session:
        here = is_loopback(urlsplit(url).hostname or "")
        sessions = self._local.__dict__.setdefault("sessions", {})
        if here not in sessions:
            session = requests.Session()
            prepare_session(session, self._adapter, url, self._proxy)
            sessions[here] = session
        found: requests.Session = sessions[here]
        return found


def prepare_session(session: requests.Session, adapter: HTTPAdapter, url: str, proxy: str) -> None:
    """Give a session its adapter and proxy for calls to ``url``'s host."""
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.headers["User-Agent"] = USER_AGENT
    session.headers["Accept"] = "application/json"
    if is_loopback(urlsplit(url).hostname or ""):
        session.trust_env = False
    elif proxy:
        # The environment's proxies would win over the session's.
        session.trust_env = False
        session.proxies = {"http": proxy, "https": proxy}


def attempt(send: Callable[[], requests.Response], url: str) -> requests.Response:
    """Send, and sort what may go wrong. Raises NeverSent or ReplyLost."""
    host = urlsplit(url).hostname or url
    try:
        return send()
    except requests.exceptions.ConnectTimeout as error:
        message = f"No connection to {host}: it did not answer in time."
        raise NeverSent(ZoomUnreachable(message)) from error
    except requests.exceptions.InvalidProxyURL as error:
        message = "The address of the proxy cannot be used."
        raise NeverSent(ZoomUnreachable(message), lasting=True) from error
    except requests.exceptions.Timeout as error:
        raise ReplyLost(f"{host} did not answer in time") from error
    except requests.exceptions.RequestException as error:
        if _is_bad_certificate(error):
            raise NeverSent(_bad_certificate(host), lasting=True) from error
        if not _was_refused(error):
            what = f"the connection to {host} broke before its answer was complete"
            raise ReplyLost(what) from error
        if isinstance(error, requests.exceptions.ProxyError):
            unreachable = _no_way_through(host, str(_reason(error)))
            raise NeverSent(unreachable, lasting=unreachable.wants_proxy_login) from error
        raise NeverSent(ZoomUnreachable(f"There is no connection to {host}.")) from error


def read_reply(response: requests.Response) -> Reply:
    """Read the answer's status, headers and JSON object, if it has one."""
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    return Reply(
        http=response.status_code,
        headers=response.headers,
        body=body if isinstance(body, dict) else None,
        empty=not response.content.strip(),
    )


def _context() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def checked_proxy(proxy: str) -> str:
    """Return the proxy's address with its scheme, or ``""``. Raises SettingsError."""
    proxy = proxy.strip()
    if not proxy:
        return ""
    address = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"The proxy “{proxy.rpartition('@')[2]}” is not an address.",
            hint="It looks like http://proxy.office:8080. Leave it empty to ask the system.",
        )
    return address


def _was_refused(error: requests.exceptions.RequestException) -> bool:
    """Return whether the name did not resolve, nobody listened, or a proxy made no tunnel.

    These alone come before any sending for certain. A ProxyError as such proves nothing: urllib3
    calls an answer that was lost behind a proxy by that name, too.
    """
    reason = _reason(error)
    # http.client's words, for a proxy's refusal of CONNECT.
    no_tunnel = isinstance(reason, OSError) and str(reason).startswith("Tunnel connection failed")
    cause = reason.__cause__ if reason else None
    return no_tunnel or isinstance(cause, ConnectionRefusedError | socket.gaierror)


def _is_bad_certificate(error: requests.exceptions.RequestException) -> bool:
    reason = _reason(error)
    return any(
        isinstance(each, ssl.SSLCertVerificationError)
        for each in (reason, *(reason.args if reason else ()))
    )


def _reason(error: requests.exceptions.RequestException) -> BaseException | None:
    """Return what urllib3 met, below requests' wrapping and, behind a proxy, its own.

    Only what the libraries name is followed, never ``__context__``: whoever calls us from an except
    block would hand us its own, older error as ours.
    """
    wrapped = error.args[0] if error.args else None
    reason = getattr(wrapped, "reason", wrapped)
    reason = getattr(reason, "original_error", reason)
    return reason if isinstance(reason, BaseException) else None


def _no_way_through(host: str, said: str) -> ZoomUnreachable:
    """Return what to tell of a proxy that made no tunnel; ``said`` is http.client's sentence."""
    if re.search(r"\b407\b", said):
        error = ZoomUnreachable(
            f"No connection to {host}: the proxy asks for a name and password, or does not accept "
            "the ones that it was given.",
            hint="Enter them: in the window where this is said, or by zoomdesk proxy ADDRESS "
            "--user NAME. One that takes nothing but Windows’ own sign-in cannot be used.",
        )
        error.wants_proxy_login = True
        return error
    status = re.search(r"Tunnel connection failed: (\d{3})", said)
    answer = f" It answered {status[1]}." if status else ""
    return ZoomUnreachable(
        f"No connection to {host}: the proxy did not let it through.{answer}",
        hint="Ask your IT for the proxy’s address and check it in the settings.",
    )


def _bad_certificate(host: str) -> ZoomUnreachable:
    return ZoomUnreachable(
        f"The connection to {host} is not safe: its certificate is not one that this computer "
        "trusts.",
        hint="Something on the network may stand between you and Zoom. Ask your IT to install the "
        "network’s certificate on this computer, or try another network. Nothing was sent.",
    )
