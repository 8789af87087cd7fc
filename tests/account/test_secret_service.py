"""The real Secret Service of a Linux desktop, in each state that an office meets (DESIGN.md)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.keyring,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="the Secret Service is a Linux thing"
    ),
]

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = f'"{sys.executable}" -m tests.account.secret_service'
UNLOCK = "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"

Use = Callable[..., dict[str, Any]]


@pytest.fixture
def use(tmp_path: Path) -> Use:
    """Return a function that uses the vault in a desktop session of its own."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY")
        and not name.startswith(("XDG_", "GNOME_", "ZOOMDESK_"))
    } | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime)}

    def run(shell: str, *, bus: bool = True, screen: bool = False) -> dict[str, Any]:
        needed = {"dbus-run-session": bus, "gnome-keyring-daemon": bus, "xvfb-run": screen}
        missing = [name for name, needs in needed.items() if needs and not shutil.which(name)]
        if missing:
            pytest.skip(f"needs {', '.join(missing)} (Debian: dbus, gnome-keyring, xvfb, xauth)")
        command = ["dbus-run-session", "--", "sh", "-c", shell] if bus else ["sh", "-c", shell]
        if screen:
            # Around the bus, so that what the bus starts knows the screen.
            command = ["xvfb-run", "--auto-servernum", *command]
        done = subprocess.run(
            command, cwd=ROOT, env=environ, text=True, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    return run


def test_no_bus_means_memory_and_says_so(use: Use) -> None:
    found = use(SCRIPT, bus=False)
    assert not found["safe"]
    assert "You will have to sign in again next time." in found["describe"]
    assert found["whole"]
    assert not found["again"]


def test_daemon_that_nobody_unlocked(use: Use) -> None:
    found = use(SCRIPT)
    assert found["error"] == "The password store of this computer could not be opened."
    assert found["hint"]


def test_unlocked_daemon_keeps_a_long_secret(use: Use) -> None:
    found = use(f"{UNLOCK}; {SCRIPT}")
    assert found == {
        "safe": True,
        "describe": "Your sign-in is kept in this computer’s password store.",
        "whole": True,
        "again": True,
        "replaced": True,
        "deleted": True,
    }


def test_collection_that_was_locked_meanwhile(use: Use) -> None:
    found = use(f"{UNLOCK}; {SCRIPT} lock")
    assert found["error"] == "The password store of this computer is locked."
    assert "Unlock it" in found["hint"]


@pytest.mark.x11
def test_prompt_that_nobody_answers(use: Use) -> None:
    """With a screen the daemon asks, and waits for ever: we do not."""
    found = use(SCRIPT, screen=True)
    assert found["error"] == "The password store of this computer does not answer."
    assert "behind another window" in found["hint"]
