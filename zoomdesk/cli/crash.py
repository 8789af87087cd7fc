"""Put a fault of the program on record, with nothing private in it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from zoomdesk import paths
from zoomdesk.redaction import PrivateFormatter

_BYTES = 512 * 1024


def record(error: BaseException) -> Path | None:
    """Write what happened to the log; return the file, None where it cannot be written."""
    try:
        path = paths.log_dir() / "zoomdesk.log"
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    except (OSError, RuntimeError):  # no folder, or no home to look for it
        return None
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log = logging.getLogger("zoomdesk")
    log.addHandler(handler)
    try:
        log.critical("a command ended", exc_info=error)
    finally:
        log.removeHandler(handler)
        handler.close()
    return path
