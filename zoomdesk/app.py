"""Compose the desktop: the only place that knows every room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoomdesk import __version__, paths
from zoomdesk.desktop.crash import CrashLog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from zoomdesk.desktop.window import MainWindow
    from zoomdesk.services import Services
    from zoomdesk.settings import Settings


def run(argv: Sequence[str]) -> int:
    """Show the window, with the workbook that the arguments name; return the exit code.

    ``argv`` are the words after the program's name: ``[BOOK] [--practice]``.
    """
    options = _parse(argv)
    log = CrashLog(paths.log_dir())
    try:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance() or QApplication([sys.argv[0]])
        if not isinstance(app, QApplication):
            raise TypeError("a QApplication is needed, and there is another kind already")
        window = make_window(app, practice=options.practice)
        log.on_error = window.show_fault
        log.set_level(window.desk.settings.log_level)
        window.desk.settings_changed.connect(lambda: log.set_level(window.desk.settings.log_level))
        window.show()
        window.start(options.book)
        code = app.exec()
        window.shut_down()
        return code
    finally:
        log.close()


def make_window(app: QApplication, *, practice: bool = False) -> MainWindow:
    """Make the window with everything behind it; settings that cannot be read become defaults."""
    from zoomdesk import settings as settings_module
    from zoomdesk.desktop import i18n, icons, state, theme
    from zoomdesk.desktop.bridge import Bridge
    from zoomdesk.desktop.desk import Desk
    from zoomdesk.desktop.window import MainWindow
    from zoomdesk.errors import SettingsError
    from zoomdesk.services import Services

    app.setApplicationName("Zoomdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("zoomdesk")
    app.setWindowIcon(icons.app_icon())
    problem: SettingsError | None = None
    settings = settings_module.Settings()
    try:
        settings = settings_module.load()
    except SettingsError as error:
        problem = error
    i18n.install(app)
    theme.apply(app, settings.theme)

    def start_practice(changed: Settings) -> Services:
        return Services.practice(settings=changed)

    services = start_practice(settings) if practice else Services.open(settings)
    desk = Desk(Bridge(), services, state.load(), Services.open, start_practice)
    desk.settings_changed.connect(lambda: theme.apply(app, desk.settings.theme))
    window = MainWindow(desk)
    if problem is not None:
        desk.fail("settings", problem)
    return window


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zoomdesk", description="Open the window of Zoomdesk.")
    parser.add_argument("book", nargs="?", type=Path, metavar="BOOK", help="a workbook to open")
    parser.add_argument(
        "--practice", action="store_true", help="with the simulator: nobody is mailed"
    )
    return parser.parse_args(argv)
