"""Listen on loopback: HTTP/1.1 with connections kept open, threads that end, cuts on demand.

Werkzeug's own handler closes every connection after one answer. Real Zoom does not, and a client
must bear the difference, so this handler reads the whole request before and keeps the line open.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import struct
import threading
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, cast

from werkzeug.serving import DechunkedInput, ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)


class Cut(Exception):
    """Cut the connection hard instead of answering."""


class Handler(WSGIRequestHandler):
    """Serve requests one after the other on one connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        """Read the request wholly, run the application, write its answer."""
        body = self._read_body()
        if body is None:
            self.close_connection = True
            return
        environ = self.make_environ()
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        try:
            chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        except Cut:
            self._cut()
            return
        payload = b"".join(chunks)
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        self.send_header("Server", self.version_string())
        if "Date" not in headers:
            self.send_header("Date", self.date_time_string())
        for name, value in headers:
            self.send_header(name, value)
        announced = headers.get("Content-Length")
        if announced is None and int(code) != 204:
            self.send_header("Content-Length", str(len(payload)))
        elif announced is not None and int(announced) != len(payload):
            self.close_connection = True
        self.end_headers()
        self.wfile.write(payload)
        self.wfile.flush()

    def _read_body(self) -> bytes | None:
        """Return the body, or None if the client went away before its end."""
        try:
            if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
                return DechunkedInput(cast("IO[bytes]", self.rfile)).readall()
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
        except (OSError, ValueError):
            return None
        return body if len(body) == length else None

    def _cut(self) -> None:
        """Close the socket so that the client sees a reset, not a proper end."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            socket.close(self.connection.detach())

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 — werkzeug's name
        """Log quietly: what a test or a person wants to know is in the ledger."""
        log.debug("%s: %s", type, message % args)


class Listener(ThreadedWSGIServer):
    """Run an application on 127.0.0.1 with a thread for each connection, all of which can end."""

    def __init__(self, port: int, app: WSGIApplication) -> None:
        """Bind the port, 0 for any.

        :raises OSError: when the port is taken. (Werkzeug's own binding would end the process.)
        """
        self._open: dict[threading.Thread, socket.socket] = {}
        self._open_lock = threading.Lock()
        self._main: threading.Thread | None = None
        with socket.create_server(("127.0.0.1", port), backlog=128) as bound:
            super().__init__("127.0.0.1", port, app, Handler, fd=bound.fileno())

    def start(self) -> None:
        """Serve in a thread."""
        self._main = threading.Thread(
            target=self.serve_forever, args=(0.05,), name="simulator", daemon=True
        )
        self._main.start()

    def stop(self) -> None:
        """Stop serving, hang up every connection and wait for their threads."""
        if self._main is None:
            self.server_close()
            return
        self.shutdown()
        self._main.join()
        with self._open_lock:
            waiting = list(self._open.items())
        for _, connection in waiting:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread, _ in waiting:
            thread.join(5)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread that is known here until it ends."""
        thread = threading.Thread(
            target=self._serve, args=(request, client_address), name="simulator-call", daemon=True
        )
        with self._open_lock:
            self._open[thread] = request
        thread.start()

    def _serve(self, request: Any, client_address: Any) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._open_lock:
                del self._open[threading.current_thread()]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log what broke a connection; a client that hangs up never comes here."""
        log.exception("connection %s from %s broke", request, client_address)
