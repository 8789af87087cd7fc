"""What stands in the table's place while a workbook is being read: its first rows, and how far.

It is laid out as the page of the table is, so that nothing jumps when the rest has come.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from zoomdesk.desktop import i18n, widgets
from zoomdesk.desktop.books import Progress
from zoomdesk.desktop.document import Document
from zoomdesk.desktop.table import RosterTable
from zoomdesk.desktop.table.place import Place, place_of

_STEPS = 1000
_FOOT = 34
_PILLS = 30


class ReadingPage(QWidget):
    """Name the workbook, show its first rows and how far the reading is; offer to stop it."""

    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("workArea")
        self._shown: Document | None = None
        self.table = RosterTable()
        self.table.model_.read_only = True
        self.table.setAccessibleName(self.tr("First people of the sheet"))
        self._title = widgets.ElidedLabel("", "title")
        self.facts = widgets.ElidedLabel("", "small")
        words = QWidget()
        column = widgets.column(words, gap=1)
        column.addWidget(self._title)
        column.addWidget(self.facts)
        self.stop_button = widgets.button(self.tr("Stop"), self.stop.emit, icon="stop")
        self.stop_button.setAccessibleName(self.tr("Stop reading"))
        self.stop_button.setShortcut("Esc")
        self.stop_button.setToolTip(self.tr("Stop reading (Esc)"))
        head = widgets.row(words, self.stop_button, gap=12)
        head.setStretch(0, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Reading the workbook"))
        line = QWidget()
        line.setFixedHeight(_PILLS)
        widgets.column(line).addWidget(self.bar)
        self._frame = QFrame()
        self._frame.setObjectName("tableFrame")
        widgets.column(self._frame, margins=(1, 1, 1, 1), gap=0).addWidget(self.table)
        layout = widgets.column(self, margins=(20, 16, 20, 8), gap=12)
        layout.addLayout(head)
        layout.addWidget(line)
        layout.addWidget(self._frame, 1)
        layout.addSpacing(_FOOT)
        self._frame.setVisible(False)
        layout.addStretch(0)

    def show_reading(self, name: str, progress: Progress, preview: Document | None) -> None:
        """Show how far the reading of ``name`` is."""
        self._title.setText(name)
        self.facts.setText(self._words(progress))
        known = progress.share > 0 and not progress.checking
        self.bar.setRange(0, _STEPS if known else 0)
        self.bar.setValue(round(progress.share * _STEPS) if known else -1)
        if preview is not self._shown:
            self._shown = preview
            self.table.set_roster(preview.roster if preview is not None else None)
        self._frame.setVisible(preview is not None)

    def place(self, document: Document) -> Place | None:
        """Return where the person stands on the first rows of this very sheet, if anywhere."""
        shown = self._shown
        if shown is None or (shown.path, shown.current) != (document.path, document.current):
            return None
        return place_of(self.table, self.table.model_)

    def clear(self) -> None:
        """Let go of the first rows."""
        self._shown = None
        self.table.set_roster(None)

    def _words(self, progress: Progress) -> str:
        rows = i18n.number(progress.rows)
        if progress.checking:
            return i18n.fill(self.tr("Checking %1 rows…"), rows)
        if progress.rows:
            return i18n.fill(self.tr("Reading… %1 rows"), rows)
        return self.tr("Reading…")
