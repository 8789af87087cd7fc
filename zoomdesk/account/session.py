"""Hold one sign-in: hand out access tokens, renew them, keep the secret safe.

The access token stays in memory. A refresh token is good for one use (zoom/README.md section 3):
one refresher at a time, across threads by a lock and across processes by a file; each reads the
vault again once it is its turn, and stores the new token before anything uses it.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from zoomdesk.account import profile as profiles
from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.profile import Profile
from zoomdesk.account.store import AccountStore
from zoomdesk.account.turn import one_at_a_time
from zoomdesk.account.vault import TokenVault
from zoomdesk.errors import (
    AccountError,
    AnswerLost,
    KeyringError,
    SignInRequired,
    ZoomdeskError,
)

log = logging.getLogger("zoomdesk.account")

_LEEWAY = timedelta(minutes=2)
"""A token that ends so soon is renewed before it is used."""


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


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Say who was signed out, None for nobody; ``untold`` says why Zoom does not know of it."""

    profile: Profile | None = None
    untold: str = ""


class Session:
    """Be the source of tokens for one account of this computer. Safe for many threads.

    ``account`` is the key of its profile; without one it is that of the account in use, and stays
    that one whatever another window chooses meanwhile: a run ends with the account that it was
    begun with. ``oauth`` must be that of the app in ``Profile.client_id``: tokens are good for no
    other.
    """

    def __init__(
        self,
        oauth: OAuthProtocol,
        vault: TokenVault,
        store: AccountStore | None = None,
        *,
        account: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._oauth = oauth
        self._vault = vault
        self._store = store or AccountStore()
        self._key = account
        self._now = now
        self._lock = threading.RLock()
        self._reply: TokenReply | None = None
        self._held: dict[str, tuple[str, str]] = {}  # secrets the vault failed to take, and why
        self._in_doubt: set[str] = set()  # accounts whose last renewal had no answer

    @property
    def safe(self) -> bool:
        """Return whether the sign-in outlives the program."""
        return self._vault.safe and self._key not in self._held

    def describe(self) -> str:
        """Return where the sign-in is kept, in plain words."""
        held = self._held.get(self._key)
        return MemoryVault(held[1]).describe() if held else self._vault.describe()

    def profile(self) -> Profile | None:
        """Return who is signed in, or None. Whoever it is stays it: see the class."""
        found = self._store.get(self._key) if self._key else self._store.load()
        if found is not None:
            self._key = found.key
        return found

    def accounts(self) -> tuple[Profile, ...]:
        """Return every account that can be used without signing in anew."""
        found = self._store.all()
        if self._vault.safe:
            return found
        return tuple(each for each in found if self._vault.load(each.key) is not None)

    def use(self, name: str) -> Profile:
        """Use another account from now on, here and at the next start; return it.

        ``name`` is an address, a name, an account ID or a key. Raises SignInRequired, UsageError,
        AccountError.
        """
        with self._lock, one_at_a_time():
            found = profiles.find(self.accounts(), name)
            self._store.use(found.key)
            self._key, self._reply = found.key, None
        return found

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
        """Keep a fresh sign-in and use it: its refresh token, or an app's ``client_secret``.

        Other accounts stay signed in. Where the vault cannot keep it, it is kept in memory, and
        ``safe`` and ``describe`` say so. Raises AccountError where the profile cannot be saved;
        nothing has changed then.
        """
        secret = client_secret if profile.mode == "server" else reply.refresh_token
        if not secret:
            raise AccountError("The sign-in holds nothing that could be kept.")
        with self._lock, one_at_a_time():
            # First: a secret without a profile could be found and ended by nobody.
            self._store.save(profile)
            self._keep(profile.key, secret)
            self._in_doubt.discard(profile.key)
            self._key, self._reply = profile.key, reply

    def sign_out(self) -> SignedOut:
        """End this sign-in at Zoom, if Zoom can be reached, and forget it here in any case.

        No other account takes its place. Raises KeyringError where the secret could not be
        deleted; the profile is gone even so.
        """
        with self._lock, one_at_a_time():
            profile, reply = self.profile(), self._reply
            self._reply = None
            if profile is None:
                return SignedOut()
            try:
                untold = self._end(profile, reply) if profile.mode == "browser" else ""
                self._held.pop(profile.key, None)
                self._vault.delete(profile.key)
            finally:
                # Last: until then it says which app the token belongs to.
                self._store.remove(profile.key)
                self._key = ""
            return SignedOut(profile, untold)

    def _end(self, profile: Profile, reply: TokenReply | None) -> str:
        """Revoke the sign-in; return why that could not be done, or ``""``."""
        try:
            if reply is None or reply.expires_at <= self._now():
                # Zoom documents the revoking of access tokens only, and of none that has ended.
                secret = self._secret(profile.key)
                if secret is None:
                    return "Nothing was kept here that could be used to tell Zoom."
                reply = self._oauth.refresh(secret)
            self._oauth.revoke(reply.access_token)
        except SignInRequired:
            return ""  # Zoom has ended it already
        except ZoomdeskError as error:
            # Without a network people must be able to leave, too.
            return error.message
        return ""

    def _renew(self) -> None:
        with one_at_a_time():
            profile = self.profile()
            if profile is None:
                raise self._nobody()
            # Another process may have traded the token that this one stored last.
            secret = self._secret(profile.key)
            if secret is None:
                self._reply = None
                raise SignInRequired(
                    f"The sign-in of {profile.label} is not complete any more on this computer."
                )
            if profile.mode == "server":
                self._reply = self._oauth.account_credentials(profile.account_id, secret)
            else:
                self._trade(profile, secret)

    def _trade(self, profile: Profile, refresh_token: str) -> None:
        key = profile.key
        try:
            reply = self._oauth.refresh(refresh_token)
        except AnswerLost:
            # Zoom may count the token as used. It is kept: as likely it was never looked at.
            self._in_doubt.add(key)
            raise
        except SignInRequired as error:
            self._reply = None
            self._forget(key)
            if key in self._in_doubt:
                self._in_doubt.discard(key)
                raise SignInRequired(
                    f"Zoom’s answer to the last renewal of the sign-in of {profile.label} was lost "
                    "on the way, and with it the sign-in: each renewal is good for one use."
                ) from error
            raise SignInRequired(f"Zoom ended the session of {profile.label}.") from error
        self._keep(key, reply.refresh_token or refresh_token)
        self._in_doubt.discard(key)
        self._reply = reply
        log.debug("the sign-in was renewed and its new token stored")

    def _secret(self, key: str) -> str | None:
        held = self._held.get(key)
        return held[0] if held else self._vault.load(key)

    def _keep(self, key: str, secret: str) -> None:
        try:
            self._vault.store(key, secret)
        except KeyringError as error:
            # The former secret is spent: losing this one would end the sign-in.
            self._held[key] = (secret, error.message)
            log.warning("the sign-in is kept in memory: %s", error.message)
        else:
            self._held.pop(key, None)

    def _forget(self, key: str) -> None:
        self._held.pop(key, None)
        # Left behind, it would be useless, and no reason to call it by another name.
        with contextlib.suppress(KeyringError):
            self._vault.delete(key)

    def _nobody(self) -> SignInRequired:
        self._reply = None
        if self._key:
            return SignInRequired(
                "The account that this window or command works with was signed out elsewhere."
            )
        names = "; ".join(each.label for each in self._store.all())
        if names:
            return SignInRequired(
                f"No account is chosen. Signed in are: {names}.",
                hint="Choose one (zoomdesk accounts --use ADDRESS).",
            )
        return SignInRequired("Nobody is signed in to Zoom on this computer.")

    def _current(self) -> TokenReply:
        if self._reply is None:
            raise self._nobody()
        return self._reply
