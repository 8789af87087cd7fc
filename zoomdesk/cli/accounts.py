"""The commands about who is signed in, and the simulated Zoom."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from typing import Any

from zoomdesk import settings as settings_module
from zoomdesk import sign_in as signing
from zoomdesk.account.profile import Profile
from zoomdesk.cli.output import Output
from zoomdesk.cli.terminal import is_interactive
from zoomdesk.errors import KeyringError, SignInRequired, UsageError
from zoomdesk.services import Services


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
    output.result(data, lambda: f"Signed in as {_name(profile)}. {data['kept']}")
    return 0


def sign_out(_: argparse.Namespace, output: Output) -> int:
    """Forget the session here and end it at Zoom."""
    with Services.open(settings_module.load()) as services:
        profile = services.session.profile()
        services.session.sign_out()
    if profile is None:
        output.result({"signed_out": False}, lambda: "Nobody was signed in.")
    else:
        output.result(
            {"signed_out": True, "email": profile.email},
            lambda: f"Signed out {_name(profile)}.",
        )
    return 0


def whoami(_: argparse.Namespace, output: Output) -> int:
    """Say who is signed in and where the session is kept. Raises SignInRequired for nobody."""
    with Services.open(settings_module.load()) as services:
        profile = services.session.profile()
        if profile is None:
            raise SignInRequired("Nobody is signed in to Zoom on this computer.")
        user = services.client().me()
        data = _who(profile, services) | {"email": user.email, "name": user.display_name}
    output.result(data, lambda: f"{_name(profile)}. {data['kept']}")
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


def _secret() -> str:
    """Read the secret from stdin; a person at a terminal is asked, without echo."""
    if is_interactive():
        return getpass.getpass("Client secret: ", stream=sys.stderr).strip()
    return sys.stdin.readline().strip() if sys.stdin else ""


def _who(profile: Profile, services: Services) -> dict[str, Any]:
    return {
        "email": profile.email,
        "name": profile.display_name,
        "account_id": profile.account_id,
        "mode": profile.mode,
        "safe": services.session.safe,
        "kept": services.session.describe(),
    }


def _name(profile: Profile) -> str:
    if profile.display_name:
        return f"{profile.display_name} ({profile.email})"
    return profile.email
