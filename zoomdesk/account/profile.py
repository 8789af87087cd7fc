"""Say who is signed in, and how a person names one of several accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from zoomdesk.errors import SignInRequired, UsageError

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

    @property
    def label(self) -> str:
        """Return how a person tells this account from others: ``Ann Lee (ann@office.example)``."""
        named = f"{self.display_name} ({self.email})" if self.display_name else self.email
        return f"{named}, Server-to-Server app" if self.mode == "server" else named

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self | None:
        """Return the profile of a JSON object, None where it tells nobody."""
        values = {name: raw.get(name, "") for name in cls.__slots__}
        texts = all(isinstance(value, str) for value in values.values())
        if not texts or values["mode"] not in ("browser", "server") or not values["account_id"]:
            return None
        return cls(**values)


def find(profiles: Sequence[Profile], name: str) -> Profile:
    """Return the account that a person means: by address, by name, or by account ID.

    Raises SignInRequired where nobody of that name is signed in, UsageError where several are.
    """
    wanted = name.strip().casefold()
    by_key = [each for each in profiles if each.key.casefold() == wanted]
    found = by_key or [each for each in profiles if wanted in _names(each)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"“{name}” stands for several accounts: {_listed(found, by_key=True)}.",
            hint="Name one of these.",
        )
    others = f"Signed in are: {_listed(profiles)}." if profiles else "Nobody is signed in."
    raise SignInRequired(
        f"Nobody is signed in to Zoom as “{name}” on this computer. {others}",
        hint="Sign in as that person (zoomdesk sign-in), or name another account.",
    )


def _names(profile: Profile) -> set[str]:
    return {
        text.casefold()
        for text in (profile.email, profile.display_name, profile.account_id)
        if text
    }


def _listed(profiles: Sequence[Profile], *, by_key: bool = False) -> str:
    return "; ".join(each.key if by_key else each.label for each in profiles)
