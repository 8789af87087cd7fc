"""The commands about who is signed in, and the simulated Zoom."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from typing import Any

from zoomdesk import settings as settings_module
from zoomdesk import sign_in as signing
from zoomdesk.account import proxy_login
from zoomdesk.account.profile import Profile
from zoomdesk.account.session import SignedOut
from zoomdesk.cli.output import Output
from zoomdesk.cli.terminal import is_interactive
from zoomdesk.errors import KeyringError, SignInRequired, UsageError
from zoomdesk.services import Services

UNTOLD_HINT = (
    "On this computer nothing of the sign-in is left. To end it at Zoom as well, remove the app on "
    "Zoom’s page of installed apps."
)


def sign_in(options: argparse.Namespace, output: Output) -> int:
    """Sign in with the browser, or with a Server-to-Server app's secret from stdin."""
    settings = settings_module.load()
    changes: dict[str, str] = {"sign_in_mode": "server" if options.server_to_server else "browser"}
    if options.client_id:
        changes["client_id"] = options.client_id
    if options.account_id:
        if not options.server_to_server:
            raise UsageError("--account-id goes with --server-to-server.")
        changes["account_id"] = options.account_id
    settings = settings.with_changes(**changes)
    with Services.open(settings) as services:
        _check_safe(services)
        if options.server_to_server:
            profile = signing.as_server(services, _secret())
        else:
            output.say("Go on in your browser. Waiting for five minutes at most.")
            profile = signing.with_browser(services)
        _check_safe(services)  # the keyring may have failed only now
        settings_module.save(settings)
        data = _who(profile, services)
    output.result(data, lambda: f"Signed in as {profile.label}. {data['kept']}")
    return 0


def sign_out(options: argparse.Namespace, output: Output) -> int:
    """Forget a session here and end it at Zoom, or all of them."""
    settings = settings_module.load()
    with Services.open(settings) as services:
        keys = [each.key for each in services.session.accounts()] if options.all else []
    ended: list[SignedOut] = []
    for name in keys or [options.account]:
        with Services.open(settings, account=name) as services:
            ended.append(services.session.sign_out())
    gone = [(each.profile, each.untold) for each in ended if each.profile is not None]
    if not gone:
        output.result({"signed_out": False}, lambda: "Nobody was signed in.")
        return 0
    data = {
        "signed_out": True,
        "email": gone[0][0].email,
        "accounts": [
            {"email": profile.email, "revoked": not untold, "untold": untold}
            for profile, untold in gone
        ],
    }
    output.result(data, lambda: "\n".join(f"Signed out {who.label}." for who, _ in gone))
    for profile, untold in gone:
        if untold:
            output.say(f"Zoom could not be told about {profile.email}: {untold} {UNTOLD_HINT}")
    return 0


def accounts(options: argparse.Namespace, output: Output) -> int:
    """List the accounts that are signed in, or choose the one to work with."""
    with Services.open(settings_module.load()) as services:
        session = services.session
        if options.use:
            session.use(options.use)
        current, found = session.profile(), session.accounts()
    rows = [_account(each) | {"in_use": each == current} for each in found]
    output.result({"accounts": rows}, lambda: _accounts_text(found, current))
    return 0


def whoami(options: argparse.Namespace, output: Output) -> int:
    """Say who is signed in and where the session is kept. Raises SignInRequired for nobody."""
    with Services.open(settings_module.load(), account=options.account) as services:
        profile = services.session.profile()
        if profile is None:
            raise SignInRequired("Nobody is signed in to Zoom on this computer.")
        user = services.client().me()
        data = _who(profile, services) | {"email": user.email, "name": user.display_name}
    output.result(data, lambda: f"{profile.label}. {data['kept']}")
    return 0


def proxy(options: argparse.Namespace, output: Output) -> int:
    """Show or set the proxy that leads to Zoom; its password is kept where sign-ins are."""
    settings = settings_module.load()
    if (options.address and options.system) or (options.user and not options.address):
        raise UsageError("Give an ADDRESS, with --user if it asks for a name, or --system.")
    if options.address:
        from zoomdesk.zoom.transport import checked_proxy  # late: it brings in requests

        settings = settings.with_changes(proxy=options.address)
        checked_proxy(options.address)
    with Services.open(settings) as services:
        if options.user:
            _check_safe(services)
            proxy_login.store(services.vault, settings.proxy, options.user, _secret("Password: "))
        elif options.system and settings.proxy:
            proxy_login.forget(services.vault, settings.proxy)
        if options.system:
            settings = settings.with_changes(proxy="")
        user = proxy_login.name_of(services.vault, settings.proxy) if settings.proxy else ""
    if options.address or options.system:
        settings_module.save(settings)
    login = f", signed in as {user}" if user else ""
    output.result(
        {"proxy": settings.proxy, "user": user},
        lambda: f"{settings.proxy or 'The proxy of the system, if it has one'}{login}.",
    )
    return 0


def practice(options: argparse.Namespace, output: Output) -> int:
    """Serve the simulator until stopped; print at once how to reach it."""
    from zoomdesk import simulator

    if not 0 <= options.port <= 65535:
        raise UsageError("The port must be between 0 and 65535.")

    def announce(url: str) -> None:
        data: dict[str, Any] = {
            "url": url,
            "api_url": f"{url}/v2",
            "oauth_url": f"{url}/oauth",
            "client_id": simulator.PUBLIC_CLIENT_ID,
            "server_to_server": {
                "account_id": simulator.ACCOUNT_ID,
                "client_id": simulator.S2S_CLIENT_ID,
                "client_secret": simulator.S2S_CLIENT_SECRET,
            },
            "webinar": simulator.SAMPLE_WEBINAR_ID,
            "meeting": simulator.SAMPLE_MEETING_ID,
        }
        output.result(data, lambda: _how_to_reach(data))

    try:
        simulator.serve(options.port, options.state, announce=announce)
    except (OSError, simulator.StateFileError) as error:
        raise UsageError(
            f"The simulated Zoom cannot start: {error}.",
            hint="Choose another --port or --state.",
        ) from error
    return 0


def _check_safe(services: Services) -> None:
    """Raise KeyringError where a sign-in would be gone with this very command."""
    if not services.session.safe:
        raise KeyringError(
            services.session.describe(),
            hint="A sign-in on the command line must be kept somewhere. Set "
            "ZOOMDESK_KEYRING_BACKEND to a keyring that this machine has.",
        )


def _how_to_reach(data: dict[str, Any]) -> str:
    server = json.dumps(data["server_to_server"])
    return "\n".join(
        (
            f"The simulated Zoom is at {data['url']}. Nobody is mailed. Ctrl+C ends it.",
            "In another terminal:",
            f"  export ZOOMDESK_API_URL={data['api_url']} ZOOMDESK_OAUTH_URL={data['oauth_url']}",
            f"  zoomdesk sign-in --client-id {data['client_id']}",
            f"  zoomdesk register BOOK --webinar {data['webinar']}",
            f"Server-to-Server app: {server}",
        )
    )


def _secret(prompt: str = "Client secret: ") -> str:
    """Read the secret from stdin; a person at a terminal is asked, without echo."""
    if is_interactive():
        return getpass.getpass(prompt, stream=sys.stderr).strip()
    return sys.stdin.readline().strip() if sys.stdin else ""


def _who(profile: Profile, services: Services) -> dict[str, Any]:
    kept = {"safe": services.session.safe, "kept": services.session.describe()}
    return _account(profile) | kept


def _account(profile: Profile) -> dict[str, Any]:
    return {
        "email": profile.email,
        "name": profile.display_name,
        "account_id": profile.account_id,
        "mode": profile.mode,
    }


def _accounts_text(found: Sequence[Profile], current: Profile | None) -> str:
    if not found:
        return "Nobody is signed in. Sign in with: zoomdesk sign-in"
    lines = [f"{'*' if each == current else ' '} {each.label}" for each in found]
    if current is None:
        lines.append("None of them is in use. Choose one: zoomdesk accounts --use ADDRESS")
    return "\n".join(lines)
