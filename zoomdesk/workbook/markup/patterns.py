"""The patterns that cut a worksheet's markup, and the mask over what they must not see."""

from __future__ import annotations

import re

_NAME = rb"[A-Za-z_][\w.-]*"
# Possessive: a pattern that can go back keeps the place of each of a million attributes.
_ATTRIBUTES = rb"""[^<>"']*+(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+"""
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SHEET_DATA = re.compile(rb"<(?:(" + _NAME + rb"):)?sheetData(?=[\s/>])" + _ATTRIBUTES + rb">")
ROOT = re.compile(rb"<(?:" + _NAME + rb":)?(" + _NAME + rb")(?=[\s/>])" + _ATTRIBUTES + rb">")
# What is never closed reaches to the end: to look for its end from each start would take for ever.
_SPECIAL = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
REFERENCE = re.compile(rb"([A-Za-z]{1,3})([1-9]\d{0,6})")


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a start tag, raw, by their names as written."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


class Patterns:
    """The patterns of a sheet whose elements carry ``prefix`` (``b""`` or ``b"x:"``)."""

    def __init__(self, prefix: bytes) -> None:
        def compiled(pattern: bytes, flags: int = 0) -> re.Pattern[bytes]:
            filled = pattern.replace(b"@", re.escape(prefix)).replace(b"#", _ATTRIBUTES)
            return re.compile(filled, flags)

        self.row = compiled(rb"""(\s*)<@row(?:\s+r=["'](\d{1,7})["'])?(?=[\s/>])(#)>""")
        self.row_end = compiled(rb"</@row\s*>")
        self.row_close = b"</" + prefix + b"row"
        self.data_end = compiled(rb"\s*</@sheetData\s*>")
        self.common_cell = compiled(
            rb"""(<@c(?: r=["']([A-Za-z]{1,3})(\d+)["'])?(?: s=["'](\d+)["'])?"""
            rb"""(?: t=["'](\w+)["'])?(?:/>|>(<@f(?:\s[^<>]*)?(?:/>|>[^<]*</@f>))?"""
            rb"(?:<@v>([^<]*)</@v>)?(?:<@is>(<@t(?:\s[^<>]*)?>[^<]*</@t>)</@is>)?</@c>))"
        )
        self.cell = compiled(rb"(\s*)<@c(?=[\s/>])#>")
        self.cell_end = compiled(rb"</@c\s*>")
        self.child = compiled(
            rb"\s*(<@(f|v|is|extLst)(?=[\s/>])#(?:(?<=/)>|(?<!/)>(.*?)</@\2\s*>))", re.DOTALL
        )


def masked(data: bytes) -> bytes:
    """Return ``data`` with comments and instructions blanked out and CDATA turned into letters."""
    if b"<!" not in data and b"<?" not in data:
        return data
    return _SPECIAL.sub(_mask_one, data)


def _mask_one(match: re.Match[bytes]) -> bytes:
    size = match.end() - match.start()
    return (b"x" if match[0].startswith(b"<![") else b" ") * size


def plain(data: bytes) -> bytes:
    """Return markup without comments and instructions, its CDATA escaped instead."""
    return _SPECIAL.sub(_plain_one, data)


def _plain_one(match: re.Match[bytes]) -> bytes:
    if not match[0].startswith(b"<!["):
        return b""
    text = match[0][len(b"<![CDATA[") : -len(b"]]>")]
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
