from __future__ import annotations

import pytest

from zoomdesk.errors import SettingsError
from zoomdesk.zoom.endpoints import Endpoints, from_environment


def test_zoom_itself_is_the_default() -> None:
    found = from_environment({})
    assert found.api_url == "https://api.zoom.us/v2"
    assert found.oauth_url == "https://zoom.us/oauth"


def test_environment_names_others() -> None:
    found = from_environment(
        {"ZOOMDESK_API_URL": "http://127.0.0.1:81/v2/", "ZOOMDESK_OAUTH_URL": "http://[::1]:82/o"}
    )
    assert found == Endpoints("http://127.0.0.1:81/v2", "http://[::1]:82/o")


@pytest.mark.parametrize(
    "address",
    [
        "http://api.zoom.us/v2",
        "http://127.0.0.1.evil.example/v2",
        "ftp://127.0.0.1/v2",
        "https:///v2",
        "https://user:password@api.zoom.us/v2",
        "https://api.zoom.us/v2?x=1",
        "https://api.zoom.us:port/v2",
        "api.zoom.us/v2",
    ],
)
def test_unsafe_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="ZOOMDESK_API_URL"):
        from_environment({"ZOOMDESK_API_URL": address})


@pytest.mark.parametrize(
    ("reported", "base"),
    [
        ("", "https://api.zoom.us/v2"),
        ("https://api-eu.zoom.us", "https://api-eu.zoom.us/v2"),
        ("https://api-eu.zoom.us/", "https://api-eu.zoom.us/v2"),
        ("https://api-eu.zoom.us/v2", "https://api-eu.zoom.us/v2"),
        ("https://api.zoom.com", "https://api.zoom.com/v2"),
        ("https://api.zoomgov.com:443", "https://api.zoomgov.com:443/v2"),
        ("https://zoom.us.evil.example", "https://api.zoom.us/v2"),
        ("https://evilzoom.us", "https://api.zoom.us/v2"),
        ("http://api-eu.zoom.us", "https://api.zoom.us/v2"),
        ("http://127.0.0.1:8080", "https://api.zoom.us/v2"),
        ("https://api-eu.zoom.us:8443", "https://api.zoom.us/v2"),
        ("https://zoom.us@evil.example", "https://api.zoom.us/v2"),
        ("https://user@api-eu.zoom.us", "https://api.zoom.us/v2"),
        ("https://api-eu.zoom.us/?next=", "https://api.zoom.us/v2"),
        ("https://[broken", "https://api.zoom.us/v2"),
        ("https://api-eu.zoom.us:port", "https://api.zoom.us/v2"),
        ("javascript:alert(1)", "https://api.zoom.us/v2"),
    ],
)
def test_only_zooms_own_hosts_are_trusted(reported: str, base: str) -> None:
    assert Endpoints().api_base(reported) == base


def test_configured_host_is_trusted_at_its_own_port_only() -> None:
    endpoints = Endpoints("https://zoom.office.example:8443/api/v2")
    assert endpoints.api_base("https://zoom.office.example:8443") == (
        "https://zoom.office.example:8443/api/v2"
    )
    assert endpoints.api_base("https://zoom.office.example") == endpoints.api_url


def test_zoom_on_this_computer_is_never_left() -> None:
    endpoints = Endpoints("http://127.0.0.1:8080/v2")
    assert endpoints.api_base("http://127.0.0.1:8080") == "http://127.0.0.1:8080/v2"
    assert endpoints.api_base("http://127.0.0.1:9") == endpoints.api_url
    assert endpoints.api_base("https://api.zoom.us") == endpoints.api_url
    assert endpoints.api_base("http://api.zoom.us") == endpoints.api_url
