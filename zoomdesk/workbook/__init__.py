"""Change some cells of somebody else's workbook, and leave the rest of it as it was."""

from zoomdesk.workbook.book import BookInfo, SheetInfo
from zoomdesk.workbook.fingerprint import Fingerprint
from zoomdesk.workbook.placement import ColumnPlacement, place_columns
from zoomdesk.workbook.reader import inspect, read
from zoomdesk.workbook.references import CellRange
from zoomdesk.workbook.sheet import Sheet, TableInfo
from zoomdesk.workbook.template import write_template

__all__ = [
    "BookInfo",
    "CellRange",
    "ColumnPlacement",
    "Fingerprint",
    "Sheet",
    "SheetInfo",
    "TableInfo",
    "inspect",
    "place_columns",
    "read",
    "write_template",
]
