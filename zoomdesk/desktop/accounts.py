"""Sign in and out, on a worker: each function waits for the browser, Zoom or the keyring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zoomdesk.services import Services
from zoomdesk.zoom.cancel import CancelToken

OpenBrowser = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Who:
    """Name who is signed in. ``safe``: still so after a restart; ``why_unsafe`` says why not."""

    name: str
    safe: bool = True
    why_unsafe: str = ""


Work = Callable[[], Who | None]


def who(services: Services) -> Who | None:
    """Return who is signed in as far as this computer knows; Zoom is not asked."""
    session = services.session
    if not session.safe and not services.in_practice:
        # Who signed in into memory is gone with the program that did.
        return None
    return _who(services)


def sign_in_with_browser(
    services: Services, cancel: CancelToken, open_browser: OpenBrowser
) -> Who | None:
    """Wait for the person in the browser. Raises SignInCancelled, AccountError, RunError."""
    from zoomdesk import sign_in  # late: it brings in requests

    sign_in.with_browser(services, open_browser=open_browser, cancel=cancel)
    return _who(services)


def sign_in_as_server(services: Services, secret: str) -> Who | None:
    """Sign in with a Server-to-Server app's secret. Raises AccountError, RunError."""
    from zoomdesk import sign_in  # late: it brings in requests

    sign_in.as_server(services, secret)
    return _who(services)


def sign_out(services: Services) -> Who | None:
    """End the session. Raises KeyringError where the secret could not be deleted."""
    services.session.sign_out()
    return None


def _who(services: Services) -> Who | None:
    session = services.session
    profile = session.profile()
    if profile is None:
        return None
    safe = session.safe or services.in_practice
    return Who(profile.display_name or profile.email, safe, "" if safe else session.describe())
