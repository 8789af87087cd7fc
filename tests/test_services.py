"""What the window and the command line share, put together from settings and environment."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.fixtures_simulator import simulator
from tests.registration.office import WEBINAR
from zoomdesk import paths
from zoomdesk.account.profile import Profile
from zoomdesk.errors import SettingsError, SignInRequired
from zoomdesk.registration.journal import Journal, RunRecord
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.simulator import (
    ACCOUNT_ID,
    S2S_CLIENT_ID,
    S2S_CLIENT_SECRET,
    Simulator,
)
from zoomdesk.zoom.tokens import FixedToken

__all__ = ["simulator"]


def environ(sim: Simulator) -> dict[str, str]:
    return {
        "ZOOMDESK_API_URL": sim.api_url,
        "ZOOMDESK_OAUTH_URL": sim.oauth_url,
        "ZOOMDESK_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
    }


@pytest.fixture(autouse=True)
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "keyring"))
    monkeypatch.setenv("HOME", str(tmp_path))


def test_practice_is_signed_in_and_leaves_nothing_behind() -> None:
    with Services.practice() as services:
        assert services.in_practice
        profile = services.session.profile()
        assert profile is not None
        assert services.client().me().email == profile.email == "host@practice.example"
        run = services.journal.start_run(RunRecord(ref=WEBINAR))
        assert [record.id for record in services.journal.unfinished()] == [run]
        folder = services.journal.path.parent
        assert not folder.is_relative_to(paths.data_dir())
    assert not folder.exists()
    assert services.simulator is not None
    with pytest.raises(RuntimeError, match="not running"):
        services.simulator.url  # noqa: B018  asking is the test
    with Journal() as journal:
        assert journal.unfinished() == ()


def test_practice_with_a_simulator_of_ones_own_leaves_it_running(simulator: Simulator) -> None:
    with Services.practice(simulator) as services:
        assert services.client().event(WEBINAR).topic.startswith("Practice webinar")
    assert simulator.url


def test_practice_goes_on_when_its_hour_is_over(simulator: Simulator) -> None:
    with Services.practice(simulator) as services:
        services.client().me()
        simulator.expire_tokens()
        assert services.client().me().email == "host@practice.example"


def test_nobody_is_signed_in_at_first(simulator: Simulator) -> None:
    with Services.open(Settings(client_id="practice-client"), environ(simulator)) as services:
        assert not services.in_practice
        assert services.session.profile() is None
        with pytest.raises(SignInRequired):
            services.client().me()


def test_a_server_to_server_app_from_sign_in_to_the_next_start(simulator: Simulator) -> None:
    settings = Settings(client_id=S2S_CLIENT_ID, account_id=ACCOUNT_ID, sign_in_mode="server")
    with Services.open(settings, environ(simulator)) as services:
        reply = services.oauth(S2S_CLIENT_SECRET).account_credentials(ACCOUNT_ID)
        who = services.client(FixedToken(reply.access_token)).me()
        profile = Profile(who.email, who.display_name, ACCOUNT_ID, "server", S2S_CLIENT_ID)
        services.session.sign_in(reply, profile, client_secret=S2S_CLIENT_SECRET)
        assert services.client().me() == who
    # Whatever the settings say by now, the sign-in is renewed with its own app.
    with Services.open(Settings(), environ(simulator)) as services:
        assert services.client().me() == who


def test_the_journal_is_this_zooms(simulator: Simulator) -> None:
    with Services.open(Settings(), environ(simulator)) as services:
        services.journal.start_run(RunRecord(ref=WEBINAR))
        assert services.journal.realm == simulator.api_url
        assert services.journal.path == paths.data_dir() / "journal.sqlite3"
    with Services.open(Settings(), {}) as services:
        assert services.journal.realm == "https://api.zoom.us/v2"
        assert services.journal.unfinished() == ()


def test_addresses_that_may_not_be_used() -> None:
    with pytest.raises(SettingsError, match="https://"):
        Services.open(Settings(), {"ZOOMDESK_API_URL": "http://zoom.example/v2"})


def test_many_threads_get_the_same(simulator: Simulator) -> None:
    with Services.practice(simulator) as services:
        found: list[tuple[object, object]] = []

        def ask() -> None:
            found.append((services.client(), services.journal))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(found) == 8
        assert len(set(found)) == 1


def test_opening_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from zoomdesk.services import Services\n"
        "from zoomdesk.settings import Settings\n"
        "Services.open(Settings(), {}).close()\n"
        "print(*sorted({'requests', 'authlib', 'keyring', 'werkzeug', 'openpyxl', 'PySide6'}"
        " & set(sys.modules)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.split() == []
