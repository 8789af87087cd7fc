"""Choose where a sign-in's secret is kept: a place that is known to be safe, or memory."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from zoomdesk.account.memory_vault import MemoryVault
from zoomdesk.account.patience import PATIENCE, TookTooLong, within
from zoomdesk.errors import SettingsError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

BACKENDS = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
    "linux": ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring"),
}
"""The safe places by platform. Anything else is used only where a person names it (DESIGN.md)."""


class TokenVault(Protocol):
    """Keep one secret per account. Every method may raise KeyringError."""

    @property
    def safe(self) -> bool:
        """Return whether secrets outlive this process; False keeps them in memory only."""

    def load(self, account: str) -> str | None:
        """Return the secret, or None where there is none that is whole."""

    def store(self, account: str, secret: str) -> None:
        """Keep the secret in place of an earlier one; a crash leaves the old one or the new."""

    def delete(self, account: str) -> None:
        """Forget the secret, if there is one."""

    def describe(self) -> str:
        """Return where secrets are kept, in one or two plain sentences."""


def open_vault(
    backend_name: str = "",
    environ: Mapping[str, str] = os.environ,
    *,
    patience: float = PATIENCE,
) -> TokenVault:
    """Return the vault to use on this computer.

    ``backend_name`` is the setting; ZOOMDESK_KEYRING_BACKEND wins over it. Either is a class of the
    keyring library, such as ``keyrings.alt.file.PlaintextKeyring``. Without a name, the best safe
    place of the platform is taken, and where there is none, memory; its ``describe`` says so and
    why. ``patience`` is in seconds. Raises SettingsError for a name that cannot be used.
    """
    from zoomdesk.account.keyring_vault import KeyringVault

    named = environ.get("ZOOMDESK_KEYRING_BACKEND", "").strip() or backend_name.strip()
    if named:
        return KeyringVault(_named(named, patience), patience=patience)
    platform = "linux" if sys.platform.startswith("linux") else sys.platform
    found: list[tuple[float, KeyringBackend]] = []
    for name in BACKENDS.get(platform, ()):
        usable = _usable(name, patience)
        if usable:
            found.append(usable)
    if not found:
        return MemoryVault("This computer offers no password store that Zoomdesk can use.")
    return KeyringVault(max(found, key=lambda pair: pair[0])[1], patience=patience)


def _usable(name: str, patience: float) -> tuple[float, KeyringBackend] | None:
    """Return a backend with its priority, or None where this computer has not what it needs."""
    try:
        return within(patience, _opener(name), name)
    except (ImportError, AttributeError, RuntimeError, OSError, TookTooLong):
        # RuntimeError is how keyring's backends say that they cannot work here.
        return None


def _named(name: str, patience: float) -> KeyringBackend:
    hint = "Correct or empty the setting keyring_backend, or ZOOMDESK_KEYRING_BACKEND."
    try:
        return within(patience, _opener(name), name)[1]
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise SettingsError(f"There is no keyring backend “{name}”.", hint=hint) from error
    except (RuntimeError, OSError, TookTooLong) as error:
        message = f"The keyring backend “{name}” cannot be used on this computer: {error}."
        raise SettingsError(message, hint=hint) from error


def _opener(name: str) -> Callable[[], tuple[float, KeyringBackend]]:
    def open_it() -> tuple[float, KeyringBackend]:
        from keyring.backend import KeyringBackend

        module, _, class_name = name.rpartition(".")
        if not module:
            raise ImportError(name)
        found = getattr(importlib.import_module(module), class_name)
        if not (isinstance(found, type) and issubclass(found, KeyringBackend)):
            raise TypeError(f"{name} is not a keyring backend")
        # Asking for the priority is what finds out whether a backend can work here at all.
        return float(found.priority), found()

    return open_it
