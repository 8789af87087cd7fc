"""Read the Excel tables of a sheet, and let one grow by columns (ECMA-376-1 18.5, hazard 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zoomdesk.errors import WorkbookDamaged, WriteRefused
from zoomdesk.workbook.markup.escapes import escape_attribute
from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import Tag, tags, to_utf8
from zoomdesk.workbook.opc.relationships import relationships
from zoomdesk.workbook.references import CellRange, parse_range


@dataclass(frozen=True, slots=True)
class TablePart:
    """An Excel table: its part, its range with header and totals rows, its columns' names.

    ``fed`` says that a query or an XML map fills it: such a table must not grow.
    """

    part: str
    name: str
    range: CellRange
    has_header: bool
    has_totals: bool
    fed: bool
    columns: tuple[str, ...]

    @property
    def header_row(self) -> int:
        """The row of the headings, 0 if the table shows none."""
        return self.range.first_row if self.has_header else 0

    @property
    def totals_row(self) -> int:
        """The row of the totals, 0 if the table has none."""
        return self.range.last_row if self.has_totals else 0


def read_tables(package: Package, sheet_part: str) -> tuple[TablePart, ...]:
    """Return the tables of a sheet. Raises WorkbookDamaged or WorkbookHostile."""
    links = relationships(package, sheet_part)
    return tuple(_read(package, link.target) for link in links if link.type == "table")


def _read(package: Package, part: str) -> TablePart:
    found = tags(to_utf8(package.read(part), part), part)
    root = found[0].attributes
    queries = any(link.type == "queryTable" for link in relationships(package, part))
    try:
        area = parse_range(root["ref"])
    except (KeyError, ValueError):
        raise WorkbookDamaged(
            f"The workbook is damaged: the table in its part {part} does not say where it is."
        ) from None
    return TablePart(
        part=part,
        name=root.get("displayName") or root.get("name", ""),
        range=area,
        has_header=root.get("headerRowCount", "1") != "0",
        has_totals=root.get("totalsRowCount", "0") != "0",
        fed=queries or root.get("tableType", "worksheet") != "worksheet",
        columns=tuple(
            undo_escapes(tag.attributes.get("name", ""))
            for tag in found
            if tag.name == "tableColumn"
        ),
    )


def growth(
    tables: tuple[TablePart, ...], header_row: int, new_columns: Mapping[int, str]
) -> tuple[TablePart, tuple[str, ...]] | None:
    """Return the table that new columns touch and the headings it gains, or None.

    Only columns in one run from the table's right edge join it, and only a table that may grow.
    Raises WriteRefused where a heading is already one of its columns'.
    """
    for table in tables:
        column = table.range.last_column + 1
        headings: list[str] = []
        while column in new_columns:
            headings.append(new_columns[column])
            column += 1
        if headings and table.header_row == header_row and not table.fed:
            _check_names(table, headings)
            return table, tuple(headings)
    return None


def _check_names(table: TablePart, headings: list[str]) -> None:
    names = {name.casefold() for name in table.columns}
    for heading in headings:
        if heading.casefold() in names:
            raise WriteRefused(
                f"The table “{table.name}” already has a column “{heading}”, and each of its "
                "columns needs a name of its own."
            )
        names.add(heading.casefold())


def grown(data: bytes, table: TablePart, headings: tuple[str, ...]) -> bytes:
    """Return the UTF-8 table part with columns added at its right.

    Changed are ``ref`` of the table and of its filter, the count of columns, and the columns:
    each gets an id of its own and the exact text of its header cell. Nothing else is touched.
    """
    found = tags(data, table.part)
    columns = next(tag for tag in found if tag.name == "tableColumns")
    entries = [tag for tag in found if tag.name == "tableColumn"]
    ids = [int(tag.attributes.get("id", "0")) for tag in entries]
    prefix = re.match(rb"<((?:[\w.-]+:)?)", data[columns.start :])
    mark = prefix[1] if prefix else b""
    close = data.index(b"</" + mark + b"tableColumns", columns.end)
    added = b"".join(
        b'<%btableColumn id="%d" name="%b"/>' % (mark, max(ids) + number, escape_attribute(heading))
        for number, heading in enumerate(headings, 1)
    )
    pieces = [(close, close, added)]
    pieces.append(_attribute(data, columns, b"count", b"%d" % (len(entries) + len(headings))))
    for tag in (found[0], *(t for t in found if t.name == "autoFilter" and t.parent == 0)):
        area = parse_range(tag.attributes["ref"])
        wider = area._replace(last_column=area.last_column + len(headings))
        pieces.append(_attribute(data, tag, b"ref", str(wider).encode()))
    for start, end, replacement in sorted(pieces, reverse=True):
        data = data[:start] + replacement + data[end:]
    return data


def _attribute(data: bytes, tag: Tag, name: bytes, value: bytes) -> tuple[int, int, bytes]:
    """Return span and text that give ``tag`` the attribute ``value``."""
    match = re.compile(rb"""\s""" + name + rb"""\s*=\s*["']([^"']*)["']""").search(
        data, tag.start, tag.end
    )
    if match is None:
        end = tag.end - (2 if data[tag.end - 2 : tag.end] == b"/>" else 1)
        return end, end, b' %b="%b"' % (name, value)
    return match.start(1), match.end(1), value
