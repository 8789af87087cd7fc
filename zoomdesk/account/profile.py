"""Remember who is signed in: nothing secret, in a JSON file beside the settings."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from zoomdesk import paths
from zoomdesk.errors import AccountError

Mode = Literal["browser", "server"]


@dataclass(frozen=True, slots=True)
class Profile:
    """Say who is signed in and how.

    ``client_id`` is the app that the sign-in belongs to: a refresh token is good for no other.
    """

    email: str
    display_name: str
    account_id: str
    mode: Mode = "browser"
    client_id: str = ""

    @property
    def key(self) -> str:
        """Return the name under which the secret is kept in the vault."""
        return f"server:{self.account_id}" if self.mode == "server" else self.email.lower()


class AccountStore:
    """Keep one profile in ``account.json``, or wherever ``path`` says."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Return the file."""
        return self._path or paths.config_dir() / "account.json"

    def load(self) -> Profile | None:
        """Return who is signed in; None where nobody is, or the file tells nothing."""
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            # Nothing in it is worth an error: whoever signs in again writes it anew.
            return None
        if not isinstance(raw, dict):
            return None
        values = {name: raw.get(name, "") for name in Profile.__slots__}
        texts = all(isinstance(value, str) for value in values.values())
        if not texts or values["mode"] not in ("browser", "server") or not values["account_id"]:
            return None
        return Profile(**values)

    def save(self, profile: Profile) -> None:
        """Write the file; a crash leaves the old or the new one. Raises AccountError."""
        text = json.dumps(asdict(profile), indent=2, ensure_ascii=False) + "\n"
        path = self.path
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".account-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise AccountError(
                f"Who is signed in could not be saved to {path}.",
                hint="Check that there is room on the disk and that you may write there.",
            ) from error

    def clear(self) -> None:
        """Forget who is signed in. Raises AccountError."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            message = f"{self.path} could not be deleted."
            raise AccountError(message, hint="Delete that file yourself.") from error
