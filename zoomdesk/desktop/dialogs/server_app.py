"""Ask for the three values of a Server-to-Server app."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zoomdesk.desktop.dialogs.form import FormDialog
from zoomdesk.settings import Settings


class ServerAppDialog(FormDialog):
    """Take account ID, client ID and secret."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Server-to-Server app"))
        self.lay_out(
            self.tr("Sign in as a Server-to-Server app"),
            self.tr(
                "For offices whose Zoom admin made such an app. The secret goes into this"
                " computer’s password store and nowhere else."
            ),
            self.tr("Sign in"),
            (self.tr("&Account ID"), settings.account_id),
            (self.tr("Client &ID"), settings.client_id),
            (self.tr("Client &secret"), ""),
        )
        self.account_id, self.client_id, self.secret = self.fields
