"""The commands about accounts, run in this process against a Zoom of our own with two people."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.account.conftest import COHOST, HOST, sign_in_as
from tests.fixtures_simulator import simulator
from zoomdesk import cli, paths
from zoomdesk.registration.journal import Journal, RunRecord
from zoomdesk.roster.table import Person
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Simulator
from zoomdesk.zoom import oauth
from zoomdesk.zoom.events import EventKind, EventRef

__all__ = ["simulator"]

WEBINAR = EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)
Zoomdesk = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture(autouse=True)
def zoom(simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """Let the simulator be the Zoom of this process, with a keyring in a file."""
    monkeypatch.setattr(oauth, "_BACKOFF", (0.0, 0.0))
    monkeypatch.setenv("ZOOMDESK_API_URL", simulator.api_url)
    monkeypatch.setenv("ZOOMDESK_OAUTH_URL", simulator.oauth_url)
    monkeypatch.setenv("ZOOMDESK_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "keyring"))
    return simulator


@pytest.fixture
def both(zoom: Simulator) -> None:
    """Sign in two people, the cohost last."""
    with Services.open(Settings(client_id=HOST.client_id)) as services:
        for person in (HOST, COHOST):
            services.session.sign_in(sign_in_as(services.oauth(), person.email), person)


@pytest.fixture
def zoomdesk(capsys: pytest.CaptureFixture[str]) -> Zoomdesk:
    """Return what runs a command and returns its code, its object, and what it said."""

    def run(*words: str) -> tuple[int, dict[str, Any], str]:
        code = cli.main([*words, "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out), err

    return run


@pytest.fixture
def guests(tmp_path: Path) -> str:
    return shutil.copyfile(paths.resource("samples", "guests.xlsx"), str(tmp_path / "Guests.xlsx"))


def in_use(data: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(each["email"], each["in_use"]) for each in data["accounts"]]


def test_nobody_is_signed_in(zoomdesk: Zoomdesk, capsys: pytest.CaptureFixture[str]) -> None:
    assert zoomdesk("accounts")[:2] == (0, {"accounts": []})
    assert zoomdesk("sign-out", "--all")[1] == {"signed_out": False}
    assert cli.main(["accounts"]) == 0
    assert "Nobody is signed in" in capsys.readouterr().out
    code, data, _ = zoomdesk("accounts", "--use", "eve")
    assert (code, data["error"]["code"]) == (3, "sign-in-required")


def test_choosing_an_account(
    both: None, zoomdesk: Zoomdesk, capsys: pytest.CaptureFixture[str]
) -> None:
    _, data, _ = zoomdesk("accounts")
    assert in_use(data) == [(HOST.email, False), (COHOST.email, True)]
    _, data, _ = zoomdesk("accounts", "--use", "HOST@practice.example")
    assert in_use(data) == [(HOST.email, True), (COHOST.email, False)]
    assert zoomdesk("whoami")[1]["email"] == HOST.email
    assert zoomdesk("whoami", "--account", "practice cohost")[1]["email"] == COHOST.email
    assert cli.main(["accounts"]) == 0
    text = capsys.readouterr().out
    assert text == f"* {HOST.label}\n  {COHOST.label}\n"


def test_signing_out_one_and_all(both: None, zoomdesk: Zoomdesk, zoom: Simulator) -> None:
    code, data, _ = zoomdesk("sign-out", "--account", HOST.email)
    assert (code, data["email"]) == (0, HOST.email)
    assert data["accounts"] == [{"email": HOST.email, "revoked": True, "untold": ""}]
    assert in_use(zoomdesk("accounts")[1]) == [(COHOST.email, True)]
    code, data, _ = zoomdesk("whoami", "--account", HOST.email)
    assert (code, data["error"]["code"]) == (3, "sign-in-required")
    code, data, said = zoomdesk("sign-out", "--all")
    assert [each["email"] for each in data["accounts"]] == [COHOST.email]
    assert said == ""
    live = [g for g in zoom.world.grants.values() if g.use == "refresh" and not g.spent]
    assert live == []


def test_signing_out_says_that_zoom_could_not_be_told(
    both: None, zoomdesk: Zoomdesk, zoom: Simulator
) -> None:
    zoom.stop()
    code, data, said = zoomdesk("sign-out", "--all")
    assert code == 0
    assert [each["revoked"] for each in data["accounts"]] == [False, False]
    assert f"could not be told about {HOST.email}" in said
    assert "remove the app" in said
    assert zoomdesk("accounts")[1] == {"accounts": []}


def test_command_says_as_whom_it_would_register(
    both: None, zoomdesk: Zoomdesk, guests: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("register", guests, "--webinar", SAMPLE_WEBINAR_ID, "--dry-run")
    assert zoomdesk(*words)[1]["account"] == COHOST.email
    assert zoomdesk(*words, "--account", HOST.email)[1]["account"] == HOST.email
    assert cli.main([*words, "--account", HOST.email]) == 0
    assert f"Signed in as {HOST.label}." in capsys.readouterr().out
    code, data, _ = zoomdesk(*words, "--account", "eve@x.example")
    assert (code, data["error"]["exit_code"]) == (3, 3)


@pytest.fixture
def run_of_the_host(zoom: Simulator) -> str:
    with Journal(realm=zoom.api_url) as journal:
        people = (Person(2, "ann@x.example", "Ann", "Lee", {}),)
        record = RunRecord(ref=WEBINAR, account=HOST.key, book="gone.xlsx", people=people)
        return journal.start_run(record)


def last_asked_as(zoom: Simulator) -> str:
    """Return who owns the newest access token that the simulator gave out."""
    users = {user.id: user.email for user in zoom.world.users}
    newest = max(
        zoom.world.grants.values(), key=lambda grant: grant.expires * (grant.use == "access")
    )
    return users[newest.user]


def test_run_goes_on_as_who_began_it(
    both: None, zoomdesk: Zoomdesk, run_of_the_host: str, zoom: Simulator
) -> None:
    code, _, said = zoomdesk("resume", run_of_the_host)
    assert code == 4, said  # the workbook is gone
    assert last_asked_as(zoom) == HOST.email


def test_run_goes_on_as_another_only_where_that_is_said(
    both: None, zoomdesk: Zoomdesk, run_of_the_host: str, zoom: Simulator
) -> None:
    zoomdesk("sign-out", "--account", HOST.email)
    code, data, _ = zoomdesk("resume", run_of_the_host)
    assert code == 3
    assert f"begun by {HOST.email}" in data["error"]["hint"]
    _, _, said = zoomdesk("resume", run_of_the_host, "--account", COHOST.email)
    assert f"begun by {HOST.email}; it goes on as {COHOST.label}" in said
    assert last_asked_as(zoom) == COHOST.email
