"""Turn tokens into the application's style sheet.

Widgets ask for a look by dynamic property, never by a style sheet of their own::

    QLabel[role]        title 17/600, step 14/600, strong 13/600, small, soft, error, warning, ok,
                        number (tabular figures)
    QLabel[badge]       todo, next, done, error: the round number of a step, 26 px
    QPushButton[kind]   primary, plain (the default look), link, pill (checkable), danger, quiet
    QToolButton[kind]   bar (icon and word in the top bar), quiet (icon only)
    QFrame[card]        "true": a rounded box; with tone: ok, warning, error, accent
    QFrame[bar]         info, warning, error, practice: a message across the window
    QFrame[pill]        accent, ok, warning, error: a small rounded note
    QFrame[rule]        "true": a line of one pixel

and by object name: ``topBar``, ``sidePanel``, ``workArea``, ``bottomBar``, ``search`` (a QLineEdit
with a leading icon), ``sheetTabs``, ``tableFrame`` (a QFrame around the table).

A property that changes after the widget was shown needs ``repolish(widget)``.
"""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtWidgets import QWidget

from zoomdesk import paths
from zoomdesk.desktop.tokens import Tokens

FOCUS_WIDTH = 2


def sheet(colors: Tokens, body: int) -> str:
    """Return the style sheet for ``colors`` with body text of ``body`` pixels."""
    values: dict[str, object] = {name: getattr(colors, name) for name in colors.__slots__}
    values |= {
        "body": body,
        "title": round(body * 17 / 13),
        "step": round(body * 14 / 13),
        "small": max(12, round(body * 12 / 13)),
        "check": _picture("check", colors.on_accent),
        "minus": _picture("minus", colors.on_accent),
        "chevron": _picture("chevron-down", colors.soft),
        "up": _picture("chevron-up", colors.soft),
        "dot": _picture("dot", colors.on_accent),
        "close": _picture("x", colors.soft),
    }
    template = paths.resource("style.qss").read_text(encoding="utf-8")
    return Template(template).substitute(values)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the properties of ``widget`` again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and show it at once."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def _picture(name: str, color: str) -> str:
    """Return the path of a drawing in one colour: style sheets can recolour nothing themselves."""
    target = _folder() / f"{name}-{color.lstrip('#')}.svg"
    if not target.exists():
        source = paths.resource("icons", f"{name}.svg").read_bytes()
        target.write_bytes(source.replace(b"currentColor", color.encode("ascii")))
    return target.as_posix()


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="zoomdesk-style-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
