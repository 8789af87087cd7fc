"""Read workbooks for the window: first rows soon, the rest with its progress, stopped on demand.

No Qt: a worker calls this, plain values come out.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.desktop.document import Document, OpenSheet, Wanted
from zoomdesk.errors import NoPeopleFound, WorkbookError
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

PREVIEW_FROM = 256 * 1024
"""Bytes of a file from which its first rows are shown ahead: smaller ones are read at once."""

PREVIEW_ROWS = 200

_TELL_EVERY = 0.1
"""Seconds between two words on the progress."""


class ReadingStopped(Exception):
    """The person does not want the workbook any more; nobody waits for what is read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is: rows, the share of the sheet from 0 to 1, or that it is checking."""

    rows: int = 0
    share: float = 0.0
    checking: bool = False


class Reading:
    """One reading under way: the worker tells its progress here, the window stops it here.

    ``tell`` and ``preview`` are called on the worker's thread.
    """

    def __init__(
        self,
        tell: Callable[[Progress], None] = lambda _: None,
        preview: Callable[[Document], None] = lambda _: None,
    ) -> None:
        self._tell = tell
        self._preview = preview
        self._stopped = threading.Event()
        self._next = 0.0

    def stop(self) -> None:
        """End the reading at its next word of progress. Any thread may ask."""
        self._stopped.set()

    def rows_read(self, rows: int, share: float) -> None:
        """Take the reader's progress. Raises ReadingStopped once it is not wanted any more."""
        self.check()
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _TELL_EVERY
            self._tell(Progress(rows, share))

    def checking(self, rows: int) -> None:
        """Tell that all is read and the people are being checked."""
        self.check()
        self._tell(Progress(rows, 1.0, checking=True))

    def show(self, document: Document) -> None:
        """Hand over the first rows."""
        self.check()
        self._preview(document)

    def check(self) -> None:
        """Raise ReadingStopped where the reading was stopped."""
        if self._stopped.is_set():
            raise ReadingStopped


def open_book(wanted: Wanted, settings: Settings, reading: Reading | None = None) -> Document:
    """Read a workbook; without a sheet's name, the first visible one that holds people.

    Raises WorkbookError, among them PasswordNeeded and WrongPassword, and ReadingStopped.
    """
    reading = reading or Reading()
    if _is_large(wanted.path):
        _preview(wanted, settings, reading)
    info = workbook.inspect(wanted.path, password=wanted.password, text=wanted.text)
    if wanted.sheet is not None:
        return _document(wanted, info, wanted.sheet, read_sheet(wanted, settings, reading))
    nobody: NoPeopleFound | None = None
    for name in _candidates(info):
        try:
            return _document(wanted, info, name, read_sheet(wanted, settings, reading, name))
        except NoPeopleFound as error:
            nobody = nobody or error
    raise nobody or NoPeopleFound(f"{wanted.path.name} has no sheet that can be seen.")


def open_sheet(wanted: Wanted, settings: Settings, reading: Reading) -> OpenSheet:
    """Read the one sheet that is wanted, its first rows ahead where it is large."""
    if _is_large(wanted.path):
        _preview(wanted, settings, reading)
    return read_sheet(wanted, settings, reading)


def read_sheet(
    wanted: Wanted, settings: Settings, reading: Reading | None = None, name: str | None = None
) -> OpenSheet:
    """Read one sheet and check its people, with everybody ticked who can go."""
    reading = reading or Reading()
    opened = _people(read_cells(wanted, reading, name or wanted.sheet), settings)
    reading.check()
    return opened


def read_cells(wanted: Wanted, reading: Reading, name: str | None) -> workbook.Sheet:
    """Read the cells of one sheet, with progress. Raises WorkbookError and ReadingStopped."""
    sheet = workbook.read(
        wanted.path,
        name,
        password=wanted.password,
        text=wanted.text,
        progress=reading.rows_read,
    )
    reading.checking(len(sheet.row_numbers))
    return sheet


def _people(sheet: workbook.Sheet, settings: Settings) -> OpenSheet:
    roster = Roster.from_grid(sheet, result_headers=settings.result_columns)
    roster.tick_all_valid()
    return OpenSheet(sheet, roster)


def _preview(wanted: Wanted, settings: Settings, reading: Reading) -> None:
    """Hand over the first rows of the sheet that will be shown, if they tell who the people are.

    What cannot be read here is said by the reading proper, which comes next.
    """
    try:
        document = _first_rows(wanted, settings)
    except WorkbookError:
        return
    if document is not None:
        reading.show(document)


def _first_rows(wanted: Wanted, settings: Settings) -> Document | None:
    def look(name: str | None) -> workbook.Sheet:
        return workbook.preview(
            wanted.path, name, PREVIEW_ROWS, password=wanted.password, text=wanted.text
        )

    known = look(wanted.sheet)
    names = [known.name] if wanted.sheet is not None else _candidates(known.book)
    for name in names:
        sheet = known if name == known.name else look(name)
        try:
            return _document(wanted, sheet.book, sheet.name, _people(sheet, settings))
        except NoPeopleFound:
            continue
    return None


def _candidates(info: workbook.BookInfo) -> list[str]:
    return [each.name for each in info.sheets if each.state == "visible"]


def _document(wanted: Wanted, info: workbook.BookInfo, name: str, sheet: OpenSheet) -> Document:
    return Document(info, name, {name: sheet}, info.fingerprint, password=wanted.password)


def _is_large(path: Path) -> bool:
    try:
        return path.stat().st_size >= PREVIEW_FROM
    except OSError:
        return False
