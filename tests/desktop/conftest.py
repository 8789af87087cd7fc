"""What tests of the window share: one theme, and Qt's warnings are failures but for one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from zoomdesk.desktop import theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; every other warning of Qt fails."""
    for item in items:
        if "desktop" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Return the application in our light theme."""
    theme.apply(qapp, "light")
    return qapp
