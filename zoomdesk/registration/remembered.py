"""Remember which heading answers which question, so that a person says it once.

JSON in the person's folder: titles of questions by headings in small letters. Losing it costs a
choice in a menu, so a file that cannot be read or written is passed over with a line in the log.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path

from zoomdesk import paths

_LOG = logging.getLogger(__name__)
_KEEP = 400


def questions_file() -> Path:
    """Return where they are kept."""
    return paths.config_dir() / "questions.json"


def load() -> dict[str, str]:
    """Return the titles by heading; an empty mapping where there are none."""
    try:
        raw = json.loads(questions_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, RuntimeError, ValueError) as error:
        _LOG.warning("the answered questions cannot be read: %s", type(error).__name__)
        return {}
    if not isinstance(raw, dict):
        return {}
    return {heading: title for heading, title in raw.items() if isinstance(title, str) and title}


def remember(chosen: Mapping[str, str]) -> None:
    """Add what a person chose; a heading with ``""`` is forgotten. The newest are kept."""
    before = load()
    known = {heading: its for heading, its in before.items() if heading not in chosen}
    known |= {heading: title for heading, title in chosen.items() if title}
    if known == before:
        return
    newest = dict(list(known.items())[-_KEEP:])
    try:
        path = questions_file()
        part = path.with_name(f"{path.name}.part")
        part.write_text(json.dumps(newest, indent=2, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except (OSError, RuntimeError) as error:
        _LOG.warning("the answered questions cannot be kept: %s", type(error).__name__)
        with contextlib.suppress(OSError, RuntimeError):
            questions_file().with_name("questions.json.part").unlink(missing_ok=True)
