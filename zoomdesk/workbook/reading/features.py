"""Read what lies around the cells of a worksheet: merges, links, filters, tables, protection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import Tag, tags, to_utf8
from zoomdesk.workbook.opc.relationships import Relationship, relationships
from zoomdesk.workbook.references import CellRange, parse_range
from zoomdesk.workbook.sheet import TableInfo

_MAX_LINKED_CELLS = 100_000
"""A link on more cells than this is taken for its first cell only."""


@dataclass(frozen=True, slots=True)
class Features:
    """Everything about a sheet that is not a row."""

    hyperlinks: dict[tuple[int, int], str]
    merges: tuple[CellRange, ...]
    tables: tuple[TableInfo, ...]
    auto_filter: CellRange | None
    protected: bool


def read_features(package: Package, part: str, frame: bytes) -> Features:
    """Return the features of the sheet ``part``; ``frame`` is its XML without rows, as UTF-8.

    References that cannot be understood are left out: they change nothing for a reader. Raises
    WorkbookDamaged or WorkbookHostile.
    """
    found = tags(frame, part)
    links = {link.id: link for link in relationships(package, part)}
    merges: list[CellRange] = []
    tables: list[TableInfo] = []
    hyperlinks: dict[tuple[int, int], str] = {}
    auto_filter = None
    protected = False
    for tag in found:
        parent = found[tag.parent].name if tag.parent > 0 else ""
        match tag.name, parent:
            case "mergeCell", "mergeCells":
                merges += _range(tag)
            case "hyperlink", "hyperlinks":
                target = _target(tag, links)
                hyperlinks.update(dict.fromkeys(_cells(tag), target) if target else {})
            case "tablePart", "tableParts":
                link = links.get(tag.attributes.get("r:id", ""))
                if link is not None and link.type == "table":
                    tables += _table(package, link.target)
            case "autoFilter", "":
                auto_filter = next(iter(_range(tag)), None)
            case "sheetProtection", "":
                protected = tag.attributes.get("sheet", "") in ("1", "true", "on")
    return Features(hyperlinks, tuple(merges), tuple(tables), auto_filter, protected)


def _range(tag: Tag) -> list[CellRange]:
    try:
        return [parse_range(tag.attributes.get("ref", ""))]
    except ValueError:
        return []


def _cells(tag: Tag) -> Iterator[tuple[int, int]]:
    for area in _range(tag):
        rows = range(area.first_row, area.last_row + 1)
        columns = range(area.first_column, area.last_column + 1)
        if len(rows) * len(columns) > _MAX_LINKED_CELLS:
            rows, columns = rows[:1], columns[:1]
        yield from ((row, column) for row in rows for column in columns)


def _target(tag: Tag, links: dict[str, Relationship]) -> str:
    """Return the address a link leads to; a place in the workbook begins with ``#``."""
    link = links.get(tag.attributes.get("r:id", ""))
    location = tag.attributes.get("location", "")
    return (link.target if link else "") + (f"#{location}" if location else "")


def _table(package: Package, part: str) -> list[TableInfo]:
    if package.find(part) is None:
        return []
    found = tags(to_utf8(package.read(part), part), part)
    table = found[0]
    given = table.attributes
    columns = tuple(
        undo_escapes(tag.attributes.get("name", "")) for tag in found if tag.name == "tableColumn"
    )
    queries = any(link.type == "queryTable" for link in relationships(package, part))
    return [
        TableInfo(
            name=given.get("displayName") or given.get("name", ""),
            ref=area,
            header_row_count=_count(given.get("headerRowCount", "1")),
            totals_row_count=_count(given.get("totalsRowCount", "0")),
            part=part,
            columns=columns,
            has_query=queries or given.get("tableType", "worksheet") != "worksheet",
        )
        for area in _range(table)
    ]


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
