"""The bar at the top: the workbook on the left, practice, account and settings on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from zoomdesk.desktop import icons, widgets
from zoomdesk.desktop.actions import Actions
from zoomdesk.desktop.desk import Desk
from zoomdesk.desktop.menus import AccountMenu


class TopBar(QWidget):
    """Hold the buttons of the actions that are always at hand."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(4)
        for action, words in (
            (actions.open, True),
            (actions.save, True),
            (actions.undo, False),
            (actions.redo, False),
        ):
            layout.addWidget(_tool(action, words=words))
        layout.addStretch(1)
        self._practice = self._make_pill()
        layout.addWidget(self._practice)
        self._account = _tool(actions.account, words=True)
        self.account_menu = AccountMenu(self, desk, actions.account)
        self._account.setMenu(self.account_menu)
        self._account.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.addWidget(self._account)
        self._settings = _tool(actions.preferences, words=False)
        layout.addWidget(self._settings)
        self._more = QToolButton()
        self._more.setProperty("kind", "quiet")
        self._more.setIcon(icons.icon("more"))
        self._more.setIconSize(QSize(18, 18))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setShortcut(QKeySequence("F10"))
        self._more.setAccessibleName(self.tr("Menu"))
        self._more.setToolTip(self.tr("Menu (F10)"))
        layout.addWidget(self._more)

    def set_menu(self, menu: QMenu) -> None:
        """Hang the menu of everything on its button."""
        self._more.setMenu(menu)

    def _make_pill(self) -> QFrame:
        pill = QFrame()
        pill.setProperty("pill", "accent")
        inside = QHBoxLayout(pill)
        inside.setContentsMargins(10, 4, 12, 4)
        inside.setSpacing(6)
        inside.addWidget(widgets.Picture("practice", "accent", 16))
        text = widgets.label(self.tr("Practice — nobody is mailed"))
        inside.addWidget(text)
        pill.setAccessibleName(text.text())
        return pill

    def refresh(self) -> None:
        """Show the account and whether this is practice."""
        account = self._desk.account
        self._practice.setVisible(self._desk.practice)
        if self._desk.practice:
            text = tip = self.tr("Practice account")
        elif account.waiting_for_browser:
            text = tip = self.tr("Waiting for the browser…")
        elif account.signed_in:
            text, tip = account.name, account.label
        elif account.accounts:
            text = tip = self.tr("Choose an account")
        else:
            text = tip = self.tr("Sign in")
        offers = bool(account.accounts) and not self._desk.practice
        mode = QToolButton.ToolButtonPopupMode
        self._account.setPopupMode(mode.InstantPopup if offers else mode.DelayedPopup)
        shown = self._account.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 220)
        self._account.setText(shown.replace("&", "&&"))
        self._account.setToolTip(tip)
        self._account.setAccessibleName(f"{self.tr('Zoom account')}: {tip}")


def _tool(action: QAction, *, words: bool) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setProperty("kind", "bar" if words else "quiet")
    made.setIconSize(widgets.icon_size(18) if words else QSize(18, 18))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    style = Qt.ToolButtonStyle
    made.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
    made.setAccessibleName(action.text().replace("&", "").rstrip("…"))
    return made
