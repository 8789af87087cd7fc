"""Open whatever an office keeps lists in: one door to all readers.

Packages of Excel 2007 and later go to :mod:`.reading`, which sees what writing will touch;
everything else to :mod:`.foreign`, from which a new workbook is made for the results.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zoomdesk.workbook.book import BookInfo, TextOptions
from zoomdesk.workbook.foreign import books
from zoomdesk.workbook.foreign.kinds import Kind, kind_of, kind_of_package
from zoomdesk.workbook.foreign.passwords import unlocked
from zoomdesk.workbook.reading import reader
from zoomdesk.workbook.reading.reader import Progress
from zoomdesk.workbook.sheet import Sheet


def inspect(
    path: Path | str, *, password: str | None = None, text: TextOptions | None = None
) -> BookInfo:
    """Return what the workbook is and which worksheets it has, without reading cells.

    ``password`` opens a locked one; ``text`` says how plain text is to be read, where the guess is
    not right. Raises WorkbookNotFound, NotAWorkbook, WorkbookEncrypted (PasswordNeeded and
    WrongPassword are such), TextNotUnderstood, WorkbookDamaged or WorkbookHostile.
    """
    path = Path(path)
    kind, content = _unlocked(path, password)
    if kind is not Kind.PACKAGE:
        return books.inspect(path, kind, content, text)
    return _told(reader.inspect(path, content=content), content)


def read(
    path: Path | str,
    sheet: str | None = None,
    *,
    password: str | None = None,
    text: TextOptions | None = None,
    progress: Progress | None = None,
) -> Sheet:
    """Read a worksheet: by its name, or the one that Excel would show first.

    ``progress`` is told now and then how far it is. Raises what ``inspect`` raises, and
    SheetNotFound.
    """
    path = Path(path)
    kind, content = _unlocked(path, password)
    if kind is not Kind.PACKAGE:
        return books.read(path, kind, sheet, content=content, text=text, progress=progress)
    found = reader.read(path, sheet, progress=progress, content=content)
    return replace(found, book=_told(found.book, content))


def preview(
    path: Path | str,
    sheet: str | None = None,
    rows: int = 200,
    *,
    password: str | None = None,
    text: TextOptions | None = None,
) -> Sheet:
    """Read the first rows of a worksheet, at once in a file of any size; see ``reader.preview``.

    Raises what ``read`` raises.
    """
    path = Path(path)
    kind, content = _unlocked(path, password)
    if kind is not Kind.PACKAGE:
        return books.read(path, kind, sheet, content=content, text=text, rows=rows)
    found = reader.preview(path, sheet, rows, content=content)
    return replace(found, book=_told(found.book, content))


def _unlocked(path: Path, password: str | None) -> tuple[Kind, bytes | None]:
    """Return what the file is, and the package that it holds behind a password, None without."""
    kind = kind_of(path)
    if kind is not Kind.LOCKED:
        return kind, None
    content = unlocked(path, password)
    return kind_of_package(path, content), content


def _told(book: BookInfo, content: bytes | None) -> BookInfo:
    """Say of a book that was locked that results go into a new one."""
    if content is None:
        return book
    return replace(book, locked=True, new_file=books.why_new(book.path, Kind.LOCKED, book.kind))
