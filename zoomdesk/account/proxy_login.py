"""Keep the name and password of a proxy where tokens are kept: the settings hold its address."""

from __future__ import annotations

import json
from urllib.parse import quote, urlsplit, urlunsplit

from zoomdesk.account.vault import TokenVault


def store(vault: TokenVault, proxy: str, name: str, password: str) -> None:
    """Keep them for a proxy. Raises KeyringError."""
    vault.store(_key(proxy), json.dumps([name, password]))


def forget(vault: TokenVault, proxy: str) -> None:
    """Forget them. Raises KeyringError."""
    vault.delete(_key(proxy))


def name_of(vault: TokenVault, proxy: str) -> str:
    """Return the name that is kept for a proxy, ``""`` where none is. Raises KeyringError."""
    return _load(vault, proxy)[0]


def with_login(vault: TokenVault, proxy: str) -> str:
    """Return the proxy's address with name and password in it, for a session's use only.

    It comes back as it was where none are kept. Raises KeyringError.
    """
    name, password = _load(vault, proxy)
    if not name:
        return proxy
    parts = urlsplit(_address(proxy))
    place = f"{quote(name, safe='')}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=place))


def _load(vault: TokenVault, proxy: str) -> tuple[str, str]:
    try:
        name, password = json.loads(vault.load(_key(proxy)) or "")
    except (ValueError, TypeError):
        return "", ""
    return (name, password) if isinstance(name, str) and isinstance(password, str) else ("", "")


def _key(proxy: str) -> str:
    return f"proxy:{urlsplit(_address(proxy)).netloc.rpartition('@')[2].lower()}"


def _address(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"
