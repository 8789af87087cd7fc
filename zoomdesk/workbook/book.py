"""Describe a workbook file: what it is and which sheets it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from zoomdesk.workbook.files.fingerprint import Fingerprint

_PACKAGES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"})


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A worksheet's name and state: ``visible``, ``hidden`` or ``veryHidden``."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How a file of plain text holds a table.

    ``encoding`` is a key of ``ENCODINGS``, ``separator`` one of ``SEPARATORS``. ``sure`` is False
    where the encoding was guessed and another one would read the text about as well: then a person
    should look at the names.
    """

    encoding: str
    separator: str
    sure: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class BookInfo:
    """A workbook as it was when it was looked at.

    ``kind`` is what its content says it is (``.xlsx``, ``.xlsm``, ``.csv``, ``.ods`` ...), whatever
    the file's name; ``sheets`` are its worksheets in order, without chart and dialog sheets.
    ``write_refusal`` is ``""``, or one sentence on why it can be read but not written at all.
    ``new_file`` is ``""``, or one sentence on why nothing is written into this very file and what
    new workbook is made for the results. ``text`` says how plain text was read. ``locked`` tells
    that a password was needed: whoever opens it again needs it again.
    """

    path: Path
    kind: str
    sheets: tuple[SheetInfo, ...]
    fingerprint: Fingerprint
    write_refusal: str
    new_file: str = ""
    text: TextOptions | None = None
    locked: bool = False

    @property
    def new_suffix(self) -> str:
        """How the new workbook's name ends: one behind a password stays what it is."""
        return self.kind if self.keeps_package else ".xlsx"

    @property
    def keeps_package(self) -> bool:
        """Whether a new workbook holds the very parts of this one, not its values only."""
        return self.locked and self.kind in _PACKAGES
