"""The self-test as CI and a person run it: a process of its own, one JSON object, no traces."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.command import command

pytestmark = pytest.mark.endtoend

SAMPLE_PEOPLE = 48


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a profile that must stay as it is, and a Zoom nobody may ask."""
    for name in ("home", "temp"):
        (tmp_path / name).mkdir()
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "settings.json").write_text("this is no JSON")
    return {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "temp"),
        "XDG_DATA_HOME": str(tmp_path / "home/data"),
        "ZOOMDESK_HOME": str(profile),
        "ZOOMDESK_API_URL": "http://127.0.0.1:9/v2",
        "ZOOMDESK_OAUTH_URL": "http://127.0.0.1:9/oauth",
        "ZOOMDESK_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
    }


def self_test(
    *words: str | Path, env: dict[str, str], without: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    given = {key: value for key, value in os.environ.items() if key not in without}
    return subprocess.run(
        command("--self-test", *words),
        env=given | env,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def details(report: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["detail"] for check in report["checks"]}


def test_a_sound_installation_passes_and_leaves_no_trace(
    tmp_path: Path, env: dict[str, str]
) -> None:
    file = tmp_path / "report.json"
    screenless = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    done = self_test(file, env=env, without=screenless)
    report = json.loads(file.read_text(encoding="utf-8"))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr + str(report)
    assert report["ok"] is True
    assert all(check["ok"] for check in report["checks"])
    assert {"zoomdesk", "python", "qt", "pyside6", "platform"} <= report["versions"].keys()
    said = details(report)
    assert said["window"].startswith(f"{SAMPLE_PEOPLE} people shown")
    assert "offscreen" in said["window"]
    assert "not one that this computer trusts" in said["tls"]
    assert "read back" in said["registration"]
    assert "PlaintextKeyring" in said["keyring"] or "keyring" in said["keyring"].lower()

    profile = Path(env["ZOOMDESK_HOME"])
    assert [path.name for path in profile.iterdir()] == ["settings.json"]
    assert (profile / "settings.json").read_text() == "this is no JSON"
    assert not list((tmp_path / "temp").iterdir())
    assert not [path for path in (tmp_path / "home").rglob("*") if "zoomdesk" in path.name.lower()]


def test_what_fails_is_named_and_the_rest_still_runs(tmp_path: Path, env: dict[str, str]) -> None:
    nobody = tmp_path / "authorities.pem"
    nobody.write_text("")
    untrusting = {"SSL_CERT_FILE": str(nobody), "SSL_CERT_DIR": str(tmp_path / "none")}
    keyring = {"ZOOMDESK_KEYRING_BACKEND": "no.such.Keyring"}
    done = self_test(env=env | untrusting | keyring)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["ok"] is False
    failed = {check["name"]: check["detail"] for check in report["checks"] if not check["ok"]}
    assert failed.keys() == {"keyring", "tls"}
    assert "no.such.Keyring" in failed["keyring"]


@pytest.mark.parametrize("words", [("--help",), ("a.json", "b.json")])
def test_other_words_are_refused(words: tuple[str, ...], env: dict[str, str]) -> None:
    done = self_test(*words, env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--self-test [FILE]" in done.stderr


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path, env: dict[str, str]) -> None:
    done = self_test(tmp_path / "no such folder" / "report.json", env=env)
    assert done.returncode == 1
    assert "no such folder" in done.stderr
    assert "Traceback" not in done.stderr
