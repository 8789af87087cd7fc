"""Have Excel calculate the workbook anew, once, when it is opened next (hazards 8 and 9)."""

from __future__ import annotations

import re

from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import Tag, tags
from zoomdesk.workbook.opc.relationships import WorkbookParts

_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s/>]")
_WIDE = re.compile(rb"<\0f\0|\0<\0f")
"""The same in UTF-16, of either byte order."""
_BEFORE = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)
"""What stands before calcPr in a workbook part (ECMA-376-1 18.2.27)."""


def has_formulas(package: Package, book: WorkbookParts, but: str = "") -> bool:
    """Say whether any sheet of the workbook, but for the part ``but``, has a formula.

    A calculation chain says so at once; without one the sheets are looked through.
    """
    if book.calc_chain:
        return True
    for sheet in book.sheets:
        rest = b""
        if sheet.part == but:
            continue
        for block in package.stream(package.member(sheet.part)):
            wide = b"\0" in block
            if _FORMULA.search(rest + block) or (wide and _WIDE.search(rest + block)):
                return True
            rest = block[-64:]
    return False


def calculate_on_load(data: bytes, part: str) -> bytes | None:
    """Return the UTF-8 workbook part with ``fullCalcOnLoad`` set.

    None if it is set already, or if the person wants to calculate by hand.
    """
    found = tags(data, part)
    calculation = next((tag for tag in found if tag.name == "calcPr" and tag.parent == 0), None)
    if calculation is not None:
        by_hand = calculation.attributes.get("calcMode") == "manual"
        return None if by_hand else _set_flag(data, calculation)
    mark = re.match(rb"<((?:[\w.-]+:)?)", data[found[0].start :])
    element = b'<%bcalcPr fullCalcOnLoad="1"/>' % (mark[1] if mark else b"")
    children = [tag for tag in found if tag.parent == 0]
    last = max((n for n, tag in enumerate(children) if tag.name in _BEFORE), default=-1)
    at = children[last + 1].start if last + 1 < len(children) else data.rindex(b"</")
    return data[:at] + element + data[at:]


def _set_flag(data: bytes, tag: Tag) -> bytes | None:
    match = re.compile(rb"""\sfullCalcOnLoad\s*=\s*["']([^"']*)["']""").search(
        data, tag.start, tag.end
    )
    if match is None:
        end = tag.end - (2 if data[tag.end - 2 : tag.end] == b"/>" else 1)
        return data[:end].rstrip() + b' fullCalcOnLoad="1"' + data[end:]
    if match[1] in (b"1", b"true"):
        return None
    return data[: match.start(1)] + b"1" + data[match.end(1) :]
