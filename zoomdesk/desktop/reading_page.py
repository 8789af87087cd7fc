"""What stands in the table's place while a workbook is being read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from zoomdesk.desktop import i18n, widgets


class ReadingPage(QWidget):
    """Name the workbook, and show that something is going on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("workArea")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = widgets.column(self, gap=12)
        self._words = widgets.label("", "soft")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(240)
        bar.setAccessibleName(self.tr("Reading the workbook"))
        layout.addStretch(1)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_name(self, name: str) -> None:
        """Name what is read."""
        self._words.setText(i18n.fill(self.tr("Reading %1…"), name))
