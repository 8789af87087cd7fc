from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from zoomdesk.account import vault as vault_module
from zoomdesk.account.keyring_vault import KeyringVault
from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.vault import BACKENDS, open_vault
from zoomdesk.errors import SettingsError

PLAINTEXT = "keyrings.alt.file.PlaintextKeyring"


def test_memory_holds_and_forgets() -> None:
    vault = MemoryVault("There is no better place.")
    assert vault.load("ann") is None
    vault.store("ann", "secret")
    assert vault.load("ann") == "secret"
    assert MemoryVault().load("ann") is None
    vault.delete("ann")
    vault.delete("ann")
    assert vault.load("ann") is None
    assert not vault.safe
    assert vault.describe().startswith("There is no better place.")
    assert "You will have to sign in again next time." in vault.describe()


def test_no_safe_place_means_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside the list is taken by itself, however good keyring thinks it is."""
    monkeypatch.setattr(vault_module, "BACKENDS", {})
    vault = open_vault(environ={})
    assert isinstance(vault, MemoryVault)
    assert "You will have to sign in again next time." in vault.describe()


@pytest.mark.parametrize("platform", BACKENDS)
def test_only_the_platforms_own_places_are_taken(platform: str) -> None:
    places = {
        "win32": {"WinVaultKeyring"},
        "darwin": {"Keyring"},
        "linux": {"Keyring", "DBusKeyring"},
    }
    assert {name.rpartition(".")[2] for name in BACKENDS[platform]} == places[platform]
    assert all(name.startswith("keyring.backends.") for name in BACKENDS[platform])


@pytest.mark.parametrize("by", ["environment", "setting", "both"])
def test_named_backend_is_used(by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    environ = {} if by == "setting" else {"ZOOMDESK_KEYRING_BACKEND": PLAINTEXT}
    setting = {"environment": "", "setting": PLAINTEXT, "both": "no.such.Backend"}[by]
    vault = open_vault(setting, environ)
    assert isinstance(vault, KeyringVault)
    vault.store("ann@office.example", "x" * 4000)
    assert vault.load("ann@office.example") == "x" * 4000
    assert PLAINTEXT in vault.describe()
    assert vault.safe
    if sys.platform != "win32":
        (file,) = tmp_path.rglob("*.cfg")
        assert not file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("no.such.Backend", "no keyring backend"),
        ("Backend", "no keyring backend"),
        ("keyring.backends.SecretService.Nothing", "no keyring backend"),
        ("pathlib.Path", "no keyring backend"),
        ("os.system", "no keyring backend"),
        ("keyring.backends.Windows.WinVaultKeyring", "cannot be used on this computer"),
    ],
)
def test_named_backend_that_is_none_is_told(name: str, says: str) -> None:
    if name.endswith("WinVaultKeyring") and sys.platform == "win32":
        name = "keyring.backends.macOS.Keyring"
    with pytest.raises(SettingsError, match=says) as caught:
        open_vault(name, environ={})
    assert "keyring_backend" in caught.value.hint
