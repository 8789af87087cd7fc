"""Prove without the network that certificates are checked: a part of the self-test."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zoomdesk.zoom.transport import NeverSent, ReplyLost, SystemTrustAdapter, Transport

HOST = "127.0.0.1"
PATIENCE = 10.0


class TrustFailed(Exception):
    """Certificates are not checked as they must be; the text says how."""


def refuse_self_signed(folder: Path) -> str:
    """Speak with a server that vouches for itself; return how that was refused.

    The certificate is right in everything but who signed it. Raises TrustFailed where it is taken,
    where something else goes wrong first, or where no authority is trusted at all: then Zoom could
    not be reached either.
    """
    with _server(_certificate(folder)) as port:
        transport = Transport(timeout=(PATIENCE, PATIENCE))
        try:
            transport.send("GET", f"https://{HOST}:{port}/", token="")
        except NeverSent as refusal:
            if not refusal.lasting:
                raise TrustFailed(f"no handshake at all: {refusal.error.message}") from refusal
            message = refusal.error.message
        except ReplyLost as spoken:
            # The server hangs up after the handshake: it came that far.
            raise TrustFailed("a certificate that nobody vouches for was accepted") from spoken
        else:
            raise TrustFailed("a server that answers nothing was understood")
        finally:
            transport.close()
        trusted = _authorities(port)
    return f"{message} ({trusted})"


def _authorities(port: int) -> str:
    """Say where the authorities are kept that the connections to Zoom are checked by."""
    if not sys.platform.startswith("linux"):
        return "authorities: those of the system"
    context = SystemTrustAdapter().poolmanager.connection_pool_kw["ssl_context"]
    # The system's authorities are loaded with the first handshake, never before.
    with contextlib.suppress(ssl.SSLError), socket.create_connection((HOST, port), PATIENCE) as s:
        context.wrap_socket(s, server_hostname=HOST).close()
    # truststore wraps OpenSSL's context and does not hand its count on.
    loaded = context._ctx.cert_store_stats()["x509_ca"]
    folder = ssl.get_default_verify_paths().capath  # looked into one by one, not loaded
    if not loaded and not (folder and any(Path(folder).glob("*.0"))):
        raise TrustFailed("the system trusts no authority: install its ca-certificates")
    return f"authorities: {loaded or folder}"


def _certificate(folder: Path) -> Path:
    """Write a certificate for loopback, signed by itself, with its key; return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Zoomdesk self-test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "self-signed.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    return path


@contextlib.contextmanager
def _server(certificate: Path) -> Iterator[int]:
    """Offer TLS handshakes on loopback; yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server((HOST, 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    plain, _ = listening.accept()
                except OSError:
                    return
                # A client that refuses is what is wanted here.
                with contextlib.suppress(OSError):
                    plain.settimeout(PATIENCE)
                    context.wrap_socket(plain, server_side=True).close()
                plain.close()

        thread = threading.Thread(target=serve, name="self-test TLS", daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join(PATIENCE)
