"""Decide in which columns of a sheet results are written, and which of these are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.references import MAX_COLUMN, CellRange
from zoomdesk.workbook.sheet import Sheet, TableInfo

_LOOKED_AT = 100
"""Rows in which the people's addresses are looked for."""


@dataclass(frozen=True, slots=True)
class ColumnPlacement:
    """Where each named column is, or will be.

    ``columns`` maps names to column numbers; ``new`` are the names without a column yet;
    ``table`` is the table that will grow by them, or ``""``.
    """

    columns: Mapping[str, int]
    new: frozenset[str]
    table: str


def place_columns(
    sheet: Sheet, header_row: int, names: Sequence[str], rows: Sequence[int]
) -> ColumnPlacement:
    """Return a column for each of ``names`` on the sheet's ``rows``.

    A header in ``header_row`` that is the name, but for case and blanks at its ends, wins. The
    others get free columns side by side: to the right of the table that holds the rows, where the
    cells there are empty, so that the table grows; else to the right of everything on the sheet.
    Raises WriteRefused where the sheet has no room to the right.
    """
    table = _table_of(sheet, header_row, rows)
    found = _existing(sheet, header_row, names, table)
    missing = [name for name in names if name not in found]
    if not missing:
        return ColumnPlacement(found, frozenset(), "")
    list_rows = (header_row, max((header_row, *rows)))
    start, grows = _free_start(sheet, table, list_rows, len(missing))
    if start + len(missing) - 1 > MAX_COLUMN:
        raise WriteRefused(
            f"The sheet “{sheet.name}” has no free columns on its right for the results.",
            hint="Delete columns that are not needed, or move the list to a sheet of its own.",
        )
    found.update((name, start + offset) for offset, name in enumerate(missing))
    return ColumnPlacement(
        found, frozenset(missing), table.name if table is not None and grows else ""
    )


def header_key(text: str) -> str:
    """Return the form that headers are compared in."""
    return " ".join(text.split()).casefold()


def _table_of(sheet: Sheet, header_row: int, rows: Sequence[int]) -> TableInfo | None:
    """Return the table whose header is ``header_row`` and which holds the people of ``rows``.

    Of what lies side by side on these rows, the people are where the addresses are: a table beside
    them must not take their results along when somebody sorts it.
    """
    addresses = _column_of_addresses(sheet, rows)
    for table in sheet.tables:
        if table.header_row_count and table.ref.first_row == header_row:
            data = range(table.first_data_row, table.last_data_row + 1)
            holds = (
                addresses is None or table.ref.first_column <= addresses <= table.ref.last_column
            )
            if holds and (not rows or any(row in data for row in rows)):
                return table
    return None


def _column_of_addresses(sheet: Sheet, rows: Sequence[int]) -> int | None:
    """Return the column with the most addresses among the first of ``rows``, if there are any."""
    found = {
        column: sum("@" in sheet.text(row, column) for row in rows[:_LOOKED_AT])
        for column in sheet.columns
    }
    best = max(found, key=lambda column: (found[column], -column), default=None)
    return best if best is not None and found[best] else None


def _existing(
    sheet: Sheet, header_row: int, names: Sequence[str], table: TableInfo | None
) -> dict[str, int]:
    """Return the columns whose header is one of ``names``, of two the one in the table."""
    by_key: dict[str, int] = {}
    for column in sorted(sheet.columns, reverse=True):
        by_key[header_key(sheet.text(header_row, column))] = column
    if table is not None:
        for offset, text in enumerate(table.columns):
            by_key[header_key(text)] = table.ref.first_column + offset
    return {name: by_key[header_key(name)] for name in names if header_key(name) in by_key}


def _free_start(
    sheet: Sheet, table: TableInfo | None, list_rows: tuple[int, int], count: int
) -> tuple[int, bool]:
    """Return the first of ``count`` free columns, and whether the table grows over them."""
    if table is not None and not table.has_query:
        start = table.ref.last_column + 1
        area = CellRange(table.ref.first_row, start, table.ref.last_row, start + count - 1)
        if _is_free(sheet, area, table):
            return start, True
    beside = CellRange(list_rows[0], 1, list_rows[1], MAX_COLUMN)  # not a title merged above
    merged = (area.last_column for area in sheet.merges if area.intersects(beside))
    start = max(sheet.last_column, *merged, 0) + 1
    # A column that touches a table would become part of it in Excel's eyes but not in the file.
    touches = any(other.ref.last_column == start - 1 for other in sheet.tables)
    return (start + 1 if touches else start), False


def _is_free(sheet: Sheet, area: CellRange, table: TableInfo) -> bool:
    if any(area.intersects(other) for other in _areas(sheet, table)):
        return False
    if any(area.intersects(CellRange(row, column, row, column)) for row, column in sheet.formulas):
        return False
    return not any(
        text
        for column in range(area.first_column, area.last_column + 1)
        for text in _texts(sheet, column, area)
    )


def _texts(sheet: Sheet, column: int, area: CellRange) -> Iterable[str]:
    texts = sheet.columns.get(column)
    if texts is None:
        return ()
    return (
        text
        for row, text in zip(sheet.row_numbers, texts, strict=True)
        if area.first_row <= row <= area.last_row
    )


def _areas(sheet: Sheet, but: TableInfo | None = None) -> Iterable[CellRange]:
    yield from (table.ref for table in sheet.tables if table is not but)
    yield from sheet.merges
