"""Put a finished file in the place of another, all or nothing (hazards 16 and 17)."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from zoomdesk.errors import WorkbookInUse, WriteFailed
from zoomdesk.workbook.files import windows
from zoomdesk.workbook.files.backups import shortened, unused
from zoomdesk.workbook.files.failures import failed

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries on Windows: virus scanners and sync clients hold a file for some 100 ms."""
_LONGEST_STEM = 200


def real_path(path: Path) -> Path:
    """Return the file behind links: the link stays, what it points to is replaced."""
    try:
        return path.resolve()
    except OSError as error:
        raise failed(path, error) from None
    except RuntimeError:  # a link that leads to itself
        raise WriteFailed(f"“{path.name}” could not be saved: it is a link to nowhere.") from None


def sync(file: BinaryIO) -> None:
    """Have everything written to ``file`` reach the disk."""
    file.flush()
    os.fsync(file.fileno())


def replace(finished: Path, target: Path, check: Callable[[], None] = lambda: None) -> None:
    """Move ``finished`` over ``target`` in one step and have the folder remember it.

    ``check`` raises where the target is not the file any more that may be replaced; it is called
    again before every try. Raises WorkbookInUse where a program holds the target: the finished file
    is then kept under a name of its own, which the message says; WriteFailed for all else.
    """
    check()
    try:
        if sys.platform == "win32":
            replace_on_windows(windows.Kernel32(), finished, target, check, time.sleep)
        else:
            finished.replace(target)
    except PermissionError:
        raise _held(finished, target) from None
    except OSError as error:
        raise failed(target, error) from None
    sync_folder(target.parent)


def replace_on_windows(
    calls: windows.Calls,
    finished: Path,
    target: Path,
    check: Callable[[], None],
    pause: Callable[[float], None],
) -> None:
    """Replace by ``calls``, again after each of PAUSES while another program holds the target.

    Raises PermissionError where it holds it to the end, and OSError for all else.
    """
    # Never the name of a leftover: should all go wrong at once, it is the only original.
    aside = _own_name(target, "before Zoomdesk")
    code = 0
    for seconds in (0.0, *PAUSES):
        if seconds:
            pause(seconds)
            check()
        code = windows.replace_once(calls, finished, target, aside)
        if code == 0:
            return
        if code not in windows.HELD:
            break
    if code == windows.UNABLE_TO_MOVE_REPLACEMENT_2:
        kept = finished.rename(_own_name(target, "saved by Zoomdesk"))
        raise WriteFailed(
            f"Windows could not put the new “{target.name}” in its place. "
            f"The workbook as it was lies beside it as “{aside.name}”, the new one as "
            f"“{kept.name}”.",
            hint="Nothing is lost: give the one that you want its name back.",
        )
    if code in windows.HELD:
        raise PermissionError(errno.EACCES, "held by another program")
    raise _os_error(code)


def _os_error(code: int) -> OSError:
    error = OSError(errno.EIO, f"Windows gives the code {code}")
    error.winerror = code  # type: ignore[attr-defined, unused-ignore] # known on Windows only
    return error


def _held(finished: Path, target: Path) -> WorkbookInUse | WriteFailed:
    """Keep the finished file beside the target and return the error that says where."""
    try:
        kept = finished.rename(_own_name(target, "saved by Zoomdesk"))
    except OSError as error:
        return failed(target, error)
    # Elsewhere a folder may keep others from replacing what is not theirs (sticky, as /tmp is).
    why = "" if sys.platform == "win32" else ", or its folder keeps it from being replaced"
    return WorkbookInUse(
        f"“{target.name}” is held by another program{why}. "
        f"The finished copy lies beside it as “{kept.name}”.",
        hint="Close it there and save again, or go on with the copy.",
    )


def _own_name(target: Path, why: str) -> Path:
    stem = shortened(target.stem, _LONGEST_STEM)
    return unused(target.with_name(f"{stem} ({why}){target.suffix}"))


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk, where the system lets folders be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
