"""Each check on an installation that lacks what the check is about."""

from __future__ import annotations

import os
import shutil
import ssl
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from zoomdesk import paths
from zoomdesk.selftest import checks, report, tls
from zoomdesk.zoom import transport


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the resources that the program uses instead of its own."""
    copy = tmp_path / "zoomdesk" / "resources"
    shutil.copytree(paths.resource(), copy)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    return copy


def test_resources_are_found_where_a_frozen_program_keeps_them(
    qtbot: QtBot, resources: Path, tmp_path: Path
) -> None:
    assert str(resources) in checks.check_resources(tmp_path)


@pytest.mark.qt_log_ignore("Cannot read file")
@pytest.mark.parametrize(
    ("part", "said"), [("icons/zoomdesk.svg", "zoomdesk"), ("translations/zoomdesk_en.qm", "_en")]
)
def test_a_damaged_resource_is_named(
    qtbot: QtBot, resources: Path, tmp_path: Path, part: str, said: str
) -> None:
    (resources / part).write_text("broken")
    with pytest.raises(checks.CheckFailed, match=said):
        checks.check_resources(tmp_path)


def test_a_certificate_that_anybody_may_sign_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trusting() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(tmp_path / "self-signed.pem")
        return context

    monkeypatch.setattr(transport, "_context", trusting)
    with pytest.raises(tls.TrustFailed, match="accepted"):
        tls.refuse_self_signed(tmp_path)


def test_the_profile_is_another_one_and_comes_back(
    zoomdesk_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZOOMDESK_API_URL", "http://127.0.0.1:9/v2")
    seen = {}

    def look(folder: Path) -> str:
        seen["profile"] = paths.config_dir()
        seen["folder"] = folder
        assert "ZOOMDESK_API_URL" not in os.environ
        raise ValueError("no luck")

    done = report.run({"luck": look, "rest": lambda _: "done"})
    assert done["checks"] == [
        {"name": "luck", "ok": False, "detail": "ValueError: no luck"},
        {"name": "rest", "ok": True, "detail": "done"},
    ]
    assert done["ok"] is False
    assert seen["profile"] != zoomdesk_home
    assert not seen["profile"].exists()
    assert not seen["folder"].exists()
    assert paths.config_dir() == zoomdesk_home
    assert os.environ["ZOOMDESK_API_URL"] == "http://127.0.0.1:9/v2"
