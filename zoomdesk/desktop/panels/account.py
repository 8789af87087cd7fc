"""The page beside the table on which a person signs in, sees who is signed in, and signs out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from zoomdesk.desktop import widgets
from zoomdesk.desktop.desk import Desk


class AccountPage(QWidget):
    """Ask for the client ID once, then lead through the browser."""

    sign_in = Signal(str)
    """Sign in with the browser, using this client ID."""
    server_app = Signal()
    cancel = Signal()
    sign_out = Signal()
    back = Signal()
    leave_practice = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        layout = widgets.column(self, margins=(20, 16, 20, 20), gap=10)
        self._back = widgets.button(self.tr("Back"), self.back.emit, kind="link")
        layout.addLayout(widgets.row(self._back, None))
        layout.addWidget(widgets.label(self.tr("Zoom account"), "title"))
        self._state = widgets.label("", "soft", wrap=True)
        layout.addWidget(self._state)
        self._form = self._make_form()
        layout.addWidget(self._form)
        self._cancel = widgets.button(self.tr("Cancel"), self.cancel.emit)
        self._out = widgets.button(self.tr("Sign out"), self.sign_out.emit, icon="sign-out")
        self._leave = widgets.button(self.tr("Leave practice"), self.leave_practice.emit)
        for each in (self._cancel, self._out, self._leave):
            layout.addLayout(widgets.row(each, None))
        layout.addStretch(1)

    def _make_form(self) -> QWidget:
        form = QWidget()
        layout = widgets.column(form, gap=8)
        name = widgets.label(self.tr("Client &ID"), "strong")
        self.client_id = QLineEdit()
        self.client_id.setAccessibleName(self.tr("Client ID"))
        self.client_id.returnPressed.connect(self._sign_in)
        self.client_id.textChanged.connect(lambda _: self.refresh())
        name.setBuddy(self.client_id)
        self._go = widgets.button(
            self.tr("Sign in with the browser"), self._sign_in, kind="primary", icon="sign-in"
        )
        server = widgets.button(
            self.tr("Sign in as a Server-to-Server app…"), self.server_app.emit, kind="link"
        )
        help_text = self.tr("Your Zoom admin hands this out. It is kept, so you enter it once.")
        layout.addWidget(name)
        layout.addWidget(self.client_id)
        layout.addWidget(widgets.label(help_text, "small", wrap=True))
        layout.addSpacing(4)
        layout.addWidget(self._go)
        layout.addLayout(widgets.row(server, None))
        return form

    def prepare(self) -> None:
        """Put what is known into the form, before the page is shown."""
        self.client_id.setText(self._desk.settings.client_id)
        self.refresh()

    def refresh(self) -> None:
        """Show the account as it is now."""
        account, practice = self._desk.account, self._desk.practice
        out = not practice and not account.signed_in and not account.waiting_for_browser
        self._form.setVisible(out)
        self._go.setEnabled(bool(self.client_id.text().strip()) and not account.busy)
        self._cancel.setVisible(account.waiting_for_browser)
        self._out.setVisible(account.signed_in and not practice)
        self._out.setEnabled(not self._desk.run.running)
        self._leave.setVisible(practice)
        self._leave.setEnabled(not self._desk.run.running)
        self._state.setText(self._sentence())

    def _sentence(self) -> str:
        account = self._desk.account
        if self._desk.practice:
            return self.tr(
                "This is practice: a Zoom inside this computer, with made-up events."
                " Nobody is registered and nobody is mailed."
            )
        if account.waiting_for_browser:
            return self.tr(
                "Go on in your browser. This page changes when you have signed in there."
            )
        if account.signed_in:
            return self.tr("Signed in as %1.").replace("%1", account.name)
        return self.tr("Sign in once. Your password stays between you and Zoom.")

    def _sign_in(self) -> None:
        if text := self.client_id.text().strip():
            self.sign_in.emit(text)
