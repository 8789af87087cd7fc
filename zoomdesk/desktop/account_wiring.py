"""Connect the account's menu and page to signing in, and a run to the account that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from zoomdesk.desktop.dialogs.proxy_login import ProxyLoginDialog

if TYPE_CHECKING:
    from zoomdesk.desktop.window import MainWindow


class AccountWiring(QObject):
    """Connect the parts of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        signing, page, menu = window.signing, window.side.account, window.bar.account_menu
        page.sign_in.connect(signing.sign_in_with_browser)
        page.server_app.connect(window.asking.ask_server_app)
        page.cancel.connect(signing.cancel)
        page.sign_out.connect(signing.sign_out)
        page.back.connect(window.desk.touch)
        for each in (page, menu):
            each.use.connect(signing.use)
        menu.add.connect(lambda: window.show_account(adding=True))
        menu.sign_out.connect(signing.sign_out)
        window.desk.go_on_as.connect(self._go_on_as)
        window.desk.sign_in_wanted.connect(lambda: window.show_account(adding=True))
        window.desk.sign_in_lost.connect(signing.look)
        window.desk.proxy_login_wanted.connect(self.ask_proxy_login)

    def ask_proxy_login(self) -> None:
        """Ask for what the proxy asks for."""
        window = self._window
        dialog = ProxyLoginDialog(window, window.desk.settings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: window.signing.keep_proxy_login(*dialog.values()))
        dialog.open()
        (dialog.name if dialog.address.text() else dialog.address).setFocus()

    def _go_on_as(self, run: str, key: str) -> None:
        """Go on with a run as the account of a key, or, without one, as whoever is signed in."""
        window = self._window
        window.desk.services.agreed.add(run)
        if key:
            window.signing.use(key, lambda: window.running.go_on(run))
        else:
            window.running.go_on(run)
