"""What codes, secrets and refresh tokens become: PKCE, rotation, expiry, revoking, scopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from tests.simulator.api import Api, error
from tests.simulator.signing_in import me, new_code, refresh, refusal, sign_in, token, trade
from zoomdesk.simulator import (
    ACCOUNT_ID,
    PUBLIC_CLIENT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    Behaviour,
    ManualClock,
    Simulator,
    sample_world,
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 5, 4, 9, tzinfo=UTC))


@pytest.fixture
def sim(clock: ManualClock) -> Iterator[Simulator]:
    with Simulator(sample_world(clock.now()), Behaviour(rate_limits=False), clock=clock) as running:
        yield running


def test_a_code_becomes_tokens(sim: Simulator) -> None:
    body = sign_in(sim)
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 3600
    assert body["api_url"] == sim.url
    assert "webinar:write:batch_registrants" in body["scope"].split()
    assert me(sim, body["access_token"]).status_code == 200


@pytest.mark.parametrize("length", [700, 4000])
def test_tokens_have_the_chosen_length(sim: Simulator, length: int) -> None:
    sim.behaviour = Behaviour(token_length=length)
    body = sign_in(sim)
    assert len(body["access_token"]) == len(body["refresh_token"]) == length
    assert me(sim, body["access_token"]).status_code == 200


def test_a_wrong_verifier_spends_the_code(sim: Simulator) -> None:
    code = new_code(sim)
    assert refusal(trade(sim, code, code_verifier="x" * 43)) == (400, 4734, "invalid_grant")
    assert refusal(trade(sim, code)) == (400, 4734, "invalid_grant")


def test_a_code_is_good_once(sim: Simulator) -> None:
    code = new_code(sim)
    assert trade(sim, code).status_code == 200
    assert refusal(trade(sim, code)) == (400, 4734, "invalid_grant")


def test_a_code_expires(sim: Simulator, clock: ManualClock) -> None:
    code = new_code(sim)
    clock.advance(minutes=5)
    assert refusal(trade(sim, code)) == (400, 4733, "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"redirect_uri": "http://127.0.0.1:9/other"}, (400, 4709, "invalid_request")),
        ({"client_id": "stranger"}, (401, 4702, "invalid_client")),
        ({"client_id": S2S_CLIENT_ID}, (401, 4704, "invalid_client")),
        ({"client_secret": "guess"}, (401, 4704, "invalid_client")),
        ({"code": "made-up"}, (400, 4734, "invalid_grant")),
    ],
)
def test_codes_are_not_given_away(sim: Simulator, changes: Any, expected: Any) -> None:
    assert refusal(trade(sim, **({"code": new_code(sim)} | changes))) == expected


@pytest.mark.parametrize("values", [{"grant_type": "password"}, {}])
def test_an_unknown_grant_type(sim: Simulator, values: dict[str, str]) -> None:
    response = token(sim, client_id=PUBLIC_CLIENT_ID, **values)
    assert response.status_code == 400
    assert response.json()["error"] == "unsupported_grant_type"


def test_refresh_tokens_rotate(sim: Simulator) -> None:
    first = sign_in(sim)
    second = refresh(sim, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert me(sim, second["access_token"]).status_code == 200
    assert refresh(sim, second["refresh_token"]).status_code == 200


@pytest.mark.parametrize("family", [True, False])
def test_a_refresh_token_used_twice(sim: Simulator, family: bool) -> None:
    sim.behaviour = Behaviour(reuse_revokes_family=family)
    first = sign_in(sim)
    second = refresh(sim, first["refresh_token"]).json()
    again = refresh(sim, first["refresh_token"])
    assert refusal(again) == (400, 4741 if family else 4711, "invalid_grant")
    assert me(sim, second["access_token"]).status_code == (401 if family else 200)
    assert refresh(sim, second["refresh_token"]).status_code == (400 if family else 200)


def test_refresh_tokens_live_90_days(sim: Simulator, clock: ManualClock) -> None:
    body = sign_in(sim)
    clock.advance(days=90)
    assert refusal(refresh(sim, body["refresh_token"])) == (400, 4711, "invalid_grant")


def test_an_access_token_is_no_refresh_token(sim: Simulator) -> None:
    body = sign_in(sim)
    assert refusal(refresh(sim, body["access_token"])) == (400, 4711, "invalid_grant")
    assert error(me(sim, body["refresh_token"])) == (401, 124, "Invalid access token.")


def test_access_tokens_expire_after_an_hour(sim: Simulator, clock: ManualClock) -> None:
    body = sign_in(sim)
    clock.advance(3599)
    assert me(sim, body["access_token"]).status_code == 200
    clock.advance(1)
    assert error(me(sim, body["access_token"])) == (401, 124, "Access token is expired.")


def test_tokens_expire_on_demand_but_can_be_refreshed(sim: Simulator) -> None:
    body = sign_in(sim)
    sim.expire_tokens()
    assert error(me(sim, body["access_token"])) == (401, 124, "Access token is expired.")
    renewed = refresh(sim, body["refresh_token"]).json()
    assert me(sim, renewed["access_token"]).status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}]
)
def test_no_token_of_ours(sim: Simulator, headers: dict[str, str]) -> None:
    response = requests.get(f"{sim.api_url}/users/me", headers=headers, timeout=20)
    assert error(response) == (401, 124, "Invalid access token.")


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_ends_the_sign_in(sim: Simulator, which: str) -> None:
    sim.behaviour = replace(sim.behaviour, revokes_access_only=False)
    body, other = sign_in(sim), sign_in(sim)
    response = requests.post(
        f"{sim.oauth_url}/revoke",
        data={"client_id": PUBLIC_CLIENT_ID, "token": body[which]},
        timeout=20,
    )
    assert response.json() == {"status": "success"}
    assert me(sim, body["access_token"]).status_code == 401
    assert refresh(sim, body["refresh_token"]).status_code == 400
    assert me(sim, other["access_token"]).status_code == 200


def test_only_a_living_access_token_is_revoked(sim: Simulator) -> None:
    body = sign_in(sim)

    def revoke(token: str) -> int:
        data = {"client_id": PUBLIC_CLIENT_ID, "token": token}
        return requests.post(f"{sim.oauth_url}/revoke", data=data, timeout=20).status_code

    assert revoke(body["refresh_token"]) == 400
    sim.expire_tokens()
    assert revoke(body["access_token"]) == 400
    assert refresh(sim, body["refresh_token"]).status_code == 200


def test_revoking_what_is_not_ones_own(sim: Simulator) -> None:
    body = sign_in(sim)
    url = f"{sim.oauth_url}/revoke"
    given = {"token": body["access_token"]}
    basic = (S2S_CLIENT_ID, S2S_CLIENT_SECRET)
    assert requests.post(url, data=given, auth=basic, timeout=20).status_code == 400
    assert requests.post(url, data=given, timeout=20).status_code == 401
    assert me(sim, body["access_token"]).status_code == 200


def test_server_to_server(sim: Simulator) -> None:
    basic = (S2S_CLIENT_ID, S2S_CLIENT_SECRET)
    response = token(sim, basic, grant_type="account_credentials", account_id=ACCOUNT_ID)
    body = response.json()
    assert "refresh_token" not in body
    assert me(sim, body["access_token"]).status_code == 200
    query = requests.post(
        f"{sim.oauth_url}/token",
        params={"grant_type": "account_credentials", "account_id": ACCOUNT_ID},
        auth=basic,
        timeout=20,
    )
    assert query.status_code == 200


@pytest.mark.parametrize(
    ("auth", "account", "expected"),
    [
        ((S2S_CLIENT_ID, "wrong"), ACCOUNT_ID, (401, 4704, "invalid_client")),
        (("stranger", S2S_CLIENT_SECRET), ACCOUNT_ID, (401, 4702, "invalid_client")),
        ((S2S_CLIENT_ID, S2S_CLIENT_SECRET), "other", (400, 4700, "invalid_request")),
        ((PUBLIC_CLIENT_ID, ""), ACCOUNT_ID, (401, 4704, "unauthorized_client")),
    ],
)
def test_server_to_server_refused(sim: Simulator, auth: Any, account: str, expected: Any) -> None:
    response = token(sim, auth, grant_type="account_credentials", account_id=account)
    assert refusal(response) == expected


@pytest.mark.parametrize(
    ("style", "named"),
    [
        ("granular", "[webinar:write:batch_registrants, webinar:write:batch_registrants:admin]"),
        ("classic", "[webinar:write, webinar:write:admin]"),
    ],
)
def test_a_missing_scope_is_a_400(sim: Simulator, style: Any, named: str) -> None:
    sim.behaviour = Behaviour(scope_names=style)
    api = Api(sim, sim.issue_token(scopes=("webinar:read", "meeting:write")))
    listed = api.get("/users/me/webinars")
    refused = api.batch([{"email": "a@example.com", "first_name": "A"}])
    api.close()
    assert listed.status_code == 200
    assert error(refused) == (400, 4711, f"Invalid access token, does not contain scopes:{named}.")


@pytest.mark.parametrize(
    "scope",
    [
        "webinar:read",
        "webinar:read:admin",
        "webinar:read:list_webinars",
        "webinar:read:list_webinars:admin",
    ],
)
def test_each_naming_of_a_scope_will_do(sim: Simulator, scope: str) -> None:
    api = Api(sim, sim.issue_token(scopes=(scope,)))
    statuses = [api.get(f"/users/me/{each}").status_code for each in ("webinars", "meetings")]
    api.close()
    assert statuses == [200, 400]


def test_no_token_is_kept(sim: Simulator) -> None:
    body = sign_in(sim)
    kept: Callable[[], str] = lambda: repr(sim.world.grants)  # noqa: E731
    assert body["access_token"] not in kept()
    assert body["refresh_token"] not in kept()
