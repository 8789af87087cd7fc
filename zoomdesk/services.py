"""Put together what the window and the command line both need: journal, session, client, pacer.

Everything is made when it is first asked for, on whatever thread asks: opening this costs nothing,
and requests and keyring are imported with the first call, not with the first window.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from zoomdesk.errors import BegunByAnother, JournalError, KeyringError
from zoomdesk.registration.baton import Timing
from zoomdesk.registration.journal import CallKind, Journal, RunRecord
from zoomdesk.registration.width import AtOnce
from zoomdesk.settings import Settings
from zoomdesk.zoom import failed_calls
from zoomdesk.zoom.endpoints import Endpoints, from_environment
from zoomdesk.zoom.failed_calls import FailedCalls
from zoomdesk.zoom.pacing import Pacer

if TYPE_CHECKING:
    from zoomdesk.account.profile import Profile
    from zoomdesk.account.session import Session
    from zoomdesk.account.vault import TokenVault
    from zoomdesk.simulator import Simulator
    from zoomdesk.zoom.client import ZoomClient
    from zoomdesk.zoom.oauth import OAuth, TokenReply
    from zoomdesk.zoom.tokens import TokenSource

T = TypeVar("T")


class Services:
    """Hold one set of them; close it, or use it as a context manager. Safe for many threads.

    ``in_practice`` says that the other side is the simulator: nobody is mailed, and its journal is
    gone afterwards, so that no practice run is ever offered to the real Zoom. ``endpoints`` is the
    Zoom that is asked. ``account`` names who asks: an address, a name or an account ID of somebody
    who is signed in; without it, whoever is chosen.
    """

    def __init__(
        self,
        settings: Settings,
        endpoints: Endpoints,
        environ: Mapping[str, str],
        simulator: Simulator | None = None,
        *,
        account: str = "",
    ) -> None:
        self.settings = settings
        self.endpoints = endpoints
        self.simulator = simulator
        self.pacer = Pacer(simulator.world.account.plan if simulator else settings.plan)
        self._environ = environ
        self._account = account
        self.agreed: set[str] = set()
        self._lock = threading.RLock()
        self._made: dict[str, object] = {}
        self._exit = ExitStack()

    @classmethod
    def open(
        cls, settings: Settings, environ: Mapping[str, str] = os.environ, *, account: str = ""
    ) -> Self:
        """Return the services for the Zoom that the environment names, or the real one.

        Raises SettingsError for an address that may not be used. Whether there is such an
        ``account`` is found when it is needed: ``session`` then raises SignInRequired.
        """
        return cls(settings, from_environment(environ), environ, account=account)

    @classmethod
    def practice(
        cls, simulator: Simulator | None = None, *, settings: Settings | None = None
    ) -> Self:
        """Return services that speak with a simulator, signed in already.

        Without a running ``simulator`` one is started, and stopped again by ``close``.
        """
        started = None
        if simulator is None:
            # Late: whoever registers real people needs no simulator.
            from zoomdesk.simulator import Simulator

            simulator = started = Simulator()
            started.start()
        endpoints = Endpoints(simulator.api_url, simulator.oauth_url)
        services = cls(settings or Settings(), endpoints, {}, simulator)
        if started:
            services._exit.callback(started.stop)
        return services

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def in_practice(self) -> bool:
        """Return whether the other side is the simulator."""
        return self.simulator is not None

    @property
    def journal(self) -> Journal:
        """Return the record of runs, opened. Raises JournalError."""
        return self._once("journal", self._open_journal)

    @property
    def session(self) -> Session:
        """Return the sign-in of the account. Raises SettingsError for an unusable keyring.

        Raises SignInRequired or UsageError where the account that was named is not, or is several.
        """
        return self._once("session", self._open_session)

    def who(self) -> Profile | None:
        """Return who is signed in, as far as this computer knows; raises as ``session``."""
        return self.session.profile()

    def work_as(self, account: str) -> None:
        """Ask Zoom as this account, as if it had been named at first. Not once it was asked."""
        with self._lock:
            if "session" in self._made:
                raise RuntimeError("the session is open already")
            self._account = account

    def check_account(self, record: RunRecord) -> None:
        """Raise BegunByAnother where a run would go on with another account than it began with.

        Not where a person has said so: then its name is in ``agreed``.
        """
        profile = self.who()
        if profile is None or not record.account or record.id in self.agreed:
            return
        # Runs of earlier programs hold the address, or the name.
        if record.account not in (profile.key, profile.email, profile.display_name):
            raise BegunByAnother(
                f"It was begun by {record.account}; signed in now is {profile.label}.",
                run=record.id,
                begun_by=record.account,
            )

    def client(self, token: TokenSource | None = None) -> ZoomClient:
        """Return the client of whoever is signed in; one of its own for another ``token``."""
        if token is None:
            return self._once("client", lambda: self._client(self.session))
        return self._client(token)

    @property
    def failed_calls(self) -> FailedCalls:
        """Return the record of calls that failed; that of practice is gone with it."""
        return self._once("failed_calls", self._open_failed_calls)

    @property
    def at_once(self) -> Mapping[CallKind, int]:
        """Return how many calls of a kind may be under way, to use up what the pace allows."""
        return AtOnce(self.pacer)

    @property
    def others(self) -> Timing | None:
        """Return how a run takes turns with other computers; None where there are none."""
        is_alone = self.in_practice or not self.settings.other_computers
        return None if is_alone else Timing()

    @property
    def vault(self) -> TokenVault:
        """Return where secrets are kept. Raises SettingsError for an unusable keyring."""
        return self._once("vault", self._open_vault)

    @property
    def proxy(self) -> str:
        """Return the proxy of the settings with the login that is kept for it.

        ``""`` asks the system. Where the keyring fails, the proxy itself will ask for the login.
        """
        if self.in_practice or not self.settings.proxy:
            return ""
        from zoomdesk.account import proxy_login

        try:
            return proxy_login.with_login(self.vault, self.settings.proxy)
        except KeyringError:
            return self.settings.proxy

    def oauth(self, client_secret: str | None = None, *, client_id: str = "") -> OAuth:
        """Return the sign-in calls of the office's app, or of another one."""
        from zoomdesk.zoom.oauth import OAuth

        return OAuth(
            self.endpoints,
            client_id=client_id or self.settings.client_id,
            client_secret=client_secret,
            proxy=self.proxy,
        )

    def close(self) -> None:
        """Close connections and files, and end a simulator that was started here."""
        with self._lock:
            self._exit.close()
            self._made.clear()

    def _once(self, name: str, make: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            return cast(T, self._made[name])

    def _open_journal(self) -> Journal:
        path = self._folder() / "journal.sqlite3" if self.in_practice else None
        journal = self._exit.enter_context(Journal(path, realm=self.endpoints.api_url))
        if days := self.settings.journal_days:
            # What cannot be cleared now is at the next start: nobody's work waits for it.
            with contextlib.suppress(JournalError):
                journal.clear(days=days)
        return journal

    def _client(self, token: TokenSource) -> ZoomClient:
        from zoomdesk.zoom.client import ZoomClient

        client = ZoomClient(
            token,
            self.endpoints,
            pacer=self.pacer,
            proxy=self.proxy,
            on_failed=self.failed_calls.add,
        )
        return self._exit.enter_context(client)

    def _open_failed_calls(self) -> FailedCalls:
        try:
            path = None if self.in_practice else failed_calls.default_path()
        except (OSError, RuntimeError):  # no folder, or no home to look for it
            path = None
        kept = FailedCalls(path)
        self._exit.callback(kept.close)
        return kept

    def _open_session(self) -> Session:
        from zoomdesk.account import profile as profiles
        from zoomdesk.account.session import Session
        from zoomdesk.account.store import AccountStore

        if self.simulator is not None:
            return self._practice_session(self.simulator)
        store = AccountStore()
        key = profiles.find(store.all(), self._account).key if self._account else ""
        oauth = _OAuthOfProfile(self)
        session = oauth.session = Session(oauth, self.vault, store, account=key)
        return session

    def _open_vault(self) -> TokenVault:
        from zoomdesk.account.vault import open_vault

        return open_vault(self.settings.keyring_backend, self._environ)

    def _practice_session(self, simulator: Simulator) -> Session:
        from zoomdesk.account.memory_vault import MemoryVault
        from zoomdesk.account.profile import Profile
        from zoomdesk.account.session import Session
        from zoomdesk.account.store import AccountStore

        oauth = _PracticeOAuth(simulator)
        store = AccountStore(self._folder() / "account.json")
        session = Session(oauth, MemoryVault("This is practice."), store)
        host, account = simulator.world.host, simulator.world.account
        name = f"{host.first_name} {host.last_name}"
        session.sign_in(oauth.refresh(""), Profile(host.email, name, account.id))
        return session

    def _folder(self) -> Path:
        """Return a folder for what practice leaves behind; it is gone afterwards."""
        return self._once(
            "folder",
            lambda: Path(
                self._exit.enter_context(tempfile.TemporaryDirectory(prefix="zoomdesk-practice-"))
            ),
        )


class _OAuthOfProfile:
    """Renew with the app that the sign-in belongs to, whatever the settings say by now."""

    session: Session

    def __init__(self, services: Services) -> None:
        self._services = services

    def refresh(self, refresh_token: str) -> TokenReply:
        return self._oauth().refresh(refresh_token)

    def account_credentials(self, account_id: str, client_secret: str) -> TokenReply:
        return self._oauth().account_credentials(account_id, client_secret)

    def revoke(self, token: str) -> None:
        self._oauth().revoke(token)

    def _oauth(self) -> OAuth:
        profile = self.session.profile()
        return self._services.oauth(client_id=profile.client_id if profile else "")


class _PracticeOAuth:
    """Be signed in at the simulator without any sign-in."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def refresh(self, refresh_token: str) -> TokenReply:
        from zoomdesk.zoom.oauth import TokenReply

        del refresh_token
        return TokenReply(
            access_token=self._simulator.issue_token(),
            refresh_token="practice",  # noqa: S106  opens nothing
            expires_at=datetime.now(UTC)
            + timedelta(seconds=self._simulator.behaviour.access_seconds),
            scope="",
            api_url="",
        )

    def account_credentials(self, account_id: str, client_secret: str) -> TokenReply:
        del account_id, client_secret
        return self.refresh("")

    def revoke(self, token: str) -> None:
        del token
