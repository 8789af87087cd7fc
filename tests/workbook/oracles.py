"""What other programs see in a workbook: none of it shares code with zoomdesk."""

from __future__ import annotations

import struct
import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook

Cells = dict[tuple[str, int, int], Any]
"""What cells hold, by sheet, row and column."""


def packed(path: Path) -> dict[str, tuple[bytes, bytes]]:
    """Return of each member its extra field and comment, and its bytes as they lie in the file."""
    data = path.read_bytes()
    members = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + 30 + name + extra
            content = data[start : start + info.compress_size]
            about = repr((info.date_time, info.comment, info.extra, info.external_attr, info.CRC))
            header = data[info.header_offset : start]
            members[info.filename] = (header, content + about.encode())
    return members


def changed_members(before: Path, after: Path) -> set[str]:
    """Return the members that differ; the lists of members must be the same, in the same order."""
    old, new = packed(before), packed(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def calamine_cells(path: Path) -> Cells | None:
    """Return what calamine reads, empty cells left out; None where it reads nothing at all."""
    cells: Cells = {}
    try:
        book = CalamineWorkbook.from_path(path)
        for meta in book.sheets_metadata:
            if str(meta.typ) != "SheetTypeEnum.WorkSheet":
                continue
            rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            for row, values in enumerate(rows, 1):
                for column, value in enumerate(values, 1):
                    if value != "":
                        cells[meta.name, row, column] = value
    except CalamineError:
        return None
    return cells


def openpyxl_cells(path: Path) -> Cells | None:
    """Return value and style of every cell that openpyxl knows.

    None where it cannot open the workbook, or finds no sheets in it (a strict one).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(path.read_bytes()), rich_text=True)
        except Exception:  # noqa: BLE001 - it raises whatever it stumbles over
            return None
    cells: Cells = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    value = cell.value
                    text = getattr(value, "text", value)  # an array formula is an object
                    cells[sheet.title, cell.row, cell.column] = (text, bytes(cell._style))
    return cells if book.worksheets else None
