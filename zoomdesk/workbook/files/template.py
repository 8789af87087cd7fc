"""Make a new workbook for somebody who has no list yet."""

from __future__ import annotations

from pathlib import Path

from zoomdesk.errors import WriteFailed

_HEADINGS = ("Email", "First name", "Last name", "Company")
_EXAMPLES = (
    ("ada.lovelace@example.com", "Ada", "Lovelace", "Analytical Engines"),
    ("grace.hopper@example.com", "Grace", "Hopper", "Harbour Computing"),
)
_WIDTHS = (34, 18, 18, 28)


def write_template(path: Path) -> None:
    """Write a workbook with headings and two example rows to replace.

    Raises WriteFailed where the file cannot be written.
    """
    # openpyxl takes a fifth of a second to import: only whoever needs it waits.
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "People"
    sheet.append(_HEADINGS)
    for example in _EXAMPLES:
        sheet.append(example)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise WriteFailed(
            f"“{path}” cannot be written: {error.strerror or error}.",
            hint="Choose another folder or another name.",
        ) from error
