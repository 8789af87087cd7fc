"""Make a new workbook for somebody who has no list yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoomdesk.errors import WriteFailed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PEOPLE = (
    ("Email", "ada.lovelace@example.com", "grace.hopper@example.com", 34),
    ("First name", "Ada", "Grace", 18),
    ("Last name", "Lovelace", "Hopper", 18),
)
_COMPANY = ("Company", "Analytical Engines", "Harbour Computing", 28)
_NARROWEST, _WIDEST = 18, 44
_LAST_ROW = 1_048_576
_LONGEST_LIST = 255
"""Characters of a list of choices that Excel takes in a validation (ECMA-376 18.3.1.33)."""


def write_template(path: Path, questions: Mapping[str, Sequence[str]] | None = None) -> None:
    """Write a workbook with headings and two example rows to replace.

    ``questions`` are further headings, as an event asks for them, with the answers to choose from,
    none where any text will do. Raises WriteFailed where the file cannot be written.
    """
    # openpyxl takes a fifth of a second to import: only whoever needs it waits.
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "People"
    columns = [*_PEOPLE, *([_COMPANY] if questions is None else [])]
    for heading, choices in (questions or {}).items():
        first, last = (choices[0], choices[-1]) if choices else ("", "")
        known = (first, last) if heading != _COMPANY[0] else _COMPANY[1:3]
        columns.append((heading, *known, min(_WIDEST, max(_NARROWEST, len(heading) + 2))))
    for number, (heading, first, second, width) in enumerate(columns, start=1):
        _write_column(sheet, number, (heading, first, second), width)
        _offer(sheet, number, (questions or {}).get(heading, ()))
    sheet.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise WriteFailed(
            f"“{path}” cannot be written: {error.strerror or error}.",
            hint="Choose another folder or another name.",
        ) from error


def _write_column(sheet: Worksheet, number: int, texts: Sequence[str], width: int) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row, text in enumerate(texts, start=1):
        cell = sheet.cell(row, number)
        cell.value = text or None
        if text.startswith("="):
            cell.data_type = "s"  # a question of somebody's is no formula
    sheet.cell(1, number).font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(number)].width = width


def _offer(sheet: Worksheet, number: int, choices: Sequence[str]) -> None:
    """Let the cells of a column be filled from a list, where Excel can hold it; warn of others."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(choices)
    splits = any(sign in choice for choice in choices for sign in ',"')
    if not choices or splits or len(listed) > _LONGEST_LIST:
        return
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offered.errorStyle = "warning"  # several answers in one cell are no mistake
    letter = get_column_letter(number)
    offered.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.add_data_validation(offered)
