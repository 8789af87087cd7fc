"""Give a workbook that results can be written into, whatever the list came in.

Nothing is written into plain text, .xls, .xlsb, .ods, or into a workbook behind a password: a new
workbook is made of it, and from then on everything happens there. The journal records the new one:
a run that was cut short is resumed into the very file that it was begun with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.errors import WorkbookChanged


@dataclass(frozen=True, slots=True)
class Target:
    """Where results go.

    ``told`` is "" where it is the file that was opened, or a sentence that names the new one.
    ``fingerprint`` is that of the file at ``path``: writing into it expects this one.
    """

    path: Path
    fingerprint: workbook.Fingerprint
    told: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it is a new workbook, made for the results."""
        return bool(self.told)


def proposed(book: workbook.BookInfo) -> Path:
    """Return where ``make_target`` would put a new workbook: the book itself if none is needed."""
    return workbook.new_path(book.path, suffix=book.new_suffix) if book.new_file else book.path


def make_target(
    book: workbook.BookInfo,
    *,
    output: Path | None = None,
    password: str | None = None,
    replace_existing: bool = False,
) -> Target:
    """Return the workbook to write into; where ``book`` cannot take anything, make a new one.

    The new one is ``output``, or lies beside the file under a free name. Its sheets have the names,
    and its cells the rows and columns, that ``workbook.read`` gave: what was matched stays matched.
    ``password`` is the one that opened the book, and opens the new one. Raises WorkbookChanged
    where the file is not the one that was read, and what ``workbook.save_as_workbook`` raises.
    """
    if not book.new_file:
        return Target(book.path, book.fingerprint)
    if not workbook.Fingerprint.of(book.path).same_content(book.fingerprint):
        raise WorkbookChanged(f"“{book.path.name}” was changed since it was opened here.")
    path = workbook.save_as_workbook(
        book.path,
        output or proposed(book),
        password=password,
        text=book.text,
        replace_existing=replace_existing,
    )
    told = f"The results go into the new workbook “{path.name}”; “{book.path.name}” stays as it is."
    return Target(path, workbook.Fingerprint.of(path), told)
