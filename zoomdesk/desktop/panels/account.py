"""The page beside the table on which a person signs in, sees who is signed in, and signs out."""

from __future__ import annotations

from functools import partial

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
    use = Signal(str)
    """Work with the account of this key."""
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
        self._others = QWidget()
        self._other_rows = widgets.column(self._others, gap=6)
        self._shown: tuple[object, ...] = ()
        layout.addWidget(self._others)
        self._adding = False
        self._form = self._make_form()
        layout.addWidget(self._form)
        self._add = widgets.button(self.tr("Sign in with another account…"), self._ask, icon="plus")
        layout.addLayout(widgets.row(self._add, None))
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

    def prepare(self, *, adding: bool = False) -> None:
        """Put what is known into the form, before the page is shown."""
        self._adding = adding
        self.client_id.setText(self._desk.settings.client_id)
        self.refresh()

    def refresh(self) -> None:
        """Show the account as it is now."""
        account, practice = self._desk.account, self._desk.practice
        free = not (self._desk.run.running or self._desk.run.preparing)
        waiting = practice or account.waiting_for_browser
        out = not account.signed_in and not account.accounts
        asking = not waiting and free and (out or self._adding)
        self._form.setVisible(asking)
        self._add.setVisible(not waiting and not asking)
        self._add.setEnabled(free)
        self._list_others(free=free)
        self._go.setEnabled(bool(self.client_id.text().strip()) and not account.busy)
        self._cancel.setVisible(account.waiting_for_browser)
        self._out.setVisible(account.signed_in and not practice)
        self._out.setEnabled(free and not account.busy)
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
            return self.tr("Signed in as %1.").replace("%1", account.label)
        if account.accounts:
            return self.tr("No account is chosen. Choose the one to work with.")
        return self.tr("Sign in once. Your password stays between you and Zoom.")

    def _list_others(self, *, free: bool) -> None:
        """Offer the accounts that could be used instead; why none may, where that is so."""
        account = self._desk.account
        others = tuple(each for each in account.accounts if each != account.profile)
        self._others.setVisible(bool(others) and not self._desk.practice)
        shown = (others, free, account.busy)
        if shown == self._shown:
            return
        self._shown = shown
        widgets.clear(self._other_rows)
        self._other_rows.addWidget(widgets.label(self.tr("Also signed in"), "strong"))
        for each in others:
            name = widgets.ElidedLabel(each.label)
            use = widgets.button(self.tr("Use"), partial(self.use.emit, each.key), kind="link")
            use.setAccessibleName(self.tr("Use %1").replace("%1", each.label))
            use.setEnabled(free and not account.busy)
            line = widgets.row(name, use)
            line.setStretch(0, 1)
            self._other_rows.addLayout(line)
        if not free:
            why = self.tr("The account stays as it is while a registration goes on.")
            self._other_rows.addWidget(widgets.label(why, "small", wrap=True))

    def _ask(self) -> None:
        self._adding = True
        self.refresh()
        self.client_id.setFocus()

    def _sign_in(self) -> None:
        if text := self.client_id.text().strip():
            self._adding = False
            self.sign_in.emit(text)
