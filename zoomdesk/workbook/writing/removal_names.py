"""Move what other parts of a workbook say about the rows of one sheet, or find that they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zoomdesk.workbook.markup.element_edits import Piece, applied, content
from zoomdesk.workbook.markup.escapes import character_data, escape_text
from zoomdesk.workbook.markup.patterns import masked
from zoomdesk.workbook.opc.parts import tags
from zoomdesk.workbook.opc.relationships import SheetPart
from zoomdesk.workbook.references import parse_range, parse_reference
from zoomdesk.workbook.writing.removal_frame import refuse_removal
from zoomdesk.workbook.writing.row_shift import RowShift

_QUALIFIED = re.compile(
    r"(?P<sheet>'(?:[^']|'')*'|[^'!,()\s]+)!"
    r"(?P<ref>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?\d+:\$?\d+|\$?[A-Z]+:\$?[A-Z]+)",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"\$(\d+)")
_SPANNING = re.compile(r"'[^'!\[\]<>]*:[^'!<>]*'!|(?<![\w$'!])[A-Za-z_][\w.]*:[A-Za-z_][\w.]*!")


def moved_names(data: bytes, part: str, sheet: SheetPart, shift: RowShift) -> bytes | None:
    """Return the UTF-8 workbook part with the defined names of the sheet's rows moved.

    None where nothing changes. Print areas, print titles and the areas of filters are such names
    (ECMA-376-1 18.2.5). Raises WriteRefused where one cannot be moved for sure.
    """
    mask = masked(data)
    pieces: list[Piece] = []
    for tag in tags(data, part):
        if tag.name != "definedName":
            continue
        raw = content(data, mask, tag)
        text = character_data(raw)
        name = tag.attributes.get("name", "").removeprefix("_xlnm.")
        moved = ",".join(_moved_name(one, name, sheet.name, shift) for one in _split(text))
        if moved != text:
            pieces.append((tag.end, tag.end + len(raw), escape_text(moved)))
    return applied(data, pieces) if pieces else None


def _split(text: str) -> Iterator[str]:
    """Yield the parts between commas that do not stand in quotes."""
    part = ""
    for place, piece in enumerate(re.split(r"(')", text)):
        quoted = place // 2 % 2 == 1
        if piece == "'" or quoted:
            part += piece
            continue
        *ended, rest = piece.split(",")
        for end in ended:
            yield part + end
            part = ""
        part += rest
    yield part


def _moved_name(text: str, name: str, sheet: str, shift: RowShift) -> str:
    match = _QUALIFIED.fullmatch(text)
    if match is None:
        if shift.touches(text) and (mentions(text, sheet, shift) or "!" not in text):
            refuse_removal(sheet, f"the name “{name}” speaks of rows below")
        return text
    owner = match["sheet"].strip("'").replace("''", "'")
    if owner.casefold() != sheet.casefold():
        if ":" in owner and shift.touches(match["ref"]):
            refuse_removal(sheet, f"the name “{name}” speaks of several sheets")
        return text
    ref = match["ref"]
    moved = shift.area(parse_range(ref))
    if moved is None:
        refuse_removal(sheet, f"the name “{name}” stands for them")
    if moved == parse_range(ref):
        return text
    numbers = iter((moved.first_row, moved.last_row))
    changed, count = _ABSOLUTE.subn(lambda _: f"${next(numbers)}", ref)
    if count != len(re.findall(r"\d+", ref)):
        refuse_removal(sheet, f"the name “{name}” speaks of rows below")
    return f"{match['sheet']}!{changed}"


def mentions(text: str, sheet: str, shift: RowShift) -> bool:
    """Say whether ``text`` speaks of rows of the sheet that go or move; when in doubt, it does."""
    quoted = re.escape(sheet.casefold().replace("'", "''"))
    pattern = rf"(?<!\w){quoted}(?::[^!'<>\"]*)?'?!(?P<ref>[$:\w]*)"
    for match in re.finditer(pattern, text.casefold()):
        ref = match["ref"]
        try:
            area = parse_range(ref)
        except ValueError:
            return True
        if shift.area(area) != area:
            return True
    return False


def spans_sheets(formula: str) -> bool:
    """Say whether a formula speaks of the sheets from one to another, ``=SUM(Jan:Dec!B7)``."""
    return _SPANNING.search(formula) is not None


def moved_chain(data: bytes, part: str, sheet_id: str, shift: RowShift) -> bytes | None:
    """Return the UTF-8 calculation chain with the formulas of the sheet where they are then.

    None where it names none of the sheet that move. Those that go are the business of
    :func:`.calc_chain.without_cells` before.
    """
    pieces: list[Piece] = []
    sheet = ""
    for tag in tags(data, part):
        if tag.name != "c":
            continue
        sheet = tag.attributes.get("i", sheet)
        row, _ = parse_reference(tag.attributes.get("r", ""))
        if sheet == sheet_id and shift.place(row) != row:
            match = re.compile(rb"""\sr\s*=\s*["']\$?[A-Za-z]{1,3}\$?(\d+)""").search(
                data, tag.start, tag.end
            )
            if match is not None:
                pieces.append((*match.span(1), b"%d" % shift.place(row)))
    return applied(data, pieces) if pieces else None
