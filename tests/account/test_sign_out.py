"""Signing out: forgotten here in any case, ended at Zoom where Zoom can be reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.account.backends import WindowsLike
from tests.account.conftest import HOST
from zoomdesk.account.keyring_vault import KeyringVault
from zoomdesk.account.profile import Profile
from zoomdesk.account.session import Session, SignedOut
from zoomdesk.account.store import AccountStore
from zoomdesk.errors import KeyringError, SignInRequired
from zoomdesk.simulator import Simulator
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth, TokenReply


def test_sign_out_forgets_and_revokes(
    session: Session, oauth: OAuth, backend: WindowsLike, reply: TokenReply
) -> None:
    assert session.sign_out() == SignedOut(HOST, "")
    assert session.profile() is None
    assert backend.entries == {}
    with pytest.raises(SignInRequired):
        session.access_token()
    with pytest.raises(SignInRequired):
        oauth.refresh(reply.refresh_token)


@pytest.mark.parametrize("later", ["after a restart", "after the hour"])
def test_sign_out_without_a_living_access_token_revokes_too(
    session: Session, oauth: OAuth, vault: KeyringVault, simulator: Simulator, later: str,
    endpoints: Endpoints, reply: TokenReply,
) -> None:  # fmt: skip
    """Zoom revokes access tokens only: a fresh one is asked for first."""
    if later == "after a restart":
        leaving = Session(oauth, vault)
    else:
        simulator.expire_tokens()
        leaving = Session(oauth, vault, now=lambda: datetime.now(UTC) + timedelta(hours=2))
        leaving.sign_in(reply, HOST)
    assert leaving.sign_out() == SignedOut(HOST, "")
    assert not any(
        grant.use == "refresh" and not grant.spent for grant in simulator.world.grants.values()
    )


def test_sign_out_of_a_session_that_zoom_has_ended(
    session: Session, oauth: OAuth, vault: KeyringVault, reply: TokenReply
) -> None:
    oauth.revoke(reply.access_token)
    assert Session(oauth, vault).sign_out() == SignedOut(HOST, "")


def test_profile_tells_which_app_until_the_token_is_revoked(
    oauth: OAuth, vault: KeyringVault, reply: TokenReply
) -> None:
    class AsksTheProfile:
        """Revoke with the app that the profile names, as the program does."""

        def __init__(self) -> None:
            self.seen: list[Profile | None] = []

        def refresh(self, refresh_token: str) -> TokenReply:
            return oauth.refresh(refresh_token)

        def account_credentials(self, account_id: str, client_secret: str) -> TokenReply:
            return oauth.account_credentials(account_id, client_secret)

        def revoke(self, token: str) -> None:
            self.seen.append(AccountStore().load())
            oauth.revoke(token)

    asking = AsksTheProfile()
    session = Session(asking, vault)
    session.sign_in(reply, HOST)
    session.sign_out()
    assert asking.seen == [HOST]
    assert session.profile() is None


def test_sign_out_works_without_a_network(
    session: Session, simulator: Simulator, backend: WindowsLike
) -> None:
    simulator.stop()
    left = session.sign_out()
    assert left.profile == HOST
    assert "no connection" in left.untold
    assert backend.entries == {}
    assert session.profile() is None


def test_sign_out_with_a_locked_keyring_is_told(session: Session, backend: WindowsLike) -> None:
    backend.writes_left = 0
    with pytest.raises(KeyringError):
        session.sign_out()
    assert session.profile() is None
