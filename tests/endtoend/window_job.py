"""Do the whole job in the real window with mouse and keyboard, and report what was seen.

Run in a process of its own, on a screen: ``python -m tests.endtoend.window_job BOOK REPORT``. The
other side is the simulator over real HTTP; what it recorded goes into the report as well.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from zoomdesk.app import make_window
from zoomdesk.desktop.window import MainWindow
from zoomdesk.simulator import Fault, FaultKind

PATIENCE = 30.0
LEFT = Qt.MouseButton.LeftButton
WRONG, RIGHT = "carlos.mendes(at)example.org", "carlos.mendes@example.org"
TOPIC = "All hands, spring"


class Robot:
    """Do what a person does, and wait as a person waits."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def wait(self, what: str, condition: Callable[[], Any]) -> None:
        until = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError(f"waited in vain until {what}")
            QApplication.processEvents()
            time.sleep(0.002)

    def click(self, widget: QWidget) -> None:
        self.wait(f"{widget} can be clicked", lambda: widget.isVisible() and widget.isEnabled())
        centre = widget.rect().center()
        scrolled = self.window.side._scroll
        if scrolled.isAncestorOf(widget):
            scrolled.ensureWidgetVisible(widget)
            QApplication.processEvents()
        # The click goes to whatever a person would hit there.
        top = widget.window()
        hit = top.childAt(widget.mapTo(top, centre))
        if hit is not widget and not widget.isAncestorOf(hit or top):
            raise AssertionError(f"{widget} is hidden behind {hit}")
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(centre))

    def button(self, name: str, parent: QWidget | None = None) -> QPushButton:
        """Return the shown button whose spoken name, or word, begins so."""
        found: list[QPushButton] = []

        def look() -> bool:
            found[:] = [
                b
                for b in (parent or self.window).findChildren(QPushButton)
                if b.isVisible() and (b.accessibleName() or b.text()).startswith(name)
            ]
            return bool(found)

        self.wait(f"there is a button “{name}”", look)
        return found[0]

    def keys(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def key(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)


def do_the_job(robot: Robot, book: Path) -> dict[str, Any]:
    window, seen = robot.window, {}
    desk, side, table = window.desk, window.side, window.page.table
    robot.wait("the window is active", window.isActiveWindow)
    window.start(book)
    robot.wait("the workbook is open", lambda: desk.document is not None)
    robot.wait("the problems are counted", lambda: len(desk.problems) > 1)
    robot.wait("the problems step shows", lambda: side.next_step is side.problems)
    seen["problems"] = side.problems.summary
    seen["title"] = window.windowTitle()

    # A typo in three addresses, mended by one click and one step of undo.
    robot.click(robot.button("Fix all 3: gmial.com"))
    robot.wait("the typos are gone", lambda: all(g.wrong != "gmial.com" for g in desk.problems))
    seen["undo steps"] = window.undo_stack.count()

    # A cell, by keyboard alone: find the person, go into the table, type over the address.
    robot.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    robot.wait("the search has the keyboard", lambda: window.page.search.hasFocus())
    robot.keys("(at)")
    robot.wait("one row is found", lambda: len(table.shown) == 1)
    robot.key(Qt.Key.Key_Down)
    robot.wait("the table has the keyboard", table.hasFocus)
    email = next(c for c in desk.roster.columns if c.field == "email")
    table.setCurrentIndex(table.model().index(0, table.model().section_of(email.position)))
    robot.key(Qt.Key.Key_F2)
    robot.wait("the cell is open", lambda: QApplication.focusWidget() is not table)
    robot.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    robot.keys(RIGHT)
    robot.key(Qt.Key.Key_Return)
    robot.wait(
        "the cell is changed", lambda: RIGHT in desk.document.open_sheet.unsaved_edits().values()
    )
    robot.wait("its row is ticked", lambda: len(desk.roster.ticked) == 45)
    robot.click(window.page.search)
    robot.key(Qt.Key.Key_Escape)
    robot.wait("all rows are back", lambda: len(table.shown) == len(desk.roster))

    # The event, by search.
    robot.wait("the events are there", lambda: side.event_step.list.count() > 1)
    robot.click(side.event_step.search)
    robot.keys("all hands")
    robot.wait("one event is found", lambda: side.event_step.list.count() == 1)
    robot.key(Qt.Key.Key_Return)
    robot.wait("the event is chosen", lambda: desk.choice.chosen is not None)
    robot.wait("it is planned", lambda: side.register.button.isEnabled())
    seen["offer"] = side.register.button.text(), side.register.summary

    # The one dialog, and the run, slowed down so that its progress can be seen.
    sim = desk.services.simulator
    sim.faults.add(Fault(FaultKind.LATENCY, method="POST", times=None, seconds=0.8))
    robot.click(side.register.button)
    robot.wait("the dialog is open", lambda: window.asking.dialog is not None)
    robot.wait("it has the focus", lambda: window.asking.dialog.isActiveWindow())
    seen["dialog"] = window.asking.dialog.spoken()
    seen["nothing sent yet"] = not any(r.method == "POST" for r in sim.requests)
    robot.click(window.asking.dialog.ok_button)
    robot.wait("it runs", lambda: desk.run.running)
    progress = set()

    def finished() -> bool:
        progress.add((desk.run.done, desk.run.total))
        return not desk.run.running

    robot.wait("it is finished", finished)
    seen["progress"] = sorted(progress)
    robot.wait("it is saved", lambda: not desk.document.dirty)
    robot.wait("the result shows", lambda: side.result.body.isVisible())
    seen["result"] = side.result.summary
    seen["counts"] = {str(k): v for k, v in desk.run.report.counts().items()}
    seen["rows"] = {
        desk.roster.row_number(i): desk.roster.status(i) for i in range(len(desk.roster))
    }
    robot.click(robot.button("45 registered"))
    robot.wait("the registered are shown", lambda: len(table.shown) == 45)
    seen["notices"] = window.notices.titles
    seen["event"] = desk.choice.chosen.event.ref.id
    return seen


def main(book: Path, report: Path) -> int:
    app = QApplication([sys.argv[0]])
    app.setQuitOnLastWindowClosed(False)
    window = make_window(app, practice=True)
    window.show()
    faults: list[str] = []
    sys.excepthook = lambda kind, error, _: faults.append(f"{kind.__name__}: {error}")
    robot = Robot(window)
    try:
        seen = do_the_job(robot, book)
        world = window.desk.services.simulator.world
        seen["zoom"] = {p.email: p.join_url for p in world.registrants(seen["event"])}
        seen["twice"] = [
            email for email, t in world.tallies(seen["event"]).items() if t.registered > 1
        ]
        window.close()
        robot.wait("the window is closed", lambda: not window.isVisible())
    finally:
        window.shut_down()
    seen["threads"] = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    seen["faults"] = faults
    report.write_text(json.dumps(seen, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
