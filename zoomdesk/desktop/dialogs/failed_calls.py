"""Show calls to Zoom that failed, so that an administrator can hand them to Zoom's support."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from zoomdesk.desktop import widgets
from zoomdesk.zoom.as_curl import SHELLS, Shell, as_curl
from zoomdesk.zoom.failed_calls import Entry

SHELL_NAMES = {"bash": "bash", "powershell": "PowerShell", "cmd": "cmd.exe"}


class FailedCallsDialog(QDialog):
    """Show each call as the command that would make it again, and offer to copy or save it."""

    save = Signal(object)
    """Save these entries as a Postman collection."""
    open_log = Signal()

    def __init__(self, parent: QWidget | None, entries: Sequence[Entry]) -> None:
        super().__init__(parent)
        self._entries = list(entries)
        self.setModal(True)
        self.setObjectName("failedCalls")
        self.setWindowTitle(self.tr("Failed calls to Zoom"))
        self.setMinimumSize(680, 460)
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=10)
        layout.addWidget(widgets.label(self.tr("For Zoom’s support"), "title"))
        text = self.tr(
            "This is what failed. The token and all people are replaced by placeholders: your Zoom"
            " admin can hand it on. With a token filled in, the command does what it says:"
            " registering registers."
        )
        layout.addWidget(widgets.label(text, "soft", wrap=True))
        self.which = self._make_which()
        layout.addWidget(self.which)
        self.about = widgets.label("", wrap=True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.about)
        self.shell = self._make_shell()
        self.command = QPlainTextEdit()
        self.command.setReadOnly(True)
        self.command.setTabChangesFocus(True)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.command.setAccessibleName(self.tr("The command"))
        shell_name = widgets.label(self.tr("Command for"))
        shell_name.setBuddy(self.shell)
        layout.addLayout(widgets.row(shell_name, self.shell, None))
        layout.addWidget(self.command, 1)
        layout.addLayout(self._make_buttons())
        self.which.currentIndexChanged.connect(self._show)
        self.shell.currentIndexChanged.connect(self._show)
        self._show()

    def _make_which(self) -> QComboBox:
        which = QComboBox()
        which.setAccessibleName(self.tr("Which call"))
        for entry in self._entries:
            call = entry.call
            times = f" × {entry.count:,}" if entry.count > 1 else ""
            came = f"HTTP {call.http}" if call.http else self.tr("no answer")
            which.addItem(f"{call.method} {call.path}, {came}{times}")
        which.setVisible(len(self._entries) > 1)
        return which

    def _make_shell(self) -> QComboBox:
        shell = QComboBox()
        shell.setAccessibleName(self.tr("Command for"))
        for name in SHELLS:
            shell.addItem(SHELL_NAMES[name], name)
        shell.setCurrentIndex(SHELLS.index("powershell" if sys.platform == "win32" else "bash"))
        return shell

    def _make_buttons(self) -> QHBoxLayout:
        self.copy_button = widgets.button(self.tr("Copy as cURL"), self._copy, icon="copy-squares")
        self.save_button = widgets.button(
            self.tr("Save as Postman collection…"),
            lambda: self.save.emit(self._entries),
            icon="download",
        )
        log = widgets.button(self.tr("Open the log’s folder"), self.open_log.emit, kind="link")
        close = widgets.button(self.tr("Close"), self.reject)
        return widgets.row(self.copy_button, self.save_button, log, None, close)

    @property
    def _entry(self) -> Entry:
        return self._entries[max(0, self.which.currentIndex())]

    def _show(self) -> None:
        entry = self._entry
        when = entry.call.when.replace("T", " ").replace("+00:00", " UTC")
        parts = [entry.call.describe(), when]
        if entry.call.tracking:
            parts.append(f"x-zm-trackingid: {entry.call.tracking}")
        self.about.setText("\n".join(parts))
        shell: Shell = self.shell.currentData()
        self.command.setPlainText(as_curl(entry.call, shell))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
