"""A proxy that asks for a name and password: a real one on loopback, over a real tunnel."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.zoom.test_transport import bad_certificate, replying, send, server, tunnel
from zoomdesk.account import proxy_login
from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.zoom.transport import NeverSent, Transport

__all__ = ["bad_certificate"]

NAME, PASSWORD = "ann@office", "pa:ss/wörd%41 łan "
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@contextlib.contextmanager
def picky_proxy(port: int) -> Iterator[tuple[int, list[bytes]]]:
    """Let through to ``port`` whoever says the name and password; yield port and what was asked."""
    wanted = base64.b64encode(f"{NAME}:{PASSWORD}".encode())
    asked: list[bytes] = []
    lock = threading.Lock()

    def answer(connection: socket.socket) -> None:
        request = connection.recv(65536, socket.MSG_PEEK)
        with lock:
            asked.append(request)
        if b"Proxy-Authorization: Basic " + wanted not in request:
            connection.recv(65536)
            connection.sendall(
                b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                b'Proxy-Authenticate: Basic realm="office"\r\nContent-Length: 0\r\n\r\n'
            )
            return
        tunnel(port)(connection)

    with server(answer) as proxy:
        yield proxy, asked


@pytest.fixture
def trusted(
    bad_certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ssl.SSLContext:
    """Return a certificate that this computer's store trusts meanwhile."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    return bad_certificate


@pytest.mark.parametrize("login", ["", "ann:wrong@"])
def test_missing_or_wrong_login_is_told_plainly_and_at_once(login: str) -> None:
    with picky_proxy(9) as (proxy, asked):
        transport = Transport(f"http://{login}127.0.0.1:{proxy}", timeout=(2.0, 2.0))
        with pytest.raises(NeverSent, match="asks for a name and password") as caught:
            send(transport, "https://zoom.invalid/v2")
        transport.close()
    error = caught.value
    assert error.lasting  # three tries of a wrong password lock an account in many an office
    assert error.error.wants_proxy_login
    assert "wrong" not in str(error.error)
    assert len(asked) == 1
    assert b"secret" not in b"".join(asked)  # the token goes to Zoom alone


@pytest.mark.skipif("sys.platform != 'linux'", reason="only on Linux an environment names a store")
def test_login_that_is_kept_opens_the_way(trusted: ssl.SSLContext) -> None:
    with server(replying(OK), trusted) as zoom, picky_proxy(zoom) as (proxy, asked):
        vault, address = MemoryVault(), f"http://127.0.0.1:{proxy}"
        proxy_login.store(vault, address, NAME, PASSWORD)
        transport = Transport(proxy_login.with_login(vault, address), timeout=(2.0, 2.0))
        assert send(transport, "https://tunnelled.localhost/v2").ok
        transport.close()
    assert asked[0].startswith(b"CONNECT tunnelled.localhost:443 ")
    assert b"secret" not in asked[0]


def test_other_answer_of_a_proxy_is_named() -> None:
    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with server(answer) as proxy:
        transport = Transport(f"http://127.0.0.1:{proxy}", timeout=(2.0, 2.0))
        with pytest.raises(NeverSent, match=r"did not let it through\. It answered 403") as caught:
            send(transport, "https://zoom.invalid/v2")
        transport.close()
    assert not caught.value.error.wants_proxy_login
