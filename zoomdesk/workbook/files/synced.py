"""Know folders that a sync client carries elsewhere, and look again after a save (hazard 18).

OneDrive, Dropbox and their like may put back another computer's version some seconds after a file
was replaced, or set one aside as a conflicted copy. That can be noticed, not prevented.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zoomdesk.errors import WorkbookNotFound
from zoomdesk.workbook.files.fingerprint import Fingerprint

SETTLE_SECONDS = (1.0, 2.0, 3.0)
"""Pauses before each look: clients of today act within a few seconds of a change."""

_FOLDERS = {  # the first words of a folder's name
    "OneDrive": "OneDrive",
    "SkyDrive": "OneDrive",
    "Dropbox": "Dropbox",
    "Google Drive": "Google Drive",
    "GoogleDrive": "Google Drive",
    "My Drive": "Google Drive",
    "iCloudDrive": "iCloud",
    "iCloud Drive": "iCloud",
    "com~apple~CloudDocs": "iCloud",
    "Box Sync": "Box",
    "Nextcloud": "Nextcloud",
    "ownCloud": "ownCloud",
    "pCloud": "pCloud",
    "SynologyDrive": "Synology Drive",
}
_MARKERS = {  # what a client leaves in the topmost folder that it carries
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".seafile-data": "Seafile",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Environment variables that OneDrive sets on Windows."""
_CONFLICT = re.compile(r"conflict|konflikt|conflit|conflitto|conflicto|競合|冲突", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settled:
    """Say whether a file still is what was written, some seconds later.

    ``copies`` are files beside it that appeared meanwhile and are called a conflict of it.
    """

    ours: bool
    client: str
    copies: tuple[Path, ...] = ()

    def warning(self, path: Path) -> str:
        """Return a sentence for the person, ``""`` where all is well."""
        who = self.client or "Another program"
        if not self.ours:
            return (
                f"{who} has put another version of “{path.name}” in its place after it was saved. "
                "What was written is kept and can be written again."
            )
        if self.copies:
            names = ", ".join(f"“{copy.name}”" for copy in self.copies)
            return f"{who} has put another version of “{path.name}” beside it: {names}."
        return ""


def sync_client(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of the client that carries the folder of ``path``, ``""`` if there is none.

    It is known by OneDrive's variables, by the names of the folders above, and by what clients
    leave in the topmost of them.
    """
    try:
        folders = path.resolve().parents
    except (OSError, RuntimeError):
        return ""
    homes = {Path(home) for name in _VARIABLES if (home := environment.get(name))}
    for folder in folders:
        if folder in homes:
            return "OneDrive"
        named = next((c for start, c in _FOLDERS.items() if folder.name.startswith(start)), "")
        if named:
            return named
        for marker, client in _MARKERS.items():
            if os.path.lexists(folder / marker):
                return client
    return ""


def settled(
    path: Path, written: Fingerprint, *, pause: Callable[[float], None] = time.sleep
) -> Settled:
    """Look again, after some seconds, whether ``path`` still holds what was ``written``.

    Waits in ``pause`` only where a sync client carries the folder, six seconds in all; not to be
    called on the window's thread. A file that is gone is not ours. Never raises.
    """
    client = sync_client(path)
    before = _conflicts(path) if client else frozenset()
    ours = still_holds(path, written)
    for seconds in SETTLE_SECONDS if client else ():
        if not ours:
            break
        pause(seconds)
        ours = still_holds(path, written)
    appeared = _conflicts(path) - before if client else frozenset()
    return Settled(ours, client, tuple(sorted(appeared)))


def still_holds(path: Path, written: Fingerprint) -> bool:
    """Say whether the file has the content of ``written``; it is read only if size or time differ.

    A client that replaces a file sets its time; one that only touches it is no change.
    """
    try:
        stat = path.stat()
        if (stat.st_size, stat.st_mtime_ns) == (written.size, written.mtime_ns):
            return True
        return stat.st_size == written.size and Fingerprint.of(path).same_content(written)
    except (OSError, WorkbookNotFound):
        return False


def _conflicts(path: Path) -> frozenset[Path]:
    """Return the files beside that bear the workbook's name and call themselves a conflict."""
    try:
        return frozenset(
            other
            for other in path.parent.iterdir()
            if other.suffix == path.suffix
            and other.stem.startswith(path.stem)
            and _CONFLICT.search(other.stem[len(path.stem) :])
        )
    except OSError:
        return frozenset()
