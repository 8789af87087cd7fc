"""Look at one layer each: every check returns what it saw, or raises.

A check is given an empty folder of its own to work in, and an environment whose profile is another
folder that is gone afterwards.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoomdesk import paths, workbook

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

PATIENCE = 30.0
"""Seconds that the window may take to show the sample: a busy build machine is slow."""

ROWS = "1-12"
"""The rows of the sample that are registered for practice: titles, a heading, some people."""

Check = Callable[[Path], str]


class CheckFailed(Exception):
    """Something that was looked at is not as it must be; the text says what."""


def check_resources(_: Path) -> str:
    """Load what ships beside the program: Qt reads its drawings and texts by plugins of its own."""
    from PySide6.QtCore import QTranslator

    from zoomdesk.desktop import icons

    _application()
    drawings = sorted(path.stem for path in paths.resource("icons").glob("*.svg"))
    blank = [name for name in drawings if icons.icon(name).pixmap(24, 24).isNull()]
    if blank or not drawings or icons.app_icon().pixmap(32, 32).isNull():
        raise CheckFailed(f"drawings that Qt cannot show: {', '.join(blank) or 'zoomdesk'}")
    translations = sorted(paths.resource("translations").glob("*.qm"))
    unread = [path.name for path in translations if not QTranslator().load(str(path))]
    if unread or not translations:
        raise CheckFailed(f"translations that Qt cannot read: {', '.join(unread) or 'all'}")
    sample = workbook.inspect(_sample())
    return (
        f"{len(drawings)} icons, {len(translations)} translations, the sample {sample.path.name} "
        f"in {paths.resource()}"
    )


def check_registration(folder: Path) -> str:
    """Register rows of the sample in practice, over HTTP; find their links in the written copy."""
    from zoomdesk import cli

    book, copy = _sample_in(folder), folder / "written.xlsx"
    before = book.read_bytes()
    code, done = _command(
        cli.main, "register", book, "--practice", "--rows", ROWS, "--output", copy
    )
    if code or not done["registered"]:
        raise CheckFailed(f"the command ended with {code}: {done.get('error') or done}")
    links = {row["row"]: row["join_url"] for row in done["rows_detail"] if row["join_url"]}
    sheet = workbook.read(copy)
    texts = {
        row: [sheet.text(row, column) for column in range(1, sheet.last_column + 1)]
        for row in links
    }
    missing = [row for row, link in links.items() if link not in texts[row]]
    if missing or len(links) != done["registered"] or book.read_bytes() != before:
        raise CheckFailed(f"not as written: the rows {missing}, or the workbook itself")
    return f"{len(links)} of {done['rows']} rows registered, their links read back from the copy"


def check_keyring(_: Path) -> str:
    """Name the place where a sign-in would be kept here; nothing is stored in it."""
    from zoomdesk.account.vault import open_vault

    return open_vault().describe()


def check_tls(folder: Path) -> str:
    """See a certificate that nobody vouches for refused, and authorities that are trusted."""
    from zoomdesk.selftest.tls import refuse_self_signed

    return refuse_self_signed(folder)


def check_window(folder: Path) -> str:
    """Open the window with the sample and count the people in its table."""
    from PySide6.QtGui import QGuiApplication

    from zoomdesk import cli
    from zoomdesk.app import make_window

    app = _application()
    book = _sample_in(folder)
    _, expected = _command(cli.main, "check", book)
    window = make_window(app, practice=True)
    said: list[str] = []
    window.desk.noticed.connect(lambda notice: said.append(notice.title))
    try:
        window.show()
        window.start(book)
        desk = window.desk
        _wait(app, lambda: desk.document is not None and not desk.bridge.busy, said)
        shown = window.page.table.model_.rowCount()
        painted = window.grab()
    finally:
        window.close()
        window.shut_down()
    if shown != expected["rows"] or painted.isNull():
        raise CheckFailed(f"{shown} people in the table, {expected['rows']} in the sample")
    return f"{shown} people shown on the Qt platform “{QGuiApplication.platformName()}”"


CHECKS: dict[str, Check] = {
    "resources": check_resources,
    "registration": check_registration,
    "keyring": check_keyring,
    "tls": check_tls,
    "window": check_window,
}


def _application() -> QApplication:
    """Return the application; on a Linux without a screen one that draws into memory."""
    from PySide6.QtWidgets import QApplication

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["zoomdesk"])
    if not isinstance(app, QApplication):
        raise CheckFailed("a QApplication is needed, and there is another kind already")
    return app


def _wait(app: QApplication, is_done: Callable[[], bool], said: list[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_done():
        if time.monotonic() > deadline:
            raise CheckFailed(f"the sample is not shown after {PATIENCE:.0f} s; notices: {said}")
        app.processEvents()
        time.sleep(0.005)


def _command(call: Callable[[list[str]], int], *words: str | Path) -> tuple[int, dict[str, Any]]:
    """Run a command of ours in this process; return its exit code and its JSON object."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = call([*map(str, words), "--json"])
    data: dict[str, Any] = json.loads(out.getvalue())
    return code, data


def _sample() -> Path:
    return paths.resource("samples", "guests.xlsx")


def _sample_in(folder: Path) -> Path:
    path = folder / "guests.xlsx"
    shutil.copyfile(_sample(), path)
    return path
