"""Know whether a lock was left by a LibreOffice of this very computer that runs no more."""

from __future__ import annotations

import contextlib
import getpass
import socket
from pathlib import Path

_FIRST_PID_NAMESPACE = 0xEFFFFFFC
"""The number of the name space in which every process can be seen (include/linux/proc_ns.h)."""


def is_left_by_dead_libreoffice(user: str, computer: str) -> bool:
    """Tell whether a lock by ``user`` at ``computer`` is surely a leftover.

    It is where both are those of this process and no LibreOffice runs here. LibreOffice takes such
    a lock for its own leftover, too. Where processes cannot all be seen, the lock counts.
    """
    if not user or not computer or computer.casefold() != socket.gethostname().casefold():
        return False
    # A user without a name, a system without /proc.
    with contextlib.suppress(OSError, KeyError, ImportError):
        return user == getpass.getuser() and runs_no_libreoffice(Path("/proc"))
    return False


def runs_no_libreoffice(processes: Path) -> bool:
    """Look at every process in a folder like /proc; if not all can be seen there, say no.

    Raises OSError where there is no such folder.
    """
    if (processes / "self/ns/pid").stat().st_ino != _FIRST_PID_NAMESPACE:
        return False  # in a container, a flatpak, a snap
    seen = 0
    for process in processes.iterdir():
        if not process.name.isdecimal():
            continue
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if "soffice" in (process / "comm").read_text(encoding="utf-8", errors="replace"):
                return False
            seen += 1
    return seen > 1  # where processes of others are hidden, at least our own parent is seen
