"""Give the application its colours, type and style, and follow the system's light and dark.

``apply`` is called once at the start and again when the person chooses another theme. Widgets read
``tokens()`` when they paint and repaint on ``signals.changed``. A system theme of high contrast
wins over ours.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from zoomdesk.desktop import style
from zoomdesk.desktop.tokens import DARK, LIGHT, Tokens, from_palette

__all__ = ["DARK", "LIGHT", "Tokens", "apply", "palette", "signals", "tokens"]

_SMALLEST_BODY = 13
"""Pixels; a system font may be larger, and then everything grows with it."""


class Signals(QObject):
    """Tell whoever paints that the colours are others now."""

    changed = Signal()


@dataclass(slots=True)
class _State:
    tokens: Tokens = LIGHT
    choice: str = "system"
    follows: bool = False


signals = Signals()
_state = _State()


def tokens() -> Tokens:
    """Return the colours of the theme in use."""
    return _state.tokens


def apply(app: QApplication, choice: str) -> None:
    """Put the theme ``choice`` ("system", "light" or "dark") on the application."""
    _state.choice = choice
    hints = app.styleHints()
    if not _state.follows:
        _state.follows = True
        hints.colorSchemeChanged.connect(_system_changed)
        # The macOS style is the platform's own; elsewhere Fusion, because the windows11 style
        # ignores the colours of items.
        if sys.platform != "darwin":
            app.setStyle("Fusion")
    # Title bars and native dialogs follow this; a platform without colour schemes ignores it.
    hints.setColorScheme(
        {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
            choice, Qt.ColorScheme.Unknown
        )
    )
    _put_on(app)


def palette(colors: Tokens) -> QPalette:
    """Return the Qt palette of ``colors``, disabled group included."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    result = QPalette()
    for where, name in {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "head",
        role.Text: "text",
        role.PlaceholderText: "faint",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "err",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Accent: "accent",
        role.Mid: "border_control",
        role.Midlight: "line",
        role.Light: "surface",
        role.Dark: "border_control",
        role.Shadow: "line",
    }.items():
        result.setColor(where, colors.color(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(group.Disabled, where, colors.color("faint"))
    result.setColor(group.Disabled, role.Highlight, colors.color("line"))
    result.setColor(group.Disabled, role.HighlightedText, colors.color("soft"))
    return result


def body_size() -> int:
    """Return the size of body text in pixels: the system font's, never under 13."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return max(_SMALLEST_BODY, QFontInfo(system).pixelSize())


def _system_changed() -> None:
    app = QApplication.instance()
    if _state.choice == "system" and isinstance(app, QApplication):
        _put_on(app)


def _put_on(app: QApplication) -> None:
    _state.tokens = _chosen(app)
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    font.setPixelSize(body_size())
    app.setFont(font)
    app.setPalette(palette(_state.tokens))
    app.setStyleSheet(style.sheet(_state.tokens, body_size()))
    signals.changed.emit()


def _chosen(app: QApplication) -> Tokens:
    hints = app.styleHints()
    # QStyleHints.accessibility() is new in Qt 6.10; the pin begins at 6.8.
    if hasattr(hints, "accessibility"):
        wanted = hints.accessibility().contrastPreference()
        if wanted == Qt.ContrastPreference.HighContrast:
            app.setPalette(QPalette())
            return from_palette(app.palette())
    dark = _state.choice == "dark" or (
        _state.choice == "system" and hints.colorScheme() == Qt.ColorScheme.Dark
    )
    return DARK if dark else LIGHT
