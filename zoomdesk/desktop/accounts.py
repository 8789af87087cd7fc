"""Sign in and out, on a worker: each function waits for the browser, Zoom or the keyring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zoomdesk.account import proxy_login
from zoomdesk.account.profile import Profile
from zoomdesk.services import Services
from zoomdesk.zoom.cancel import CancelToken

OpenBrowser = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Who:
    """Name who is signed in and who else could be used.

    ``profile`` is None for nobody. ``safe``: still so after a restart; ``why_unsafe`` says why not.
    ``untold`` says why Zoom does not know of a sign-out.
    """

    profile: Profile | None = None
    accounts: tuple[Profile, ...] = ()
    safe: bool = True
    why_unsafe: str = ""
    untold: str = ""


Work = Callable[[], Who]


def who(services: Services) -> Who:
    """Return who is signed in as far as this computer knows; Zoom is not asked."""
    session = services.session
    profile, accounts = session.profile(), session.accounts()
    if profile not in accounts:
        # Who signed in into memory is gone with the program that did.
        profile = None
    safe = profile is None or session.safe or services.in_practice
    return Who(profile, accounts, safe, "" if safe else session.describe())


def sign_in_with_browser(services: Services, cancel: CancelToken, open_browser: OpenBrowser) -> Who:
    """Wait for the person in the browser. Raises SignInCancelled, AccountError, RunError."""
    from zoomdesk import sign_in  # late: it brings in requests

    sign_in.with_browser(services, open_browser=open_browser, cancel=cancel)
    return who(services)


def sign_in_as_server(services: Services, secret: str) -> Who:
    """Sign in with a Server-to-Server app's secret. Raises AccountError, RunError."""
    from zoomdesk import sign_in  # late: it brings in requests

    sign_in.as_server(services, secret)
    return who(services)


def use(services: Services, key: str) -> Who:
    """Work with another account from now on. Raises AccountError."""
    services.session.use(key)
    return who(services)


def keep_proxy_login(services: Services, proxy: str, name: str, password: str) -> None:
    """Keep what a proxy asks for. Raises KeyringError."""
    proxy_login.store(services.vault, proxy, name, password)


def sign_out(services: Services) -> Who:
    """End the session. Raises KeyringError where the secret could not be deleted."""
    left = services.session.sign_out()
    return Who(accounts=services.session.accounts(), untold=left.untold)
