"""The window comes first: what it is built with must not bring in requests or keyring."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIGHT = [
    "zoomdesk.zoom.cancel",
    "zoomdesk.zoom.endpoints",
    "zoomdesk.zoom.events",
    "zoomdesk.zoom.faults",
    "zoomdesk.zoom.models",
    "zoomdesk.zoom.pacing",
    "zoomdesk.zoom.tokens",
    "zoomdesk.account.profile",
    "zoomdesk.account.session",
    "zoomdesk.account.vault",
]
HEAVY = {"requests", "urllib3", "authlib", "truststore", "keyring", "filelock", "cryptography"}


@pytest.mark.parametrize("module", LIGHT)
def test_light_module_stays_light(module: str) -> None:
    script = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], text=True, capture_output=True, timeout=60, check=True
    )
    assert module in done.stdout.split()
    assert HEAVY.isdisjoint(done.stdout.split())
