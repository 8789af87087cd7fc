"""Offer what can be done with the selected cells, by the right button or the menu key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from zoomdesk.desktop import icons
from zoomdesk.desktop.i18n import fill, translate
from zoomdesk.desktop.table.blocks import suggestions
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.fields import ResultColumn

if TYPE_CHECKING:
    from zoomdesk.desktop.table.view import RosterTable
    from zoomdesk.roster.table import Roster

_FAILED = frozenset({Status.FAILED.value, Status.NOT_SENT.value})
_Standard = QKeySequence.StandardKey
Shortcut = QKeySequence.StandardKey | str


def open_menu(table: RosterTable, point: QPoint) -> QMenu | None:
    """Open the menu of the cell at ``point`` of the viewport; None where there is no cell."""
    roster, index = table.roster, table.indexAt(point)
    if roster is None or not index.isValid():
        return None
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    rows = table.selected_indexes()
    offered = suggestions(table.model_, rows)
    if offered:
        text = next(iter(offered.values()))
        words = (
            fill(translate("table", "Change to %1"), text)
            if len(offered) == 1
            else translate("table", "Take %Ln suggestions", None, len(offered))
        )
        _add(menu, words, lambda: table.apply_suggestion(rows), icon="wand")
        menu.addSeparator()
    ticked = roster.ticked.issuperset(rows)
    words = translate("table", "Untick") if ticked else translate("table", "Tick")
    _add(menu, words, table.toggle_ticks, "Space", icon="check")
    menu.addSeparator()
    _add(menu, translate("table", "Cut"), table.cut, _Standard.Cut)
    _add(menu, translate("table", "Copy"), table.copy, _Standard.Copy)
    _add(menu, translate("table", "Paste"), table.paste, _Standard.Paste)
    _add(menu, translate("table", "Fill down"), table.fill_down, "Ctrl+D")
    _add(menu, translate("table", "Clear"), table.clear_selected, _Standard.Delete)
    menu.addSeparator()
    _add(menu, translate("table", "Add a row"), table.add_rows, "Ctrl++", icon="plus")
    words = table.words_for_removing(len(rows))
    _add(menu, words, table.remove_selected_rows, "Ctrl+-", icon="trash")
    row = table.model_.index_at(index.row())
    if is_failed(roster, row):
        menu.addSeparator()
        words = translate("table", "The failed call, for Zoom’s support…")
        _add(menu, words, lambda: table.failure_wanted.emit(row), icon="info")
    if table.link_at(index):
        menu.addSeparator()
        words = translate("table", "Open the link")
        _add(menu, words, lambda: table.activate_link(index), "Ctrl+Return", icon="link")
    menu.popup(table.viewport().mapToGlobal(point))
    return menu


def is_failed(roster: Roster, row: int) -> bool:
    """Return whether Zoom refused this row, or nobody knows what became of it."""
    column = next((c for c in roster.columns if c.result is ResultColumn.STATUS), None)
    return column is not None and roster.text(row, column.position) in _FAILED


def _add(
    menu: QMenu, words: str, act: Callable[[], object], key: Shortcut = "", icon: str = ""
) -> None:
    action = menu.addAction(words)
    if icon:
        action.setIcon(icons.icon(icon))
    if key:
        # The table handles its keys itself; the menu only shows them.
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    action.triggered.connect(lambda: act())
