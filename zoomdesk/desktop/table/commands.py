"""Undo and redo: one command a gesture, holding the difference that the roster handed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from zoomdesk.roster.edits import EditDiff


class EditCommand(QUndoCommand):
    """Hold one gesture that the roster has already taken.

    A gesture of 100,000 cells is one command: child commands would be twenty times slower
    (DESIGN.md, Qt facts). ``apply(diff, reverse)`` puts the difference on or takes it off and tells
    the views.
    """

    def __init__(self, label: str, diff: EditDiff, apply: Callable[[EditDiff, bool], None]) -> None:
        super().__init__(label)
        self._diff = diff
        self._apply = apply
        self._taken = True

    def redo(self) -> None:
        # QUndoStack.push() calls redo() at once, and the roster has the change by then.
        if self._taken:
            self._taken = False
            return
        self._apply(self._diff, False)

    def undo(self) -> None:
        self._apply(self._diff, True)


class RowsCommand(QUndoCommand):
    """Hold rows that came or went; ``do`` is called at once and again by redo."""

    def __init__(self, label: str, do: Callable[[], None], take_back: Callable[[], None]) -> None:
        super().__init__(label)
        self._do = do
        self._take_back = take_back

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._take_back()
