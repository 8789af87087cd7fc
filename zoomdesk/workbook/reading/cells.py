"""Turn the cells of a row into the text that Excel shows for them (ECMA-376 18.3.1.4, 18.18.11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook.display.dates import DAYS_1904, serial_of
from zoomdesk.workbook.display.styles import Styles
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.patterns import attributes
from zoomdesk.workbook.markup.row_shapes import Field
from zoomdesk.workbook.markup.shared_strings import Strings, inline_text
from zoomdesk.workbook.markup.tokenizer import Cell
from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.reading.columns import ColumnBuilder
from zoomdesk.workbook.references import parse_range
from zoomdesk.workbook.wording import clipped

_REMEMBERED = 100_000
"""Displayed numbers and inline texts kept for the next cell that holds the same."""
_MAX_ARRAY = 1_000_000
_AS_GENERAL_SHOWS = re.compile(
    r"(?:(?:0|-?[1-9][0-9]{0,14}+|-?(?=[0-9.]{3,11}+(?:<|\Z))(?:0|[1-9][0-9]*+)\.[0-9]*[1-9])"
    r"(?:<|\Z))*+"
)
"""Numbers, ``<`` between them, that General shows as they are written."""
_NOUGHTS = re.compile(r"(?:\.|(\.[0-9]*[1-9]))0+(?=<|\Z)")
"""The end of a number's decimals that General does not show."""
_NUMBERS = (b"", b"n")
_TEXTS = (b"s", b"str", b"inlineStr")
_FORMULA = re.compile(rb"<[^>]*?(?:/>|>(.*)</[^<>]*>)\Z", re.DOTALL)


class _Shown(dict[str, str]):
    """What is shown for a content, worked out where it is met first; the same text object again."""

    def __init__(self, show: Callable[[str], str]) -> None:
        super().__init__()
        self._show = show

    def __missing__(self, value: str) -> str:
        text = self._show(value)
        if len(self) < _REMEMBERED:
            self[value] = text
        return text


class CellReader:
    """Read the cells of one sheet; formulas are kept beside their cached values."""

    def __init__(self, prefix: bytes, part: str, strings: Strings, styles: Styles) -> None:
        self._prefix = prefix
        self._part = part
        self._strings = strings
        self._styles = styles
        self._shown: dict[tuple[bytes, bytes], str] = {}
        self._inline: dict[bytes, str] = {}
        self._open, self._close = b"<%bt>" % prefix, b"</%bt>" % prefix
        self._plain_inline = re.compile(
            rb"<%bt(?: [^<>/]*)?>([^<&\r]*)</%bt>\Z" % ((re.escape(prefix),) * 2)
        )
        self._plain_formula = b"<%bf>" % prefix
        self._formulas: dict[tuple[int, int], str] = {}
        self._masters: dict[bytes, str] = {}
        self._members: list[tuple[tuple[int, int], bytes]] = []
        self._odd_text = styles.styles_that_change_text()
        self._general = styles.general_styles()
        self._ways: dict[tuple[bytes, bytes], Callable[[Sequence[str]], Sequence[str]]] = {}

    def read_row(self, cells: Sequence[Cell], row: int, index: int, columns: ColumnBuilder) -> None:
        """Put the displayed texts of a row's cells into ``columns``.

        Raises WorkbookDamaged where a cell asks for a shared string that does not exist.
        """
        for column, _, _, style, kind, formula, value, inline in cells:
            text = self._text(row, style, kind, value, inline) if value or inline else ""
            if formula:
                self.formula(row, column, formula)
            if text or formula:  # a cell that computes is not empty, whatever it shows
                columns.put(index, column, text)

    def texts(self, field: Field, values: Sequence[str]) -> Sequence[str]:
        """Return what the contents of many cells of one style and type show.

        Raises WorkbookDamaged, IndexError or ValueError where ``read_row`` would raise.
        """
        way = self._ways.get((field.style, field.kind))
        if way is None:
            way = self._ways[field.style, field.kind] = self._way(field.style, field.kind)
        return way(values)

    def _way(self, style: bytes, kind: bytes) -> Callable[[Sequence[str]], Sequence[str]]:
        if kind == b"s" and style not in self._odd_text:
            entry = self._strings.__getitem__
            return lambda values: list(map(entry, map(int, values)))
        shown = _Shown(lambda value: self._content(style, kind, value)).__getitem__
        if kind not in _NUMBERS or style not in self._general:
            return lambda values: list(map(shown, values))

        def general(values: Sequence[str]) -> Sequence[str]:
            joined = "<".join(values)
            if _AS_GENERAL_SHOWS.fullmatch(joined):
                return joined.split("<")
            joined = _NOUGHTS.sub(r"\1", joined)
            if _AS_GENERAL_SHOWS.fullmatch(joined):
                return joined.split("<")
            match = _AS_GENERAL_SHOWS.fullmatch
            return [value if match(value) else shown(value) for value in values]

        return general

    def _content(self, style: bytes, kind: bytes, value: str) -> str:
        """Return what a cell with this content of ``<v>``, or of an inline ``<t>``, shows."""
        raw = value.encode("utf-8")
        if kind == b"inlineStr":
            return self._text(0, style, kind, b"", self._open + raw + self._close)
        return self._text(0, style, kind, raw, b"") if raw else ""

    def formulas(self) -> dict[tuple[int, int], str]:
        """Return the formulas; a member of a shared one has the text of its master."""
        for cell, shared in self._members:
            self._formulas[cell] = self._masters.get(shared, "=")
        self._members.clear()
        return self._formulas

    def _text(self, row: int, style: bytes, kind: bytes, value: bytes, inline: bytes) -> str:
        """Return what a cell shows, the long way."""
        if kind in _NUMBERS:
            return self._shown.get((style, value)) or self._number(style, value)
        if kind in _TEXTS:
            text = self._plain_text(row, kind, value, inline)
            odd = style in self._odd_text
            return self._styles.format_of(style).text(text) if odd else text
        text = character_data(value)
        match kind:
            case b"b":
                return {"1": "TRUE", "true": "TRUE"}.get(text.strip(), "FALSE") if text else ""
            case b"d":
                return self._date(style, text)
            case _:
                return text

    def _number(self, style: bytes, value: bytes) -> str:
        raw = value.decode("utf-8", "replace").strip()
        text = self._styles.format_of(style).show(raw)
        if len(self._shown) < _REMEMBERED:
            self._shown[style, value] = text
        return text

    def _plain_text(self, row: int, kind: bytes, value: bytes, inline: bytes) -> str:
        if kind == b"s":
            number = character_data(value).strip()
            try:
                if number.isdecimal() and len(number) < 10:
                    return self._strings[int(number)]
            except IndexError:
                pass
            if value:
                raise self._missing_string(row, value)
            return ""
        key = inline if kind == b"inlineStr" else value
        text = self._inline.get(key)
        if text is None:
            if kind == b"inlineStr":
                text = self._inline_text(inline)
            else:
                text = undo_escapes(character_data(value))
            if len(self._inline) < _REMEMBERED:
                self._inline[key] = text
        return text

    def _inline_text(self, inline: bytes) -> str:
        match = self._plain_inline.match(inline)
        text = match[1].decode("utf-8", "replace") if match else ""
        if match is None or "_x" in text:
            return inline_text(inline, self._prefix) if inline else ""
        return text

    def _date(self, style: bytes, text: str) -> str:
        """Show an ISO 8601 date by the cell's format; by itself where that is General."""
        format_ = self._styles.format_of(style)
        serial = None if format_.is_general else serial_of(text)
        if serial is None:
            return text
        return format_.number(serial - DAYS_1904 if format_.date1904 else serial)

    def formula(self, row: int, column: int, element: bytes) -> None:
        """Keep the formula of a cell, whose ``<f>`` is ``element``."""
        if element.startswith(self._plain_formula) and not element.endswith(b"/>"):
            inside = element[len(self._plain_formula) : element.rindex(b"</")]
            self._formulas[row, column] = "=" + character_data(inside)
            return
        given = attributes(element[: element.index(b">") + 1])
        match = _FORMULA.match(element)
        text = "=" + character_data(match[1] or b"" if match else b"")
        kind = given.get(b"t", b"")
        cell = (row, column)
        if kind == b"shared":
            shared = given.get(b"si", b"")
            if text == "=":
                self._members.append((cell, shared))
                return
            self._masters[shared] = text
        elif kind in (b"array", b"dataTable"):
            text = f"{{{text}}}"
            self._array(given.get(b"ref", b"").decode("utf-8", "replace"), text)
        self._formulas[cell] = text

    def _array(self, ref: str, text: str) -> None:
        """Mark every cell of an array: none of them can be changed by itself."""
        try:
            area = parse_range(ref)
        except ValueError:
            return
        rows = range(area.first_row, area.last_row + 1)
        columns = range(area.first_column, area.last_column + 1)
        if len(rows) * len(columns) + len(self._formulas) <= _MAX_ARRAY:
            self._formulas.update(((row, column), text) for row in rows for column in columns)

    def _missing_string(self, row: int, value: bytes) -> WorkbookDamaged:
        number = clipped(value, 20)
        return WorkbookDamaged(
            f"The workbook is damaged: row {row} in {self._part} asks for the text number "
            f"{number}, which does not exist."
        )
