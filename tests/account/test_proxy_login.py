from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from zoomdesk.account import proxy_login
from zoomdesk.account.memory_vault import MemoryVault

PROXY = "http://Proxy.office:8080"


def test_login_stands_in_the_address_for_a_session_only() -> None:
    vault = MemoryVault()
    assert proxy_login.with_login(vault, PROXY) == PROXY
    assert proxy_login.name_of(vault, PROXY) == ""
    proxy_login.store(vault, PROXY, "office\\ann", "p@ss:/ ")
    parts = urlsplit(proxy_login.with_login(vault, PROXY))
    assert unquote(parts.username or "") == "office\\ann"
    assert unquote(parts.password or "") == "p@ss:/ "
    assert (parts.hostname, parts.port, parts.scheme) == ("proxy.office", 8080, "http")
    assert proxy_login.name_of(vault, PROXY) == "office\\ann"
    without_scheme = urlsplit(proxy_login.with_login(vault, "proxy.office:8080"))
    assert (without_scheme.username, without_scheme.password) == (parts.username, parts.password)
    assert proxy_login.with_login(vault, "http://other:8080") == "http://other:8080"
    proxy_login.forget(vault, "proxy.office:8080")
    assert proxy_login.with_login(vault, PROXY) == PROXY


@pytest.mark.parametrize("kept", ["", "{}", "[1, 2]", '["one"]', "no JSON", "null"])
def test_what_is_no_login_counts_as_none(kept: str) -> None:
    vault = MemoryVault()
    vault.store("proxy:proxy.office:8080", kept)
    assert proxy_login.with_login(vault, PROXY) == PROXY
