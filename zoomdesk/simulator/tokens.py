"""Issue, find and end tokens. The world keeps digests only, as a careful server does."""

from __future__ import annotations

import hashlib
import secrets
import string
from typing import Literal

from .behaviour import Behaviour
from .model import Client, Grant
from .world import World

_LETTERS = string.ascii_letters + string.digits + "-_"


def digest(token: str) -> str:
    """Return the form under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(length: int) -> str:
    """Return a random token in the look of Zoom's JWTs, ``length`` characters long."""
    head = "eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0"
    middle = "".join(secrets.choice(_LETTERS) for _ in range(max(43, length - len(head) - 88)))
    tail = "".join(secrets.choice(_LETTERS) for _ in range(86))
    return f"{head}.{middle}.{tail}"


def issue(
    world: World,
    behaviour: Behaviour,
    use: Literal["access", "refresh"],
    client: Client,
    family: str,
    now: float,
    scopes: tuple[str, ...] | None = None,
    user: str = "",
) -> str:
    """Make a token, remember what it allows, and return it."""
    token = make_token(behaviour.token_length)
    life = behaviour.access_seconds if use == "access" else behaviour.refresh_seconds
    granted = client.scopes if scopes is None else scopes
    grant = Grant(use, client.id, family, granted, now + life, user=user)
    world.put_grant(digest(token), grant)
    return token


def find(world: World, token: str, use: Literal["access", "refresh", "code"]) -> Grant | None:
    """Return what a token allows, or None for one that is not ours or of another use."""
    grant = world.grants.get(digest(token))
    return grant if grant is not None and grant.use == use else None
