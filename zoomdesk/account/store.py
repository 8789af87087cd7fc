"""Remember who is signed in: nothing secret, in a JSON file beside the settings.

``{"version": 2, "current": KEY, "accounts": [PROFILE, ...]}``. A file of the time when there was
one account only holds that profile itself; it is read as one account that is in use, and its secret
stands in the keyring under the same name as ever.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from zoomdesk import paths, whole_file
from zoomdesk.account.profile import Profile
from zoomdesk.errors import AccountError

VERSION = 2


@dataclass(frozen=True, slots=True)
class _Kept:
    current: str = ""
    accounts: tuple[Profile, ...] = ()

    def without(self, key: str) -> tuple[Profile, ...]:
        return tuple(each for each in self.accounts if each.key != key)


class AccountStore:
    """Keep profiles in ``account.json``, or wherever ``path`` says; one of them is in use, or none.

    Whoever changes it holds ``turn.one_at_a_time``: other windows keep theirs in the same file.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Return the file."""
        return self._path or paths.config_dir() / "account.json"

    def load(self) -> Profile | None:
        """Return the account in use; None where none is, or the file tells nothing."""
        kept = self._read()
        return next((each for each in kept.accounts if each.key == kept.current), None)

    def all(self) -> tuple[Profile, ...]:
        """Return every account that is signed in, in the order of their first sign-in."""
        return self._read().accounts

    def get(self, key: str) -> Profile | None:
        """Return the account of that key, None where it is not signed in."""
        return next((each for each in self.all() if each.key == key), None)

    def save(self, profile: Profile) -> None:
        """Add an account, or replace the one of its key, and use it. Raises AccountError."""
        kept = self._read_to_change()
        if any(each.key == profile.key for each in kept.accounts):
            accounts = tuple(profile if each.key == profile.key else each for each in kept.accounts)
        else:
            accounts = (*kept.accounts, profile)
        self._write(_Kept(profile.key, accounts))

    def use(self, key: str) -> None:
        """Use another account from now on. Raises AccountError."""
        self._write(_Kept(key, self._read_to_change().accounts))

    def remove(self, key: str) -> None:
        """Forget an account. Raises AccountError.

        Where it was in use, none is: nobody is to work with another account without having said so.
        """
        kept = self._read_to_change()
        left = kept.without(key)
        if left:
            self._write(_Kept("" if kept.current == key else kept.current, left))
        else:
            self.clear()

    def clear(self) -> None:
        """Forget who is signed in. Raises AccountError."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            message = f"{self.path} could not be deleted."
            raise AccountError(message, hint="Delete that file yourself.") from error

    def _read(self) -> _Kept:
        try:
            return self._parsed()
        except OSError:
            return _Kept()

    def _read_to_change(self) -> _Kept:
        """Return what is kept. Raises AccountError: who cannot be read must not be written over."""
        try:
            return self._parsed()
        except FileNotFoundError:
            return _Kept()
        except OSError as error:
            raise self._unsaved() from error

    def _parsed(self) -> _Kept:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except ValueError:
            # Nothing in it is worth an error: whoever signs in again writes it anew.
            return _Kept()
        if not isinstance(raw, dict):
            return _Kept()
        listed = raw.get("accounts")
        if not isinstance(listed, list):
            profile = Profile.read(raw)
            return _Kept(profile.key, (profile,)) if profile else _Kept()
        read = [Profile.read(each) for each in listed if isinstance(each, dict)]
        accounts = {each.key: each for each in read if each is not None}
        return _Kept(str(raw.get("current", "")), tuple(accounts.values()))

    def _write(self, kept: _Kept) -> None:
        """Write the file; a crash leaves the old or the new one. Raises AccountError."""
        raw = {"version": VERSION, "current": kept.current}
        body = raw | {"accounts": [asdict(each) for each in kept.accounts]}
        text = json.dumps(body, indent=2, ensure_ascii=False) + "\n"
        try:
            whole_file.replace(self.path, text)
        except OSError as error:
            raise self._unsaved() from error

    def _unsaved(self) -> AccountError:
        return AccountError(
            f"Who is signed in could not be saved to {self.path}.",
            hint="Check that there is room on the disk and that you may read and write there.",
        )
