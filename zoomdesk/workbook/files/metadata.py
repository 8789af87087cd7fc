"""Keep what a file has beside its content: mode, owner, attributes; say what cannot be kept."""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import sys
from pathlib import Path

from zoomdesk.errors import WorkbookInUse, WriteFailed

_SHARING_VIOLATION = (32, 33)
"""ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: another program holds the file."""


def exists(path: Path) -> bool:
    """Say whether there is such a file; of a disk that does not answer, that there is none."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def check_writable(target: Path) -> None:
    """Raise WriteFailed where ``target`` is read-only, though a file could be moved over it.

    On Windows it is opened for writing, too: WorkbookInUse where a program holds it.
    """
    if not exists(target):
        return
    if target.is_dir():
        raise WriteFailed(f"“{target.name}” is a folder.", hint="Add a name for the file.")
    if not os.access(target, os.W_OK):
        raise WriteFailed(
            f"“{target.name}” is read-only.", hint="Save a copy, or allow changes to the file."
        )
    if sys.platform == "win32":
        check_held(target)


def check_held(target: Path) -> None:
    """Open ``target`` for writing and close it again, as Windows needs it to be replaced.

    Elsewhere that proves nothing, and programs that watch the folder would take it for a change.
    """
    try:
        with target.open("r+b"):
            pass
    except OSError as error:
        if getattr(error, "winerror", None) in _SHARING_VIOLATION:
            raise WorkbookInUse(f"“{target.name}” is held by another program.") from None
        if isinstance(error, PermissionError):
            raise WriteFailed(
                f"You may not write to “{target.name}”.",
                hint="Save a copy, or ask for the right to change the file.",
            ) from None


def copy_metadata(source: Path, target: Path) -> None:
    """Give ``target`` the mode, extended attributes and, where allowed, the owner of ``source``.

    Whoever owns it may write to it: a copy of a read-only file is there to be worked with. Access
    lists of Linux are such attributes, tags of the Finder too. The time of birth cannot be kept.
    """
    known = source.stat()
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.chown(target, known.st_uid, known.st_gid)  # only root may give files away
    target.chmod(stat.S_IMODE(known.st_mode) | stat.S_IWUSR)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(source):
                with contextlib.suppress(OSError):
                    os.setxattr(target, name, os.getxattr(source, name))
    elif sys.platform == "darwin":
        _copy_on_macos(source, target)


def _copy_on_macos(source: Path, target: Path) -> None:
    """Copy access list and extended attributes by copyfile(3), which Python does not offer."""
    acl, xattr = 1, 4
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.copyfile(os.fsencode(source), os.fsencode(target), None, acl | xattr)


def other_names(target: Path) -> tuple[str, ...]:
    """Return a warning where the file has a second name (a hard link), which a replace parts.

    Writing through to the one file that both name could not be done in one step: a crash in
    between would leave half a workbook under both.
    """
    try:
        links = target.stat().st_nlink
    except OSError:
        return ()
    if links < 2:
        return ()
    warning = (
        f"“{target.name}” has another name somewhere on this disk (a hard link). "
        "Under that name the file stays as it was before."
    )
    return (warning,)
