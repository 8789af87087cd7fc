"""Move what a worksheet says about its rows behind them, when rows are taken out.

What can be moved for sure is moved: merged cells, filters, links, formats, validations, protected
ranges, ignored errors. What cannot, or is not known, refuses the removal: the sheet stays as it is
and the person is told to empty the rows instead (ECMA-376-1 18.3.1.99 names all there is).
"""

from __future__ import annotations

import re
from typing import NoReturn

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.markup.element_edits import (
    Piece,
    applied,
    attribute,
    content,
    element_end,
)
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.patterns import masked
from zoomdesk.workbook.opc.parts import Tag, tags
from zoomdesk.workbook.references import CellRange, parse_range, parse_ranges
from zoomdesk.workbook.writing.hyperlinks import Frame
from zoomdesk.workbook.writing.row_shift import RowShift

ADVICE = "Empty the rows instead: what they hold goes, the rows stay. Nothing was changed."

_UNTOUCHED = frozenset(
    {
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
        "sheetProtection", "phoneticPr", "printOptions", "pageMargins", "pageSetup",
        "headerFooter", "colBreaks", "customProperties", "drawing", "legacyDrawing",
        "legacyDrawingHF", "drawingHF", "picture", "tableParts",
    }
)  # fmt: skip
"""What does not speak of rows, or speaks by a part of its own, which is looked at elsewhere."""
_LISTS = {
    "protectedRanges": ("protectedRange", "sqref"),
    "mergeCells": ("mergeCell", "ref"),
    "dataValidations": ("dataValidation", "sqref"),
    "hyperlinks": ("hyperlink", "ref"),
    "ignoredErrors": ("ignoredError", "sqref"),
}
"""Lists, what is in them, and the attribute that says where."""
_WORDS = {
    "scenarios": "scenarios",
    "dataConsolidate": "a consolidation",
    "customSheetViews": "custom views",
    "smartTags": "smart tags",
    "oleObjects": "embedded objects",
    "controls": "controls",
    "AlternateContent": "controls",
    "webPublishItems": "items for publishing",
    "rowBreaks": "page breaks below them",
    "cellWatches": "watched cells",
    "extLst": "sparklines or newer kinds of formats",
}
_FORMULAS = frozenset({"formula", "formula1", "formula2"})
_SPEAKERS = _FORMULAS | {"f", "sqref"}
_REFERENCE = re.compile(r"[A-Za-z]{1,3}\$?(\d{1,7})\b")


def refuse_removal(sheet: str, why: str) -> NoReturn:
    """Raise WriteRefused: rows cannot be taken out, and what can be done instead."""
    raise WriteRefused(f"Rows cannot be taken out of the sheet “{sheet}”: {why}.", hint=ADVICE)


def moved_tail(frame: Frame, part: str, shift: RowShift, sheet: str) -> bytes:
    """Return what stands behind the rows as it is without those that go. Raises WriteRefused."""
    return _TailMover(frame, part, shift, sheet).tail()


class _TailMover:
    def __init__(self, frame: Frame, part: str, shift: RowShift, sheet: str) -> None:
        self._frame, self._shift, self._sheet = frame, shift, sheet
        self._data = frame.head + frame.tail
        self._mask = masked(self._data)
        self._found = tags(self._data, part)
        self._pieces: list[Piece] = []

    def tail(self) -> bytes:
        for number, tag in enumerate(self._found):
            if tag.parent == 0 and tag.name not in _UNTOUCHED:
                self._element(number, tag)
        head = len(self._frame.head)
        if any(start < head for start, _, _ in self._pieces):
            refuse_removal(self._sheet, "what it says about its rows is not in its usual place")
        moved = applied(self._data, self._pieces)
        return moved[head:]

    def _element(self, number: int, tag: Tag) -> None:
        inside = [child for child in self._found if child.parent == number]
        if tag.name in _LISTS:
            self._list(tag, inside)
        elif tag.name == "autoFilter" or tag.name == "sortState":
            for one in self._below(tag):
                if one.name in ("autoFilter", "sortState", "sortCondition"):
                    self._range(one)
        elif tag.name == "conditionalFormatting":
            self._formatting(tag)
        elif tag.name == "rowBreaks":
            if any(self._number(brk, "id") >= self._shift.first - 1 for brk in inside):
                self._refuse("rowBreaks")
        elif tag.name == "cellWatches":
            if any(self._shift.touches(watch.attributes.get("r", "")) for watch in inside):
                self._refuse("cellWatches")
        elif tag.name == "extLst":
            if any(map(self._speaks_below, self._below(tag))):
                self._refuse("extLst")
        else:
            self._refuse(tag.name)

    def _speaks_below(self, tag: Tag) -> bool:
        """Say whether an element of an extension may speak of rows that go or move."""
        if tag.name in _SPEAKERS:
            text = character_data(content(self._data, self._mask, tag))
            if self._shift.touches(text):
                return True
        for text in tag.attributes.values():
            try:
                ranges = list(parse_ranges(text))
            except ValueError:
                continue
            if any(self._shift.area(area) != area for area in ranges):
                return True
        return False

    def _list(self, tag: Tag, inside: list[Tag]) -> None:
        name, key = _LISTS[tag.name]
        left = 0
        pieces: list[Piece] = []
        for child in inside:
            if child.name != name:
                self._refuse(tag.name)
            self._check(child)
            moved = self._moved(child.attributes.get(key, ""))
            if moved is None or (name == "mergeCell" and ":" not in moved):
                pieces.append((child.start, element_end(self._mask, child), b""))
                continue
            left += 1
            if moved != child.attributes[key]:
                pieces.append(attribute(self._data, child, key, moved.encode()))
        if not left:
            pieces = [(tag.start, element_end(self._mask, tag), b"")]
        elif "count" in tag.attributes and left != len(inside):
            pieces.append(attribute(self._data, tag, "count", b"%d" % left))
        self._pieces += pieces

    def _check(self, tag: Tag) -> None:
        """Refuse what its new place alone does not put right."""
        if tag.name == "mergeCell":
            area = parse_range(tag.attributes["ref"])
            if area.first_row in self._shift.removed and self._shift.area(area) is not None:
                refuse_removal(
                    self._sheet, f"they would cut the merged cells {area}, whose text is in them"
                )
        elif tag.name == "hyperlink":
            if self._shift.touches(tag.attributes.get("location", "")):
                refuse_removal(self._sheet, "a link leads to a cell below them")
        elif tag.name == "dataValidation":
            self._formulas(tag, "a rule for allowed values")

    def _formatting(self, tag: Tag) -> None:
        self._formulas(tag, "a conditional format")
        moved = self._moved(tag.attributes.get("sqref", ""))
        if moved is None:
            self._pieces.append((tag.start, element_end(self._mask, tag), b""))
        elif moved != tag.attributes["sqref"]:
            self._pieces.append(attribute(self._data, tag, "sqref", moved.encode()))

    def _formulas(self, tag: Tag, what: str) -> None:
        """Refuse formulas that would have to change.

        They are meant as seen from the first cell of the range: should that one go or move, even
        what they say about rows above would be meant from another place.
        """
        texts = [
            character_data(content(self._data, self._mask, one))
            for one in self._below(tag)
            if one.name in _FORMULAS
        ]
        texts += [one.attributes.get("val", "") for one in self._below(tag) if one.name == "cfvo"]
        if not any(map(_REFERENCE.search, texts)):
            return
        areas = self._ranges(tag.attributes.get("sqref", ""))
        moves = min((area.first_row for area in areas), default=0) >= self._shift.first
        if moves or any(map(self._shift.touches, texts)):
            refuse_removal(self._sheet, f"{what} has a formula that speaks of rows below")

    def _range(self, tag: Tag) -> None:
        text = tag.attributes.get("ref", "")
        moved = self._moved(text)
        headings = self._ranges(text)[0].first_row if tag.name == "autoFilter" else 0
        if moved is None or headings in self._shift.removed:
            refuse_removal(self._sheet, "they are all that its filter holds, or have its headings")
        if moved != text:
            self._pieces.append(attribute(self._data, tag, "ref", moved.encode()))

    def _below(self, tag: Tag) -> list[Tag]:
        """Return an element and all that is in it."""
        end = element_end(self._mask, tag)
        return [one for one in self._found if tag.start <= one.start < end]

    def _moved(self, text: str) -> str | None:
        self._ranges(text)
        return self._shift.references(text)

    def _ranges(self, text: str) -> list[CellRange]:
        try:
            ranges = list(parse_ranges(text))
        except ValueError:
            ranges = []
        if not ranges:
            refuse_removal(
                self._sheet, f"it speaks of a range “{text}”, which cannot be understood"
            )
        return ranges

    def _number(self, tag: Tag, name: str) -> int:
        text = tag.attributes.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 9 else self._shift.first

    def _refuse(self, name: str) -> NoReturn:
        refuse_removal(self._sheet, f"it has {_WORDS.get(name, f'something called “{name}”')}")
