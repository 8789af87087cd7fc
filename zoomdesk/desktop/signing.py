"""Sign in and out, and know who is signed in."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from zoomdesk import settings as settings_file
from zoomdesk.desktop import accounts
from zoomdesk.desktop.bridge import Task
from zoomdesk.desktop.desk import AccountState, Desk
from zoomdesk.desktop.notices import Notice
from zoomdesk.errors import SignInCancelled, ZoomdeskError
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.zoom.cancel import CancelToken

_CONNECTING = ("plan", "proxy", "keyring_backend")
"""The settings that a connection is made with; other ones are asked for when they are used."""


class Signing(QObject):
    """Lead through signing in; every question to the keyring or to Zoom is asked on a worker."""

    changed = Signal()
    """Another account, or none, is signed in now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cancel = CancelToken()
        self._task: Task | None = None
        self.open_browser: accounts.OpenBrowser = webbrowser.open

    @property
    def may_change(self) -> bool:
        """Return whether another account may take over now: not while a registration goes on."""
        run = self._desk.run
        return not (run.running or run.preparing or self._desk.practice)

    def look(self) -> None:
        """Find out who is signed in."""
        services = self._desk.services
        self._desk.account.busy = True
        self._desk.bridge.run(
            lambda: accounts.who(services),
            lambda who: self._known(services, who),
            lambda error: self._failed(services, error),
        )
        self._desk.touch()

    def sign_in_with_browser(self, client_id: str) -> None:
        """Open the browser and wait, until it comes back or the person cancels."""
        if not self._may_change():
            return
        self._apply(sign_in_mode="browser", client_id=client_id)
        services, cancel, browser = self._desk.services, CancelToken(), self.open_browser
        self._cancel = cancel
        self._desk.account.waiting_for_browser = True
        waiting = self.tr("Signing in: go on in your browser")
        stop = (self.tr("Cancel"), self.cancel)
        self._desk.notify(Notice("account", "info", waiting, "", (stop,), closable=False))
        self._run(services, lambda: accounts.sign_in_with_browser(services, cancel, browser))

    def sign_in_as_server(self, account_id: str, client_id: str, secret: str) -> None:
        """Sign in as a Server-to-Server app."""
        if not self._may_change():
            return
        self._apply(sign_in_mode="server", account_id=account_id, client_id=client_id)
        services = self._desk.services
        self._run(services, lambda: accounts.sign_in_as_server(services, secret))

    def cancel(self) -> None:
        """Stop waiting for the browser."""
        self._cancel.cancel()

    def sign_out(self) -> None:
        """Forget the account here and end the session at Zoom."""
        if self._may_change():
            services = self._desk.services
            self._run(services, lambda: accounts.sign_out(services))

    def use(self, key: str, then: Callable[[], object] = lambda: None) -> None:
        """Work with another account from now on, then do what was meant to be done with it."""
        profile = self._desk.account.profile
        if profile is not None and profile.key == key:
            then()
        elif self._may_change():
            services = self._desk.services
            self._run(services, lambda: accounts.use(services, key), then)

    def _may_change(self) -> bool:
        """Return whether the account may change, and say why not."""
        if not self.may_change and not self._desk.practice:
            self._desk.notify(
                Notice(
                    "account",
                    "info",
                    self.tr("The account stays as it is while a registration goes on"),
                    self.tr(
                        "Everybody is registered by one account. Wait for the end, or stop it."
                    ),
                )
            )
        return self.may_change

    def keep_proxy_login(self, proxy: str, name: str, password: str) -> None:
        """Keep the login of a proxy, and reach Zoom through it from now on."""
        desk, services = self._desk, self._desk.services
        try:
            changed = desk.settings.with_changes(proxy=proxy)
            settings_file.save(changed)
        except ZoomdeskError as error:
            desk.fail("settings", error)
            return
        desk.bridge.run(
            lambda: accounts.keep_proxy_login(services, proxy, name, password),
            lambda _: desk.use(desk.reopen(changed)),
            lambda error: desk.fail("settings", error),
        )

    def apply(self, changed: Settings) -> None:
        """Take other settings into use and keep them."""
        desk = self._desk
        if changed == desk.settings:
            return
        try:
            settings_file.save(changed)
        except ZoomdeskError as error:
            desk.fail("settings", error)
        before = desk.settings
        reconnect = any(getattr(before, name) != getattr(changed, name) for name in _CONNECTING)
        if reconnect and not desk.practice:
            desk.use(desk.reopen(changed))
        else:
            # The services go on: a sign-in that lives in memory only must outlive a new theme.
            desk.services.settings = changed
        desk.settings_changed.emit()
        desk.touch()

    def _apply(self, **changes: object) -> None:
        try:
            self.apply(self._desk.settings.with_changes(**changes))
        except ZoomdeskError as error:
            self._desk.fail("settings", error)

    def _run(
        self,
        services: Services,
        work: accounts.Work,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        if self._task is not None:
            self._task.dismiss()
        self._desk.account.busy = True
        self._task = self._desk.bridge.run(
            work,
            lambda who: self._known(services, who, then, changed=True),
            lambda error: self._failed(services, error),
        )
        self._desk.touch()

    def _known(
        self,
        services: Services,
        who: accounts.Who,
        then: Callable[[], object] = lambda: None,
        *,
        changed: bool = False,
    ) -> None:
        desk = self._desk
        if services is not desk.services:
            return
        if changed:
            desk.unnotify("account")
        desk.account = AccountState(who.profile, who.accounts)
        if who.untold:
            self._say_untold(who.untold)
        if not who.safe:
            desk.notify(
                Notice(
                    "vault",
                    "warning",
                    self.tr("You will have to sign in again next time"),
                    who.why_unsafe,
                )
            )
        if changed:
            self.changed.emit()
            then()
        desk.touch()

    def _say_untold(self, why: str) -> None:
        rest = self.tr(
            "On this computer nothing of the sign-in is left. To end it at Zoom as well, remove the"
            " app on Zoom’s page of installed apps."
        )
        title = self.tr("Signed out here, but Zoom could not be told")
        self._desk.notify(Notice("account", "warning", title, f"{why} {rest}"))

    def _failed(self, services: Services, error: ZoomdeskError) -> None:
        desk = self._desk
        if services is not desk.services:
            return
        desk.account = AccountState(desk.account.profile, desk.account.accounts)
        desk.unnotify("account")
        if not isinstance(error, SignInCancelled):
            desk.fail("account", error)
        if desk.account.accounts:
            self.look()  # half a sign-out leaves less than there was
        desk.touch()
