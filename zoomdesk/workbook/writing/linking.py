"""Plan, carry out and verify what a write does to the hyperlinks of its sheet (hazard 15)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

from zoomdesk.errors import WriteFailed, WriteRefused
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.opc.relationships import SheetPart, WorkbookParts, relationships
from zoomdesk.workbook.reading.features import read_features
from zoomdesk.workbook.references import MAX_COLUMN, MAX_ROW, CellRange, parse_range, reference
from zoomdesk.workbook.writing.calc_chain import without_element
from zoomdesk.workbook.writing.edits import Edits, Value
from zoomdesk.workbook.writing.hyperlinks import Frame, LinkedSheet, linked
from zoomdesk.workbook.writing.link_addresses import Address, attribute_text, parse_address
from zoomdesk.workbook.writing.link_style import LinkStyle, link_style
from zoomdesk.workbook.writing.row_shift import RowShift

Rows = Mapping[int, Mapping[int, Value]]
_MOST_CELLS = 100_000
"""Cells of one link that are looked at: of a larger one that goes, the address stays behind."""
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


@dataclass(frozen=True)
class LinkPlan:
    """What becomes of the links: ``sheet`` in its part, ``rels`` is the part of relationships.

    ``style`` is for those of the ``styled`` cells that have the workbook's plain format.
    ``addresses`` are what the cells are to lead to in the end, ``""`` for nowhere.
    """

    part: str
    rels: str
    sheet: LinkedSheet
    style: LinkStyle | None
    styled: frozenset[tuple[int, int]]
    addresses: Mapping[tuple[int, int], str] = field(repr=False)


def plan_links(
    package: Package, book: WorkbookParts, sheet: SheetPart, frame: Frame, edits: Edits, rows: Rows
) -> LinkPlan | None:
    """Return what becomes of the links, None where nothing does.

    A cell that is emptied loses its link, as in Excel. Raises WriteRefused for what is no address,
    and beyond the number that Excel takes on a sheet.
    """
    removed = frozenset(edits.removed_rows)
    links: dict[tuple[int, int], Address | None] = dict.fromkeys(
        _emptied(frame, sheet.part, rows, removed)
    )
    for (row, column), text in edits.hyperlinks.items():
        if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
            raise WriteRefused(f"Row {row}, column {column} lies outside of the sheet.")
        links[row, column] = parse_address(text, reference(row, column)) if text else None
    if not links:
        return None
    known = [link.id for link in relationships(package, sheet.part)]
    style = None
    if book.styles and any(links.values()):
        style = link_style(to_utf8(package.read(book.styles), book.styles), book.styles)
    return LinkPlan(
        part=sheet.part,
        rels=_relationships_part(sheet.part),
        sheet=linked(frame, sheet.part, links, known, strict=book.strict),
        style=style,
        styled=frozenset(cell for cell, address in links.items() if address and style),
        addresses={cell: str(address or "") for cell, address in links.items()},
    )


def _emptied(
    frame: Frame, part: str, rows: Rows, removed: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Yield the linked cells that are to be emptied, or whose link goes with its row."""
    if b"hyperlink" not in frame.tail:
        return
    shift = RowShift(removed) if removed else None
    for tag in tags(frame.head + frame.tail, part):
        if tag.name != "hyperlink":
            continue
        try:
            area = parse_range(tag.attributes.get("ref", ""))
        except ValueError:
            continue
        if shift is not None and shift.area(area) is None:
            yield from islice(_cells(area), _MOST_CELLS)
        for row in _rows_inside(area, rows):
            values = rows.get(row, {})
            for column, value in values.items():
                if value is None and area.first_column <= column <= area.last_column:
                    yield row, column


def _cells(area: CellRange) -> Iterator[tuple[int, int]]:
    return product(
        range(area.first_row, area.last_row + 1), range(area.first_column, area.last_column + 1)
    )


def _rows_inside(area: CellRange, rows: Rows) -> Iterator[int]:
    if area.last_row - area.first_row < len(rows):
        return (row for row in range(area.first_row, area.last_row + 1) if row in rows)
    return (row for row in rows if area.first_row <= row <= area.last_row)


def _relationships_part(part: str) -> str:
    """Return the name of a part's relationships, with the slashes that the package uses."""
    folder, name = posixpath.split(part.replace("\\", "/"))
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    return rels.replace("/", "\\") if "\\" in part else rels


def patched_relationships(data: bytes, plan: LinkPlan) -> bytes:
    """Return the UTF-8 part of relationships with those that the links need."""
    gone = {name.lower() for name in plan.sheet.gone}
    data = without_element(data, plan.rels, "Id", gone)
    root = tags(data, plan.rels)[0]
    mark = re.match(rb"<((?:[\w.-]+:)?)", data[root.start :])
    prefix = mark[1] if mark else b""
    entries = b"".join(
        b'<%bRelationship Id="%b" Type="%b" Target="%b" TargetMode="External"/>'
        % (prefix, name.encode(), plan.sheet.kind.encode(), attribute_text(target))
        for name, target in plan.sheet.added.items()
    )
    if not entries:
        return data
    if data[root.end - 2 : root.end] == b"/>":
        start = data[root.start : root.end - 2].rstrip()
        close = b"%b>%b</%bRelationships>" % (start, entries, prefix)
        return data[: root.start] + close + data[root.end :]
    at = data.rindex(b"</" + prefix + b"Relationships")
    return data[:at] + entries + data[at:]


def new_relationships(plan: LinkPlan) -> bytes:
    """Return the part of relationships where the sheet has none yet."""
    return patched_relationships(_EMPTY_RELATIONSHIPS, plan)


def with_relationships_type(data: bytes) -> bytes | None:
    """Return the UTF-8 content types with that of relationships; None where they have it."""
    found = tags(data, "[Content_Types].xml")
    for tag in found:
        if tag.name == "Default" and tag.attributes.get("Extension", "").lower() == "rels":
            return None
    mark = re.match(rb"<((?:[\w.-]+:)?)", data[found[0].start :])
    entry = b'<%bDefault Extension="rels" ContentType="%b"/>' % (
        mark[1] if mark else b"", RELATIONSHIPS_TYPE.encode(),
    )  # fmt: skip
    return data[: found[0].end] + entry + data[found[0].end :]


def check_links(
    plan: LinkPlan, package: Package, frame: bytes, place: Callable[[int], int]
) -> None:
    """Hold the links of the finished sheet, given without rows, against the plan.

    ``place`` says where a row is by now, 0 for one that is gone. Raises WriteFailed.
    """
    found = read_features(package, plan.part, frame).hyperlinks
    for (row, column), address in plan.addresses.items():
        cell = place(row), column
        if cell[0] and found.get(cell, "") != address:
            raise WriteFailed(
                "The finished file did not pass its check: "
                f"the link of {reference(*cell)} does not read back"
            )
