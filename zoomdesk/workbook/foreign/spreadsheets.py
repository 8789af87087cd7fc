"""Read .xls, .xlsb and .ods by python-calamine: values, without formulas, formats, hidden rows.

Numbers come without the format that showed them: an id with leading zeros by its format has none
here, which ``BookInfo.new_file`` tells. Cells with an error (#N/A) are empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from zoomdesk.errors import WorkbookDamaged, WorkbookEncrypted, WorkbookHostile
from zoomdesk.workbook.book import SheetInfo
from zoomdesk.workbook.foreign.bounds import check_ods, check_xlsb
from zoomdesk.workbook.foreign.kinds import Kind
from zoomdesk.workbook.foreign.names import sheet_names
from zoomdesk.workbook.foreign.ole import check_xls
from zoomdesk.workbook.foreign.values import Value, shown
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.reading.columns import ColumnBuilder
from zoomdesk.workbook.references import CellRange
from zoomdesk.workbook.sheet import Texts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from zoomdesk.workbook.foreign.text import Progress

_STATES = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}
_LENGTH = re.compile(r"PT([0-9]{1,7})H([0-9]{1,2})M([0-9]{1,2}(?:\.[0-9]{1,9})?)S\Z", re.ASCII)
_TOLD_EVERY = 5000


class Spreadsheet:
    """A workbook that calamine has opened. Use it in a ``with`` statement.

    ``sheets`` bear names that Excel takes; ``by_own_name`` knows them by the names in the file.
    """

    def __init__(self, path: Path, kind: Kind, content: bytes | None) -> None:
        self.path = path
        self._kind = kind
        _check(path, kind, content)
        with _in_words(path):
            self._book = _open(path, content)
            found = [
                (meta.name, _STATES.get(str(meta.visible).rpartition(".")[2], "visible"), index)
                for index, meta in enumerate(self._book.sheets_metadata)
                if str(meta.typ).endswith("WorkSheet")
            ]
        names = sheet_names(name for name, _, _ in found)
        self.sheets = tuple(
            SheetInfo(name, state) for name, (_, state, _) in zip(names, found, strict=True)
        )
        self.by_own_name = {own: name for name, (own, _, _) in zip(names, found, strict=True)}
        self._places = {name: place for name, (_, _, place) in zip(names, found, strict=True)}

    def __enter__(self) -> Spreadsheet:
        return self

    def __exit__(self, *exc: object) -> None:
        with _in_words(self.path):
            self._book.close()

    def rows(self, name: str) -> Iterator[tuple[int, int, list[Value]]]:
        """Yield of each row its number, the column of its first value, and its values.

        ``""`` is an empty cell. Raises WorkbookDamaged, WorkbookHostile.
        """
        with _in_words(self.path):
            sheet = self._book.get_sheet_by_index(self._places[name])
            start = sheet.start
            if start is None:
                return
            rows = iter(sheet.iter_rows())
        number = 0
        while True:
            with _in_words(self.path):
                row = next(rows, None)
            if row is None:
                return
            number += 1
            if number > start[0]:
                yield number, start[1] + 1, _lengths(row) if self._kind is Kind.ODS else row

    def merges(self, name: str) -> tuple[CellRange, ...]:
        """Return the merged cells; .xlsb and .ods do not tell."""
        with _in_words(self.path):
            sheet: CalamineSheet = self._book.get_sheet_by_index(self._places[name])
            found = sheet.merged_cell_ranges or []
        return tuple(
            CellRange(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in found
        )

    def read(
        self, name: str, *, rows: int | None = None, progress: Progress | None = None
    ) -> tuple[list[int], dict[int, Texts]]:
        """Return the rows of a sheet and its columns of text, at most the first ``rows`` rows."""
        builder = ColumnBuilder()
        for number, first, values in self.rows(name):
            index = builder.start_row(number)
            for column, value in enumerate(values, start=first):
                if value != "":
                    builder.put(index, column, shown(value))
            if progress is not None and index % _TOLD_EVERY == 0:
                progress(index + 1, 0.0)
            if rows is not None and index + 1 >= rows:
                break
        return builder.finish()


def _check(path: Path, kind: Kind, content: bytes | None) -> None:
    if kind is Kind.XLS:
        check_xls(path)
        return
    with Package(path, content) as package:
        (check_ods if kind is Kind.ODS else check_xlsb)(package)


def _lengths(row: list[Value]) -> list[Value]:
    """Read the lengths of time of an .ods, which come as texts: ``PT36H00M00S``."""
    for index, value in enumerate(row):
        if isinstance(value, str) and value.startswith("PT") and (match := _LENGTH.match(value)):
            hours, minutes, seconds = (float(part) for part in match.groups())
            row[index] = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return row


def _open(path: Path, content: bytes | None) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    if content is None:
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(BytesIO(content))


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn what the library raises into errors of ours; its panics are no Exception."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise WorkbookEncrypted(
            f"“{path.name}” has a password, and is no workbook of Excel 2007 or later.",
            hint="Open it in its program, save it without the password, or as .xlsx.",
        ) from None
    except CalamineError:
        raise _damaged(path) from None
    except MemoryError:
        raise WorkbookHostile(f"“{path.name}” claims to hold more than any workbook can.") from None
    except (OSError, ValueError, OverflowError):
        raise _damaged(path) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it has no public class to catch
            raise
        raise _damaged(path) from None


def _damaged(path: Path) -> WorkbookDamaged:
    return WorkbookDamaged(
        f"“{path.name}” cannot be read: it is damaged, or of a form that is not known here.",
        hint="Open it in Excel or LibreOffice, save it as .xlsx, and open that file here.",
    )
