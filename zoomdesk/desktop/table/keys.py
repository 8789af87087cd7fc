"""Say which key does what in the table, as a spreadsheet has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from zoomdesk.desktop.table.view import RosterTable

_Standard = QKeySequence.StandardKey
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


def handle(table: RosterTable, event: QKeyEvent) -> bool:
    """Do what a key asks for; tell whether it was one of the table's own.

    Enter and Tab move, F2 and typing edit (Qt's part), Space ticks, Delete empties, Ctrl+D fills
    down, Ctrl+Plus adds rows and Ctrl+Minus removes them, Alt+Down opens the menu of the column,
    Ctrl+Tab leaves the table.
    """
    return _standard(table, event) or _plain(table, event) or _with_modifier(table, event)


def _standard(table: RosterTable, event: QKeyEvent) -> bool:
    for sequence, act in (
        (_Standard.Copy, table.copy),
        (_Standard.Cut, table.cut),
        (_Standard.Paste, table.paste),
        (_Standard.Undo, table.undo_stack.undo),
        (_Standard.Redo, table.undo_stack.redo),
    ):
        if event.matches(sequence):
            act()
            return True
    return False


def _plain(table: RosterTable, event: QKeyEvent) -> bool:
    back = -1 if event.modifiers() & _SHIFT else 1
    if event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
        return False
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            table.move_current(back, 0)
        case Qt.Key.Key_Tab:
            table.move_current(0, 1)
        case Qt.Key.Key_Backtab:
            table.move_current(0, -1)
        case Qt.Key.Key_Space:
            table.toggle_ticks()
        case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
            table.clear_selected()
        case _:
            return False
    return True


def _with_modifier(table: RosterTable, event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == _CTRL and event.key() == Qt.Key.Key_D:
        table.fill_down()
    elif held == _CTRL and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        table.activate_link(table.currentIndex())
    elif held & _CTRL and event.key() == Qt.Key.Key_Plus:
        table.add_rows()
    elif held == _CTRL and event.key() == Qt.Key.Key_Minus:
        table.remove_selected_rows()
    elif held == _ALT and event.key() == Qt.Key.Key_Down:
        table.open_header_menu()
    elif held & _CTRL and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        forward = not held & _SHIFT
        (table.focusNextChild if forward else table.focusPreviousChild)()
    else:
        return False
    return True
