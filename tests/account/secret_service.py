"""Use the vault on this machine's Secret Service, and print what came of it as JSON.

Usage: python -m tests.account.secret_service [lock]. With ``lock``, a secret is stored and the
collection locked before it is read again. Run by test_secret_service.py inside a D-Bus session.
"""

from __future__ import annotations

import json
import sys

import secretstorage

from zoomdesk.account.vault import open_vault
from zoomdesk.errors import KeyringError

ACCOUNT = "ann@office.example"
SECRET = "".join(str(number) for number in range(2000))[:4000]
PATIENCE = 5.0


def lock() -> None:
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()


def main(*, locking: bool) -> dict[str, object]:
    vault = open_vault(environ={}, patience=PATIENCE)
    found: dict[str, object] = {"safe": vault.safe, "describe": vault.describe()}
    try:
        vault.store(ACCOUNT, SECRET)
        if locking:
            lock()
        found["whole"] = vault.load(ACCOUNT) == SECRET
        again = open_vault(environ={}, patience=PATIENCE)
        found["again"] = again.load(ACCOUNT) == SECRET
        vault.store(ACCOUNT, "short")
        found["replaced"] = again.load(ACCOUNT) == "short"
        vault.delete(ACCOUNT)
        found["deleted"] = again.load(ACCOUNT) is None
    except KeyringError as error:
        found |= {"error": error.message, "hint": error.hint}
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(locking="lock" in sys.argv)) + "\n")
