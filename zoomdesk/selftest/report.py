"""Run the checks in a temporary profile and report them as one JSON object."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zoomdesk import __version__
from zoomdesk.selftest.checks import CHECKS, Check


def main(words: Sequence[str]) -> int:
    """Write the report to the file in ``words``, or to stdout; return 0 if all is well, else 1."""
    if len(words) > 1 or any(word.startswith("-") for word in words):
        _say("usage: zoomdesk --self-test [FILE]")
        return 2
    report = run(CHECKS)
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    if words:
        try:
            Path(words[0]).write_text(text, encoding="utf-8")
        except OSError as error:
            _say(f"The report could not be written to {words[0]}: {error.strerror}.")
            return 1
    elif sys.stdout is not None:  # windowed programs have none on Windows
        sys.stdout.write(text)
    return 0 if report["ok"] else 1


def run(checks: Mapping[str, Check]) -> dict[str, Any]:
    """Run the checks one after the other, whatever becomes of each, and return the report."""
    done = []
    with _scratch_profile() as scratch:
        for name, check in checks.items():
            folder = scratch / name
            folder.mkdir()
            try:
                result = {"name": name, "ok": True, "detail": check(folder)}
            except Exception as error:  # noqa: BLE001  whatever goes wrong is what is reported
                result = {"name": name, "ok": False, "detail": f"{type(error).__name__}: {error}"}
            done.append(result)
    return {"ok": all(each["ok"] for each in done), "checks": done, "versions": versions()}


def versions() -> dict[str, str]:
    """Return what this runs on."""
    found = {
        "zoomdesk": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "frozen": str(bool(getattr(sys, "frozen", False))).lower(),
    }
    with contextlib.suppress(ImportError):  # the check of the window reports that
        import PySide6
        from PySide6.QtCore import qVersion

        found |= {"qt": qVersion(), "pyside6": PySide6.__version__}
    return found


def _say(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")


@contextlib.contextmanager
def _scratch_profile() -> Iterator[Path]:
    """Have settings, journal and Zoom's address be those of a folder that is gone afterwards."""
    away = ("ZOOMDESK_HOME", "ZOOMDESK_API_URL", "ZOOMDESK_OAUTH_URL")
    before = {name: os.environ.pop(name, None) for name in away}
    with tempfile.TemporaryDirectory(prefix="zoomdesk-test-", ignore_cleanup_errors=True) as name:
        os.environ["ZOOMDESK_HOME"] = str(Path(name, "profile"))
        try:
            yield Path(name)
        finally:
            for key, value in before.items():
                os.environ.pop(key, None)
                if value is not None:
                    os.environ[key] = value
