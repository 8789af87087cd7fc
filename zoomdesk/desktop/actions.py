"""Name every action once: its word, its icon, its shortcut."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

from zoomdesk.desktop import icons

_Key = QKeySequence.StandardKey


class Actions(QObject):
    """Make the window's actions; the window connects them."""

    def __init__(self, window: QWidget, undo_stack: QUndoStack) -> None:
        super().__init__(window)
        self._window = window
        self.open = self._make(self.tr("&Open…"), "open", _Key.Open)
        self.save = self._make(self.tr("&Save"), "save", _Key.Save)
        self.save_copy = self._make(self.tr("Save a &copy…"), "", QKeySequence("Ctrl+Shift+S"))
        self.template = self._make(self.tr("Save a &template…"), "download", None)
        self.practise = self._make(self.tr("&Practise with sample data"), "practice", None)
        self.reload = self._make(self.tr("&Read the workbook again"), "refresh", _Key.Refresh)
        self.quit = self._make(self.tr("&Quit"), "", QKeySequence("Ctrl+Q"))
        self.undo = undo_stack.createUndoAction(self, self.tr("&Undo"))
        self._dress(self.undo, "undo", _Key.Undo)
        self.redo = undo_stack.createRedoAction(self, self.tr("&Redo"))
        self._dress(self.redo, "redo", _Key.Redo)
        self.find = self._make(self.tr("&Find a person"), "search", _Key.Find)
        self.tick_valid = self._make(self.tr("&Tick all valid"), "", QKeySequence("Ctrl+T"))
        self.add_row = self._make(self.tr("&Add a row"), "plus", QKeySequence("Ctrl++"))
        self.remove_rows = self._make(
            self.tr("Remo&ve the selected rows"), "trash", QKeySequence("Ctrl+-")
        )
        self.next_sheet = self._make(self.tr("&Next sheet"), "", QKeySequence("Ctrl+PgDown"))
        self.previous_sheet = self._make(self.tr("Pre&vious sheet"), "", QKeySequence("Ctrl+PgUp"))
        self.register = self._make(self.tr("&Register"), "", QKeySequence("Ctrl+Return"))
        self.check_only = self._make(
            self.tr("&Check only, send nothing"), "", QKeySequence("Ctrl+Shift+Return")
        )
        self.approve = self._make(self.tr("&Approve the ticked people…"), "check", None)
        self.deny = self._make(self.tr("&Deny the ticked people…"), "minus-circle", None)
        self.cancel = self._make(self.tr("&Cancel their registrations…"), "x", None)
        self.delete = self._make(self.tr("De&lete them from Zoom’s list…"), "trash", None)
        self.fetch_links = self._make(self.tr("&Fetch the links again"), "link", None)
        self.stop = self._make(self.tr("S&top"), "stop", QKeySequence("Ctrl+."))
        self.pause = self._make(
            self.tr("&Pause or continue"), "pause", QKeySequence("Ctrl+Shift+P")
        )
        self.account = self._make(self.tr("Zoom &account"), "user", QKeySequence("Ctrl+Shift+A"))
        self.failed_calls = self._make(self.tr("&Failed calls, for Zoom’s support…"), "info", None)
        self.preferences = self._make(self.tr("&Preferences…"), "settings", None)
        self.preferences.setShortcut(QKeySequence("Ctrl+,"))
        self.steps = self._make(self.tr("Go to the &next step"), "", QKeySequence("F6"))

    def menu(self, recent: QMenu) -> QMenu:
        """Make the menu of everything, recent workbooks included."""
        menu = QMenu(self._window)
        menu.addAction(self.open)
        recent.setTitle(self.tr("Open r&ecent"))
        menu.addMenu(recent)
        menu.addActions([self.reload, self.save, self.save_copy])
        menu.addSeparator()
        edit = menu.addMenu(self.tr("E&dit"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        edit.addActions([self.add_row, self.remove_rows])
        edit.addSeparator()
        edit.addActions([self.find, self.tick_valid])
        edit.addSeparator()
        edit.addActions([self.next_sheet, self.previous_sheet, self.steps])
        zoom = menu.addMenu(self.tr("&Zoom"))
        zoom.addActions([self.account])
        zoom.addSeparator()
        zoom.addActions([self.check_only, self.register, self.pause, self.stop])
        zoom.addSeparator()
        zoom.addAction(self.failed_calls)
        people = menu.addMenu(self.tr("Re&gistrants"))
        people.addActions([self.approve, self.deny, self.cancel, self.delete])
        people.addSeparator()
        people.addActions([self.fetch_links])
        menu.addSeparator()
        menu.addActions([self.practise, self.template])
        menu.addSeparator()
        menu.addActions([self.preferences, self.quit])
        return menu

    def _make(
        self, text: str, icon: str, key: QKeySequence.StandardKey | QKeySequence | None
    ) -> QAction:
        action = QAction(text, self)
        self._dress(action, icon, key)
        return action

    def _dress(
        self, action: QAction, icon: str, key: QKeySequence.StandardKey | QKeySequence | None
    ) -> None:
        if icon:
            action.setIcon(icons.icon(icon))
        plain = action.text().replace("&", "").rstrip("…")
        if isinstance(key, QKeySequence):
            action.setShortcut(key)
        elif key is not None:
            action.setShortcuts(key)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{plain} ({shown})" if shown else plain)
        self._window.addAction(action)
