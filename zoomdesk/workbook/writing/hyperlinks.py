"""Make cells real hyperlinks, and leave those of other cells as they are (hazard 15).

A link is an element of the sheet's tail that names a relationship, which holds the address
(ECMA-376-1 18.3.1.47, ECMA-376-2 6.5). What is to become of the tail is worked out when the write
is planned; rows and cells are the splicer's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from zoomdesk.errors import WorkbookDamaged, WriteRefused
from zoomdesk.workbook.markup.patterns import masked
from zoomdesk.workbook.opc.parts import RELATIONSHIPS, Tag, tags
from zoomdesk.workbook.references import CellRange, parse_range, reference
from zoomdesk.workbook.writing.link_addresses import Address, attribute_text

MOST = 65_530
"""Hyperlinks that Excel takes on a sheet."""
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_TYPE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_BEFORE = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
)
"""What stands before the hyperlinks of a worksheet (ECMA-376-1 18.3.1.99)."""
_REF = re.compile(rb"""(\sref\s*=\s*["'])[^"'<>]*""")
_UID = re.compile(rb"""\s[\w.-]+:uid\s*=\s*(?:"[^"]*"|'[^']*')""")
_DECLARED = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*["']([^"']*)["']""")


class Frame(NamedTuple):
    """A worksheet part without its rows: what is before and behind them, and its prefix."""

    head: bytes
    tail: bytes
    prefix: bytes


Links = Mapping[tuple[int, int], Address | None]
"""What each cell is to lead to; None takes away the link that it has."""


@dataclass(frozen=True)
class LinkedSheet:
    """A sheet's tail with the links in it, and what its relationships need for it.

    ``added`` are addresses by the number of their new relationship, ``gone`` the numbers of those
    that nothing uses any more.
    """

    tail: bytes
    added: Mapping[str, str]
    gone: frozenset[str]
    kind: str


def linked(
    frame: Frame, part: str, links: Links, known: Iterable[str], *, strict: bool
) -> LinkedSheet:
    """Return the sheet's tail with ``links``; ``known`` are the numbers of its relationships.

    A link on many cells is cut around those that get one of their own. Raises WriteRefused beyond
    what Excel takes.
    """
    return _Linker(frame, part, strict=strict).linked(links, known)


class _Linker:
    def __init__(self, frame: Frame, part: str, *, strict: bool) -> None:
        self._frame, self._part = frame, part
        self._data = frame.head + frame.tail
        self._mask = masked(self._data)
        self._found = tags(self._data, part)
        self._namespace = _STRICT_TYPE if strict else _TYPE
        self._relation = self._declared()
        self._list = next(
            (
                n
                for n, tag in enumerate(self._found)
                if tag.parent == 0 and tag.name == "hyperlinks"
            ),
            -1,
        )
        self._existing = [
            tag for tag in self._found if tag.parent == self._list and tag.name == "hyperlink"
        ] if self._list >= 0 else []  # fmt: skip

    def linked(self, links: Links, known: Iterable[str]) -> LinkedSheet:
        pieces, count, dropped = self._without(links)
        added, elements = self._new(links, known)
        count += len(elements)
        if count > MOST:
            raise WriteRefused(
                f"The sheet would have {count:,} hyperlinks, and Excel takes {MOST:,} on a sheet.",
                hint="Write the links as plain text: they can be copied and mailed just as well. "
                "Nothing was changed.",
            )
        if count == 0 and self._list >= 0:  # the schema knows no empty list
            tag = self._found[self._list]
            pieces = [(tag.start, self._end(tag), b"")]
        elif elements:
            pieces.append(self._placed(b"".join(elements)))
        starts = {tag.start for tag in dropped}
        still = {
            value
            for tag in self._found
            if tag.start not in starts
            for name, value in tag.attributes.items()
            if name.startswith("r:")
        }
        gone = {tag.attributes.get("r:id", "") for tag in dropped} - still - {""}
        data = self._data
        for start, end, text in sorted(pieces, reverse=True):
            data = data[:start] + text + data[end:]
        return LinkedSheet(
            data[len(self._frame.head) :], added, frozenset(gone), f"{self._namespace}/hyperlink"
        )

    def _without(self, links: Links) -> tuple[list[tuple[int, int, bytes]], int, list[Tag]]:
        """Cut ``links`` out of the existing ones: the pieces, how many are left, and which go."""
        pieces: list[tuple[int, int, bytes]] = []
        dropped: list[Tag] = []
        count = 0
        for tag in self._existing:
            area = _area(tag)
            cells = _inside(area, links) if area is not None else []
            if area is None or not cells:
                count += 1
                continue
            left = list(remaining(area, cells))
            count += len(left)
            end = self._end(tag)
            element = self._data[tag.start : end]
            copies = [_REF.sub(rb"\g<1>" + str(part).encode(), element, count=1) for part in left]
            # The numbers that co-authoring knows an element by are unique.
            copies[1:] = [_UID.sub(b"", copy) for copy in copies[1:]]
            pieces.append((tag.start, end, b"".join(copies)))
            if not left:
                dropped.append(tag)
        return pieces, count, dropped

    def _new(self, links: Links, known: Iterable[str]) -> tuple[dict[str, str], list[bytes]]:
        """Return the addresses by new relationship numbers, and the new elements."""
        prefix, (mark, declaration) = self._frame.prefix, self._relation
        number = max((int(m[1]) for i in known if (m := _NUMBERED.fullmatch(i))), default=0)
        ids: dict[str, str] = {}
        elements = []
        for (row, column), address in sorted(links.items(), key=lambda item: item[0]):
            if address is None:
                continue
            given = b' ref="%b"' % reference(row, column).encode()
            if address.target:
                if address.target not in ids:
                    number += 1
                    ids[address.target] = f"rId{number}"
                given += b' %b:id="%b"' % (mark, ids[address.target].encode())
            if address.location:
                given += b' location="%b"' % attribute_text(address.location)
            elements.append(b"<%bhyperlink%b%b/>" % (prefix, declaration, given))
        return {number: target for target, number in ids.items()}, elements

    def _placed(self, elements: bytes) -> tuple[int, int, bytes]:
        """Return where the new elements go, in their list."""
        prefix = self._frame.prefix
        if self._list < 0:
            at = self._place()
            return at, at, b"<%bhyperlinks>%b</%bhyperlinks>" % (prefix, elements, prefix)
        tag = self._found[self._list]
        end = self._end(tag)
        if end == tag.end:  # self-closed
            start = self._data[tag.start : end - 2].rstrip()
            return tag.start, end, b"%b>%b</%bhyperlinks>" % (start, elements, prefix)
        close = self._mask.rindex(b"</", tag.end, end)
        return close, close, elements

    def _place(self) -> int:
        """Return where the list of links stands in the schema's order."""
        children = [tag for tag in self._found if tag.parent == 0]
        last = max(n for n, tag in enumerate(children) if tag.name in _BEFORE)
        if children[last].name == "sheetData":
            return self._after_rows()
        return self._end(children[last])

    def _after_rows(self) -> int:
        head = len(self._frame.head)
        if self._frame.head.endswith(b"/>"):
            return head
        return self._mask.index(b">", head) + 1

    def _end(self, tag: Tag) -> int:
        """Return where an element ends."""
        if self._mask[tag.end - 2] == 0x2F:
            return tag.end
        name = re.match(rb"<([^\s/>]+)", self._mask[tag.start : tag.end])
        close = re.compile(rb"</%b\s*>" % re.escape(name[1] if name else b"")).search(
            self._mask, tag.end
        )
        if close is None:
            raise WorkbookDamaged(f"The workbook is damaged: its part {self._part} is incomplete.")
        return close.end()

    def _declared(self) -> tuple[bytes, bytes]:
        """Return the prefix of relationships, and what declares it where the root does not."""
        root = self._found[0]
        for prefix, uri in _DECLARED.findall(self._data, root.start, root.end):
            if uri.decode("utf-8", "replace") in RELATIONSHIPS:
                return prefix, b""
        return b"r", b' xmlns:r="%b"' % self._namespace.encode()


_NUMBERED = re.compile(r"[rR][iI][dD](\d{1,9})")


def _area(tag: Tag) -> CellRange | None:
    try:
        return parse_range(tag.attributes.get("ref", ""))
    except ValueError:
        return None


def _inside(area: CellRange, links: Links) -> list[tuple[int, int]]:
    rows = area.last_row - area.first_row + 1
    if rows * (area.last_column - area.first_column + 1) == 1:
        cell = area.first_row, area.first_column
        return [cell] if cell in links else []
    return [
        (row, column)
        for row, column in links
        if area.first_row <= row <= area.last_row
        and area.first_column <= column <= area.last_column
    ]


def remaining(area: CellRange, cells: Iterable[tuple[int, int]]) -> Iterator[CellRange]:
    """Yield rectangles that together are ``area`` without ``cells``, which lie in it."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        rows[row].append(column)
    top = area.first_row
    for row in sorted(rows):
        if top < row:
            yield area._replace(first_row=top, last_row=row - 1)
        left = area.first_column
        for column in sorted(rows[row]):
            if left < column:
                yield CellRange(row, left, row, column - 1)
            left = column + 1
        if left <= area.last_column:
            yield CellRange(row, left, row, area.last_column)
        top = row + 1
    if top <= area.last_row:
        yield area._replace(first_row=top)
