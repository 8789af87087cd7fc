"""Find the person's folders and the files that ship with the program.

``ZOOMDESK_HOME`` puts settings, journal and logs into one folder instead of the user's own: for
tests, for a stick, for two profiles side by side. It is read at every call, never cached.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_APP = "Zoomdesk"


def config_dir() -> Path:
    """Return the folder of the settings, made if it is missing."""
    return _folder(platformdirs.user_config_path(_APP, appauthor=False, roaming=True))


def data_dir() -> Path:
    """Return the folder of the journal and of unsaved work, made if it is missing."""
    return _folder(platformdirs.user_data_path(_APP, appauthor=False))


def log_dir() -> Path:
    """Return the folder of the log files, made if it is missing."""
    return _folder(platformdirs.user_log_path(_APP, appauthor=False))


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder: ``resource("icons", "open.svg")``.

    It is looked for where a frozen program, a wheel and the source tree keep it, in this order.
    Raises FileNotFoundError naming what is missing.
    """
    for root in _resource_roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(("resources", *parts)))


def _folder(default: Path) -> Path:
    home = os.environ.get("ZOOMDESK_HOME")
    folder = Path(home).expanduser() if home else default
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _resource_roots() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parent
    roots = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        roots.insert(0, Path(frozen) / "zoomdesk" / "resources")
    return tuple(roots)
