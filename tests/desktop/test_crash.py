from __future__ import annotations

import faulthandler
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zoomdesk.desktop.crash import CrashLog
from zoomdesk.redaction import black_out


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashLog]:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)  # not that of pytest-qt
    enabled = faulthandler.is_enabled()
    made = CrashLog(tmp_path)
    yield made
    made.close()
    if enabled:
        faulthandler.enable()


def test_nothing_private_is_written() -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.4pcPyMD09olPSyXnrXCjTwXyr4BsezdI1AVTmud2fU4"
    text = f"POST https://zoom.example/w/1?tk=abc for O'Neil@example.com with {token} in row 12"
    assert black_out(text) == "POST <link> for <address> with <secret> in row 12"


def test_names_of_modules_and_paths_stay_readable() -> None:
    text = 'File "/home/a/zoomdesk/registration/journal.py", line 12, in start_run'
    assert black_out(text) == text


def test_an_uncaught_fault_is_logged_without_its_address_and_handed_on(
    log: CrashLog, capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[BaseException] = []
    log.on_error = heard.append
    error = ValueError("no link for ada@example.com")
    sys.excepthook(ValueError, error, None)
    written = log.path.read_text(encoding="utf-8")
    assert "ValueError: no link for <address>" in written
    assert "ada@" not in written
    assert len(heard) == 1
    assert "ValueError" in capsys.readouterr().err


def test_an_interrupt_is_no_fault(log: CrashLog, capsys: pytest.CaptureFixture[str]) -> None:
    log.on_error = lambda _: pytest.fail("this is not a fault")
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_close_puts_everything_back(tmp_path: Path) -> None:
    hook, handlers = sys.excepthook, list(logging.getLogger().handlers)
    enabled = faulthandler.is_enabled()
    CrashLog(tmp_path).close()
    assert sys.excepthook is hook
    assert logging.getLogger().handlers == handlers
    if enabled:
        faulthandler.enable()
