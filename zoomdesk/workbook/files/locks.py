"""Recognise who has a workbook open, by the lock files of Excel and LibreOffice (hazard 16)."""

from __future__ import annotations

import re
from pathlib import Path

_ANSI_NAME = 54
"""Bytes that Excel's owner file gives to the name in the system's code page."""


def lock_owner(path: Path) -> str | None:
    """Return the name in the workbook's lock file, ``""`` if it names nobody, None if unlocked."""
    readers = {
        path.with_name(f"~${path.name}"): _excel_owner,
        path.with_name(f".~lock.{path.name}#"): _libreoffice_owner,
    }
    for lock, owner in readers.items():
        try:
            return owner(lock.read_bytes()[:4096])
        except PermissionError:  # Excel on Windows keeps its own from being read
            return ""
        except OSError:
            continue
    return None


def _excel_owner(data: bytes) -> str:
    """Read ``~$name.xlsx``: a length and the name in ANSI, then both again in UTF-16."""
    wide = data[_ANSI_NAME + 1 :]
    if len(wide) > 2:
        length = int.from_bytes(wide[:2], "little")
        if 0 < length <= _ANSI_NAME:
            return wide[2 : 2 + 2 * length].decode("utf-16-le", "replace").strip("\0 ")
    length = data[0] if data else 0
    return data[1 : 1 + length].decode("cp1252", "replace").strip("\0 ")


def _libreoffice_owner(data: bytes) -> str:
    r"""Read ``.~lock.name#``: fields by commas (``\,`` is a comma), the person's name first."""
    fields = re.split(r"(?<!\\),", data.decode("utf-8", "replace"))
    names = [re.sub(r"\\(.)", r"\1", field).strip() for field in fields[:2]]
    return next((name for name in names if name), "")
