"""Draw the program's icons from ``resources/icons`` in the colours of the theme.

Each file is an outline in a 24 by 24 box with ``stroke="currentColor"``. The colour is put in when
the icon is painted, so an icon stays right after a change of theme and crisp at any device pixel
ratio.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from zoomdesk import paths
from zoomdesk.desktop import theme

ROLES = ("text", "soft", "faint", "accent", "ok", "warn", "err", "on_accent", "border_control")


def icon(name: str, role: str = "text", size: int = 18) -> QIcon:
    """Return the icon ``name`` in the colour of ``role``, one of ``ROLES``.

    ``size`` is what a widget gets that asks for no size of its own. Raises FileNotFoundError where
    there is no such drawing.
    """
    _outline(name)
    return QIcon(_OutlineEngine(name, role, size))


def pixmap(name: str, role: str = "text", size: int = 16, ratio: float = 0.0) -> QPixmap:
    """Return a ``size`` by ``size`` picture for the device pixel ``ratio`` (0: the screen's)."""
    return _pixmap(name, getattr(theme.tokens(), role), size, ratio or _screen_ratio())


def svg(name: str, color: str) -> bytes:
    """Return the drawing with ``currentColor`` replaced by ``#RRGGBB``."""
    return _outline(name).replace(b"currentColor", color.encode("ascii"))


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return QIcon(str(paths.resource("icons", "zoomdesk.svg")))


@lru_cache(maxsize=256)
def _outline(name: str) -> bytes:
    return paths.resource("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg(name, color))).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _screen_ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


class _OutlineEngine(QIconEngine):
    """Paint one outline; disabled icons take the faint colour."""

    def __init__(self, name: str, role: str, size: int) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._size = size

    def clone(self) -> QIconEngine:
        return _OutlineEngine(self._name, self._role, self._size)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        QSvgRenderer(QByteArray(svg(self._name, self._color(mode)))).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        # Since Qt 6.8 the size is in device-independent pixels and the scale is the ratio.
        picture = QPixmap(size * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        edge = min(size.width(), size.height())
        # Room beside the drawing is the gap to the word after it (see widgets.icon_size).
        corner = QPoint(0, (size.height() - edge) // 2)
        painter = QPainter(picture)
        painter.drawPixmap(corner, _pixmap(self._name, self._color(mode), edge, scale))
        painter.end()
        return picture

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        return size

    def availableSizes(self, _mode: QIcon.Mode, _state: QIcon.State) -> list[QSize]:  # type: ignore[override]  # the stub says Sequence, Qt's binding wants a list
        return [QSize(self._size, self._size)]

    def isNull(self) -> bool:
        return False

    def _color(self, mode: QIcon.Mode) -> str:
        role = "faint" if mode == QIcon.Mode.Disabled else self._role
        return str(getattr(theme.tokens(), role))
