"""Ask for the password of a workbook. It leaves by ``password`` and is kept nowhere."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from zoomdesk.desktop import i18n, style, widgets

_WIDTH = 440


class PasswordDialog(QDialog):
    """Take the password that opens a workbook; ``wrong`` says that the last one did not."""

    def __init__(self, parent: QWidget | None, name: str, *, wrong: bool) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setObjectName("password")
        self.setWindowTitle(self.tr("Password"))
        self.setMinimumWidth(_WIDTH)
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=12)
        title = i18n.fill(self.tr("%1 has a password"), name)
        layout.addWidget(widgets.label(title, "title", wrap=True))
        hint = self.tr("Type the one that opens it in Excel. Zoomdesk does not keep it.")
        layout.addWidget(widgets.label(hint, "soft", wrap=True))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password"))
        layout.addWidget(self.field)
        self.problem = widgets.label(
            self.tr("That is not the password. Capital and small letters differ."),
            "error",
            wrap=True,
        )
        self.problem.setVisible(wrong)
        layout.addWidget(self.problem)
        if wrong:
            style.set_property(self.field, "invalid", "true")
            self.field.setAccessibleDescription(self.problem.text())
        self.show_box = QCheckBox(self.tr("&Show the password"))
        self.show_box.toggled.connect(self._show)
        layout.addWidget(self.show_box)
        self.ok_button = widgets.button(self.tr("Open"), self.accept, kind="primary")
        self.ok_button.setDefault(True)
        cancel = widgets.button(self.tr("Cancel"), self.reject)
        layout.addLayout(widgets.row(None, cancel, self.ok_button))
        self.field.textChanged.connect(self._check)
        self._check()
        # Left alone, Qt leaves room for the longest lines that these labels could have.
        self.resize(_WIDTH, layout.heightForWidth(_WIDTH))

    @property
    def password(self) -> str:
        """Return what was typed, spaces and all: they may belong to it."""
        return self.field.text()

    def _show(self, on: bool) -> None:
        mode = QLineEdit.EchoMode
        self.field.setEchoMode(mode.Normal if on else mode.Password)

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(self.field.text()))
