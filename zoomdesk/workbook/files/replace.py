"""Put a finished file in the place of another, all or nothing (hazards 16 to 18)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from zoomdesk.errors import WorkbookInUse, WriteFailed

_PREFIX = ".zoomdesk-"
_SUFFIX = ".tmp"
_LONGEST_NAME = 150
_STALE_AFTER = 24 * 3600.0
"""Seconds after which a leftover of another machine's is taken for dead."""


def real_path(path: Path) -> Path:
    """Return the file behind links: the link stays, what it points to is replaced."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a RuntimeError is a link that leads to itself
        raise WriteFailed(f"“{path.name}” could not be saved: it is a link to nowhere.") from None


@contextmanager
def temporary_beside(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a new file in the folder of ``target`` and remove it on the way out if it still exists.

    Yields its path and the open file. Raises WriteFailed where the folder takes no file.
    """
    try:
        with _temporary(target) as (path, file):
            yield path, file
    except OSError as error:
        raise _failed(target, error) from None


@contextmanager
def _temporary(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    clean_leftovers(target)
    path = target.with_name(f"{_PREFIX}{_host()}-{os.getpid()}-{_ending(target)}")
    # Made for the owner alone: the workbook's own permissions follow before it is replaced.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield path, file
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


_BINARY: int = getattr(os, "O_BINARY", 0)


def check_writable(target: Path) -> None:
    """Raise WriteFailed where ``target`` is read-only, though a file could be moved over it."""
    if _exists(target) and not os.access(target, os.W_OK):
        raise WriteFailed(
            f"“{target.name}” is read-only.", hint="Save a copy, or allow changes to the file."
        )


def sync(file: BinaryIO) -> None:
    """Have everything written to ``file`` reach the disk."""
    file.flush()
    os.fsync(file.fileno())


def copy_metadata(source: Path, target: Path) -> None:
    """Give ``target`` the mode, extended attributes and, where allowed, the owner of ``source``.

    Whoever owns it may write to it: a copy of a read-only file is there to be worked with.
    """
    known = source.stat()
    with contextlib.suppress(OSError, AttributeError):
        os.chown(target, known.st_uid, known.st_gid)  # only root may give files away
    target.chmod(stat.S_IMODE(known.st_mode) | stat.S_IWUSR)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(source):
                with contextlib.suppress(OSError):
                    os.setxattr(target, name, os.getxattr(source, name))


def replace(finished: Path, target: Path) -> None:
    """Move ``finished`` over ``target`` in one step and have the folder remember it.

    Raises WorkbookInUse where a program holds the target (Windows): the finished file is then kept
    under a name of its own, which the message says; WriteFailed for all else.
    """
    try:
        finished.replace(target)
    except PermissionError:
        kept = _keep(finished, target)
        raise WorkbookInUse(
            f"“{target.name}” is held by another program. "
            f"The finished copy lies beside it as “{kept.name}”.",
            hint="Close it there and save again, or go on with the copy.",
        ) from None
    except OSError as error:
        raise _failed(target, error) from None
    _sync_folder(target.parent)


def back_up(source: Path, folder: Path, now: datetime) -> Path:
    """Copy ``source`` into ``folder`` under a dated name and return the copy's path."""
    stamp = f"{now:%Y-%m-%d %H.%M.%S}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _unused(folder / f"{source.stem} {stamp}{source.suffix}")
        # Under its good name it is whole, or not there: a torn backup is worse than none.
        with _temporary(folder / source.name) as (copy, file):
            with source.open("rb") as original:
                shutil.copyfileobj(original, file)
            sync(file)
            file.close()
            shutil.copystat(source, copy)
            copy.rename(path)
    except OSError as error:
        raise WriteFailed(
            f"No backup of “{source.name}” could be made in “{folder}”: "
            f"{error.strerror or error}. Nothing was changed."
        ) from None
    return path


def clean_leftovers(target: Path) -> None:
    """Remove what a killed save of the same workbook left behind."""
    ending = f"-{_ending(target)}"
    for path in _listed(target.parent):
        if path.name.startswith(_PREFIX) and path.name.endswith(ending):
            owner = path.name[len(_PREFIX) : -len(ending)]
            with contextlib.suppress(OSError):
                if _is_dead(owner, path):
                    path.unlink()


def _ending(target: Path) -> str:
    """Return how the name of a temporary file for ``target`` ends, short enough for any disk."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return f"{name}{_SUFFIX}"


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_dead(owner: str, path: Path) -> bool:
    host, _, pid = owner.rpartition("-")
    if host == _host() and pid.isdecimal() and os.name == "posix":
        if int(pid) == os.getpid():
            return False
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False
    return time.time() - path.stat().st_mtime > _STALE_AFTER


def _host() -> str:
    return "".join(c for c in socket.gethostname() if c.isalnum())[:32] or "host"


def _keep(finished: Path, target: Path) -> Path:
    path = _unused(target.with_name(f"{target.stem} (saved by Zoomdesk){target.suffix}"))
    try:
        return finished.rename(path)
    except OSError as error:
        raise _failed(target, error) from None


def _unused(path: Path) -> Path:
    candidate, number = path, 1
    while _exists(candidate):
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate


def _exists(path: Path) -> bool:
    """Say whether there is such a file; of a disk that does not answer, that there is none."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    # The name is in the folder's data. Windows cannot open folders and keeps its own order.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(target: Path, error: OSError) -> WriteFailed:
    return WriteFailed(f"“{target.name}” could not be saved: {error.strerror or error}.")
