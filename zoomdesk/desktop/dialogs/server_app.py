"""Ask for the three values of a Server-to-Server app."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from zoomdesk.desktop import widgets
from zoomdesk.settings import Settings


class ServerAppDialog(QDialog):
    """Take account ID, client ID and secret. The secret leaves only by ``values``."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Server-to-Server app"))
        self.setMinimumWidth(460)
        layout = widgets.column(self, margins=(24, 20, 24, 20), gap=12)
        layout.addWidget(widgets.label(self.tr("Sign in as a Server-to-Server app"), "title"))
        help_text = self.tr(
            "For offices whose Zoom admin made such an app. The secret goes into this computer’s"
            " password store and nowhere else."
        )
        layout.addWidget(widgets.label(help_text, "soft", wrap=True))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(12)
        self.account_id = self._field(form, self.tr("&Account ID"), settings.account_id)
        self.client_id = self._field(form, self.tr("Client &ID"), settings.client_id)
        self.secret = self._field(form, self.tr("Client &secret"), "")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        layout.addLayout(form)
        self.ok_button = widgets.button(self.tr("Sign in"), self.accept, kind="primary")
        self.ok_button.setDefault(True)
        cancel = widgets.button(self.tr("Cancel"), self.reject)
        layout.addLayout(widgets.row(None, cancel, self.ok_button))
        self._check()

    def values(self) -> tuple[str, str, str]:
        """Return account ID, client ID and secret, without the spaces that pasting adds."""
        fields = (self.account_id, self.client_id, self.secret)
        account_id, client_id, secret = (field.text().strip() for field in fields)
        return account_id, client_id, secret

    def _field(self, form: QFormLayout, text: str, value: str) -> QLineEdit:
        field = QLineEdit(value)
        field.setAccessibleName(text.replace("&", ""))
        field.textChanged.connect(self._check)
        form.addRow(text, field)
        return field

    def _check(self) -> None:
        if hasattr(self, "ok_button"):
            self.ok_button.setEnabled(all(self.values()))
