"""Ask for the name and password that a proxy wants."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from zoomdesk.desktop import widgets
from zoomdesk.settings import Settings


class ProxyLoginDialog(QDialog):
    """Take address, name and password. The password leaves only by ``values``."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setObjectName("proxyLogin")
        self.setWindowTitle(self.tr("Proxy"))
        self.setMinimumWidth(460)
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=12)
        layout.addWidget(widgets.label(self.tr("The proxy asks for a name and password"), "title"))
        help_text = self.tr(
            "Your IT has them. The password goes into this computer’s password store and nowhere"
            " else."
        )
        layout.addWidget(widgets.label(help_text, "soft", wrap=True))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(12)
        self.address = self._field(form, self.tr("&Address"), settings.proxy)
        self.address.setPlaceholderText("http://proxy.office:8080")
        self.name = self._field(form, self.tr("&Name"), "")
        self.password = self._field(form, self.tr("&Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        layout.addLayout(form)
        self.ok_button = widgets.button(self.tr("Save"), self.accept, kind="primary")
        self.ok_button.setDefault(True)
        cancel = widgets.button(self.tr("Cancel"), self.reject)
        layout.addLayout(widgets.row(None, cancel, self.ok_button))
        self._check()

    def values(self) -> tuple[str, str, str]:
        """Return address, name and password; a password may begin or end with a space."""
        return self.address.text().strip(), self.name.text().strip(), self.password.text()

    def _field(self, form: QFormLayout, text: str, value: str) -> QLineEdit:
        field = QLineEdit(value)
        field.setAccessibleName(text.replace("&", ""))
        field.textChanged.connect(self._check)
        form.addRow(text, field)
        return field

    def _check(self) -> None:
        if hasattr(self, "ok_button"):
            self.ok_button.setEnabled(all(self.values()))
