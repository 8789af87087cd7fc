"""Draw a tick box: the table draws its own, seen in both themes and crisp at any scale."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from zoomdesk.desktop import theme

SIZE = 16


def box_rect(rect: QRect) -> QRect:
    """Return where the box stands within its cell."""
    return QRect(rect.center().x() - SIZE // 2 + 1, rect.center().y() - SIZE // 2 + 1, SIZE, SIZE)


def draw_box(painter: QPainter, rect: QRect, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """Draw a box in the middle of ``rect``: empty, ticked, or with the dash of "some"."""
    colors = theme.tokens()
    box = QRectF(box_rect(rect)).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == Qt.CheckState.Unchecked:
        painter.setPen(QPen(colors.color("border_control" if enabled else "line"), 1))
        painter.setBrush(colors.color("surface" if enabled else "head"))
        painter.drawRoundedRect(box, 4, 4)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("accent"))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)
        pen = QPen(colors.color("on_accent"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ticked = state == Qt.CheckState.Checked
        shape = ((0.24, 0.53), (0.43, 0.72), (0.77, 0.31)) if ticked else ((0.26, 0.5), (0.74, 0.5))
        points = [
            QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in shape
        ]
        painter.drawPolyline(QPolygonF(points))
    painter.restore()
