"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of facts and corpora beside the checkout, or skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, the facts and corpora that lie beside the checkout")
    return folder


@pytest.fixture(autouse=True)
def zoomdesk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test its own settings, journal and logs."""
    home = tmp_path / "zoomdesk-home"
    monkeypatch.setenv("ZOOMDESK_HOME", str(home))
    for name in ("ZOOMDESK_API_URL", "ZOOMDESK_OAUTH_URL", "ZOOMDESK_KEYRING_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    return home
