"""Remember what the window was like: its place, the recent workbooks.

JSON in the person's folder, apart from the settings: losing it costs nobody anything, so a file
that cannot be read or written is passed over with a line in the log.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zoomdesk import paths

_LOG = logging.getLogger(__name__)
_KEEP = 8


@dataclass(slots=True)
class WindowState:
    """Hold where the window stood (pixels) and what was opened last, newest first."""

    x: int | None = None
    y: int | None = None
    width: int = 1280
    height: int = 800
    maximized: bool = False
    recent: list[str] = field(default_factory=list)

    def opened(self, path: Path) -> None:
        """Put a workbook at the head of the recent ones."""
        text = str(path)
        self.recent = [text, *(other for other in self.recent if other != text)][:_KEEP]

    def forget(self, path: Path) -> None:
        """Take a workbook out of the recent ones: it is gone."""
        self.recent = [other for other in self.recent if other != str(path)]


def state_file() -> Path:
    """Return where the state is kept."""
    return paths.config_dir() / "window.json"


def load(path: Path | None = None) -> WindowState:
    """Read the state; whatever is missing or of the wrong kind takes its default."""
    path = path or state_file()
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return WindowState()
    except (OSError, ValueError) as error:
        _LOG.warning("the window's state cannot be read: %s", type(error).__name__)
        return WindowState()
    return _from_json(raw) if isinstance(raw, dict) else WindowState()


def save(state: WindowState, path: Path | None = None) -> None:
    """Write the state."""
    path = path or state_file()
    try:
        part = path.with_name(path.name + ".part")
        part.write_text(json.dumps(asdict(state), indent=2, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        _LOG.warning("the window's state cannot be kept: %s", type(error).__name__)


def _from_json(raw: dict[str, Any]) -> WindowState:
    state = WindowState()
    for name in ("x", "y", "width", "height"):
        if isinstance(raw.get(name), int) and abs(raw[name]) < 100_000:
            setattr(state, name, raw[name])
    state.maximized = raw.get("maximized") is True
    recent = raw.get("recent")
    if isinstance(recent, list):
        state.recent = [item for item in recent if isinstance(item, str)][:_KEEP]
    return state
