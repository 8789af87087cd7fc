"""Recognise a file that was changed since it was looked at (hazard 17)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from zoomdesk.errors import WorkbookNotFound

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Size in bytes, time of the last change in nanoseconds, and hash of a file's content.

    Two are the same file's content where size and hash agree: copying and syncing change the time.
    """

    size: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Take the fingerprint of a file. Raises WorkbookNotFound where it cannot be read."""
        try:
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
            stat = path.stat()
        except OSError as error:
            raise WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.") from None
        return cls(stat.st_size, stat.st_mtime_ns, digest.hexdigest())

    @classmethod
    def unhashed(cls, path: Path) -> Self:
        """Take size and time only, for a look at a file: the same content as no other."""
        try:
            stat = path.stat()
        except OSError as error:
            raise WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.") from None
        return cls(stat.st_size, stat.st_mtime_ns, "")

    def same_content(self, other: Fingerprint) -> bool:
        """Say whether both stand for the same bytes."""
        return self.sha256 != "" and (self.size, self.sha256) == (other.size, other.sha256)
