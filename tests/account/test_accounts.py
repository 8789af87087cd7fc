"""Several accounts on one computer: each with its own tokens, one at work at a time."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.account.backends import WindowsLike
from tests.account.conftest import COHOST, HOST, sign_in_as
from zoomdesk import paths
from zoomdesk.account.keyring_vault import KeyringVault
from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.session import Session
from zoomdesk.account.store import AccountStore
from zoomdesk.errors import AnswerLost, SignInRequired
from zoomdesk.logfile import LogFile
from zoomdesk.simulator import Fault, FaultKind, Simulator
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth
from zoomdesk.zoom.pacing import Pacer


@pytest.fixture
def both(oauth: OAuth, vault: KeyringVault) -> Session:
    """Sign in two people, the cohost last."""
    session = Session(oauth, vault)
    session.sign_in(sign_in_as(oauth, HOST.email), HOST)
    session.sign_in(sign_in_as(oauth, COHOST.email), COHOST)
    return session


def asks_as(session: Session, endpoints: Endpoints) -> str:
    """Return whom Zoom takes the session's caller for."""
    with ZoomClient(session, endpoints, pacer=Pacer("business")) as client:
        return client.me().email


def test_each_account_has_its_own_tokens(
    both: Session, oauth: OAuth, vault: KeyringVault, endpoints: Endpoints
) -> None:
    assert both.accounts() == (HOST, COHOST)
    assert vault.load(HOST.key) != vault.load(COHOST.key)
    assert asks_as(both, endpoints) == COHOST.email
    assert asks_as(Session(oauth, vault, account=HOST.key), endpoints) == HOST.email
    assert AccountStore().load() == COHOST  # naming one for once chooses nobody


def test_chosen_account_is_used_now_and_at_the_next_start(
    both: Session, oauth: OAuth, vault: KeyringVault, endpoints: Endpoints
) -> None:
    assert both.use("practice host") == HOST
    assert asks_as(both, endpoints) == HOST.email
    assert asks_as(Session(oauth, vault), endpoints) == HOST.email
    with pytest.raises(SignInRequired, match=r"as “eve@x.example”"):
        both.use("eve@x.example")
    assert both.profile() == HOST


def test_choice_of_another_window_does_not_change_who_works_here(
    both: Session, oauth: OAuth, vault: KeyringVault, endpoints: Endpoints, simulator: Simulator
) -> None:
    Session(oauth, vault).use(HOST.key)
    simulator.expire_tokens()
    assert both.profile() == COHOST
    assert asks_as(both, endpoints) == COHOST.email


def test_who_was_shown_is_who_works(
    oauth: OAuth, vault: KeyringVault, both: Session, endpoints: Endpoints
) -> None:
    shown = Session(oauth, vault)
    assert shown.profile() == COHOST
    both.use(HOST.key)
    assert asks_as(shown, endpoints) == COHOST.email


def test_signing_out_leaves_the_others_and_chooses_nobody(
    both: Session, oauth: OAuth, vault: KeyringVault, endpoints: Endpoints
) -> None:
    assert both.sign_out().profile == COHOST
    assert both.profile() is None
    assert vault.load(COHOST.key) is None
    with pytest.raises(SignInRequired, match=r"No account is chosen.*Practice Host"):
        both.access_token()
    both.use(HOST.email)
    assert asks_as(both, endpoints) == HOST.email


def test_account_that_was_signed_out_in_another_window_is_not_replaced(
    both: Session, oauth: OAuth, vault: KeyringVault, endpoints: Endpoints
) -> None:
    elsewhere = Session(oauth, vault)
    elsewhere.sign_out()
    elsewhere.use(HOST.key)
    with pytest.raises(SignInRequired, match="signed out elsewhere"):
        asks_as(both, endpoints)


def test_keyring_that_fails_for_one_account_leaves_the_others_in_it(
    oauth: OAuth, endpoints: Endpoints
) -> None:
    backend = WindowsLike()
    session = Session(oauth, KeyringVault(backend))
    session.sign_in(sign_in_as(oauth, HOST.email), HOST)
    backend.writes_left = 0
    session.sign_in(sign_in_as(oauth, COHOST.email), COHOST)
    assert not session.safe
    assert "sign in again next time" in session.describe()
    assert asks_as(session, endpoints) == COHOST.email
    session.use(HOST.key)
    assert session.safe
    assert "memory" not in session.describe()


def test_memory_offers_only_those_who_signed_in_since(oauth: OAuth, vault: KeyringVault) -> None:
    AccountStore().save(HOST)
    session = Session(oauth, MemoryVault())
    assert session.accounts() == ()
    session.sign_in(sign_in_as(oauth, COHOST.email), COHOST)
    assert session.accounts() == (COHOST,)
    with pytest.raises(SignInRequired, match=r"as “host@practice.example”"):
        session.use(HOST.email)


def test_sign_in_of_the_time_of_one_account_goes_on(
    oauth: OAuth, vault: KeyringVault, endpoints: Endpoints, zoomdesk_home: Path
) -> None:
    """The file of that time holds one bare profile; the keyring's entry has kept its name."""
    vault.store("host@practice.example", sign_in_as(oauth, HOST.email).refresh_token)
    (paths.config_dir() / "account.json").write_text(json.dumps(asdict(HOST)), encoding="utf-8")
    session = Session(oauth, vault)
    assert asks_as(session, endpoints) == HOST.email
    session.sign_in(sign_in_as(oauth, COHOST.email), COHOST)
    assert session.accounts() == (HOST, COHOST)
    assert asks_as(Session(oauth, vault, account=HOST.key), endpoints) == HOST.email


def test_log_of_a_sign_in_holds_neither_tokens_nor_names(
    oauth: OAuth, vault: KeyringVault, simulator: Simulator, tmp_path: Path
) -> None:
    log = LogFile(tmp_path, "everything")
    try:
        reply = sign_in_as(oauth, HOST.email)
        session = Session(oauth, vault)
        session.sign_in(reply, HOST)
        renewed = session.renew(reply.access_token)
        simulator.faults.add(Fault(FaultKind.CUT_BEFORE, call="token"))
        with pytest.raises(AnswerLost):
            session.renew(renewed)
        session.sign_out()
    finally:
        log.close()
    text = log.path.read_text(encoding="utf-8")
    assert text.count("POST /oauth/token 200") == 2
    assert "POST /oauth/revoke 200" in text
    assert "no answer (the connection to 127.0.0.1 broke" in text
    for private in (reply.access_token, reply.refresh_token, renewed, "@", "Practice", "Bearer"):
        assert private[:20] not in text
