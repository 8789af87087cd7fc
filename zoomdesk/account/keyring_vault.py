"""Keep secrets in the system's keyring, in pieces that every keyring can hold.

Windows takes 1,280 UTF-16 units an entry (DESIGN.md, zoom/README.md section 3), so a secret is cut
into chunks of at most 1,000 on every platform. Entries: ``zoomdesk:<account>:<generation>:<i>`` and
a head ``zoomdesk:<account>`` with generation, number of parts and SHA-256. The head is written last
and the earlier generation deleted after, so that a crash leaves the old secret or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

from keyring import errors as keyring_errors
from keyring.backend import KeyringBackend

from zoomdesk.account.patience import PATIENCE, TookTooLong, within
from zoomdesk.errors import KeyringError

T = TypeVar("T")

CHUNK = 1000
"""UTF-16 units that an entry may hold."""

_USER = "zoomdesk"
_MOST_PARTS = 100  # a head that names more is not ours
_LOADS = 3  # another process may replace the secret while its parts are read
_TOO_LONG_FOR_WINDOWS = 1783

_PLACES = {
    "WinVaultKeyring": "in the Windows Credential Manager",
    "SecretService": "in this computer’s password store",
    "kwallet": "in KDE’s wallet",
    "macOS": "in the macOS keychain",
}


@dataclass(frozen=True, slots=True)
class _Head:
    generation: int
    parts: int
    sha256: str


class KeyringVault:
    """Keep secrets with one backend of the keyring library.

    Each call runs on a thread of its own for at most ``patience`` seconds, because a keyring may
    wait for ever on a prompt that nobody sees. Every method may raise KeyringError.
    """

    def __init__(self, backend: KeyringBackend, *, patience: float = PATIENCE) -> None:
        self._backend = backend
        self._patience = patience

    @property
    def safe(self) -> bool:
        """Return True: secrets outlive the program."""
        return True

    def load(self, account: str) -> str | None:
        """Return the secret; None where there is none, or where its pieces do not fit together."""
        return self._do(lambda: self._load(account))

    def store(self, account: str, secret: str) -> None:
        """Keep the secret in place of the earlier one."""
        self._do(lambda: self._store(account, secret))

    def delete(self, account: str) -> None:
        """Forget the secret: its head first, so that half of it counts as none."""
        self._do(lambda: self._delete(account))

    def describe(self) -> str:
        """Return where secrets are kept."""
        backend = type(self._backend)
        name = f"{backend.__module__}.{backend.__qualname__}"
        if name.startswith("keyring.backends."):
            for part, place in _PLACES.items():
                if part in name:
                    return f"Your sign-in is kept {place}."
        return f"Your sign-in is kept with {name}, as the settings of this computer say."

    def _load(self, account: str) -> str | None:
        seen: _Head | None = None
        for _ in range(_LOADS):
            head = self._head(account)
            if head is None or head == seen:
                return None
            pieces = [self._get(_entry(account, head.generation, i)) for i in range(head.parts)]
            secret = "".join(piece or "" for piece in pieces)
            if _digest(secret) == head.sha256:
                return secret
            seen = head
        return None

    def _store(self, account: str, secret: str) -> None:
        old = self._head(account)
        generation = old.generation + 1 if old else 1
        pieces = _cut(secret)
        for i, piece in enumerate(pieces):
            self._set(_entry(account, generation, i), piece)
        head = _Head(generation, len(pieces), _digest(secret))
        self._set(_entry(account), json.dumps(asdict(head)))
        if old:
            self._clear(account, old.generation)
        # A crash may have left a longer try of the same generation.
        self._clear(account, generation, first=len(pieces))

    def _delete(self, account: str) -> None:
        head = self._head(account)
        self._remove(_entry(account))
        if head:
            self._clear(account, head.generation)
            self._clear(account, head.generation + 1)

    def _clear(self, account: str, generation: int, first: int = 0) -> None:
        for i in range(first, _MOST_PARTS):
            entry = _entry(account, generation, i)
            if self._get(entry) is None:
                return
            self._remove(entry)

    def _head(self, account: str) -> _Head | None:
        text = self._get(_entry(account))
        try:
            values = json.loads(text or "")
            head = _Head(int(values["generation"]), int(values["parts"]), str(values["sha256"]))
        except (ValueError, TypeError, KeyError):
            return None
        return head if 0 < head.parts <= _MOST_PARTS and head.generation > 0 else None

    # A service name of its own for each entry: on Windows, entries of one service but different
    # users are moved around under each other's names.
    def _get(self, entry: str) -> str | None:
        return self._backend.get_password(entry, _USER)

    def _set(self, entry: str, text: str) -> None:
        self._backend.set_password(entry, _USER, text)

    def _remove(self, entry: str) -> None:
        with contextlib.suppress(keyring_errors.PasswordDeleteError):
            self._backend.delete_password(entry, _USER)

    def _do(self, call: Callable[[], T]) -> T:
        try:
            return within(self._patience, call, "keyring")
        except TookTooLong as error:
            raise KeyringError(
                "The password store of this computer does not answer.",
                hint="It may be asking for its password behind another window. Unlock it and try "
                "again.",
            ) from error
        except Exception as error:
            # Backends raise errors of the libraries below them, not of keyring alone.
            raise _in_plain_words(error) from error


def _entry(account: str, generation: int | None = None, part: int = 0) -> str:
    return f"zoomdesk:{account}" + ("" if generation is None else f":{generation}:{part}")


def _cut(secret: str) -> list[str]:
    # A character beyond the basic plane takes two units.
    size = CHUNK if secret.isascii() else CHUNK // 2
    return [secret[i : i + size] for i in range(0, len(secret), size)] or [""]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _in_plain_words(error: Exception) -> KeyringError:
    if isinstance(error, keyring_errors.KeyringLocked):
        return KeyringError(
            "The password store of this computer is locked.",
            hint="Unlock it, usually by signing in to the computer again, and try again.",
        )
    if isinstance(error, keyring_errors.InitError | keyring_errors.NoKeyringError):
        return KeyringError(
            "The password store of this computer could not be opened.",
            hint="If it asked for a password, answer it and try again.",
        )
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return KeyringError(
            "The password store is full: there is no room on the disk.",
            hint="Free some space and try again.",
        )
    if isinstance(error, PermissionError):
        return KeyringError(
            "The password store may not be used.", hint="Ask your IT for the permission to use it."
        )
    if getattr(error, "winerror", None) == _TOO_LONG_FOR_WINDOWS:
        return KeyringError("The password store of this computer takes no entries of this length.")
    return KeyringError(
        f"The password store of this computer failed ({type(error).__name__}).",
        hint="Try again. If it goes on, ask your IT to look at the password store.",
    )
