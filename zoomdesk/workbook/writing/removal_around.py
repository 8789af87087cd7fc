"""Look at what belongs to a sheet by relationships, before rows of it are taken out."""

from __future__ import annotations

import re

from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.opc.relationships import Relationship, SheetPart, relationships
from zoomdesk.workbook.writing.removal_frame import refuse_removal
from zoomdesk.workbook.writing.row_shift import RowShift

_SILENT = frozenset({"hyperlink", "table", "printerSettings", "customProperty", "image"})
"""What holds no place in the sheet, or is looked at elsewhere."""
_WORDS = {
    "pivotTable": "a pivot table",
    "slicer": "slicers",
    "timeline": "a timeline",
    "control": "controls",
    "ctrlProp": "controls",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "queryTable": "data from a query",
    "tableSingleCells": "cells that are mapped to XML",
}
_ROW = re.compile(r"<(?:[\w.-]+:)?row(?:\s[^<>]*)?>\s*(\d+)\s*<")
_OBJECT = re.compile(r"""ObjectType\s*=\s*["'](\w+)""")


def check_around(package: Package, sheet: SheetPart, shift: RowShift) -> None:
    """Refuse what lies on the rows that go or move: drawings, comments, controls, pivot tables.

    Raises WriteRefused.
    """
    for link in relationships(package, sheet.part):
        if link.type in _SILENT or link.external or package.find(link.target) is None:
            continue
        match link.type:
            case "drawing":
                _check_drawing(package, link, sheet.name, shift)
            case "vmlDrawing":
                kinds = set(_OBJECT.findall(_text(package, link.target)))
                if kinds - {"Note", "Pict"}:
                    refuse_removal(sheet.name, "it has controls")
            case "comments" | "threadedComment":
                _check_comments(package, link, sheet.name, shift)
            case other:
                what = _WORDS.get(other, f"something of the kind “{other}”")
                refuse_removal(sheet.name, f"it has {what}")


def _check_drawing(package: Package, link: Relationship, sheet: str, shift: RowShift) -> None:
    """Refuse pictures and charts that are anchored below; anchors count rows from 0 (20.5.2)."""
    if any(int(row) + 1 >= shift.first for row in _ROW.findall(_text(package, link.target))):
        refuse_removal(sheet, "pictures, shapes or charts lie on or below them")


def _check_comments(package: Package, link: Relationship, sheet: str, shift: RowShift) -> None:
    for tag in tags(to_utf8(package.read(link.target), link.target), link.target):
        if "ref" in tag.attributes and shift.touches(tag.attributes["ref"]):
            refuse_removal(sheet, "there are comments on or below them")


def _text(package: Package, part: str) -> str:
    return to_utf8(package.read(part), part).decode("utf-8", "replace")
