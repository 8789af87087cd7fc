"""Make files beside their target under a passing name, and clear away what killed saves left.

The name says whose it is: ``.zoomdesk-HOST-PID-NAME.tmp``. It lies in the target's own folder, for
only there can it be moved over the target in one step (workbooks/README.md hazard 17).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from zoomdesk.workbook.files.failures import failed

_PREFIX = ".zoomdesk-"
_SUFFIX = ".tmp"
_OURS = re.compile(r"\.zoomdesk-([0-9A-Za-z]+)-([0-9]+)-.+\.tmp", re.DOTALL)
_LONGEST_NAME = 80
"""Bytes of a name that go into a passing one: encrypted home folders end at 143."""
_STALE_AFTER = 24 * 3600.0
"""Seconds after which a leftover of another machine's is taken for dead."""
_BINARY: int = getattr(os, "O_BINARY", 0)


@contextmanager
def temporary_beside(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a new file in the folder of ``target`` and remove it on the way out if it still exists.

    Yields its path and the open file. Raises WriteFailed where the folder takes no file.
    """
    try:
        with passing_file(target) as (path, file):
            yield path, file
    except OSError as error:
        raise failed(target, error) from None


@contextmanager
def passing_file(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Do the same with the errors of the system: OSError."""
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


def clean_leftovers(target: Path) -> int:
    """Remove what killed saves of the same workbook left behind; return how many."""
    ending = f"-{_ending(target)}"
    return _clean(target.parent, ending)


def clean_beside(workbooks: Iterable[Path]) -> int:
    """Remove what killed saves left in the folders of ``workbooks``; return how many.

    To be called when the program starts, off the window's thread: a share may take long to answer.
    Only a file under such a name goes, and only if whoever made it is surely dead: never one of a
    living process, never a fresh one of another computer. Never raises.
    """
    folders = []
    for workbook in workbooks:
        with contextlib.suppress(OSError, RuntimeError):  # a link that leads to itself
            folders.append(workbook.resolve().parent)
    return sum(_clean(folder, _SUFFIX) for folder in dict.fromkeys(folders))


def _clean(folder: Path, ending: str) -> int:
    removed = 0
    for name in _listed(folder):
        made = _OURS.fullmatch(name) if name.endswith(ending) else None
        if made is not None:
            path = folder / name
            with contextlib.suppress(OSError):
                if _is_dead(made[1], int(made[2]), path):
                    path.unlink()
                    removed += 1
    return removed


def _listed(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [
                entry.name
                for entry in entries
                if entry.name.startswith(_PREFIX) and entry.is_file(follow_symlinks=False)
            ]
    except OSError:
        return []


def _ending(target: Path) -> str:
    """Return how the name of a temporary file for ``target`` ends, short enough for any disk."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return f"{name}{_SUFFIX}"


def _is_dead(host: str, pid: int, path: Path) -> bool:
    if host != _host() or os.name != "posix":
        return time.time() - path.stat().st_mtime > _STALE_AFTER
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False  # somebody else's process, alive
    started = _started(pid)
    # A number is given again: a process that began after the file was last written is not its own.
    return started is not None and started > path.stat().st_mtime + 5


def _started(pid: int) -> float | None:
    """Return when a process began, in seconds since 1970; None where that cannot be known.

    Source: proc(5), /proc/pid/stat field 22 in ticks since the start that /proc/stat has as btime.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
            ticks = int(stat.rpartition(")")[2].split()[19])
            system = Path("/proc/stat").read_text(encoding="ascii")
            boot = int(system.partition("\nbtime ")[2].split()[0])
            return boot + ticks / os.sysconf("SC_CLK_TCK")
    return None


def _host() -> str:
    """Return who counts process numbers here: the computer, and the container where it is one."""
    name = "".join(c for c in socket.gethostname() if c.isascii() and c.isalnum())[:24] or "host"
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return f"{name}{Path('/proc/self/ns/pid').stat().st_ino:x}"
    return name
