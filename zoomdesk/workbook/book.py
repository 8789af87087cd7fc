"""Describe a workbook file: what it is, which sheets it has, and which bytes it had when read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from zoomdesk.errors import WorkbookNotFound

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Tell whether a file is still the one that was read: bytes, nanoseconds, hexadecimal."""

    size: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the fingerprint of a file. Raises WorkbookNotFound where it cannot be read."""
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                stat = path.stat()
                while block := file.read(_BLOCK):
                    digest.update(block)
        except OSError as error:
            raise WorkbookNotFound(
                f"“{path}” cannot be read: {error.strerror or error}."
            ) from error
        return cls(stat.st_size, stat.st_mtime_ns, digest.hexdigest())

    def same_content(self, other: Fingerprint) -> bool:
        """Tell whether both are of the same bytes, whenever they were written."""
        return (self.size, self.sha256) == (other.size, other.sha256)


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A worksheet's name and state: ``visible``, ``hidden`` or ``veryHidden``."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class BookInfo:
    """A workbook as it was when it was looked at.

    ``kind`` is what its content says it is (``.xlsx``, ``.xlsm``, ``.xltx`` ...), whatever the
    file's name; ``sheets`` are its worksheets in order, without chart and dialog sheets.
    ``write_refusal`` is ``""``, or one sentence on why it can be read but not written.
    """

    path: Path
    kind: str
    sheets: tuple[SheetInfo, ...]
    fingerprint: Fingerprint
    write_refusal: str
