"""What a broken wire tells: sent, never sent, or nobody knows. All against real sockets."""

from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zoomdesk.errors import SettingsError
from zoomdesk.simulator import Simulator
from zoomdesk.zoom.transport import NeverSent, Reply, ReplyLost, Transport

Answer = Callable[[socket.socket], None]


@contextlib.contextmanager
def server(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve one connection after another on a thread; yield the port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                if context:
                    with context.wrap_socket(connection, server_side=True) as secure:
                        answer(secure)
                else:
                    answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=10)


@pytest.fixture
def transport() -> Iterator[Transport]:
    found = Transport(timeout=(2.0, 1.0))
    yield found
    found.close()


def send(transport: Transport, url: str) -> Reply:
    return transport.send("POST", url, token="secret", body={"email": "ann@x.example"})


def read_request(connection: socket.socket) -> bytes:
    seen = b""
    while b"\r\n\r\n" not in seen or b"@x.example" not in seen:
        more = connection.recv(65536)
        if not more:
            break
        seen += more
    return seen


def replying(text: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(text)

    return answer


@pytest.fixture
def bad_certificate(tmp_path: Path) -> ssl.SSLContext:
    """Make a certificate that signs itself, as a network that swaps certificates would show."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.DNSName("tunnelled.localhost")]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_answer_is_read(transport: Transport) -> None:
    text = b'HTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 20\r\n\r\n{"code":"7","a":"x"}'
    with server(replying(text)) as port:
        reply = send(transport, f"http://127.0.0.1:{port}/v2")
    assert (reply.http, reply.ok, reply.code, reply.empty) == (201, True, 7, False)
    assert reply.body == {"code": "7", "a": "x"}
    assert reply.headers["x-a"] == "b"


@pytest.mark.parametrize("body", [b"<html>", b"[1]", b"null", b"\xff\xfe", b'{"a":'])
def test_body_that_is_no_object_is_none(transport: Transport, body: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    with server(replying(head + body)) as port:
        reply = send(transport, f"http://127.0.0.1:{port}/v2")
    assert (reply.body, reply.code, reply.message) == (None, 0, "")


def test_redirect_is_not_followed(transport: Transport, simulator: Simulator) -> None:
    head = b"HTTP/1.1 307 Go\r\nLocation: %s/me\r\nContent-Length: 0\r\n\r\n"
    with server(replying(head % simulator.api_url.encode())) as port:
        reply = send(transport, f"http://127.0.0.1:{port}/v2")
    assert reply.http == 307
    assert simulator.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        lambda connection: connection.shutdown(socket.SHUT_RDWR),
        lambda connection: read_request(connection),
        replying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        replying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"),
        replying(b"not HTTP at all\r\n\r\n"),
    ],
    ids=["hangs up", "hangs up after reading", "half a body", "half a chunk", "no HTTP"],
)
def test_broken_answer_leaves_it_open(transport: Transport, answer: Answer) -> None:
    with server(answer) as port, pytest.raises(ReplyLost):
        send(transport, f"http://127.0.0.1:{port}/v2")


def test_silence_leaves_it_open(transport: Transport) -> None:
    done = threading.Event()

    def silent(connection: socket.socket) -> None:
        read_request(connection)
        done.wait(10)

    with server(silent) as port:
        with pytest.raises(ReplyLost, match="did not answer in time"):
            send(transport, f"http://127.0.0.1:{port}/v2")
        done.set()


@pytest.mark.parametrize("host", ["127.0.0.1:9", "zoom.invalid"])
def test_connection_that_was_never_made(transport: Transport, host: str) -> None:
    with pytest.raises(NeverSent) as caught:
        send(transport, f"http://{host}/v2")
    assert not caught.value.lasting


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems answer when their queue is full"
)
def test_connection_that_nobody_accepts(transport: Transport) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        with pytest.raises(NeverSent, match="did not answer in time"):
            send(transport, f"http://127.0.0.1:{address[1]}/v2")
        for each in waiting:
            each.close()


def test_older_refusal_of_the_caller_is_not_taken_for_this_one(transport: Transport) -> None:
    """Whoever asks again while handling a refusal must not have a lost answer called unsent."""
    with server(lambda connection: connection.shutdown(socket.SHUT_RDWR)) as port:
        try:
            send(transport, "http://127.0.0.1:9/v2")
        except NeverSent:
            with pytest.raises(ReplyLost):
                send(transport, f"http://127.0.0.1:{port}/v2")
        else:
            pytest.fail("somebody listens on port 9")


def test_swapped_certificate_is_told_plainly(
    transport: Transport, bad_certificate: ssl.SSLContext
) -> None:
    seen: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        seen.append(connection.recv(100))

    with (
        server(answer, bad_certificate) as port,
        pytest.raises(NeverSent, match="certificate") as caught,
    ):
        send(transport, f"https://localhost:{port}/v2")
    assert caught.value.lasting
    assert "Nothing was sent" in caught.value.error.hint
    assert seen == []


def test_certificate_of_the_systems_store_is_trusted(
    transport: Transport,
    bad_certificate: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What IT installs on the computer counts; here OpenSSL's variable stands for that."""
    text = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    with server(replying(text), bad_certificate) as port:
        assert send(transport, f"https://localhost:{port}/v2").ok


def test_proxy_of_the_settings_is_used_and_carries_the_token_only_on_our_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """requests would put ~/.netrc's password in the token's place."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password other\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    seen: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with server(answer) as port:
        transport = Transport(f"127.0.0.1:{port}", timeout=(2.0, 2.0))
        assert send(transport, "http://zoom.invalid/v2").ok
        transport.close()
    (request,) = seen
    assert request.startswith(b"POST http://zoom.invalid/v2 ")
    assert b"Authorization: Bearer secret\r\n" in request


def test_token_wins_over_netrc_without_a_proxy_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password other\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with server(answer) as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.delenv("no_proxy", raising=False)
        transport = Transport(timeout=(2.0, 2.0))
        assert send(transport, "http://zoom.invalid/v2").ok
        transport.close()
    assert b"Authorization: Bearer secret\r\n" in seen[0]


def test_proxy_that_is_away_is_told_plainly() -> None:
    transport = Transport("http://127.0.0.1:9", timeout=(2.0, 2.0))
    with pytest.raises(NeverSent, match="proxy did not let it through") as caught:
        send(transport, "https://zoom.invalid/v2")
    assert "IT" in caught.value.error.hint
    transport.close()


@pytest.mark.parametrize("reads", [True, False])
def test_answer_lost_behind_a_proxy_is_not_taken_for_unsent(reads: bool) -> None:
    """urllib3 calls this a ProxyError; sending it again could register somebody twice."""

    def answer(connection: socket.socket) -> None:
        if reads:
            read_request(connection)

    with server(answer) as port:
        transport = Transport(f"http://127.0.0.1:{port}", timeout=(2.0, 2.0))
        with pytest.raises(ReplyLost):
            send(transport, "http://zoom.invalid/v2")
        transport.close()


def tunnel(port: int) -> Answer:
    """Let CONNECT through to a port of this computer, as an office's proxy does."""

    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port), timeout=5) as onward:

            def pump(source: socket.socket, target: socket.socket) -> None:
                with contextlib.suppress(OSError):
                    while data := source.recv(65536):
                        target.sendall(data)
                    target.shutdown(socket.SHUT_WR)

            back = threading.Thread(target=pump, args=(onward, connection), daemon=True)
            back.start()
            pump(connection, onward)
            back.join(timeout=5)

    return answer


def test_swapped_certificate_behind_a_proxy_is_told_plainly(
    bad_certificate: ssl.SSLContext,
) -> None:
    with (
        server(lambda connection: None, bad_certificate) as port,  # noqa: ARG005  called by name
        server(tunnel(port)) as proxy,
    ):
        transport = Transport(f"http://127.0.0.1:{proxy}", timeout=(2.0, 2.0))
        with pytest.raises(NeverSent, match="certificate"):
            send(transport, "https://zoom.invalid/v2")
        transport.close()


def test_answer_lost_in_a_tunnel_leaves_it_open(
    bad_certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    seen: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        seen.append(read_request(connection))

    with server(answer, bad_certificate) as port, server(tunnel(port)) as proxy:
        transport = Transport(f"http://127.0.0.1:{proxy}", timeout=(2.0, 2.0))
        with pytest.raises(ReplyLost):
            send(transport, "https://tunnelled.localhost/v2")
        transport.close()
    assert b"@x.example" in seen[0]


def test_this_computer_is_reached_without_a_proxy(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    for transport in (Transport(), Transport("http://127.0.0.1:9")):
        token = simulator.issue_token()
        assert transport.send("GET", f"{simulator.api_url}/users/me", token=token).ok
        transport.close()


@pytest.mark.parametrize("proxy", ["socks5://proxy:1", "http://", "proxy:port", "http://[x"])
def test_unusable_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(SettingsError, match="is not an address"):
        Transport(proxy)


def test_threads_share_connections_but_not_sessions(simulator: Simulator) -> None:
    transport, token = Transport(), simulator.issue_token()
    replies: list[int] = []

    def ask() -> None:
        for _ in range(5):
            reply = transport.send("GET", f"{simulator.api_url}/users/me", token=token)
            replies.append(reply.http)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    transport.close()
    assert replies == [200] * 40
