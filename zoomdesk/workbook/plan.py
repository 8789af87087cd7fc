"""Check everything that decides whether cells may be written, and write nothing.

The numbers in brackets are the hazards of workbooks/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zoomdesk.errors import (
    SheetNotFound,
    WorkbookChanged,
    WorkbookError,
    WorkbookSigned,
    WriteRefused,
)

from .appended_strings import StringTable
from .edits import Edits, Value
from .fingerprint import Fingerprint
from .package import Package
from .parts import tags, to_utf8
from .recalculation import has_formulas
from .references import CellRange, parse_range, reference
from .relationships import SheetPart, WorkbookParts, read_workbook, relationships
from .scan import SheetFacts, scan
from .tables import TablePart, growth, read_tables

_RESAVE = "Open it in Excel, save it, and open it here again. Nothing was changed."


@dataclass(frozen=True)
class WritePlan:
    """A write that was checked against the file as ``fingerprint`` knows it.

    ``cells`` counts the cells that will be written, headings of new columns included; ``warnings``
    are sentences for the person. What is left is for :func:`.apply.apply`.
    """

    path: Path
    fingerprint: Fingerprint
    edits: Edits
    cells: int
    warnings: tuple[str, ...]
    book: WorkbookParts = field(repr=False)
    sheet: SheetPart = field(repr=False)
    rows: Mapping[int, Mapping[int, Value]] = field(repr=False)
    new_rows: tuple[int, ...] = field(repr=False)
    strings: StringTable | None = field(repr=False)
    grows: tuple[TablePart, tuple[str, ...]] | None = field(repr=False)
    lost_formulas: frozenset[tuple[int, int]] = field(repr=False)
    recalculate: bool = field(repr=False)


def plan(path: Path, edits: Edits, *, expect: Fingerprint | None = None) -> WritePlan:
    """Check ``edits`` against the workbook at ``path``; nothing is written.

    ``expect`` is the fingerprint of the file that the person saw. Raises WorkbookChanged where the
    file is another one by now, SheetNotFound, WriteRefused and its kin with the reason, and the
    errors of opening.
    """
    path = Path(path)
    rows = edits.by_row()
    fingerprint = Fingerprint.of(path)
    if expect is not None and not fingerprint.same_content(expect):
        raise WorkbookChanged(f"“{path.name}” was changed since it was opened here.")
    with Package(path) as package:
        book = read_workbook(package)
        refusal = write_refusal(package, book)
        if refusal is not None:
            raise refusal
        sheet = _find_sheet(book, edits.sheet, path)
        member = package.find(sheet.part)
        assert member is not None  # noqa: S101 - read_workbook found it
        facts = scan(package.stream(member), sheet.part, rows)
        tables = read_tables(package, sheet.part)
        _check_cells(facts, rows, edits)
        _check_tables(tables, rows)
        pivots = _pivot_ranges(package, sheet.part)
        _check_outside(pivots, rows, "a pivot table")
        grows = growth(tables, edits.header_row or 0, edits.new_columns)
        if grows is not None:
            _check_room(*grows, tables, facts.merges)
        strings = _strings(package, book, rows)
        formulas = facts.has_formulas or has_formulas(package, book)
        warnings = _warnings(facts, rows, tables, edits, _has_pivots(package))
    return WritePlan(
        path=path,
        fingerprint=fingerprint,
        edits=edits,
        cells=sum(map(len, rows.values())),
        warnings=tuple(warnings),
        book=book,
        sheet=sheet,
        rows=rows,
        new_rows=_new_rows(facts, rows),
        strings=strings,
        grows=grows,
        lost_formulas=frozenset(facts.formulas),
        recalculate=formulas,
    )


def write_refusal(package: Package, book: WorkbookParts) -> WorkbookError | None:
    """Return why no cell of the workbook can be written at all, or None."""
    if book.signed:  # (4)
        return WorkbookSigned(
            f"“{package.path.name}” carries a digital signature, which any change would break."
        )
    return None


def _find_sheet(book: WorkbookParts, name: str, path: Path) -> SheetPart:
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    for sheet in book.sheets:  # Excel takes names without regard to case
        if sheet.name.casefold() == name.casefold():
            return sheet
    names = ", ".join(f"“{sheet.name}”" for sheet in book.sheets) or "none"
    raise SheetNotFound(
        f"“{path.name}” has no sheet “{name}”.", hint=f"Its sheets with cells: {names}."
    )


def _check_cells(facts: SheetFacts, rows: Mapping[int, Mapping[int, Value]], edits: Edits) -> None:
    if facts.has_cdata:  # (5)
        raise WriteRefused(
            f"Cells of the sheet “{edits.sheet}” hold CDATA sections, which Excel never writes.",
            hint=_RESAVE,
        )
    if facts.repeated_rows or facts.repeated_cells:  # (6)
        what = (
            f"row {min(facts.repeated_rows)}"
            if facts.repeated_rows
            else f"cell {facts.repeated_cells[0]}"
        )
        raise WriteRefused(f"The sheet “{edits.sheet}” has {what} twice.", hint=_RESAVE)
    for (row, column), kind in facts.formulas.items():  # (8)
        if kind in ("plain", "shared") and edits.overwrite_formulas:
            continue
        raise WriteRefused(
            f"Cell {reference(row, column)} holds a formula"
            + (", on which other cells depend." if kind == "master" else "."),
            hint="Choose another column for it. Nothing was changed.",
        )
    for area, owner in facts.owned:
        _check_outside([area], rows, owner)
    for merge in facts.merges:  # (10)
        anchor = (merge.first_row, merge.first_column)
        for cell in _cells_inside(merge, rows):
            if cell != anchor:
                raise WriteRefused(
                    f"Cell {reference(*cell)} is part of the merged cells {merge}, of which only "
                    f"{reference(*anchor)} can hold something."
                )
    for column, heading in edits.new_columns.items():  # (11)
        if (edits.header_row, column) in facts.filled:
            raise WriteRefused(
                f"The new column “{heading}” has no room: "
                f"{reference(edits.header_row or 0, column)} holds something already."
            )


def _check_tables(tables: tuple[TablePart, ...], rows: Mapping[int, Mapping[int, Value]]) -> None:
    """Refuse to change a heading or a total of a table (11)."""
    for table in tables:
        for row, column in _cells_inside(table.range, rows):
            if row == table.header_row:
                raise WriteRefused(
                    f"Cell {reference(row, column)} is a heading of the table “{table.name}”, "
                    "by which formulas may know its column."
                )
            if row == table.totals_row:
                raise WriteRefused(
                    f"Cell {reference(row, column)} lies in the totals row of the table "
                    f"“{table.name}”."
                )


def _check_room(
    table: TablePart,
    headings: tuple[str, ...],
    tables: tuple[TablePart, ...],
    merges: list[CellRange],
) -> None:
    """Refuse to let a table grow over another one or over merged cells (11)."""
    first = table.range.last_column + 1
    gained = table.range._replace(first_column=first, last_column=first + len(headings) - 1)
    others = [other.range for other in tables if other is not table]
    for area in (*others, *merges):
        if gained.intersects(area):
            raise WriteRefused(
                f"The table “{table.name}” has no room for new columns: {area} is in their way."
            )


def _check_outside(
    areas: list[CellRange], rows: Mapping[int, Mapping[int, Value]], what: str
) -> None:
    for area in areas:
        for cell in _cells_inside(area, rows):
            raise WriteRefused(f"Cell {reference(*cell)} belongs to {what} ({area}).")


def _cells_inside(
    area: CellRange, rows: Mapping[int, Mapping[int, Value]]
) -> list[tuple[int, int]]:
    """Return the cells to be written that lie in ``area``, in order."""
    if area.last_row - area.first_row < len(rows):
        numbers = [n for n in range(area.first_row, area.last_row + 1) if n in rows]
    else:
        numbers = sorted(n for n in rows if area.first_row <= n <= area.last_row)
    return [
        (row, column)
        for row in numbers
        for column in sorted(rows[row])
        if area.first_column <= column <= area.last_column
    ]


def _pivot_ranges(package: Package, sheet_part: str) -> list[CellRange]:
    """Return the areas that pivot tables of the sheet fill (10)."""
    parts = [
        link.target
        for link in relationships(package, sheet_part)
        if link.type == "pivotTable" and package.find(link.target)
    ]
    return [
        parse_range(tag.attributes["ref"])
        for part in parts
        for tag in tags(to_utf8(package.read(part), part), part)
        if tag.name == "location" and "ref" in tag.attributes
    ]


def _has_pivots(package: Package) -> bool:
    return any("pivotcache" in member.key for member in package.members)


def _strings(
    package: Package, book: WorkbookParts, rows: Mapping[int, Mapping[int, Value]]
) -> StringTable | None:
    """Return the shared strings with the new texts numbered; None where text stands in the cells.

    A damaged or hostile table is refused even if no text is to be written.
    """
    member = package.find(book.shared_strings) if book.shared_strings else None
    if member is None:
        return None
    strings = StringTable.scan(package.stream(member), book.shared_strings)
    in_order = (rows[row][column] for row in sorted(rows) for column in sorted(rows[row]))
    strings.add(value for value in in_order if isinstance(value, str))
    return strings


def _new_rows(facts: SheetFacts, rows: Mapping[int, Mapping[int, Value]]) -> tuple[int, ...]:
    """Return the rows that must be made, ascending: not for cells that are only emptied."""
    return tuple(
        number
        for number in sorted(rows.keys() - facts.existing_rows)
        if any(value is not None for value in rows[number].values())
    )


def _warnings(
    facts: SheetFacts,
    rows: Mapping[int, Mapping[int, Value]],
    tables: tuple[TablePart, ...],
    edits: Edits,
    pivots: bool,
) -> list[str]:
    warnings = []
    if facts.protected:  # (13)
        warnings.append(f"The sheet “{edits.sheet}” is protected in Excel. It stays protected.")
    hidden = len(facts.hidden_rows & rows.keys())
    if hidden:  # (12)
        warnings.append(f"{hidden} of the rows that are written are hidden or filtered away.")
    if any(_cells_inside(area, rows) for area in facts.lists):
        warnings.append("Some cells allow only the values of a list; what is written may differ.")
    for table in tables:
        if table.fed and table.range.last_column + 1 in edits.new_columns:
            warnings.append(
                f"The table “{table.name}” is filled by a query: the new columns stay beside it."
            )
        if table.fed and _cells_inside(table.range, rows):
            warnings.append(
                f"The table “{table.name}” is filled by a query, which may overwrite the cells."
            )
    if pivots:  # (9)
        warnings.append("Pivot tables show the new values after they are refreshed in Excel.")
    return warnings
