"""The menus that are filled when they open: recent workbooks, and what a column holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from zoomdesk.desktop import i18n, icons
from zoomdesk.desktop.desk import Desk
from zoomdesk.roster.fields import Topic


class RecentMenu(QMenu):
    """Offer the workbooks that were opened last."""

    def __init__(self, parent: QWidget, desk: Desk, choose: Callable[[Path], object]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choose = choose
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for text in self._desk.state.recent:
            path = Path(text)
            action = self.addAction(path.name.replace("&", "&&"))
            action.setToolTip(text)
            action.triggered.connect(lambda _=False, p=path: self._choose(p))
        if self.isEmpty():
            self.addAction(self.tr("None yet")).setEnabled(False)


class AccountMenu(QMenu):
    """Choose among the accounts that are signed in, add one, or sign out."""

    use = Signal(str)
    """Work with the account of this key."""
    add = Signal()
    sign_out = Signal()

    def __init__(self, parent: QWidget, desk: Desk, page: QAction) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer what may be done now; while a registration goes on, say why nothing may."""
        self.clear()
        desk, account = self._desk, self._desk.account
        free = not (desk.run.running or desk.run.preparing)
        if not free:
            why = self.tr("The account stays as it is while a registration goes on")
            self.addAction(icons.icon("info"), why).setEnabled(False)
        for profile in account.accounts:
            action = self.addAction(profile.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(profile == account.profile)
            action.setEnabled(free)
            action.triggered.connect(lambda _=False, key=profile.key: self.use.emit(key))
        self.addSeparator()
        add = self.addAction(icons.icon("plus"), self.tr("Sign in with another account…"))
        add.triggered.connect(lambda: self.add.emit())
        add.setEnabled(free and not account.waiting_for_browser)
        out = self.addAction(icons.icon("sign-out"), self.tr("Sign out"))
        out.triggered.connect(lambda: self.sign_out.emit())
        out.setEnabled(free and account.signed_in)
        self.addSeparator()
        self.addAction(self._page)


class ColumnMenu(QMenu):
    """Let a person say what a column holds."""

    def __init__(self, parent: QWidget, desk: Desk, position: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addSection(self.tr("This column holds"))
        roster = desk.roster
        if roster is None:
            return
        self._add(desk, position, None)
        for topic in i18n.CHOOSABLE:
            self._add(desk, position, topic)
        questions = roster.meanings.form.questions
        if questions:
            self.addSection(self.tr("The event asks"))
        for question in questions:
            self._add(desk, position, question.topic)

    def _add(self, desk: Desk, position: int, topic: Topic | None) -> None:
        current = desk.roster.columns[position].topic if desk.roster is not None else None
        text = self.tr("Not used") if topic is None else i18n.topic_name(topic)
        action = self.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(topic == current)
        action.triggered.connect(lambda: desk.assign_field.emit(position, topic))


def open_column_menu(parent: QWidget, desk: Desk, position: int, where: QPoint) -> None:
    """Open the menu of a column, unless Zoom fills it."""
    roster = desk.roster
    if roster is not None and roster.columns[position].result is None:
        ColumnMenu(parent, desk, position).popup(where)
