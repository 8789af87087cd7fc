from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from tests.account.backends import WindowsLike
from tests.account.conftest import HOST
from zoomdesk import paths
from zoomdesk.account import turn
from zoomdesk.account.keyring_vault import KeyringVault
from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.session import Session
from zoomdesk.account.store import AccountStore
from zoomdesk.account.vault import open_vault
from zoomdesk.errors import AccountError, AnswerLost, SignInRequired, ZoomUnreachable
from zoomdesk.simulator import (
    ACCOUNT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    Fault,
    FaultKind,
    Simulator,
)
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.oauth import OAuth, TokenReply
from zoomdesk.zoom.pacing import Pacer

ROOT = Path(__file__).resolve().parents[2]


def token_calls(simulator: Simulator) -> int:
    return sum(record.call == "token" for record in simulator.requests)


def works(session: Session, endpoints: Endpoints) -> bool:
    with ZoomClient(session, endpoints, pacer=Pacer("business")) as client:
        return client.me().email == HOST.email


def test_nobody_is_signed_in_at_first(oauth: OAuth, vault: KeyringVault) -> None:
    session = Session(oauth, vault)
    assert session.profile() is None
    assert session.api_url() == ""
    with pytest.raises(SignInRequired):
        session.access_token()
    with pytest.raises(SignInRequired):
        session.renew("stale")
    session.sign_out()


def test_fresh_sign_in_needs_no_renewal(
    session: Session, simulator: Simulator, reply: TokenReply, endpoints: Endpoints
) -> None:
    before = token_calls(simulator)
    assert session.access_token() == reply.access_token
    assert session.api_url() == simulator.url
    assert session.profile() == HOST
    assert session.safe
    assert works(session, endpoints)
    assert token_calls(simulator) == before


def test_access_token_is_kept_nowhere(
    session: Session, backend: WindowsLike, reply: TokenReply, zoomdesk_home: Path
) -> None:
    kept = "".join(backend.entries.values())
    assert reply.refresh_token[:900] in kept
    assert reply.access_token[-200:] not in kept
    for path in zoomdesk_home.rglob("*"):
        text = path.read_text(encoding="utf-8")
        assert reply.access_token not in text
        assert reply.refresh_token not in text


def test_next_start_of_the_program_goes_on(
    session: Session, oauth: OAuth, vault: KeyringVault, endpoints: Endpoints
) -> None:
    for _ in range(3):
        later = Session(oauth, vault)
        assert later.profile() == HOST
        assert works(later, endpoints)


def test_token_is_renewed_before_it_ends(
    oauth: OAuth, vault: KeyringVault, reply: TokenReply
) -> None:
    later = [datetime.now(UTC)]
    session = Session(oauth, vault, now=lambda: later[0])
    session.sign_in(reply, HOST)
    assert session.access_token() == reply.access_token
    later[0] += timedelta(minutes=59)
    assert session.access_token() != reply.access_token


def test_token_that_zoom_refuses_is_renewed_by_the_client(
    session: Session, simulator: Simulator, endpoints: Endpoints
) -> None:
    simulator.expire_tokens()
    assert works(session, endpoints)


def test_new_refresh_token_is_stored_before_its_access_token_is_used(
    session: Session, vault: KeyringVault, reply: TokenReply
) -> None:
    renewed = session.renew(reply.access_token)
    stored = vault.load(HOST.key)
    assert stored not in (None, reply.refresh_token)
    assert session.access_token() == renewed


def test_long_tokens_fit(
    oauth: OAuth, session: Session, simulator: Simulator, vault: KeyringVault, reply: TokenReply
) -> None:
    simulator.behaviour = replace(simulator.behaviour, token_length=4000)
    session.renew(reply.access_token)
    assert len(vault.load(HOST.key) or "") == 4000
    assert len(Session(oauth, vault).access_token()) == 4000


def test_many_threads_renew_once(session: Session, simulator: Simulator, reply: TokenReply) -> None:
    before = token_calls(simulator)
    found: list[str] = []
    start = threading.Barrier(12)

    def renew() -> None:
        start.wait()
        found.append(session.renew(reply.access_token))

    threads = [threading.Thread(target=renew) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert token_calls(simulator) == before + 1
    assert len(set(found)) == 1
    assert len(found) == 12


def test_session_that_zoom_ended_is_forgotten(
    session: Session, oauth: OAuth, vault: KeyringVault, reply: TokenReply, endpoints: Endpoints
) -> None:
    oauth.revoke(reply.access_token)
    with pytest.raises(SignInRequired, match="ended the session of Practice Host"):
        works(session, endpoints)
    assert vault.load(HOST.key) is None
    assert session.profile() == HOST  # still shown, so that the person knows who has to sign in


def test_trouble_at_zoom_keeps_the_sign_in(
    session: Session, simulator: Simulator, reply: TokenReply, endpoints: Endpoints
) -> None:
    simulator.faults.add(Fault(FaultKind.SERVER_ERROR, call="token", times=None))
    with pytest.raises(ZoomUnreachable):
        session.renew(reply.access_token)
    simulator.faults.clear()
    assert session.renew(reply.access_token)
    assert works(session, endpoints)


@pytest.mark.parametrize(("kind", "spent"), [("cut_before", False), ("cut_after", True)])
def test_renewal_whose_answer_was_lost_loses_nothing_early(
    session: Session, simulator: Simulator, vault: KeyringVault, reply: TokenReply, kind: str,
    spent: bool,
) -> None:  # fmt: skip
    simulator.faults.add(Fault(FaultKind(kind), call="token"))
    with pytest.raises(AnswerLost):
        session.renew(reply.access_token)
    assert vault.load(HOST.key) == reply.refresh_token
    if spent:
        with pytest.raises(SignInRequired, match=r"answer to the last renewal .* was lost"):
            session.renew(reply.access_token)
        assert vault.load(HOST.key) is None
    else:
        assert session.renew(reply.access_token) != reply.access_token


def test_keyring_that_lost_a_piece_means_signing_in_again(
    oauth: OAuth, session: Session, backend: WindowsLike
) -> None:
    backend.entries.popitem()
    with pytest.raises(SignInRequired):
        Session(oauth, KeyringVault(backend)).access_token()


def test_keyring_that_fails_at_sign_in_leaves_a_session_in_memory(
    oauth: OAuth, backend: WindowsLike, reply: TokenReply, endpoints: Endpoints
) -> None:
    backend.writes_left = 0
    session = Session(oauth, KeyringVault(backend))
    session.sign_in(reply, HOST)
    assert not session.safe
    assert "You will have to sign in again next time." in session.describe()
    assert works(session, endpoints)
    session.renew(reply.access_token)
    assert works(session, endpoints)


def test_keyring_that_fails_at_a_renewal_does_not_lose_the_session(
    session: Session, backend: WindowsLike, reply: TokenReply, endpoints: Endpoints
) -> None:
    backend.writes_left = 0
    first = session.renew(reply.access_token)
    assert not session.safe
    assert session.renew(first) != first
    assert works(session, endpoints)


@pytest.fixture
def server_session(endpoints: Endpoints, vault: KeyringVault) -> Session:
    oauth = OAuth(endpoints, client_id=S2S_CLIENT_ID)
    reply = oauth.account_credentials(ACCOUNT_ID, S2S_CLIENT_SECRET)
    session = Session(oauth, vault)
    profile = replace(HOST, mode="server", client_id=S2S_CLIENT_ID)
    session.sign_in(reply, profile, client_secret=S2S_CLIENT_SECRET)
    return session


def test_server_to_server_renews_by_asking_again(
    server_session: Session, simulator: Simulator, vault: KeyringVault, endpoints: Endpoints
) -> None:
    assert vault.load(f"server:{ACCOUNT_ID}") == S2S_CLIENT_SECRET
    first = server_session.access_token()
    simulator.expire_tokens()
    assert works(server_session, endpoints)
    assert server_session.access_token() != first
    later = Session(OAuth(endpoints, client_id=S2S_CLIENT_ID), vault)
    assert works(later, endpoints)
    later.sign_out()
    assert vault.load(f"server:{ACCOUNT_ID}") is None


def test_sign_in_with_nothing_to_keep_is_refused(
    oauth: OAuth, reply: TokenReply, vault: KeyringVault
) -> None:
    with pytest.raises(AccountError, match="nothing that could be kept"):
        Session(oauth, vault).sign_in(replace(reply, refresh_token=""), HOST)
    assert AccountStore().load() is None


def test_profile_that_cannot_be_saved_is_told(
    oauth: OAuth, reply: TokenReply, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    session = Session(oauth, MemoryVault(), AccountStore(blocked / "account.json"))
    with pytest.raises(AccountError, match="could not be saved"):
        session.sign_in(reply, HOST)
    with pytest.raises(SignInRequired):
        session.access_token()


def test_other_window_that_never_finishes_is_told(
    session: Session, reply: TokenReply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "PATIENCE", 0.1)
    with (
        FileLock(paths.data_dir() / "session.lock"),
        pytest.raises(AccountError, match="Another window"),
    ):
        session.renew(reply.access_token)
    assert session.renew(reply.access_token)


def test_folder_that_cannot_be_written_is_told(
    oauth: OAuth, vault: KeyringVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    store = AccountStore(tmp_path / "account.json")
    store.save(HOST)
    monkeypatch.setenv("ZOOMDESK_HOME", str(blocked))
    with pytest.raises(AccountError, match="cannot be written to"):
        Session(oauth, vault, store).access_token()


@pytest.fixture
def file_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep secrets in a file that other processes can read, too."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    name = "keyrings.alt.file.PlaintextKeyring"
    monkeypatch.setenv("ZOOMDESK_KEYRING_BACKEND", name)
    return


@pytest.mark.endtoend
def test_two_processes_refresh_at_once(
    file_keyring: None, simulator: Simulator, oauth: OAuth, reply: TokenReply
) -> None:
    """A token used twice would end the whole sign-in here."""
    simulator.behaviour = replace(simulator.behaviour, reuse_revokes_family=True)
    Session(oauth, open_vault()).sign_in(reply, HOST)
    command = [sys.executable, "-m", "tests.account.refresher"]
    arguments = [simulator.api_url, simulator.oauth_url, "8"]
    processes = [
        subprocess.Popen(
            [*command, *arguments],
            cwd=ROOT,
            env=dict(os.environ),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert out.splitlines() == [HOST.email] * 8, err
    assert token_calls(simulator) == 1 + 16
    assert Session(oauth, open_vault()).access_token()
