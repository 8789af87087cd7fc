"""Make sure before anything is sent that the results will find their place in the workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.errors import WriteFailed, WriteRefused
from zoomdesk.registration.places import place_results
from zoomdesk.settings import Settings


def rehearse(
    sheet: workbook.Sheet,
    header_row: int,
    rows: Sequence[int],
    settings: Settings,
    output: Path | None = None,
) -> tuple[str, ...]:
    """Plan the writing of every result column of these rows, write nothing; return warnings.

    A workbook that is open elsewhere is only a warning: by the end of the run it may be free, and
    until then the journal keeps the results. Raises the WorkbookError family where writing would
    be refused for what the workbook is, WriteFailed where its folder cannot be written to.
    """
    path = sheet.book.path
    if sheet.book.write_refusal:
        raise WriteRefused(sheet.book.write_refusal)
    _check_target(path, output)
    places = place_results(sheet, header_row, rows, settings)
    plan = workbook.plan(
        path,
        workbook.Edits(
            sheet=sheet.name,
            cells={(row, column): "…" for row in rows for column in places.columns.values()},
            header_row=header_row or None,
            new_columns=places.new,
        ),
        expect=sheet.book.fingerprint,
    )
    return (*plan.warnings, *_held(path, output), *_replaced(path, output))


def _check_target(path: Path, output: Path | None) -> None:
    target = output or path
    folder = target.resolve().parent
    if target.is_dir():
        raise WriteFailed(
            f"“{target}” is a folder.", hint="Nothing was sent. Add a name for the copy."
        )
    if target.suffix.lower() != path.suffix.lower():
        raise WriteRefused(
            f"The copy “{target.name}” must end in “{path.suffix}”, as the workbook does.",
            hint=f"Nothing was sent. Name it {target.stem}{path.suffix}, for example.",
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
