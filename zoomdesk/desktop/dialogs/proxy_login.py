"""Ask for the name and password that a proxy wants."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zoomdesk.desktop.dialogs.form import FormDialog
from zoomdesk.settings import Settings


class ProxyLoginDialog(FormDialog):
    """Take address, name and password."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent)
        self.setObjectName("proxyLogin")
        self.setWindowTitle(self.tr("Proxy"))
        self.lay_out(
            self.tr("The proxy asks for a name and password"),
            self.tr(
                "Your IT has them. The password goes into this computer’s password store and"
                " nowhere else."
            ),
            self.tr("Save"),
            (self.tr("&Address"), settings.proxy),
            (self.tr("&Name"), ""),
            (self.tr("&Password"), ""),
        )
        self.address, self.name, self.password = self.fields
        self.address.setPlaceholderText("http://proxy.office:8080")

    def values(self) -> tuple[str, ...]:
        """Return address, name and password; a password may begin or end with a space."""
        address, name, _ = super().values()
        return address, name, self.fields[-1].text()
