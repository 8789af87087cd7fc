"""Change some cells of somebody else's workbook, and leave the rest of it as it was.

    sheet = read("people.xlsx")
    checked = plan("people.xlsx", Edits(sheet.name, {(2, 5): "https://..."}))
    report = apply(checked)

:func:`read` gives the cells of a sheet as Excel displays them, :func:`preview` its first rows at
once. :func:`plan` checks a write and writes nothing, :func:`apply` splices the cells into the
worksheet's XML, verifies the result and replaces the file in one step. Every other part of the
package stays as it was, down to the compressed bytes. Errors are of the family of
:class:`zoomdesk.errors.WorkbookError`.
"""

from zoomdesk.workbook.book import BookInfo, SheetInfo
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.files.locks import lock_owner
from zoomdesk.workbook.files.template import write_template
from zoomdesk.workbook.reading.reader import inspect, preview, read
from zoomdesk.workbook.references import CellRange
from zoomdesk.workbook.sheet import Sheet, TableInfo
from zoomdesk.workbook.writing.apply import WriteReport, apply
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.placement import ColumnPlacement, place_columns
from zoomdesk.workbook.writing.plan import WritePlan, plan

__all__ = [
    "BookInfo",
    "CellRange",
    "ColumnPlacement",
    "Edits",
    "Fingerprint",
    "Sheet",
    "SheetInfo",
    "TableInfo",
    "WritePlan",
    "WriteReport",
    "apply",
    "inspect",
    "lock_owner",
    "place_columns",
    "plan",
    "preview",
    "read",
    "write_template",
]
