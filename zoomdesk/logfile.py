"""Write the log that may be sent to support: small, rotated, with nothing private in it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from zoomdesk import paths
from zoomdesk.redaction import PrivateFormatter

NAME = "zoomdesk.log"
_BYTES = 512 * 1024
_OLDER = 2


def handler(folder: Path) -> RotatingFileHandler:
    """Return what writes records into the log of a folder, private things blacked out.

    Raises OSError where the file cannot be written.
    """
    made = RotatingFileHandler(folder / NAME, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8")
    made.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return made


def record(error: BaseException) -> Path | None:
    """Put a fault of the program on record; return the file, None where it cannot be written."""
    try:
        made = handler(paths.log_dir())
    except (OSError, RuntimeError):  # no folder, or no home to look for it
        return None
    log = logging.getLogger("zoomdesk")
    log.addHandler(made)
    try:
        log.critical("a command ended", exc_info=error)
    finally:
        log.removeHandler(made)
        made.close()
    return Path(made.baseFilename)
