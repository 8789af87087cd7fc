"""Signing in against the simulator's OAuth, with a browser that is a function."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests

from zoomdesk.errors import (
    AnswerLost,
    SettingsError,
    SignInCancelled,
    SignInFailed,
    SignInRequired,
    ZoomUnreachable,
)
from zoomdesk.simulator import (
    ACCOUNT_ID,
    PUBLIC_CLIENT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    Fault,
    FaultKind,
    Simulator,
)
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth, sign_in_in_browser
from zoomdesk.zoom.pacing import Pacer
from zoomdesk.zoom.tokens import FixedToken


@pytest.fixture
def oauth(endpoints: Endpoints) -> OAuth:
    return OAuth(endpoints, client_id=PUBLIC_CLIENT_ID)


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def browser(decision: str, change: Mapping[str, str] | None = None) -> Callable[[str], bool]:
    """Return what opens the page and clicks, on a thread as a real browser does."""

    def click(url: str) -> None:
        assert requests.get(url, timeout=10).ok
        form = {**query_of(url), **(change or {}), "decision": decision}
        requests.post(url.partition("?")[0], data=form, timeout=10)

    def open_browser(url: str) -> bool:
        threading.Thread(target=click, args=(url,), daemon=True).start()
        return True

    return open_browser


def test_allow_brings_tokens_that_work(oauth: OAuth, endpoints: Endpoints) -> None:
    reply = sign_in_in_browser(oauth, open_browser=browser("allow"), timeout=20)
    assert timedelta(minutes=50) < reply.expires_at - datetime.now(UTC) <= timedelta(hours=1)
    assert "webinar:write:batch_registrants" in reply.scope.split()
    token = FixedToken(reply.access_token, reply.api_url)
    with ZoomClient(token, endpoints, pacer=Pacer("pro")) as client:
        assert client.me().email == "host@practice.example"


def test_tokens_are_kept_out_of_what_is_printed(oauth: OAuth) -> None:
    reply = sign_in_in_browser(oauth, open_browser=browser("allow"), timeout=20)
    assert reply.access_token not in repr(reply)
    assert reply.refresh_token not in repr(reply)


def test_decline_is_a_cancelled_sign_in(oauth: OAuth) -> None:
    with pytest.raises(SignInCancelled, match="declined"):
        sign_in_in_browser(oauth, open_browser=browser("deny"), timeout=20)


def test_page_asks_for_s256_and_a_fresh_state(oauth: OAuth) -> None:
    seen: list[dict[str, str]] = []

    def look(url: str) -> bool:
        seen.append(query_of(url))
        return False

    for _ in range(2):
        with pytest.raises(SignInFailed, match="No web browser"):
            sign_in_in_browser(oauth, open_browser=look)
    first, second = seen
    assert first["response_type"] == "code"
    assert first["client_id"] == PUBLIC_CLIENT_ID
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"].startswith("http://127.0.0.1:")
    assert len(first["code_challenge"]) == 43
    assert first["code_challenge"] != second["code_challenge"]
    assert first["state"] != second["state"]


def test_wrong_state_is_never_accepted(oauth: OAuth) -> None:
    with pytest.raises(SignInCancelled, match="in time"):
        sign_in_in_browser(oauth, open_browser=browser("allow", {"state": "forged"}), timeout=1.5)


def test_code_of_another_verifier_is_refused(oauth: OAuth) -> None:
    challenge = {"code_challenge": "x" * 43}
    with pytest.raises(SignInFailed, match="did not accept the browser’s answer"):
        sign_in_in_browser(oauth, open_browser=browser("allow", challenge), timeout=20)


def test_other_error_of_the_page_is_told(oauth: OAuth) -> None:
    def fails(url: str) -> bool:
        query = query_of(url)
        back = {
            "error": "server_error",
            "error_description": "Out of order",
            "state": query["state"],
        }
        address = f"{query['redirect_uri']}?{urlencode(back)}"
        threading.Thread(target=lambda: requests.get(address, timeout=10), daemon=True).start()
        return True

    with pytest.raises(SignInFailed, match="Out of order"):
        sign_in_in_browser(oauth, open_browser=fails, timeout=20)


def test_person_can_stop_waiting(oauth: OAuth) -> None:
    cancel = CancelToken()

    def open_and_stop(url: str) -> bool:
        cancel.cancel()
        return True

    with pytest.raises(SignInCancelled, match="stopped"):
        sign_in_in_browser(oauth, open_browser=open_and_stop, cancel=cancel)


@pytest.fixture
def refresh_token(oauth: OAuth) -> str:
    return sign_in_in_browser(oauth, open_browser=browser("allow"), timeout=20).refresh_token


def test_refresh_rotates(oauth: OAuth, refresh_token: str) -> None:
    reply = oauth.refresh(refresh_token)
    assert reply.refresh_token not in ("", refresh_token)
    assert oauth.refresh(reply.refresh_token).access_token


def test_spent_refresh_token_means_signing_in_again(oauth: OAuth, refresh_token: str) -> None:
    oauth.refresh(refresh_token)
    with pytest.raises(SignInRequired):
        oauth.refresh(refresh_token)


def test_revoked_sign_in_is_over(oauth: OAuth, refresh_token: str) -> None:
    reply = oauth.refresh(refresh_token)
    oauth.revoke(reply.access_token)
    with pytest.raises(SignInRequired):
        oauth.refresh(reply.refresh_token)
    oauth.revoke(reply.access_token)


def test_revoking_that_did_not_happen_is_told(
    oauth: OAuth, endpoints: Endpoints, simulator: Simulator, refresh_token: str
) -> None:
    token = oauth.refresh(refresh_token).access_token
    with pytest.raises(SignInFailed, match="client ID"):
        OAuth(endpoints, client_id="nobody").revoke(token)
    simulator.faults.add(Fault(FaultKind.SERVER_ERROR, call="revoke", times=None))
    with pytest.raises(ZoomUnreachable, match="502"):
        oauth.revoke(token)
    simulator.faults.clear()
    simulator.faults.add(Fault(FaultKind.CUT_BEFORE, call="revoke"))
    oauth.revoke(token)
    with (
        ZoomClient(FixedToken(token), endpoints, pacer=Pacer("pro")) as client,
        pytest.raises(SignInRequired),
    ):
        client.me()


def test_long_tokens_come_through(oauth: OAuth, simulator: Simulator, endpoints: Endpoints) -> None:
    simulator.behaviour = replace(simulator.behaviour, token_length=4000)
    reply = sign_in_in_browser(oauth, open_browser=browser("allow"), timeout=20)
    assert len(reply.refresh_token) == 4000
    token = FixedToken(oauth.refresh(reply.refresh_token).access_token)
    with ZoomClient(token, endpoints, pacer=Pacer("pro")) as client:
        assert client.me().id


def test_server_to_server(endpoints: Endpoints) -> None:
    oauth = OAuth(endpoints, client_id=S2S_CLIENT_ID, client_secret=S2S_CLIENT_SECRET)
    reply = oauth.account_credentials(f" {ACCOUNT_ID}\n")
    assert reply.refresh_token == ""
    token = FixedToken(reply.access_token, reply.api_url)
    with ZoomClient(token, endpoints, pacer=Pacer("pro")) as client:
        assert client.me().id
    later = OAuth(endpoints, client_id=S2S_CLIENT_ID)
    assert later.account_credentials(ACCOUNT_ID, S2S_CLIENT_SECRET).access_token


@pytest.mark.parametrize(
    ("client", "secret", "account", "says"),
    [
        ("nobody", "x", ACCOUNT_ID, "does not know the client ID"),
        (S2S_CLIENT_ID, "wrong", ACCOUNT_ID, "client ID, or the secret"),
        (S2S_CLIENT_ID, S2S_CLIENT_SECRET, "other", "does not know the account ID"),
        (PUBLIC_CLIENT_ID, None, ACCOUNT_ID, "client ID, or the secret"),
    ],
)
def test_wrong_credentials_are_told_apart(
    endpoints: Endpoints, client: str, secret: str | None, account: str, says: str
) -> None:
    oauth = OAuth(endpoints, client_id=client, client_secret=secret)
    with pytest.raises(SignInFailed, match=says) as caught:
        oauth.account_credentials(account)
    assert "Zoom says" in caught.value.message
    assert caught.value.hint


def test_wrong_client_id_is_no_reason_to_forget_the_sign_in(
    endpoints: Endpoints, refresh_token: str
) -> None:
    with pytest.raises(SignInFailed, match="client ID"):
        OAuth(endpoints, client_id="nobody").refresh(refresh_token)


def test_code_that_is_late_or_made_up(oauth: OAuth) -> None:
    with pytest.raises(SignInFailed, match="did not accept"):
        oauth.exchange("made up", "http://127.0.0.1:1/callback", "v" * 43)


@pytest.mark.parametrize("kind", ["server_error", "garbage", "truncated", "cut_after", "empty"])
def test_trouble_at_the_token_endpoint_is_not_the_end_of_the_sign_in(
    oauth: OAuth, simulator: Simulator, refresh_token: str, kind: str
) -> None:
    simulator.faults.add(Fault(FaultKind(kind), call="token", times=None))
    with pytest.raises(AnswerLost):
        oauth.refresh(refresh_token)


@pytest.mark.parametrize("kind", ["server_error", "rate_second"])
def test_trouble_that_passes_is_waited_for(
    oauth: OAuth, simulator: Simulator, refresh_token: str, kind: str
) -> None:
    simulator.behaviour = replace(simulator.behaviour, retry_after="seconds")
    simulator.faults.add(Fault(FaultKind(kind), call="token", times=2 if "error" in kind else 1))
    assert oauth.refresh(refresh_token).access_token


def test_renewal_is_not_asked_for_again_where_the_first_may_be_under_way(
    oauth: OAuth, simulator: Simulator, refresh_token: str
) -> None:
    simulator.faults.add(Fault(FaultKind.CUT_BEFORE, call="token"))
    with pytest.raises(AnswerLost):
        oauth.refresh(refresh_token)
    assert simulator.faults.struck() == 1
    assert oauth.refresh(refresh_token).access_token


def test_apps_secret_is_handed_in_again_whatever_became_of_the_first_time(
    endpoints: Endpoints, simulator: Simulator
) -> None:
    oauth = OAuth(endpoints, client_id=S2S_CLIENT_ID, client_secret=S2S_CLIENT_SECRET)
    simulator.faults.add(Fault(FaultKind.CUT_AFTER, call="token", times=2))
    assert oauth.account_credentials(ACCOUNT_ID).access_token


def test_day_that_is_used_up_is_not_waited_for(
    oauth: OAuth, simulator: Simulator, refresh_token: str
) -> None:
    simulator.faults.add(Fault(FaultKind.RATE_DAY, call="token", times=None))
    with pytest.raises(ZoomUnreachable, match="no more requests"):
        oauth.refresh(refresh_token)
    assert simulator.faults.struck() == 1


def test_nobody_listens() -> None:
    nowhere = Endpoints("http://127.0.0.1:9/v2", "http://127.0.0.1:9/oauth")
    with pytest.raises(ZoomUnreachable, match="no connection"):
        OAuth(nowhere, client_id="x").refresh("token")


def test_client_id_is_asked_for_where_it_is_needed(endpoints: Endpoints) -> None:
    with pytest.raises(SettingsError, match="client ID"):
        OAuth(endpoints, client_id=" ").refresh("token")
