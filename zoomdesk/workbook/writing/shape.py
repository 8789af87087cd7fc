"""Bring together what a write does to the rows of its sheet: some are added, some go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook.markup.element_edits import applied, content
from zoomdesk.workbook.markup.escapes import character_data, escape_text
from zoomdesk.workbook.markup.patterns import masked
from zoomdesk.workbook.markup.runs import Run
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import tags
from zoomdesk.workbook.opc.relationships import SheetPart, WorkbookParts
from zoomdesk.workbook.reading.features import read_features
from zoomdesk.workbook.references import CellRange, letters_of
from zoomdesk.workbook.writing.addition import Addition, plan_addition
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.removal import Removal, plan_removal
from zoomdesk.workbook.writing.scan import SheetFacts
from zoomdesk.workbook.writing.tables import TablePart

_FILTER = "_xlnm._FilterDatabase"


@dataclass(frozen=True)
class Shape:
    """Rows that are added and removed; ``tables`` are the tables' ranges in the end, by part."""

    addition: Addition | None
    removal: Removal | None
    tables: dict[str, CellRange] = field(repr=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the person should know."""
        return self.addition.warnings if self.addition is not None else ()

    def moved(self, cells: EditedCells) -> EditedCells:
        """Return written cells by the numbers that their rows have in the end."""
        return self.removal.moved(cells) if self.removal is not None else cells

    def row(self, row: int) -> int:
        """Return the number that a row has in the end, 0 for one that goes."""
        if self.removal is None:
            return row
        shift = self.removal.shift
        return 0 if row in shift.removed else shift.place(row)


def plan_shape(
    package: Package,
    book: WorkbookParts,
    sheet: SheetPart,
    facts: SheetFacts,
    tail: bytes | None,
    tables: tuple[TablePart, ...],
    grows: tuple[TablePart, tuple[str, ...]] | None,
    edits: Edits,
    rows: EditedCells,
) -> Shape | None:
    """Return what becomes of the rows, None where they stay; ``tail`` is that with new links.

    Raises WriteRefused.
    """
    if not edits.added_rows and not edits.removed_rows:
        return None
    frame = facts.frame if tail is None else facts.frame._replace(tail=tail)
    addition = plan_addition(package, sheet, frame, tables, facts.merges, edits, rows)
    if addition is not None and addition.tail is not None:
        frame = frame._replace(tail=addition.tail)
    ranges = {}
    for table in tables:
        area = table.range
        if grows is not None and grows[0] == table:
            area = area._replace(last_column=area.last_column + len(grows[1]))
        if addition is not None and addition.table == table:
            area = addition.grown(area)
        ranges[table.part] = area
    in_the_end = tuple(_at(table, ranges[table.part]) for table in tables)
    removal = plan_removal(package, book, sheet, frame, in_the_end, edits, rows)
    if removal is not None:
        moved = {part: removal.shift.area(area) for part, area in ranges.items()}
        ranges = {part: area for part, area in moved.items() if area is not None}
    return Shape(addition, removal, ranges)


def _at(table: TablePart, area: CellRange) -> TablePart:
    return TablePart(
        table.part, table.name, area, table.has_header, table.has_totals, table.fed, table.columns
    )


def grown_filter_name(data: bytes, part: str, sheet: SheetPart, addition: Addition) -> bytes | None:
    """Return the UTF-8 workbook part where the name of the sheet's filter reaches as far as it.

    None where it has no such name, or one that says something else.
    """
    if addition.filter is None:
        return None
    mask = masked(data)
    before, after = _absolute(addition.filter), _absolute(addition.grown(addition.filter))
    for tag in tags(data, part):
        given = tag.attributes
        if tag.name != "definedName" or given.get("name") != _FILTER:
            continue
        raw = content(data, mask, tag)
        owner, bang, area = character_data(raw).rpartition("!")
        if given.get("localSheetId") == str(sheet.position) and area == before:
            text = escape_text(f"{owner}{bang}{after}")
            return applied(data, [(tag.end, tag.end + len(raw), text)])
    return None


def _absolute(area: CellRange) -> str:
    first = f"${letters_of(area.first_column)}${area.first_row}"
    return f"{first}:${letters_of(area.last_column)}${area.last_row}"


# -- verification ----------------------------------------------------------------------------------


def check_shape(
    shape: Shape, written: EditedCells, sheet: str, original: Package, finished: Package
) -> None:
    """Hold the finished sheet against the original: every row that stays is there, as it was.

    ``written`` are the cells by the numbers that they had. Raises WriteFailed.
    """
    new = SheetTokens(finished.stream(finished.member(sheet)), sheet)
    if shape.removal is not None:
        old = SheetTokens(original.stream(original.member(sheet)), sheet)
        _check_moved(shape, written, old, new)
    else:
        for _ in new.stretches():
            pass
    found = read_features(finished, sheet, new.head + new.tail).tables
    if {table.part: table.ref for table in found} != shape.tables:
        raise _failed("a table is not where it should be")


def _check_moved(shape: Shape, written: EditedCells, old: SheetTokens, new: SheetTokens) -> None:
    in_the_end = shape.moved(written)
    left = (row for row in _rows(old) if shape.row(row[0]) and row[0] not in written)
    found = (row for row in _rows(new) if row[0] not in in_the_end)
    numbers = re.compile(rb'(<%b(?:row|c) r="[A-Z]*)\d+' % re.escape(old.prefix))
    for before, after in zip_longest(left, found):
        number = shape.row(before[0]) if before else after[0]
        if before is None or after is None or number != after[0]:
            raise _failed(f"row {number} is not where it should be")
        if numbers.sub(rb"\1", before[1]) == numbers.sub(rb"\1", after[1]):
            continue  # the same but for the numbers, as nearly every row is written
        if _cells(old, *before) != _cells(new, *after):
            raise _failed(f"row {number} is not what it was")


def _rows(tokens: SheetTokens) -> Iterator[tuple[int, bytes, Row | None]]:
    """Yield the number and markup of every row, and the row itself where it is an odd one."""
    for item in tokens.stretches():
        if isinstance(item, Run):
            for number, xml in zip(item.numbers, item.rows(), strict=True):
                yield number, xml, None
        else:
            yield item.number, item.xml, item


def _cells(
    tokens: SheetTokens, number: int, xml: bytes, row: Row | None
) -> list[tuple[object, ...]]:
    """Return what the cells of a row are, wherever it stands."""
    row = tokens.row(number, xml) if row is None else row
    return [(cell.column, *cell[3:]) for cell in tokens.cells(row)] if row.body else []


def _failed(why: str) -> WriteFailed:
    return WriteFailed(f"The finished file did not pass its check: {why}")
