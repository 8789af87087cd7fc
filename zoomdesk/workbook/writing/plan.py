"""Plan a write: check everything that decides whether it may happen, and write nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from zoomdesk.errors import (
    SheetNotFound,
    WorkbookChanged,
    WorkbookDamaged,
    WorkbookError,
    WorkbookSigned,
)
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.foreign.passwords import open_package
from zoomdesk.workbook.markup.runs import KnownRun
from zoomdesk.workbook.opc.package import Package, name_key
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.opc.relationships import (
    SheetPart,
    WorkbookParts,
    read_workbook,
    relationships,
)
from zoomdesk.workbook.references import CellRange, parse_range
from zoomdesk.workbook.writing.appended_strings import StringTable
from zoomdesk.workbook.writing.checks import (
    check_cells,
    check_outside,
    check_room,
    check_tables,
    warnings_for,
)
from zoomdesk.workbook.writing.edited_cells import EditedCells
from zoomdesk.workbook.writing.edits import Edits
from zoomdesk.workbook.writing.linking import LinkPlan, plan_links
from zoomdesk.workbook.writing.recalculation import has_formulas
from zoomdesk.workbook.writing.scan import SheetFacts, scan
from zoomdesk.workbook.writing.shape import Shape, plan_shape
from zoomdesk.workbook.writing.tables import TablePart, growth, read_tables

KEPT = 48 << 20
"""Bytes of a sheet that are kept from the plan to the write: to inflate them anew is a quarter of
all the work."""


@dataclass(frozen=True)
class WritePlan:
    """A write that was checked against the file as ``fingerprint`` knows it.

    ``cells`` counts the cells that will be written, headings of new columns included; ``warnings``
    are sentences for the person. What is left is for :func:`.apply.apply`; ``content`` is the sheet
    as it was read, where it is small enough to be kept until then.
    """

    path: Path
    fingerprint: Fingerprint
    edits: Edits
    cells: int
    warnings: tuple[str, ...]
    book: WorkbookParts = field(repr=False)
    sheet: SheetPart = field(repr=False)
    rows: EditedCells = field(repr=False)
    new_rows: tuple[int, ...] = field(repr=False)
    runs: Mapping[int, KnownRun] = field(repr=False)
    content: tuple[bytes, ...] | None = field(repr=False)
    strings: StringTable | None = field(repr=False)
    tables: tuple[TablePart, ...] = field(repr=False)
    grows: tuple[TablePart, tuple[str, ...]] | None = field(repr=False)
    lost_formulas: frozenset[tuple[int, int]] = field(repr=False)
    recalculate: bool = field(repr=False)
    links: LinkPlan | None = field(repr=False)
    shape: Shape | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


def plan(
    path: Path,
    edits: Edits,
    *,
    expect: Fingerprint | None = None,
    password: str | None = None,
) -> WritePlan:
    """Check ``edits`` against the workbook at ``path``; nothing is written.

    ``expect`` is the fingerprint of the file that the person saw. ``password`` opens a locked
    workbook, which is locked with it again when it is written. Raises WorkbookChanged where the
    file is another one by now, SheetNotFound, WriteRefused and its kin with the reason, and the
    errors of opening.
    """
    path = Path(path)
    rows = edits.written()
    fingerprint = Fingerprint.of(path)
    if expect is not None and not fingerprint.same_content(expect):
        raise WorkbookChanged(f"“{path.name}” was changed since it was opened here.")
    with open_package(path, password) as package:
        book = read_workbook(package)
        refusal = write_refusal(package, book)
        if refusal is not None:
            raise refusal
        sheet = _find_sheet(book, edits.sheet, path)
        edits = replace(edits, sheet=sheet.name)
        member = package.member(sheet.part)
        content: list[bytes] | None = [] if member.size <= KEPT else None
        blocks = package.stream_ahead(member)
        if content is not None:
            blocks = _kept(blocks, content)
        facts = scan(blocks, sheet.part, rows, edits.header_row or 0)
        tables = read_tables(package, sheet.part)
        check_cells(facts, rows, edits)
        check_tables(tables, rows)
        check_outside(_pivot_ranges(package, sheet.part), rows, "a pivot table")
        grows = growth(tables, edits.header_row or 0, edits.new_columns)
        if grows is not None:
            check_room(*grows, tables, facts.merges)
        links = plan_links(package, book, sheet, facts.frame, edits, rows)
        tail = links.sheet.tail if links is not None else None
        shape = plan_shape(package, book, sheet, facts, tail, tables, grows, edits, rows)
        strings = _strings(package, book, rows)
        streamed = {name_key(sheet.part), name_key(book.shared_strings)}
        package.check(streamed)  # of these two, every byte was read by now
        formulas = facts.has_formulas or has_formulas(package, book, sheet.part)
        warnings = warnings_for(facts, rows, tables, edits, pivots=_has_pivots(package))
    return WritePlan(
        path=path,
        fingerprint=fingerprint,
        edits=edits,
        cells=rows.count,
        warnings=(*warnings, *(shape.warnings if shape is not None else ())),
        book=book,
        sheet=sheet,
        rows=rows,
        new_rows=_new_rows(facts, rows),
        runs=facts.runs,
        content=tuple(content) if content is not None else None,
        strings=strings,
        tables=tables,
        grows=grows,
        lost_formulas=frozenset(facts.formulas),
        recalculate=formulas,
        links=links,
        shape=shape,
        password=password,
    )


def _kept(blocks: Iterable[bytes], content: list[bytes]) -> Iterator[bytes]:
    """Pass on ``blocks`` and keep them."""
    for block in blocks:
        content.append(block)
        yield block


def write_refusal(package: Package, book: WorkbookParts) -> WorkbookError | None:
    """Return why no cell of the workbook can be written at all, or None."""
    if book.signed:  # (4)
        return WorkbookSigned(
            f"“{package.path.name}” carries a digital signature, which any change would break."
        )
    return None


def _find_sheet(book: WorkbookParts, name: str, path: Path) -> SheetPart:
    if not name and book.shown_first is not None:
        return book.shown_first
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


def _pivot_ranges(package: Package, sheet_part: str) -> list[CellRange]:
    """Return the areas that pivot tables of the sheet fill (10)."""
    parts = [
        link.target
        for link in relationships(package, sheet_part)
        if link.type == "pivotTable" and package.find(link.target)
    ]
    try:
        return [
            parse_range(tag.attributes["ref"])
            for part in parts
            for tag in tags(to_utf8(package.read(part), part), part)
            if tag.name == "location" and "ref" in tag.attributes
        ]
    except ValueError:
        raise WorkbookDamaged(
            "The workbook is damaged: a pivot table of the sheet does not say where it is."
        ) from None


def _has_pivots(package: Package) -> bool:
    return any("pivotcache" in member.key for member in package.members)


def _strings(package: Package, book: WorkbookParts, rows: EditedCells) -> StringTable | None:
    """Return the shared strings with the new texts numbered; None where text stands in the cells.

    A damaged or hostile table is refused even if no text is to be written.
    """
    member = package.find(book.shared_strings) if book.shared_strings else None
    if member is None:
        return None
    strings = StringTable.scan(package.stream_ahead(member), book.shared_strings)
    strings.number(rows)
    return strings


def _new_rows(facts: SheetFacts, rows: EditedCells) -> tuple[int, ...]:
    """Return the rows that must be made, ascending: not for cells that are only emptied."""
    return tuple(filter(rows.holds_something, facts.existing_rows.lacking(rows.numbers)))
