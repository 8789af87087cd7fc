"""Write the log that may be sent to support: small, rotated, with nothing private in it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

from zoomdesk import paths
from zoomdesk.redaction import PrivateFormatter

NAME = "zoomdesk.log"
LEVELS = {"problems": logging.WARNING, "calls": logging.INFO, "everything": logging.DEBUG}
"""How much is written: what went wrong, every call to Zoom in one line, or each step of ours."""

_BYTES = 512 * 1024
_OLDER = 2
_OURS = "zoomdesk"


def handler(folder: Path, *, delay: bool = True) -> RotatingFileHandler:
    """Return what writes records into the log of a folder, private things blacked out.

    With ``delay`` the file comes into being with the first record; without, OSError is raised where
    it cannot be written.
    """
    made = RotatingFileHandler(
        folder / NAME, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=delay
    )
    made.rotator = _rotate
    made.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return made


class LogFile:
    """Write what the program tells into the log of a folder, until it is closed.

    ``level`` is one of LEVELS. Libraries are heard where something went wrong, never below: their
    lines hold whole addresses.
    """

    def __init__(self, folder: Path, level: str = "calls") -> None:
        self.handler = handler(folder)
        self.path = Path(self.handler.baseFilename)
        self._ours = logging.getLogger(_OURS)
        self._former = self._ours.level
        self.set_level(level)
        logging.getLogger().addHandler(self.handler)

    def set_level(self, level: str) -> None:
        """Write more or less from now on."""
        self._ours.setLevel(LEVELS.get(level, logging.INFO))

    def close(self) -> None:
        """Write no more."""
        logging.getLogger().removeHandler(self.handler)
        self._ours.setLevel(self._former)
        self.handler.close()


@contextlib.contextmanager
def writing(level: str) -> Iterator[None]:
    """Log into the person's own folder meanwhile; where there is none, into nothing."""
    try:
        log: LogFile | None = LogFile(paths.log_dir(), level)
    except (OSError, RuntimeError):  # no folder, or no home to look for it
        log = None
    try:
        yield
    finally:
        if log is not None:
            log.close()


def record(error: BaseException) -> Path | None:
    """Put a fault of the program on record; return the file, None where it cannot be written."""
    try:
        made = handler(paths.log_dir(), delay=False)
    except (OSError, RuntimeError):  # no folder, or no home to look for it
        return None
    try:
        info = (type(error), error, error.__traceback__)
        made.handle(
            logging.LogRecord(_OURS, logging.CRITICAL, __file__, 0, "a command ended", (), info)
        )
    finally:
        made.close()
    return Path(made.baseFilename)


def _rotate(source: str, target: str) -> None:
    """Put a full file aside. On Windows another window may hold it: then it grows meanwhile."""
    with contextlib.suppress(OSError):
        Path(source).replace(target)
