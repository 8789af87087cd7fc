"""Find, or add, the cell format that shows a hyperlink as one (ECMA-376-1 18.8).

A workbook that has Excel's own style “Hyperlink” (``builtinId`` 8) lends its font; else a font like
the workbook's first, blue and underlined, is added. Fonts and formats are appended: no number that
a cell has by now moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zoomdesk.workbook.markup.patterns import masked
from zoomdesk.workbook.opc.parts import Tag, tags

_HYPERLINK = "8"
_BLUE = "FF0563C1"
_MOST_FORMATS = 65_490
"""Excel's limit of cell formats in a workbook."""
_KEPT = ("charset", "family", "name", "scheme", "sz")
"""What the added font takes of the first: its face and size, not its weight and colour."""


@dataclass(frozen=True, slots=True)
class LinkStyle:
    """``style`` is the number of the format; ``styles`` the new part, None where it has it."""

    style: int
    styles: bytes | None


def link_style(data: bytes, part: str) -> LinkStyle | None:
    """Return the format for links in the UTF-8 styles part; None where nothing can be added.

    The format is the workbook's first, which cells have that were given none, with another font.
    """
    return _Styles(data, part).link_style()


class _Styles:
    def __init__(self, data: bytes, part: str) -> None:
        self._data = data
        self._mask = masked(data)
        self._found = tags(data, part)
        self._formats = self._children("cellXfs")

    def link_style(self) -> LinkStyle | None:
        if not self._formats or len(self._formats) >= _MOST_FORMATS:
            return None
        named = next(
            (
                tag.attributes.get("xfId", "")
                for tag in self._children("cellStyles")
                if tag.attributes.get("builtinId") == _HYPERLINK
            ),
            "",
        )
        styles = self._children("cellStyleXfs")
        if named.isdecimal() and int(named) < len(styles):
            font = styles[int(named)].attributes.get("fontId", "")
            if font.isdecimal():
                return self._known(font, named)
        return self._new()

    def _known(self, font: str, named: str) -> LinkStyle:
        """Return the format of the named style that is like the first; add it if there is none."""
        first = _apart_from_font(self._formats[0])
        for number, tag in enumerate(self._formats):
            if tag.attributes.get("xfId") == named and _apart_from_font(tag) == first:
                return LinkStyle(number, None)
        added = self._like_first(font, named)
        return LinkStyle(len(self._formats), self._with({"cellXfs": added}))

    def _new(self) -> LinkStyle | None:
        fonts = self._children("fonts")
        if not fonts:
            return None
        mark = self._mark(fonts[0])
        face = {
            tag.name: self._data[tag.start : tag.end]
            for tag in self._found
            if tag.parent == self._found.index(fonts[0]) and tag.name in _KEPT
        }
        if any(not element.endswith(b"/>") for element in face.values()):
            return None
        color = b'<%bcolor rgb="%b"/>' % (mark, _BLUE.encode())
        size = face.pop("sz", b"")
        inside = b"<%bu/>" % mark + size + color
        inside += b"".join(face.get(name, b"") for name in ("name", "family", "charset", "scheme"))
        font = b"<%bfont>%b</%bfont>" % (mark, inside, mark)
        named = self._formats[0].attributes.get("xfId", "")
        added = self._like_first(str(len(fonts)), named)
        return LinkStyle(len(self._formats), self._with({"fonts": font, "cellXfs": added}))

    def _like_first(self, font: str, named: str) -> bytes:
        """Return a copy of the first format with another font."""
        tag = self._formats[0]
        element = self._data[tag.start : self._end(tag)]
        values = {"fontId": font, "applyFont": "1"} | ({"xfId": named} if named else {})
        for name, value in values.items():
            element = _with_attribute(element, name, value)
        return element

    def _with(self, added: dict[str, bytes]) -> bytes:
        """Return the part with elements appended to its lists, and their counts put right."""
        data = self._data
        lists = [tag for tag in self._found if tag.parent == 0 and tag.name in added]
        for tag in reversed(lists):
            close = self._mask.index(b"</" + self._mark(tag) + tag.name.encode(), tag.end)
            count = len(self._children(tag.name)) + 1
            start = _with_attribute(data[tag.start : tag.end], "count", str(count))
            data = (
                data[: tag.start] + start + data[tag.end : close] + added[tag.name] + data[close:]
            )
        return data

    def _children(self, name: str) -> list[Tag]:
        found = self._found
        place = next((n for n, tag in enumerate(found) if tag.parent == 0 and tag.name == name), -1)
        return [tag for tag in found if tag.parent == place] if place >= 0 else []

    def _mark(self, tag: Tag) -> bytes:
        return self._data[tag.start + 1 : tag.end].partition(tag.name.encode())[0]

    def _end(self, tag: Tag) -> int:
        if self._mask[tag.end - 2] == 0x2F:
            return tag.end
        close = b"</" + self._mark(tag) + tag.name.encode()
        return self._mask.index(b">", self._mask.index(close, tag.end)) + 1


def _apart_from_font(tag: Tag) -> dict[str, str]:
    """Return what decides a format's look besides its font."""
    names = ("numFmtId", "fillId", "borderId")
    return {name: tag.attributes.get(name, "0") for name in names}


def _with_attribute(element: bytes, name: str, value: str) -> bytes:
    pattern = re.compile(rb"""(<[^<>]*?\s%b\s*=\s*["'])[^"'<>]*""" % name.encode())
    match = pattern.match(element)
    if match:
        return match[1] + value.encode() + element[match.end() :]
    return re.sub(rb"\s*(/?>)", rb' %b="%b"\1' % (name.encode(), value.encode()), element, count=1)
