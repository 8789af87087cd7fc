"""Draw every state of the window into a folder, by doing the whole job in practice.

    python packaging/screenshots.py FOLDER [VARIANT ...]

Needs a display (``dev.py screenshots`` brings one). Each variant is a process of its own, because
Qt reads the scale once: light, dark, small (1024 by 640), double (200 %).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from zoomdesk import settings
from zoomdesk.app import make_window
from zoomdesk.desktop import theme
from zoomdesk.desktop.document import Wanted
from zoomdesk.desktop.notices import Notice
from zoomdesk.desktop.opening import practice_folder
from zoomdesk.desktop.window import MainWindow
from zoomdesk.errors import WorkbookInUse
from zoomdesk.roster.fields import Field
from zoomdesk.roster.filters import Filter
from zoomdesk.settings import Settings
from zoomdesk.simulator import Fault, FaultKind

VARIANTS: dict[str, tuple[str, QSize, str]] = {
    "light": ("light", QSize(1280, 800), "1"),
    "dark": ("dark", QSize(1280, 800), "1"),
    "small": ("light", QSize(1024, 640), "1"),
    "double": ("dark", QSize(1280, 800), "2"),
}
"""Theme, size in logical pixels, and scale factor of each variant."""


class Camera:
    """Drive one window and take its pictures."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path) -> None:
        self.app = app
        self.window = window
        self.folder = folder

    def until(self, condition: Callable[[], Any], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get into the state to be drawn")
            self.app.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.4) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def take(self, name: str, dialog: QWidget | None = None) -> None:
        self.settle()
        picture = self.window.grab()
        if dialog is not None:
            _lay_over(picture, self.window, dialog)
        picture.save(str(self.folder / f"{name}.png"))


def _lay_over(picture: QPixmap, window: QWidget, dialog: QWidget) -> None:
    """Draw a dialog over the middle of its window: grabbing a window shows itself alone."""
    painter = QPainter(picture)
    painter.fillRect(window.rect(), QColor(0, 0, 0, 90))
    corner = QPoint(
        (window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2
    )
    painter.drawPixmap(corner, dialog.grab())
    # The edge that the system's window manager draws.
    painter.setPen(QColor(theme.tokens().border_control))
    painter.drawRect(QRect(corner, dialog.size()))
    painter.end()


def take_all(camera: Camera) -> None:
    """Do the job and take a picture of every state on the way."""
    window = camera.window
    desk, side = window.desk, window.side
    window.start()
    camera.take("01-welcome")
    window.actions_.account.trigger()
    camera.take("02-sign-in")
    side.show_steps()
    window.opening.practise()
    camera.until(lambda: desk.document is not None and len(desk.problems) > 1)
    camera.until(lambda: desk.choice.events is not None)
    camera.take("03-problems")
    side.columns._flip()
    camera.take("04-columns")
    side.columns._flip()
    window.asking.ask_preferences()
    dialog = window.findChildren(QWidget, "preferences")[0]
    camera.take("05-preferences", dialog)
    dialog.close()
    _run(camera)
    error = WorkbookInUse(f"{desk.document.path.name} is open in Excel on this computer.")
    again, copy = ("Try again", camera.settle), ("Save a copy…", camera.settle)
    desk.notify(Notice.of_error("save", error, again, copy))
    camera.take("11-in-use")
    window.desk.unnotify("save")
    _registrants(camera)
    _rows(camera)
    _others(camera)
    _lists(camera)


def _run(camera: Camera) -> None:
    window = camera.window
    desk, side = window.desk, window.side
    desk.fix_rows.emit([i for g in desk.problems if g.wrong == "gmial.com" for i in g.indexes])
    event = next(e for e in desk.choice.events if e.topic.startswith("All hands"))
    window.choosing.choose(event.ref)
    camera.until(lambda: side.register.button.isEnabled())
    camera.take("06-ready")
    side.register.check.click()
    camera.take("07-checked")
    side.register.button.click()
    camera.until(lambda: window.asking.dialog is not None)
    camera.take("08-confirm", window.asking.dialog)
    faults = desk.services.simulator.faults
    faults.add(Fault(FaultKind.LATENCY, method="POST", times=None, seconds=1.5))
    window.asking.dialog.ok_button.click()
    camera.until(lambda: desk.run.in_flight)
    window.running.hold()
    camera.until(lambda: not desk.run.in_flight)
    camera.take("09-paused")
    faults.clear()
    faults.add(Fault(FaultKind.RATE_DAY, method="POST", times=1))
    window.running.hold()
    camera.until(lambda: desk.run.report is not None and not desk.document.dirty)
    camera.take("09-day-full")
    faults.add(Fault(FaultKind.LATENCY, method="POST", times=None, seconds=1.5))
    window.running.go_on(desk.run.report.run)
    camera.until(lambda: desk.run.in_flight)
    camera.take("09-progress")
    camera.until(lambda: desk.run.report is not None and not desk.document.dirty)
    faults.clear()
    camera.take("10-result")


def _registrants(camera: Camera) -> None:
    """Cancel some registrations, and look at what deleting asks."""
    window = camera.window
    desk, acts = window.desk, window.registrants
    roster = desk.roster
    window.page.show_kind(Filter.REGISTERED)
    rows = roster.filtered(Filter.REGISTERED)[2:7]
    window.afterwards.tick([*rows, roster.filtered(Filter.TO_FIX)[0]], on=True)
    for action, name in ((window.actions_.delete, "delete"), (window.actions_.cancel, "cancel")):
        camera.until(action.isEnabled)
        action.trigger()
        camera.until(lambda: acts.dialog is not None)
        dialog = acts.dialog
        for link in dialog.findChildren(QPushButton):
            if link.property("kind") == "link":
                link.click()
        camera.take(f"19-{name}", dialog)
        if name == "delete":
            dialog.reject()
            camera.until(lambda: acts.dialog is None)
    dialog.ok_button.click()
    camera.until(lambda: desk.run.life is not None and not desk.document.dirty)
    window.page.show_kind(Filter.ALL)
    camera.take("20-cancelled")
    menu = window.actions_.approve.associatedObjects()
    shown = next(each for each in menu if isinstance(each, QMenu))
    shown.popup(QPoint(0, 0))
    camera.settle()
    shown.grab().save(str(camera.folder / "20-menu.png"))
    shown.close()


def _rows(camera: Camera) -> None:
    """Take somebody out of the list and begin to type somebody else."""
    table = camera.window.page.table
    model = table.model_
    model.remove_rows([2])
    table.add_rows()
    roster = camera.window.desk.roster
    email = next(c.position for c in roster.columns if c.field is Field.EMAIL)
    table.set_texts({(len(roster) - 1, email): "bea.lind@contoso.org"}, "Edit")
    camera.take("12-rows")


def _others(camera: Camera) -> None:
    """Let a colleague change the workbook while it has edits, and decide what both changed."""
    window = camera.window
    desk = window.desk
    first = next(c for c in desk.roster.columns if c.field is Field.FIRST_NAME)
    texts = {
        (index, first.position): f"{desk.roster.text(index, first.position)}-Maria"
        for index in (4, 5)
    }
    window.page.table.set_texts(texts, "Edit")
    book = openpyxl.load_workbook(desk.document.path)
    for index in (4, 5):
        book["Guests"].cell(desk.roster.row_number(index), first.sheet_column, "Alex")
    book.properties.lastModifiedBy = "Anna Berg"
    book.save(desk.document.path)
    camera.until(lambda: window.notices.notice("changed") is not None)
    camera.take("13-changed")
    before = desk.document
    window.opening.reload()
    camera.until(lambda: desk.document is not before)
    camera.take("14-conflicts-bar")
    window.asking.ask_conflicts(tuple(c for cs in desk.document.conflicts.values() for c in cs))
    dialog = window.findChildren(QWidget, "conflicts")[0]
    camera.take("15-conflicts", dialog)
    dialog.close()


def _lists(camera: Camera) -> None:
    """Open what is no plain workbook: text, something large, something locked."""
    window = camera.window
    folder = practice_folder()
    people = [f"guest{n}@contoso.org;Jürgen {n};Müller;Table {n % 9}" for n in range(600_000)]
    head = "E-Mail;Vorname;Nachname;Tisch"
    for name, count in (("Gäste.csv", 40), ("Große Liste.csv", len(people))):
        (folder / name).write_bytes("\n".join([head, *people[:count]]).encode("cp1252"))
    window.opening.open_wanted(Wanted(folder / "Gäste.csv"), discard=True)
    camera.until(lambda: window.page.text_bar.isVisible())
    camera.take("16-text")
    window.opening.open(folder / "Große Liste.csv")
    camera.until(lambda: window.opening.showing and window.opening.showing.progress.rows > 200_000)
    camera.take("17-reading")
    window.opening.stop()
    window.asking.ask_password(Wanted(folder / "Board members.xlsx"), wrong=True)
    dialog = window.findChildren(QWidget, "password")[0]
    camera.take("18-password", dialog)
    dialog.close()


def one(variant: str, folder: Path) -> None:
    """Take the pictures of one variant, in this process."""
    theme, size, _ = VARIANTS[variant]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ZOOMDESK_HOME"] = home
        settings.save(Settings(theme=theme))
        practice_folder().mkdir()
        app = QApplication([sys.argv[0]])
        window = make_window(app)
        window.resize(size)
        window.show()
        try:
            take_all(Camera(app, window, folder))
        finally:
            window.shut_down()


def main(arguments: Sequence[str]) -> int:
    """Take the pictures of all variants, or of those that are named."""
    folder, *variants = arguments
    if variants[:1] == ["--one"]:
        one(variants[1], Path(folder))
        return 0
    for variant in variants or VARIANTS:
        scale = VARIANTS[variant][2]
        target = Path(folder, variant)
        command = [sys.executable, __file__, str(target), "--one", variant]
        subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)
        print(f"{variant}: {len(list(target.glob('*.png')))} pictures in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
