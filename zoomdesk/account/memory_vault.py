"""Keep secrets for as long as the program runs, and nowhere else."""

from __future__ import annotations

import threading


class MemoryVault:
    """Hold secrets in memory; ``reason`` is the sentence that says why there is no better place."""

    def __init__(self, reason: str = "") -> None:
        self._reason = reason
        self._secrets: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def safe(self) -> bool:
        """Return False: nothing outlives the program."""
        return False

    def load(self, account: str) -> str | None:
        """Return the secret, or None."""
        with self._lock:
            return self._secrets.get(account)

    def store(self, account: str, secret: str) -> None:
        """Hold the secret."""
        with self._lock:
            self._secrets[account] = secret

    def delete(self, account: str) -> None:
        """Forget the secret."""
        with self._lock:
            self._secrets.pop(account, None)

    def describe(self) -> str:
        """Say that it lasts no longer than the program, and why."""
        says = "Your sign-in is kept in memory only. You will have to sign in again next time."
        return f"{self._reason} {says}".strip()
