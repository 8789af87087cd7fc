"""Renew a sign-in over and over: one of the processes of test_session.py.

Usage: python -m tests.account.refresher API_URL OAUTH_URL TIMES. Says "ready", waits for a line,
and then prints the renewed access token's user each time.
"""

from __future__ import annotations

import sys

from zoomdesk.account.session import Session
from zoomdesk.account.vault import open_vault
from zoomdesk.simulator import PUBLIC_CLIENT_ID
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth
from zoomdesk.zoom.pacing import Pacer


def main(api_url: str, oauth_url: str, times: int) -> None:
    endpoints = Endpoints(api_url, oauth_url)
    session = Session(OAuth(endpoints, client_id=PUBLIC_CLIENT_ID), open_vault())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    token = ""
    with ZoomClient(session, endpoints, pacer=Pacer("business")) as client:
        for _ in range(times):
            token = session.renew(token) if token else session.access_token()
            sys.stdout.write(f"{client.me().email}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
