from __future__ import annotations

import errno
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring import errors as keyring_errors

from tests.account.backends import Failing, Hanging, WindowsError, WindowsLike
from zoomdesk.account.keyring_vault import CHUNK, KeyringVault
from zoomdesk.errors import KeyringError

ACCOUNT = "ann@office.example"
TOKEN = "".join(str(number) for number in range(2000))[:4000]


def test_nothing_is_there_at_first(vault: KeyringVault) -> None:
    assert vault.load(ACCOUNT) is None
    vault.delete(ACCOUNT)
    assert vault.safe


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4000, 20_000])
def test_secret_of_any_length_fits(vault: KeyringVault, backend: WindowsLike, length: int) -> None:
    secret = (TOKEN * 5)[:length]
    vault.store(ACCOUNT, secret)
    assert vault.load(ACCOUNT) == secret
    assert len(backend.entries) == max(1, -(-length // CHUNK)) + 1


@given(secret=st.text(st.characters(exclude_categories=["Cs"]), max_size=3000))
def test_secret_of_any_characters_fits(secret: str) -> None:
    vault = KeyringVault(WindowsLike())
    vault.store(ACCOUNT, secret)
    assert vault.load(ACCOUNT) == secret


def test_entries_are_named_as_designed(vault: KeyringVault, backend: WindowsLike) -> None:
    vault.store(ACCOUNT, TOKEN)
    names = {service for service, _ in backend.entries}
    assert names == {f"zoomdesk:{ACCOUNT}", *(f"zoomdesk:{ACCOUNT}:1:{i}" for i in range(4))}
    head = json.loads(backend.entries[f"zoomdesk:{ACCOUNT}", "zoomdesk"])
    assert (head["generation"], head["parts"], len(head["sha256"])) == (1, 4, 64)


def test_new_secret_leaves_nothing_of_the_old(vault: KeyringVault, backend: WindowsLike) -> None:
    vault.store(ACCOUNT, TOKEN)
    vault.store(ACCOUNT, "short")
    assert vault.load(ACCOUNT) == "short"
    assert len(backend.entries) == 2
    vault.delete(ACCOUNT)
    assert backend.entries == {}
    assert vault.load(ACCOUNT) is None


def test_accounts_are_kept_apart(vault: KeyringVault) -> None:
    vault.store(ACCOUNT, "one")
    vault.store("bob@office.example", "two")
    vault.delete(ACCOUNT)
    assert vault.load(ACCOUNT) is None
    assert vault.load("bob@office.example") == "two"


@pytest.mark.parametrize("writes", range(13))
def test_crash_leaves_the_old_secret_or_the_new(
    vault: KeyringVault, backend: WindowsLike, writes: int
) -> None:
    new = TOKEN[::-1]
    vault.store(ACCOUNT, TOKEN)
    backend.writes_left = writes
    try:
        vault.store(ACCOUNT, new)
    except KeyringError:
        pass
    else:
        assert writes >= 9  # four parts, the head, four old parts
    backend.writes_left = None
    assert vault.load(ACCOUNT) == (new if writes >= 5 else TOKEN)
    vault.store(ACCOUNT, "last")
    assert vault.load(ACCOUNT) == "last"


def test_longer_try_that_crashed_is_cleared_away(vault: KeyringVault, backend: WindowsLike) -> None:
    vault.store(ACCOUNT, "first")
    backend.writes_left = 3
    with pytest.raises(KeyringError):
        vault.store(ACCOUNT, TOKEN)
    backend.writes_left = None
    vault.store(ACCOUNT, "second")
    assert vault.load(ACCOUNT) == "second"
    assert len(backend.entries) == 2


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (":1:2", "another"),
        (":1:2", None),
        (":1:0", ""),
        ("", None),
        ("", "no JSON"),
        ("", "[1]"),
        ("", '{"generation": 1, "parts": 4}'),
        ("", '{"generation": 1, "parts": 3, "sha256": "x"}'),
        ("", '{"generation": 1, "parts": 1000000, "sha256": "x"}'),
        ("", '{"generation": "x", "parts": 4, "sha256": "x"}'),
        ("", '{"generation": 2, "parts": 4, "sha256": "x"}'),
    ],
)
def test_pieces_that_do_not_fit_mean_signed_out(
    vault: KeyringVault, backend: WindowsLike, entry: str, text: str | None
) -> None:
    vault.store(ACCOUNT, TOKEN)
    key = (f"zoomdesk:{ACCOUNT}{entry}", "zoomdesk")
    assert key in backend.entries
    if text is None:
        del backend.entries[key]
    else:
        backend.entries[key] = text
    assert vault.load(ACCOUNT) is None
    vault.store(ACCOUNT, "anew")
    assert vault.load(ACCOUNT) == "anew"


def test_secret_replaced_while_it_is_read_is_read_again() -> None:
    class Replaced(WindowsLike):
        """Another process stores a new secret after this one has read the head."""

        def get_password(self, service: str, username: str) -> str | None:
            found = super().get_password(service, username)
            if service == f"zoomdesk:{ACCOUNT}" and not self.done:
                self.done = True
                other = KeyringVault(self)
                other.store(ACCOUNT, "the newer one")
            return found

        done = True

    backend = Replaced()
    vault = KeyringVault(backend)
    vault.store(ACCOUNT, TOKEN)
    backend.done = False
    assert vault.load(ACCOUNT) == "the newer one"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (keyring_errors.KeyringLocked("x"), "is locked"),
        (keyring_errors.InitError("x"), "could not be opened"),
        (keyring_errors.NoKeyringError("x"), "could not be opened"),
        (OSError(errno.ENOSPC, "No space left on device"), "no room on the disk"),
        (PermissionError(errno.EACCES, "Permission denied"), "may not be used"),
        (WindowsError(1783, "CredWrite", "The stub received bad data"), "of this length"),
        (WindowsError(1312, "CredRead", "No such logon session"), "failed"),
        (RuntimeError("secret in the message"), "failed"),
    ],
)
def test_failure_is_told_in_plain_words(error: Exception, says: str) -> None:
    vault = KeyringVault(Failing(error))
    for call in (
        lambda: vault.load(ACCOUNT),
        lambda: vault.store(ACCOUNT, TOKEN),
        lambda: vault.delete(ACCOUNT),
    ):
        with pytest.raises(KeyringError, match=says) as caught:
            call()
        assert "secret in the message" not in str(caught.value)


def test_hidden_prompt_does_not_hold_up_the_program() -> None:
    backend = Hanging()
    vault = KeyringVault(backend, patience=0.1)
    with pytest.raises(KeyringError, match="does not answer") as caught:
        vault.load(ACCOUNT)
    assert "behind another window" in caught.value.hint
    backend.answered.set()
    assert vault.load(ACCOUNT) is None


def test_entry_that_is_too_long_would_be_refused(backend: WindowsLike) -> None:
    """The limit that the chunks are for is really there."""
    with pytest.raises(WindowsError):
        backend.set_password("service", "user", "x" * 1281)


def test_named_backend_is_named(vault: KeyringVault) -> None:
    assert "tests.account.backends.WindowsLike" in vault.describe()
