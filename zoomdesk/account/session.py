"""Hold one sign-in: hand out access tokens, renew them, keep the secret safe.

The access token stays in memory. A refresh token is good for one use (zoom/README.md section 3):
one refresher at a time, across threads by a lock and across processes by a file; each reads the
vault again once it is its turn, and stores the new token before anything uses it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Protocol

from zoomdesk import paths
from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.profile import AccountStore, Profile
from zoomdesk.account.vault import TokenVault
from zoomdesk.errors import AccountError, KeyringError, SignInRequired, ZoomdeskError

_LEEWAY = timedelta(minutes=2)
"""A token that ends so soon is renewed before it is used."""

_LOCK_PATIENCE = 90.0
"""Seconds to wait for another window's refresh: longer than a call to Zoom may take."""


class TokenReply(Protocol):
    """Say what is read of a token endpoint's answer."""

    @property
    def access_token(self) -> str:
        """Return the token for calls."""

    @property
    def refresh_token(self) -> str:
        """Return the token for the next renewal, ``""`` for a Server-to-Server app."""

    @property
    def expires_at(self) -> datetime:
        """Return when the access token ends, in UTC."""

    @property
    def api_url(self) -> str:
        """Return the API's address that came with it, or ``""``."""


class OAuthProtocol(Protocol):
    """Say what is asked of Zoom's OAuth. Every method may raise a ZoomdeskError."""

    def refresh(self, refresh_token: str) -> TokenReply:
        """Trade a refresh token for new tokens. Raises SignInRequired where it has ended."""

    def account_credentials(self, account_id: str, client_secret: str) -> TokenReply:
        """Ask for access with a Server-to-Server app's secret."""

    def revoke(self, token: str) -> None:
        """End a sign-in."""


class Session:
    """Be the source of tokens for whoever is signed in on this computer. Safe for many threads.

    ``oauth`` must be that of the app in ``Profile.client_id``: tokens are good for no other.
    """

    def __init__(
        self,
        oauth: OAuthProtocol,
        vault: TokenVault,
        store: AccountStore | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._oauth = oauth
        self._vault = vault
        self._store = store or AccountStore()
        self._now = now
        self._lock = threading.RLock()
        self._reply: TokenReply | None = None

    @property
    def safe(self) -> bool:
        """Return whether the sign-in outlives the program."""
        return self._vault.safe

    def describe(self) -> str:
        """Return where the sign-in is kept, in plain words."""
        return self._vault.describe()

    def profile(self) -> Profile | None:
        """Return who is signed in, or None."""
        return self._store.load()

    def access_token(self) -> str:
        """Return a token that is good as far as is known, renewed if it ends soon.

        Raises SignInRequired, KeyringError, or what the call to Zoom raises.
        """
        with self._lock:
            if self._reply is None or self._reply.expires_at - self._now() < _LEEWAY:
                self._renew()
            return self._current().access_token

    def renew(self, stale: str) -> str:
        """Return another token than ``stale``, which Zoom has just refused.

        Where another thread has renewed it meanwhile, that one is returned. Raises as above.
        """
        with self._lock:
            if self._reply is None or self._reply.access_token == stale:
                self._renew()
            return self._current().access_token

    def api_url(self) -> str:
        """Return the API's address as Zoom named it, ``""`` before the first token."""
        reply = self._reply
        return reply.api_url if reply else ""

    def sign_in(self, reply: TokenReply, profile: Profile, *, client_secret: str = "") -> None:
        """Keep a fresh sign-in: its refresh token, or a Server-to-Server app's ``client_secret``.

        Where the vault cannot keep it, it is kept in memory, and ``safe`` and ``describe`` say so.
        Raises AccountError where the profile cannot be saved; nobody is signed in then.
        """
        secret = client_secret if profile.mode == "server" else reply.refresh_token
        if not secret:
            raise AccountError("The sign-in holds nothing that could be kept.")
        with self._lock, _one_at_a_time():
            former = self._store.load()
            self._keep(profile.key, secret)
            self._store.save(profile)
            self._reply = reply
            if former and former.key != profile.key:
                # Left behind, it would be unused but safe: no reason to call the sign-in failed.
                with contextlib.suppress(KeyringError):
                    self._vault.delete(former.key)

    def sign_out(self) -> None:
        """Forget the sign-in here, and end it at Zoom if Zoom can be reached.

        Raises KeyringError where the secret could not be deleted; the profile is gone even so.
        """
        with self._lock, _one_at_a_time():
            profile, reply = self._store.load(), self._reply
            self._reply = None
            if profile is None:
                return
            try:
                secret = self._vault.load(profile.key)
                self._vault.delete(profile.key)
                # A Server-to-Server app's secret is no token; its tokens end within the hour.
                token = reply.access_token if reply else secret
                if token and profile.mode == "browser":
                    # Without a network people must be able to leave, too: here it is forgotten.
                    with contextlib.suppress(ZoomdeskError):
                        self._oauth.revoke(token)
            finally:
                # Last: until then it says which app the token belongs to.
                self._store.clear()

    def _renew(self) -> None:
        with _one_at_a_time():
            profile = self._store.load()
            if profile is None:
                raise SignInRequired("Nobody is signed in to Zoom on this computer.")
            # Another process may have traded the token that this one stored last.
            secret = self._vault.load(profile.key)
            if secret is None:
                self._reply = None
                raise SignInRequired("The sign-in of this computer is not complete any more.")
            if profile.mode == "server":
                self._reply = self._oauth.account_credentials(profile.account_id, secret)
            else:
                self._trade(profile.key, secret)

    def _trade(self, key: str, refresh_token: str) -> None:
        try:
            reply = self._oauth.refresh(refresh_token)
        except SignInRequired:
            self._reply = None
            self._vault.delete(key)
            raise
        self._keep(key, reply.refresh_token or refresh_token)
        self._reply = reply

    def _keep(self, key: str, secret: str) -> None:
        try:
            self._vault.store(key, secret)
        except KeyringError as error:
            # The former secret is spent: losing this one would end the sign-in.
            self._vault = MemoryVault(error.message)
            self._vault.store(key, secret)

    def _current(self) -> TokenReply:
        if self._reply is None:
            raise SignInRequired("Nobody is signed in to Zoom on this computer.")
        return self._reply


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep other processes of this person from refreshing meanwhile. Raises AccountError."""
    # Late: signing in is not what the program starts with.
    from filelock import FileLock, Timeout

    try:
        turn = FileLock(paths.data_dir() / "session.lock")
        turn.acquire(timeout=_LOCK_PATIENCE)
    except Timeout as error:
        raise AccountError(
            "Another window of Zoomdesk is busy with the sign-in.",
            hint="Close it, or wait a moment, and try again.",
        ) from error
    except OSError as error:
        raise AccountError(
            f"The folder of Zoomdesk’s data cannot be written to: {error}.",
            hint="Check that you may write there, or ask your IT.",
        ) from error
    try:
        yield
    finally:
        turn.release()
