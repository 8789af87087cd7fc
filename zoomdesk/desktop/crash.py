"""Log while the window is open, and catch what nobody else caught.

Installed before Qt, so that a fault while it starts is on record as well.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from zoomdesk import logfile


class CrashLog:
    """Own the log file, the crash file and the hooks; ``close`` takes them away again."""

    def __init__(self, folder: Path) -> None:
        self._log = logfile.LogFile(folder)
        self.path = self._log.path
        self._crash: TextIO = (folder / "crash.log").open("a", encoding="utf-8")
        faulthandler.enable(self._crash)
        self._former = sys.excepthook
        self.on_error: Callable[[BaseException], None] | None = None
        sys.excepthook = self._caught

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._former(kind, error, trace)
            return
        logging.getLogger("zoomdesk").critical("not caught", exc_info=(kind, error, trace))
        if sys.stderr is not None:  # windowed programs have none on Windows
            self._former(kind, error, trace)
        if self.on_error is not None:
            self.on_error(error)

    def set_level(self, level: str) -> None:
        """Write more or less from now on: one of ``logfile.LEVELS``."""
        self._log.set_level(level)

    def close(self) -> None:
        """Put everything back as it was."""
        sys.excepthook = self._former
        faulthandler.disable()
        self._log.close()
        self._crash.close()
