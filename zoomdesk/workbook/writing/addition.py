"""Plan rows that are added right below a list, so that they belong to it (hazards 11 and 12).

They are new cells like any others. What makes them part of the list is that the table, or the
sheet's own filter, that ends above them grows, and that they look like the row above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.markup.element_edits import Piece, applied, attribute
from zoomdesk.workbook.markup.runs import Run
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import tags
from zoomdesk.workbook.opc.relationships import SheetPart
from zoomdesk.workbook.references import MAX_ROW, CellRange, parse_range
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.hyperlinks import Frame
from zoomdesk.workbook.writing.tables import TablePart

_RANGES = ("table", "autoFilter")


@dataclass(frozen=True)
class Addition:
    """Rows ``first`` to ``last`` that are added.

    ``styles`` are those of the row above, by column. ``table`` grows by the rows, and so does the
    sheet's own ``filter``, as it was before; ``tail`` is the sheet's XML behind its rows with it.
    """

    first: int
    last: int
    styles: Mapping[int, bytes] = field(repr=False)
    table: TablePart | None
    filter: CellRange | None
    tail: bytes | None = field(repr=False)
    warnings: tuple[str, ...]

    def grown(self, area: CellRange) -> CellRange:
        """Return a range that ends above the rows as it is with them."""
        return area._replace(last_row=self.last) if area.last_row == self.first - 1 else area

    def style(self, row: int, column: int) -> bytes:
        """Return the style of a new cell, ``b""`` in other rows."""
        return self.styles.get(column, b"") if self.first <= row <= self.last else b""

    def grown_table(self, data: bytes) -> bytes:
        """Return the UTF-8 part of the table, reaching down to the last of the rows."""
        part = self.table.part if self.table is not None else ""
        pieces: list[Piece] = []
        for tag in tags(data, part):
            if tag.name in _RANGES and tag.parent <= 0 and "ref" in tag.attributes:
                grown = self.grown(parse_range(tag.attributes["ref"]))
                pieces.append(attribute(data, tag, "ref", str(grown).encode()))
        return applied(data, pieces)


def plan_addition(
    package: Package,
    sheet: SheetPart,
    frame: Frame,
    tables: tuple[TablePart, ...],
    merges: Iterable[CellRange],
    edits: Edits,
    rows: EditedCells,
) -> Addition | None:
    """Return what the added rows of ``edits`` mean, None if there are none. Raises WriteRefused."""
    if not edits.added_rows:
        return None
    numbers = sorted(set(edits.added_rows))
    first, last = numbers[0], numbers[-1]
    if first < 2 or last > MAX_ROW or last - first != len(numbers) - 1:
        raise WriteRefused(
            "Rows are added one below the other, right below the last of the list.",
            hint="Nothing was changed.",
        )
    columns = {column for row in numbers if row in rows for column in rows[row]}
    table = _table_above(tables, first, columns)
    filter_ = _filter_above(frame, sheet.part, first, columns)
    area = CellRange(first, min(columns, default=1), last, max(columns, default=1))
    for range_ in (table.range if table is not None else None, filter_):
        if range_ is not None:
            area = area._replace(
                first_column=min(area.first_column, range_.first_column),
                last_column=max(area.last_column, range_.last_column),
            )
    for other in (*(one.range for one in tables if one is not table), *merges):
        if other.intersects(area):
            _refuse_room(f"{other} is in their way")
    styles = _look(package, sheet, first, last, area)
    warnings = []
    if table is not None and b"calculatedColumnFormula" in package.read(table.part):
        warnings.append(
            f"Columns of the table “{table.name}” calculate themselves: in the new rows they stay "
            "empty until they are filled down in Excel."
        )
    tail = _grown_filter(frame, sheet.part, last) if filter_ is not None else None
    return Addition(first, last, styles, table, filter_, tail, tuple(warnings))


def _table_above(tables: tuple[TablePart, ...], first: int, columns: set[int]) -> TablePart | None:
    """Return the table that the rows join. Raises WriteRefused where it cannot take them."""
    for table in tables:
        area = table.range
        beside = not any(area.first_column <= column <= area.last_column for column in columns)
        if columns and beside:
            continue
        if table.has_totals and area.last_row in (first - 1, first):
            _refuse_room(f"the table “{table.name}” has a row of totals there")
        if area.last_row == first - 1:
            if table.fed:
                _refuse_room(f"the table “{table.name}” is filled from outside")
            return table
    return None


def _filter_above(frame: Frame, part: str, first: int, columns: set[int]) -> CellRange | None:
    if b"autoFilter" not in frame.tail:
        return None
    for tag in tags(frame.head + frame.tail, part):
        if tag.name == "autoFilter" and tag.parent == 0:
            area = parse_range(tag.attributes.get("ref", ""))
            inside = any(area.first_column <= column <= area.last_column for column in columns)
            if area.last_row == first - 1 and (inside or not columns):
                return area
    return None


def _grown_filter(frame: Frame, part: str, last: int) -> bytes:
    data = frame.head + frame.tail
    pieces = [
        attribute(
            data,
            tag,
            "ref",
            str(parse_range(tag.attributes["ref"])._replace(last_row=last)).encode(),
        )
        for tag in tags(data, part)
        if tag.name == "autoFilter" and tag.parent == 0
    ]
    return applied(data, pieces)[len(frame.head) :]


def _look(
    package: Package, sheet: SheetPart, first: int, last: int, area: CellRange
) -> dict[int, bytes]:
    """Return the styles of the row above ``first``. Raises WriteRefused where ``area`` is used."""
    tokens = SheetTokens(package.stream(package.member(sheet.part)), sheet.part)
    styles: dict[int, bytes] = {}

    def look(row: Row) -> None:
        for cell in tokens.cells(row):
            if row.number == first - 1:
                styles[cell.column] = cell.style
            elif area.first_column <= cell.column <= area.last_column and (
                cell.value or cell.inline or cell.formula
            ):
                _refuse_room(f"row {row.number} holds something already")

    for item in tokens.stretches():
        if not isinstance(item, Run):
            if first - 1 <= item.number <= last and item.body:
                look(item)
        elif max(item.numbers) >= first - 1 and min(item.numbers) <= last:
            for number, xml in zip(item.numbers, item.rows(), strict=True):
                if first - 1 <= number <= last:
                    look(tokens.row(number, xml))
    return styles


def _refuse_room(why: str) -> NoReturn:
    raise WriteRefused(
        f"There is no room for new rows below the list: {why}.",
        hint="Make room in Excel, or add them there. Nothing was changed.",
    )
