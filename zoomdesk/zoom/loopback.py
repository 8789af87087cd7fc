"""Wait on this computer for the browser to come back from Zoom's sign-in page (RFC 8252)."""

from __future__ import annotations

import hmac
import os
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from zoomdesk.errors import SignInCancelled, SignInFailed
from zoomdesk.zoom import landing
from zoomdesk.zoom.cancel import CancelToken

PATH = "/callback"
"""The path of the redirect address that the office's admin allows in the app."""

_POLL = 0.1  # seconds until a wish to stop is noticed


class Listener:
    """Listen on 127.0.0.1 for one return from the browser; use it as a context manager.

    ``port`` 0 takes any free one. Raises SignInFailed where the port is taken.
    """

    def __init__(self, port: int = 0) -> None:
        self._arrived: queue.Queue[dict[str, str]] = queue.Queue()
        self._state: str | None = None
        try:
            self._server = _Server(("127.0.0.1", port), _handler(self))
        except OSError as error:
            raise SignInFailed(
                f"The port {port} on this computer is used by another program.",
                hint="Close that program, or choose another port for signing in (the app at Zoom "
                "must allow it).",
            ) from error
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="sign-in-listener", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def redirect_uri(self) -> str:
        """Return where the browser is to come back to."""
        return f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def wait(
        self, timeout: float, cancel: CancelToken | None = None, *, state: str | None = None
    ) -> dict[str, str]:
        """Return the query of the one request that counts.

        With ``state``, requests that carry another one are told that they are from an earlier try,
        and do not count. Raises SignInCancelled after ``timeout`` seconds, or when asked to stop.
        """
        self._state = state
        deadline = time.monotonic() + timeout
        while True:
            if cancel is not None and cancel.cancelled:
                raise SignInCancelled("Signing in was stopped.")
            left = deadline - time.monotonic()
            if left <= 0:
                raise SignInCancelled("Nobody answered in the browser in time.")
            try:
                return self._arrived.get(timeout=min(left, _POLL))
            except queue.Empty:
                continue

    def counts(self, query: dict[str, str]) -> bool:
        """Return whether a request is the answer that is waited for."""
        if "code" not in query and "error" not in query:
            return False
        if self._state is None:
            return True
        given = query.get("state", "")
        # Some servers leave the state out of an error; a code without it is nobody's.
        without = "error" in query and "code" not in query and not given
        return without or hmac.compare_digest(given.encode(), self._state.encode())

    def arrived(self, query: dict[str, str]) -> None:
        """Take the answer."""
        self._arrived.put(query)


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a browser keeps spare connections open: nobody waits for them
    # On Windows, reusing an address lets another program listen on the same port.
    allow_reuse_address = os.name == "posix"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that hangs up is no error, and its request holds a code."""


def _handler(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10
        server_version = "Zoomdesk"
        sys_version = ""

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            query = dict(parse_qsl(address.query))
            if address.path != PATH or not self._is_for_us():
                self._reply(404, landing.page("Nothing here", "You can close this page."))
            elif not listener.counts(query):
                self._reply(400, landing.page(*landing.STALE))
            else:
                denied = query.get("error") is not None
                self._reply(200, landing.page(*(landing.DENIED if denied else landing.DONE)))
                listener.arrived(query)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  named by its base
            """Write nothing: the requests hold codes."""

        def _is_for_us(self) -> bool:
            # A name that somebody made point to 127.0.0.1 is not us.
            return self.headers.get("Host", "") == urlsplit(listener.redirect_uri).netloc

        def _reply(self, status: int, page: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(page)
            self.wfile.flush()

    return Handler
