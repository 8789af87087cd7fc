"""Make sure before anything is sent that the results will find their place in the workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.errors import WriteFailed, WriteRefused
from zoomdesk.registration.newfile import proposed
from zoomdesk.registration.places import place_results
from zoomdesk.settings import Settings
from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW


def rehearse(
    sheet: workbook.Sheet,
    header_row: int,
    rows: Sequence[int],
    settings: Settings,
    output: Path | None = None,
    *,
    password: str | None = None,
) -> tuple[str, ...]:
    """Plan the writing of every result column of these rows, write nothing; return warnings.

    Where a new workbook is to be made, the plan is for that one, and ``output`` is its name;
    ``password`` is the one that opened the workbook.

    A workbook that is open elsewhere is only a warning: by the end of the run it may be free, and
    until then the journal keeps the results. Raises the WorkbookError family where writing would
    be refused for what the workbook is, WriteFailed where its folder cannot be written to.
    """
    path = sheet.book.path
    if sheet.book.write_refusal:
        raise WriteRefused(sheet.book.write_refusal)
    target = output or proposed(sheet.book)
    _check_target(path, target, sheet.book.new_suffix if sheet.book.new_file else path.suffix)
    places = place_results(sheet, header_row, rows, settings)
    if sheet.book.new_file and not sheet.book.keeps_package:
        # It will be a plain sheet, in which every cell can be written that there is room for.
        _check_room(sheet, max(places.columns.values(), default=0))
        return (*_made(sheet.book, output), *_replaced(path, output))
    plan = workbook.plan(
        path,
        workbook.Edits(
            sheet=sheet.name,
            cells={(row, column): "…" for row in rows for column in places.columns.values()},
            header_row=header_row or None,
            new_columns=places.new,
            hyperlinks=places.hyperlinks(dict.fromkeys(rows, "https://zoom.us/"), settings),
        ),
        expect=sheet.book.fingerprint,
        password=password,
    )
    if sheet.book.new_file:
        return (*_made(sheet.book, output), *plan.warnings, *_replaced(path, output))
    return (*plan.warnings, *_held(path, output), *_replaced(path, output))


def _made(book: workbook.BookInfo, output: Path | None) -> tuple[str, ...]:
    """Return why a new workbook is made, unless the person has named it."""
    return (book.new_file,) if output is None else ()


def _check_room(sheet: workbook.Sheet, last_column: int) -> None:
    last_row = max(sheet.row_numbers, default=0)
    if last_row > MAX_ROW or last_column > MAX_COLUMN:
        raise WriteRefused(
            f"“{sheet.book.path.name}” is larger than a sheet of Excel can be: {MAX_ROW:,} rows "
            f"and {MAX_COLUMN:,} columns.",
            hint="Nothing was sent. Split the list.",
        )


def _check_target(path: Path, target: Path, suffix: str) -> None:
    folder = target.resolve().parent
    if target.is_dir():
        raise WriteFailed(
            f"“{target}” is a folder.", hint="Nothing was sent. Add a name for the copy."
        )
    if target.suffix.lower() != suffix.lower():
        as_it_does = ", as the workbook does" if suffix == path.suffix else ""
        raise WriteRefused(
            f"The copy “{target.name}” must end in “{suffix}”{as_it_does}.",
            hint=f"Nothing was sent. Name it {target.stem}{suffix}, for example.",
        )
    if not folder.is_dir():
        raise WriteFailed(
            f"There is no folder {folder}.", hint="Nothing was sent. Make it, or name another one."
        )
    try:
        # Tried, not asked: an administrator may write everywhere, but not on every file system.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise WriteFailed(
            f"You may not write into the folder {folder}.",
            hint="Nothing was sent. Copy the workbook to a folder of your own, or name a copy.",
        ) from error


def _replaced(path: Path, output: Path | None) -> tuple[str, ...]:
    if output is None or not output.exists() or output.samefile(path):
        return ()
    return (f"There is a file “{output}” already. The copy takes its place.",)


def _held(path: Path, output: Path | None) -> tuple[str, ...]:
    owner = workbook.lock_owner(path) if output is None else None
    if owner is None:
        return ()
    who = f" by {owner}" if owner else ""
    warning = (
        f"{path.name} is open elsewhere{who}. Close it there before the run ends; otherwise the "
        "results are kept, and can be written as soon as it is closed."
    )
    return (warning,)
