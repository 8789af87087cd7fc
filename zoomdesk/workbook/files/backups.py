"""Keep dated copies of workbooks as they were before they were written (hazard 18).

A copy is called ``STEM DATE TIME KEY.xlsx``; KEY stands for the folder that the workbook lies in,
so that two lists of one name are told apart. Copies lie in a folder of the program's own, which no
sync client looks at.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook.files.failures import reason
from zoomdesk.workbook.files.metadata import exists
from zoomdesk.workbook.files.temporary import passing_file

_STAMP = "%Y-%m-%d %H.%M.%S"
_DATED = re.compile(r"(.*) (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) ([0-9a-f]{8})( \(\d+\))?", re.DOTALL)
_LONGEST_STEM = 150
"""Bytes of a name that leave room for date and key on any disk."""


def back_up(source: Path, folder: Path, now: datetime) -> Path:
    """Copy ``source`` into ``folder`` under a dated name and return the copy's path.

    Raises WriteFailed.
    """
    name = f"{_stem(source)} {now.strftime(_STAMP)} {_key(source)}{source.suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = unused(folder / name)
        # Under its good name it is whole, or not there: a torn backup is worse than none.
        with passing_file(folder / source.name) as (copy, file):
            with source.open("rb") as original:
                shutil.copyfileobj(original, file)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            shutil.copystat(source, copy)
            copy.rename(path)
    except OSError as error:
        raise WriteFailed(
            f"No backup of “{source.name}” could be made in “{folder}”: "
            f"{reason(error)[0]}. Nothing was changed."
        ) from None
    return path


def prune_backups(folder: Path, source: Path, now: datetime, *, days: int, count: int) -> int:
    """Remove old copies of ``source`` from ``folder``; return how many.

    Kept are the newest ``count``, the first of each day of the last ``days``, and always the newest
    one. Nothing goes that does not bear the name of a copy of this very workbook. Never raises.
    """
    copies = sorted(_copies(folder, source))
    newest = {path for _, path in copies[-max(count, 1) :]}
    first_of_day: dict[str, Path] = {}
    for stamp, path in copies:
        first_of_day.setdefault(stamp[:10], path)
    oldest = f"{now - timedelta(days=days):%Y-%m-%d}"
    keep = newest | {path for day, path in first_of_day.items() if day >= oldest}
    removed = 0
    for _, path in copies:
        if path not in keep:
            with contextlib.suppress(OSError):
                path.unlink()
                removed += 1
    return removed


def _copies(folder: Path, source: Path) -> list[tuple[str, Path]]:
    """Return the stamp and path of each copy of ``source``."""
    stem, key = _stem(source), _key(source)
    try:
        paths = [path for path in folder.iterdir() if path.suffix == source.suffix]
    except OSError:
        return []
    found = []
    for path in paths:
        made = _DATED.fullmatch(path.stem)
        if made and (made[1], made[3]) == (stem, key) and path.is_file() and not path.is_symlink():
            found.append((made[2], path))
    return found


def _key(source: Path) -> str:
    return hashlib.sha256(os.fsencode(source.parent.absolute())).hexdigest()[:8]


def _stem(source: Path) -> str:
    return shortened(source.stem, _LONGEST_STEM)


def shortened(text: str, size: int) -> str:
    """Return the beginning of a name that takes at most so many bytes on disk."""
    while len(os.fsencode(text)) > size:
        text = text[:-1]
    return text


def unused(path: Path) -> Path:
    """Return ``path``, or the first of ``path (2)``, ``path (3)`` … that does not exist."""
    candidate, number = path, 1
    while exists(candidate):
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate
