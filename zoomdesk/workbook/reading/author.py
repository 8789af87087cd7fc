"""Say who saved a workbook last, by the name that the program wrote with which it was saved."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import unescape

from zoomdesk.errors import WorkbookError
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.parts import tags, to_utf8
from zoomdesk.workbook.opc.relationships import relationships

_LIMIT = 1 << 20
_LONGEST = 60
_QUOTES = {"&quot;": '"', "&apos;": "'"}


def last_editor(path: Path | str) -> str:
    """Return ``cp:lastModifiedBy`` of the core properties, ``""`` where nobody is named.

    (ECMA-376-2 11.1.) A courtesy: a file that cannot be read names nobody.
    """
    try:
        with Package(Path(path)) as package:
            links = relationships(package)
            part = next((r.target for r in links if r.type == "core-properties"), "")
            if not part or package.find(part) is None:
                return ""
            return _name(to_utf8(package.read(part, _LIMIT), part), part)
    except (WorkbookError, OSError):
        return ""


def _name(data: bytes, part: str) -> str:
    for tag in tags(data, part):
        if tag.name == "lastModifiedBy":
            text = data[tag.end : data.find(b"<", tag.end)].decode("utf-8", "replace")
            return " ".join(unescape(text, _QUOTES).split())[:_LONGEST]
    return ""
