"""Find the number format of each cell style (ECMA-376 18.8).

A cell's ``s`` counts the ``xf`` elements of ``cellXfs``; an ``xf`` names a format by ``numFmtId``,
built in (18.8.30) or declared in ``numFmts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from zoomdesk.workbook.display.number_format import NumberFormat
from zoomdesk.workbook.opc.parts import tags, to_utf8

BUILTIN_FORMATS: Mapping[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",  # follows the system: here English (United States), not the mm-dd-yy of 18.8.30
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    # 27 to 36 and 50 to 58 are dates of East Asian systems; elsewhere Excel shows plain ones.
    **dict.fromkeys((27, 28, 29, 30, 31, 36, *range(50, 59)), "m/d/yyyy"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
}


_MAY_CHANGE_TEXT = re.compile(r"@|;.*;.*;", re.DOTALL)
_MAY_BE_GENERAL = re.compile(r"general|standard|@", re.IGNORECASE)


class Styles:
    """The number format of each style id, each code compiled once."""

    def __init__(
        self, format_ids: Sequence[int], codes: Mapping[int, str], *, date1904: bool = False
    ) -> None:
        self._format_ids = format_ids
        self._codes = codes
        self._date1904 = date1904
        self._compiled: dict[str, NumberFormat] = {}

    def code(self, style: int) -> str:
        """Return the format code of a style id; General for one that does not exist."""
        if not 0 <= style < len(self._format_ids):
            return "General"
        number = self._format_ids[style]
        return self._codes.get(number) or BUILTIN_FORMATS.get(number, "General")

    def format(self, style: int) -> NumberFormat:
        """Return the compiled format of a style id."""
        code = self.code(style)
        compiled = self._compiled.get(code)
        if compiled is None:
            compiled = self._compiled[code] = NumberFormat(code, date1904=self._date1904)
        return compiled

    def format_of(self, style: bytes) -> NumberFormat:
        """Return the compiled format of a cell's ``s`` attribute as it is written."""
        return self.format(int(style) if style.isdigit() and len(style) < 10 else 0)

    def styles_that_change_text(self) -> frozenset[bytes]:
        """Return the style ids, as sheets write them, whose format adds to texts or hides them."""
        # Few codes can, and to compile what a hostile workbook has of them would take minutes.
        return frozenset(
            b"%d" % style
            for style in range(len(self._format_ids))
            if _MAY_CHANGE_TEXT.search(self.code(style)) and not self.format(style).keeps_text
        )

    def general_styles(self) -> frozenset[bytes]:
        """Return the style ids, as sheets write them, that show numbers as General does."""
        shown = {
            b"%d" % style
            for style in range(len(self._format_ids) or 1)
            if _MAY_BE_GENERAL.search(self.code(style)) and self.format(style).is_general
        }
        return frozenset(shown | ({b""} if b"0" in shown else set()))


def parse_styles(data: bytes, part: str, *, date1904: bool = False) -> Styles:
    """Read the styles part. Raises WorkbookDamaged or WorkbookHostile."""
    found = tags(to_utf8(data, part), part)
    format_ids: list[int] = []
    codes: dict[int, str] = {}
    for tag in found:
        parent = found[tag.parent].name if tag.parent >= 0 else ""
        if tag.name == "xf" and parent == "cellXfs":
            format_ids.append(_number(tag.attributes.get("numFmtId", "0")))
        elif tag.name == "numFmt" and parent == "numFmts":
            number = _number(tag.attributes.get("numFmtId", "0"))
            codes[number] = tag.attributes.get("formatCode", "")
    return Styles(format_ids, codes, date1904=date1904)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
