"""Describe a workbook file: what it is and which sheets it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zoomdesk.workbook.files.fingerprint import Fingerprint


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
