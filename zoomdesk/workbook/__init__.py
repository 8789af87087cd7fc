"""Change some cells of somebody else's workbook, and leave the rest of it as it was.

    sheet = read("people.xlsx")
    checked = plan("people.xlsx", Edits(sheet.name, {(2, 5): "https://..."}))
    report = apply(checked)

:func:`read` gives the cells of a sheet as Excel displays them, :func:`preview` its first rows at
once. :func:`plan` checks a write and writes nothing, :func:`apply` splices the cells into the
worksheet's XML, verifies the result and replaces the file in one step. Every other part of the
package stays as it was, down to the compressed bytes. Text (.csv), .xls, .xlsb, .ods and locked
workbooks are read, too: :func:`save_as_workbook` makes of them what results can go into. Errors are
of the family of :class:`zoomdesk.errors.WorkbookError`.
"""

from zoomdesk.workbook.book import BookInfo, SheetInfo, TextOptions
from zoomdesk.workbook.files.backups import prune_backups
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.files.locks import Holder, lock_holder, lock_owner
from zoomdesk.workbook.files.synced import Settled, settled, still_holds, sync_client
from zoomdesk.workbook.files.template import write_template
from zoomdesk.workbook.files.temporary import clean_beside
from zoomdesk.workbook.foreign.encodings import ENCODINGS
from zoomdesk.workbook.foreign.passwords import is_locked
from zoomdesk.workbook.foreign.saving import new_path, save_as_workbook
from zoomdesk.workbook.foreign.separators import SEPARATORS
from zoomdesk.workbook.foreign.text import guess_text
from zoomdesk.workbook.opening import inspect, preview, read
from zoomdesk.workbook.reading.author import last_editor
from zoomdesk.workbook.references import CellRange
from zoomdesk.workbook.sheet import Sheet, TableInfo
from zoomdesk.workbook.writing.apply import WriteReport, apply
from zoomdesk.workbook.writing.edited_cells import ColumnValues
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.extending import extended
from zoomdesk.workbook.writing.placement import ColumnPlacement, place_columns
from zoomdesk.workbook.writing.plan import WritePlan, plan
from zoomdesk.workbook.writing.text_column import TextColumn

__all__ = [
    "ENCODINGS",
    "SEPARATORS",
    "BookInfo",
    "CellRange",
    "ColumnPlacement",
    "ColumnValues",
    "Edits",
    "Fingerprint",
    "Holder",
    "Settled",
    "Sheet",
    "SheetInfo",
    "TableInfo",
    "TextColumn",
    "TextOptions",
    "WritePlan",
    "WriteReport",
    "apply",
    "clean_beside",
    "extended",
    "guess_text",
    "inspect",
    "is_locked",
    "last_editor",
    "lock_holder",
    "lock_owner",
    "new_path",
    "place_columns",
    "plan",
    "preview",
    "prune_backups",
    "read",
    "save_as_workbook",
    "settled",
    "still_holds",
    "sync_client",
    "write_template",
]
