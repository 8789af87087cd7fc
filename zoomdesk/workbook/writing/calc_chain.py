"""Take cells out of the calculation chain when their formulas go (ECMA-376-1 18.6, hazard 8).

Excel repairs a workbook whose chain names a cell without a formula. A chain that would become empty
goes altogether, with its relationship and its content type.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from zoomdesk.workbook.opc.parts import tags
from zoomdesk.workbook.references import parse_reference


def without_cells(
    data: bytes, part: str, sheet_id: str, cells: Collection[tuple[int, int]]
) -> bytes | None:
    """Return the UTF-8 part without ``cells`` of the sheet; None if nothing would be left.

    An entry without ``i`` belongs to the sheet of the one before it: where that one goes, the next
    entry is given its number.
    """
    out: list[bytes] = []
    at, sheet, written_sheet, left = 0, "", "", 0
    for tag in tags(data, part):
        if tag.name != "c":
            continue
        own = tag.attributes.get("i")
        sheet = own if own is not None else sheet
        out.append(data[at : tag.start])
        at = tag.end
        if sheet == sheet_id and parse_reference(tag.attributes.get("r", "")) in cells:
            continue
        element = data[tag.start : tag.end]
        if own is None and sheet != written_sheet:
            element = re.sub(rb"\s*(/?>)$", rb' i="%b"\1' % sheet.encode(), element)
        out.append(element)
        written_sheet, left = sheet, left + 1
    return b"".join([*out, data[at:]]) if left else None


def without_element(data: bytes, part: str, attribute: str, values: Collection[str]) -> bytes:
    """Return a UTF-8 part without the childless elements whose ``attribute`` is one of ``values``.

    Takes an Override out of the content types, or a Relationship out of its part.
    """
    for tag in reversed(tags(data, part)):
        if tag.parent == 0 and tag.attributes.get(attribute, "").lower() in values:
            end = tag.end
            if not data[:end].endswith(b"/>"):
                end = data.index(b">", data.index(b"</", end)) + 1
            data = data[: tag.start] + data[end:]
    return data
