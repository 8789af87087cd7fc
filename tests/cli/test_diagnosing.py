"""The command diagnose: what failed, shown, exported and dropped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_accounts import WEBINAR, both, zoom, zoomdesk
from tests.fixtures_simulator import simulator
from zoomdesk import cli, paths, settings
from zoomdesk.errors import EventUnusable
from zoomdesk.registration.journal import RunRecord
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, Fault, FaultKind, Simulator
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.faults import BatchRefused
from zoomdesk.zoom.models import Registrant

__all__ = ["both", "simulator", "zoom", "zoomdesk"]

Zoomdesk = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def run(both: None) -> str:
    """Let a batch be refused over the host in it; return the name of its run."""
    guests = [
        Registrant("amara.okafor@northwind.example", "Amara", "Okafor"),
        Registrant("host@practice.example", "Olga", "Petrova"),
    ]
    with Services.open(Settings()) as services:
        name = services.journal.start_run(RunRecord(ref=WEBINAR))
        with pytest.raises(BatchRefused):
            services.client().register_batch(WEBINAR, guests, auto_approve=True)
        with pytest.raises(EventUnusable):
            services.client().event(EventRef(EventKind.WEBINAR, "80000000000"))
    return name


def test_nothing_failed(both: None, zoomdesk: Zoomdesk, capsys: pytest.CaptureFixture[str]) -> None:
    assert zoomdesk("diagnose")[1]["calls"] == []
    assert cli.main(["diagnose"]) == 0
    assert "No failed call is on record" in capsys.readouterr().out
    code, data, _ = zoomdesk("diagnose", "0123abcd")
    assert (code, data["error"]["code"]) == (2, "usage")
    assert zoomdesk("diagnose", "2026-01-01-aaaa")[0] == 2


def test_failed_calls_are_shown_and_dropped(
    run: str, zoomdesk: Zoomdesk, capsys: pytest.CaptureFixture[str]
) -> None:
    _, data, _ = zoomdesk("diagnose")
    batch = next(each for each in data["calls"] if each["path"].endswith("batch_registrants"))
    assert (batch["http"], batch["code"], batch["people"]) == (400, 3027, 2)
    assert batch["tracking"].startswith("v=2.0;")
    assert Path(data["log"]).parent == paths.log_dir()
    assert cli.main(["diagnose"]) == 0
    text = capsys.readouterr().out
    assert batch["id"] in text
    assert batch["tracking"] in text
    assert zoomdesk("diagnose", "--forget")[1]["forgotten"]
    assert zoomdesk("diagnose")[1]["calls"] == []


def test_one_call_as_curl_and_all_as_postman(
    run: str, zoomdesk: Zoomdesk, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = next(each["id"] for each in zoomdesk("diagnose")[1]["calls"] if each["people"])
    _, data, _ = zoomdesk("diagnose", name, "--curl", "cmd")
    assert [each["id"] for each in data["calls"]] == [name]
    assert data["calls"][0]["curl"].startswith("curl.exe ")
    assert cli.main(["diagnose", name, "--curl"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# POST ")
    assert "{{token}}" in printed
    target = tmp_path / "calls.json"
    _, data, _ = zoomdesk("diagnose", "--postman", str(target))
    assert data["postman"] == str(target)
    items = json.loads(target.read_text(encoding="utf-8"))["item"]
    assert len(items) == len(data["calls"]) == 2
    code, data, _ = zoomdesk("diagnose", "--postman", str(tmp_path / "no" / "where.json"))
    assert (code, data["error"]["code"]) == (4, "export-failed")


def test_nobody_of_the_list_is_in_what_is_kept(run: str, zoomdesk: Zoomdesk) -> None:
    text = (paths.log_dir() / "failed-calls.json").read_text(encoding="utf-8").casefold()
    assert "batch_registrants" in text
    assert not [name for name in ("northwind", "okafor", "amara", "olga", "host@") if name in text]


def test_command_that_fails_names_its_call(both: None, zoomdesk: Zoomdesk, zoom: Simulator) -> None:
    zoom.faults.add(Fault(FaultKind.CODE_IN_BODY, call="me", times=None, code=4711))
    code, _, said = zoomdesk("whoami")
    assert code == 5
    name = zoomdesk("diagnose")[1]["calls"][0]["id"]
    assert f"zoomdesk diagnose {name} --curl" in said


def test_command_logs_its_calls_at_the_level_of_the_settings(
    both: None, zoomdesk: Zoomdesk, capsys: pytest.CaptureFixture[str]
) -> None:
    log = paths.log_dir() / "zoomdesk.log"
    settings.save(settings.load().with_changes(log_level="problems"))
    zoomdesk("whoami")
    assert not log.exists()
    settings.save(settings.load().with_changes(log_level="calls"))
    zoomdesk("whoami")
    text = log.read_text(encoding="utf-8")
    assert "INFO zoomdesk.zoom.calls: GET /users/me 200 " in text
    assert "practice.example" not in text


def test_call_of_a_run(run: str, zoomdesk: Zoomdesk) -> None:
    about = zoomdesk("diagnose", run)[1]["calls"]
    assert {each["path"].split("/")[2] for each in about} == {SAMPLE_WEBINAR_ID}
