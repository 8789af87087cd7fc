"""What every test may ask for, and what no test may leave behind."""

from __future__ import annotations

import gc
import os
import re
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No timing decides: in a fresh clone Hypothesis first builds its tables of Unicode.
settings.register_profile("zoomdesk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zoomdesk")

ALLOWED_SKIPS = ("only on Windows", "only on macOS")
"""Under CI every other skip fails: what could have run must have run."""

GRACE = 3.0
"""Seconds that a thread which was told to stop may take to be gone."""


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


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window behind."""
    threads = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE
    while (left := live_threads() - threads) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"threads left behind: {left}"
    if "qapp" in request.fixturenames:
        assert not (windows := visible_windows()), f"windows left behind: {windows}"
        assert not (timers := running_timers()), f"timers left behind: {timers}"


def live_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.is_alive()}


def visible_windows() -> list[object]:
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def running_timers() -> list[object]:
    """Return the Python-owned timers that would still fire."""
    import shiboken6
    from PySide6.QtCore import QTimer

    gc.collect()
    timers = [item for item in gc.get_objects() if type(item) is QTimer]
    return [timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of hazards by the numbers in their names: ``-m "hazard(number=11)"``."""
    for item in items:
        for number in hazards_of(item.name):
            item.add_marker(pytest.mark.hazard(number=number))


def hazards_of(name: str) -> list[int]:
    """Return the hazards that a test's name gives: ``test_hazards_12_and_13_are_said``."""
    named = re.match(r"test_hazards?_(\d+(?:_and_\d+)*)_", name)
    return [int(number) for number in named[1].split("_and_")] if named else []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure under CI, unless another system is needed for it."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not reason.removeprefix("Skipped: ").startswith(ALLOWED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped under CI: {reason}"
    return report
