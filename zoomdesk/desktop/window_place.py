"""Put the window where it stood the last time, and remember where it stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from zoomdesk.desktop import state
from zoomdesk.desktop.state import WindowState

MINIMUM = (900, 560)
"""Pixels: at 1024 by 640 with a title bar everything is reachable."""


def put_back(window: QMainWindow, kept: WindowState) -> None:
    """Give the window its size and place of the last time, if a screen is there."""
    window.setMinimumSize(*MINIMUM)
    window.resize(max(kept.width, MINIMUM[0]), max(kept.height, MINIMUM[1]))
    if kept.x is not None and kept.y is not None:
        # A screen may be gone since: a window nobody can see is worse than one elsewhere.
        corner = QPoint(kept.x + 40, kept.y + 10)
        if any(screen.geometry().contains(corner) for screen in QGuiApplication.screens()):
            window.move(kept.x, kept.y)
    if kept.maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def remember(window: QMainWindow, kept: WindowState) -> None:
    """Keep where the window stands now."""
    kept.maximized = window.isMaximized()
    if not kept.maximized:
        kept.x, kept.y = window.x(), window.y()
        kept.width, kept.height = window.width(), window.height()
    state.save(kept)
