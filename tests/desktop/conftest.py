"""What tests of the window share: one theme, and Qt's warnings are failures but for one."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zoomdesk import app, paths
from zoomdesk.desktop import i18n, theme
from zoomdesk.desktop.bridge import Bridge
from zoomdesk.desktop.window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; every other warning of Qt fails."""
    for item in items:
        if "desktop" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Return the application in our light theme and in English, plurals included."""
    theme.apply(qapp, "light")
    i18n.install(qapp)
    return qapp


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    """Return a bridge; afterwards no worker of it may live."""
    made = Bridge()
    yield made
    made.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("zoomdesk")]


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    """Return a copy of the sample workbook."""
    return Path(shutil.copyfile(paths.resource("samples", "guests.xlsx"), tmp_path / "Guests.xlsx"))


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Return what makes the real window over real services; every one is shut down afterwards."""
    made: list[MainWindow] = []

    def make(**options: bool) -> MainWindow:
        window = app.make_window(qapp, **options)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.leaving.discard()
        window.shut_down()
        window.close()
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(qapp, "light")
    assert not [t for t in threading.enumerate() if t.name.startswith("zoomdesk")]


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    """Return the window in practice: the other side is the simulator, over real HTTP."""
    made = make_window(practice=True)
    made.start()
    return made


@pytest.fixture
def opened(window: MainWindow, guests: Path, qtbot: QtBot) -> MainWindow:
    """Return the window with the sample open and its problems counted."""
    window.opening.open(guests)
    qtbot.waitUntil(lambda: len(window.desk.problems) > 1, timeout=10_000)
    return window
