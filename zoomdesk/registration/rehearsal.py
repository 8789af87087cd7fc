"""Make sure before anything is sent that the results will find their place in the workbook."""

from __future__ import annotations

import os
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
    folder = (output or path).resolve().parent
    if not os.access(folder, os.W_OK):
        raise WriteFailed(
            f"You may not write into the folder {folder}.",
            hint="Nothing was sent. Copy the workbook to a folder of your own, or name a copy.",
        )
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
    return (*plan.warnings, *_held(path, output))


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
