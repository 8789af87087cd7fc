"""The composition root: arguments, settings, the log, and what is imported when."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zoomdesk import paths, settings
from zoomdesk.app import make_window, run

ROOT = Path(__file__).resolve().parent.parent
LATE = ("requests", "authlib", "openpyxl", "keyring", "werkzeug", "lxml", "zoomdesk.simulator")


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "ZOOMDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


def test_heavy_libraries_are_imported_after_the_window(tmp_path: Path) -> None:
    code = f"""
import sys, json
from PySide6.QtWidgets import QApplication
app = QApplication([])
from zoomdesk.app import make_window
window = make_window(app)
window.show()
app.processEvents()
print(json.dumps([name for name in {LATE!r} if name in sys.modules]))
window.shut_down()
"""
    done = python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_the_program_starts_opens_its_workbook_and_ends(tmp_path: Path) -> None:
    book = shutil.copyfile(paths.resource("samples", "guests.xlsx"), tmp_path / "Guests.xlsx")
    code = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from zoomdesk.desktop.window import MainWindow

app = QApplication([])
def look():
    window = next(w for w in app.topLevelWidgets() if isinstance(w, MainWindow))
    if window.desk.document is not None and window.desk.practice:
        print(window.windowTitle())
        app.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
from zoomdesk.app import run
sys.exit(run([{str(book)!r}, "--practice"]))
"""
    home = tmp_path / "home"
    done = python(code, home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Guests.xlsx")
    assert (home / "crash.log").exists()
    log_file = home / "zoomdesk.log"
    log = log_file.read_text(encoding="utf-8").splitlines() if log_file.exists() else []
    # Calls to the simulated Zoom, and nothing that went wrong.
    assert [line for line in log if " INFO zoomdesk.zoom.calls: GET /" not in line] == []


def test_unusable_settings_are_said_and_defaults_taken(qapp: object, zoomdesk_home: Path) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    zoomdesk_home.mkdir(parents=True)
    settings.settings_file().write_text("{", encoding="utf-8")
    window = make_window(qapp)
    try:
        assert window.notices.titles == ["A setting is not usable"]
        assert window.desk.settings == settings.Settings()
    finally:
        window.shut_down()
        window.deleteLater()


def test_a_fault_inside_the_program_is_said_in_a_bar(qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    window = make_window(qapp)
    try:
        window.show_fault(ValueError("ada@example.com"))
        assert window.notices.titles == ["Something went wrong inside Zoomdesk"]
        notice = window.notices.notice("fault")
        assert notice is not None
        assert "ada@" not in notice.message
    finally:
        window.shut_down()
        window.deleteLater()


def test_unknown_arguments_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["--what"])
    assert caught.value.code == 2
    assert "--what" in capsys.readouterr().err
