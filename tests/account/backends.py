"""Keyrings to test with: one with Windows' limits, one that forgets, hangs, or fails."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

WINDOWS_LIMIT = 1280


class WindowsError(Exception):
    """Stand for ``pywintypes.error``, which is no KeyringError and no OSError."""

    def __init__(self, winerror: int, funcname: str, strerror: str) -> None:
        super().__init__(winerror, funcname, strerror)
        self.winerror = winerror


class WindowsLike(KeyringBackend):
    """Hold entries of 1,280 UTF-16 units at most, as the Windows Credential Manager does.

    ``writes_left`` is when the machine loses its power: writing and deleting then fail.
    """

    priority = 5  # type: ignore[assignment]  # a class property in the base

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.writes_left: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write()
        if len(password.encode("utf-16-le")) > 2 * WINDOWS_LIMIT:
            raise WindowsError(1783, "CredWrite", "The stub received bad data")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._write()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("no such entry")

    def _write(self) -> None:
        if self.writes_left is not None:
            if self.writes_left == 0:
                raise WindowsError(1450, "CredWrite", "Insufficient system resources")
            self.writes_left -= 1


class Hanging(WindowsLike):
    """Wait for a prompt that nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(60)
        return super().get_password(service, username)


class Failing(WindowsLike):
    """Fail with one error, whatever is asked."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        raise self.error
