"""Make a new .xlsx of a file that is read but not written, so that results can go into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from zoomdesk.errors import NotAWorkbook, WorkbookChanged, WriteFailed
from zoomdesk.workbook.book import TextOptions
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.files.metadata import copy_metadata
from zoomdesk.workbook.files.replace import real_path, replace, sync
from zoomdesk.workbook.files.temporary import temporary_beside
from zoomdesk.workbook.foreign import text as plain_text
from zoomdesk.workbook.foreign.kinds import Kind, kind_of, kind_of_package
from zoomdesk.workbook.foreign.names import free_path, sheet_names
from zoomdesk.workbook.foreign.new_package import NewSheet, Rows, write_package
from zoomdesk.workbook.foreign.passwords import lock_into, unlocked
from zoomdesk.workbook.foreign.spreadsheets import Spreadsheet
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import read_workbook


def new_path(path: Path | str, *, suffix: str = ".xlsx") -> Path:
    """Return where the new workbook for ``path`` would go: beside it, under a name that is free.

    ``suffix`` is the kind of a workbook behind a password (``BookInfo.kind``), which it keeps.
    """
    return free_path(Path(path), suffix)


def save_as_workbook(
    path: Path | str,
    output: Path | str | None = None,
    *,
    password: str | None = None,
    text: TextOptions | None = None,
    replace_existing: bool = False,
) -> Path:
    """Make a new workbook of a file that is no .xlsx, or is locked, and return its path.

    Every sheet is there under a name that Excel takes, every cell in its row and column: texts as
    texts, numbers as numbers, days and times with a format. A locked .xlsx is not made anew: the
    copy has its very package, locked with the same password. ``output`` is ``new_path(path)`` if
    not said; an existing file is replaced only if asked for.

    The file is complete and on the disk, or not there at all. Raises what ``read`` raises,
    WriteRefused for what no sheet of Excel can hold, WorkbookChanged where the file changes
    meanwhile, WriteFailed where the disk or the permissions say no or the name is taken.
    """
    path = Path(path)
    suffix = _suffix(path, password)
    target = real_path(Path(output) if output is not None else free_path(path, suffix))
    _check(target, suffix, replace_existing=replace_existing)
    before = Fingerprint.of(path)
    with temporary_beside(target) as (finished, file):
        _write(finished, file, path, password, text)
        file.close()
        if not Fingerprint.of(path).same_content(before):
            raise WorkbookChanged(f"“{path.name}” was changed by somebody else meanwhile.")
        copy_metadata(path, finished)
        _check(target, suffix, replace_existing=replace_existing)
        replace(finished, target)
    return target if output is None else Path(output)


def _write(
    finished: Path, file: BinaryIO, path: Path, password: str | None, wanted: TextOptions | None
) -> None:
    kind = kind_of(path)
    content = unlocked(path, password) if kind is Kind.LOCKED else None
    if content is not None:
        kind = kind_of_package(path, content)
    if kind is Kind.PACKAGE:
        if content is None:
            raise NotAWorkbook(f"“{path.name}” needs no new workbook: it can be written.", hint="")
        lock_into(content, password, finished, file)
        return
    with ExitStack() as stack:
        if kind is Kind.TEXT:
            sheets = [_text_sheet(path, plain_text.settle(path, wanted))]
        else:
            spreadsheet = stack.enter_context(Spreadsheet(path, kind, content))
            sheets = [_sheet(spreadsheet, info.name, info.state) for info in spreadsheet.sheets]
        if content is None:
            write_package(file, sheets)
            sync(file)
        else:
            package = BytesIO()
            write_package(package, sheets)
            lock_into(package.getvalue(), password, finished, file)


def _text_sheet(path: Path, options: TextOptions) -> NewSheet:
    def rows() -> Iterator[tuple[int, int, list[str]]]:
        for number, record in enumerate(plain_text.records(path, options), start=1):
            yield number, 1, record

    return NewSheet(sheet_names([path.stem])[0], "visible", rows)


def _sheet(spreadsheet: Spreadsheet, name: str, state: str) -> NewSheet:
    def rows() -> Rows:
        return spreadsheet.rows(name)

    return NewSheet(name, state, rows)


def _suffix(path: Path, password: str | None) -> str:
    if kind_of(path) is not Kind.LOCKED:
        return ".xlsx"
    content = unlocked(path, password)
    if kind_of_package(path, content) is not Kind.PACKAGE:
        return ".xlsx"
    with Package(path, content) as package:
        return read_workbook(package).kind


def _check(target: Path, suffix: str, *, replace_existing: bool) -> None:
    if target.suffix.lower() != suffix:
        raise WriteFailed(
            f"“{target.name}” must end in “{suffix}”, or Excel will not open it.",
            hint=f"Name it {target.stem}{suffix}, for example.",
        )
    if target.exists() and not replace_existing:
        raise WriteFailed(
            f"There is a file “{target.name}” already.", hint="Choose another name for the new one."
        )
