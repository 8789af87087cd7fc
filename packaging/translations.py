"""Bring the translations in resources/translations up to date with the window's texts.

    python packaging/translations.py

Reads every ``tr`` and ``translate`` of ``zoomdesk/desktop`` with lupdate, keeps what is translated,
lists what is open (to be filled in with Qt Linguist or an editor), and compiles with lrelease.
English holds its plural forms only.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
PLURALS_ONLY = "zoomdesk_en.ts"


def main() -> int:
    """Update, list, compile; return 1 while a text is open."""
    sources = sorted((ROOT / "zoomdesk" / "desktop").rglob("*.py"))
    open_texts = 0
    for file in sorted(FOLDER.glob("zoomdesk_*.ts")):
        only = ["-pluralonly"] if file.name == PLURALS_ONLY else []
        _tool("lupdate", *only, "-no-obsolete", "-locations", "none", *sources, "-ts", file)
        for source in _unfinished(file):
            open_texts += 1
            print(f"{file.name}: {source}")
        _tool("lrelease", "-silent", file, "-qm", file.with_suffix(".qm"))
    return int(open_texts > 0)


def _tool(name: str, *arguments: str | Path) -> None:
    """Run one of the programs that come with PySide6."""
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)


def _unfinished(file: Path) -> list[str]:
    messages = ET.parse(file).getroot().iter("message")  # noqa: S314  our own file
    return [
        message.findtext("source") or ""
        for message in messages
        if (found := message.find("translation")) is None or found.get("type") == "unfinished"
    ]


if __name__ == "__main__":
    sys.exit(main())
