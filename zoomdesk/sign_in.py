"""Sign in and out: the steps that the window and the command line share."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable

from zoomdesk.account.profile import Mode, Profile
from zoomdesk.errors import UsageError
from zoomdesk.services import Services
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.models import User
from zoomdesk.zoom.oauth import TokenReply, sign_in_in_browser
from zoomdesk.zoom.tokens import FixedToken


def with_browser(
    services: Services,
    *,
    open_browser: Callable[[str], bool] = webbrowser.open,
    cancel: CancelToken | None = None,
) -> Profile:
    """Let the person sign in in the system's browser and keep the sign-in; return who it is.

    Blocks for minutes: for a worker. Raises UsageError without a client ID, the AccountError
    family, and ZoomUnreachable.
    """
    settings = services.settings
    if not settings.client_id:
        raise UsageError(
            "The client ID of your office’s app is missing.",
            hint="Your Zoom administrator has it: zoomdesk sign-in --client-id C",
        )
    reply = sign_in_in_browser(
        services.oauth(), port=settings.redirect_port, open_browser=open_browser, cancel=cancel
    )
    return _keep(services, reply, "browser")


def as_server(services: Services, secret: str) -> Profile:
    """Sign in as the Server-to-Server app of the settings and keep its secret; return who it is.

    Raises UsageError where an ID or the secret is missing, the AccountError family, and
    ZoomUnreachable.
    """
    settings = services.settings
    if not (settings.client_id and settings.account_id and secret):
        raise UsageError(
            "A Server-to-Server app needs its account ID, its client ID and its secret.",
            hint="zoomdesk sign-in --server-to-server --account-id A --client-id C (secret: stdin)",
        )
    reply = services.oauth(secret).account_credentials(settings.account_id)
    return _keep(services, reply, "server", secret)


def _keep(services: Services, reply: TokenReply, mode: Mode, secret: str = "") -> Profile:
    user = services.client(FixedToken(reply.access_token, reply.api_url)).me()
    profile = _profile(user, services, mode)
    services.session.sign_in(reply, profile, client_secret=secret)
    return profile


def _profile(user: User, services: Services, mode: Mode) -> Profile:
    # The token belongs to the app's account, whatever the profile of its owner says.
    account_id = services.settings.account_id if mode == "server" else user.account_id
    return Profile(
        user.email, user.display_name, account_id, mode=mode, client_id=services.settings.client_id
    )
