"""The command proxy: the address is a setting, the password is none."""

from __future__ import annotations

import io

import pytest

from tests.cli.test_accounts import Zoomdesk, zoom, zoomdesk
from tests.fixtures_simulator import simulator
from zoomdesk import settings
from zoomdesk.services import Services

__all__ = ["simulator", "zoom", "zoomdesk"]

ADDRESS = "http://proxy.office:8080"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("p@ss:word\n"))


def test_proxy_of_the_system_at_first(zoomdesk: Zoomdesk) -> None:
    assert zoomdesk("proxy")[:2] == (0, {"proxy": "", "user": ""})


def test_login_is_kept_where_sign_ins_are(typed: None, zoomdesk: Zoomdesk) -> None:
    assert zoomdesk("proxy", ADDRESS, "--user", "ann")[1] == {"proxy": ADDRESS, "user": "ann"}
    assert "p@ss" not in settings.settings_file().read_text(encoding="utf-8")
    with Services.open(settings.load()) as services:
        assert services.proxy == "http://ann:p%40ss%3Aword@proxy.office:8080"
    assert zoomdesk("proxy")[1] == {"proxy": ADDRESS, "user": "ann"}
    assert zoomdesk("proxy", "--system")[1] == {"proxy": "", "user": ""}
    assert zoomdesk("proxy", ADDRESS)[1] == {"proxy": ADDRESS, "user": ""}


@pytest.mark.parametrize(
    "words",
    [
        ("http://ann:secret@proxy.office:8080",),
        ("ftp://proxy.office",),
        ("--user", "ann"),
        (ADDRESS, "--system"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    words: tuple[str, ...], typed: None, zoomdesk: Zoomdesk
) -> None:
    code, data, said = zoomdesk("proxy", *words)
    assert code == 2
    assert "secret" not in data["error"]["message"] + said
    assert settings.load().proxy == ""
