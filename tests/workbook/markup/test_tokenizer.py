"""The tokenizer against expat, on sheets of every shape and in blocks of every size."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.sheets import sheet_xml
from zoomdesk.errors import WorkbookDamaged, WorkbookHostile
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.tokenizer import SheetTokens
from zoomdesk.workbook.references import letters_of, parse_reference

Seen = dict[tuple[int, int], tuple[str, str, str, bool]]
"""Style, kind, value and whether there is a formula, by row and column."""


def blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def by_tokens(data: bytes, size: int) -> tuple[Seen, bytes]:
    tokens = SheetTokens(blocks(data, size), "sheet")
    seen: Seen = {}
    pieces = [tokens.head]
    for row in tokens.rows():
        pieces += [row.lead, row.xml]
        for cell in tokens.cells(row):
            assert row.mask[cell.start : cell.start + 1] == b"<"
            assert row.mask[cell.end - 1 : cell.end] == b">"
            value = character_data(cell.value)
            at = (row.number, cell.column)
            seen[at] = (cell.style.decode(), cell.kind.decode(), value, bool(cell.formula))
    pieces.append(tokens.tail)
    return seen, b"".join(tokens.stream.encoded(pieces))


def by_expat(data: bytes) -> Seen:
    """Read the same with a parser: an oracle for positions, attributes and values."""
    seen: Seen = {}
    at = {"row": 0, "column": 0}
    current = {"s": "", "t": "", "v": "", "f": ""}  # f is set where there is one
    inside = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, given: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        inside.append(local)
        if local == "row":
            at["row"] = int(given.get("r", at["row"] + 1))
            at["column"] = 0
        elif local == "c":
            at["column"] = parse_reference(given["r"])[1] if "r" in given else at["column"] + 1
            current.update(s=given.get("s", ""), t=given.get("t", ""), v="", f="")
        elif local == "f":
            current["f"] = "yes"

    def text(characters: str) -> None:
        if inside and inside[-1] == "v":
            current["v"] += characters

    def end(_: str) -> None:
        if inside.pop() == "c":
            seen[at["row"], at["column"]] = (
                current["s"], current["t"], current["v"], bool(current["f"]),
            )  # fmt: skip

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return seen


@settings(deadline=None)
@given(sheet_xml(), st.sampled_from([1, 7, 17, 64, 1 << 20]))
def test_it_sees_what_a_parser_sees(sheet: str, size: int) -> None:
    data = sheet.encode()
    seen, again = by_tokens(data, size)
    assert again == data
    assert seen == by_expat(data)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-16-be"])
def test_other_encodings_come_back_byte_by_byte(codec: str) -> None:
    cell = '<c t="str"><v>é😀</v></c>'
    sheet = f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    data = sheet.encode(codec)
    seen, again = by_tokens(data, 5)
    assert again == data
    assert seen == {(1, 1): ("", "str", "é😀", False)}


def test_rows_of_every_width() -> None:
    cells = "".join(f'<c r="{letters_of(c)}1"><v>{c}</v></c>' for c in range(1, 16_385))
    sheet = f"<worksheet><sheetData><row r='1'>{cells}</row></sheetData></worksheet>"
    seen, _ = by_tokens(sheet.encode(), 1 << 12)
    assert seen == {(1, c): ("", "", str(c), False) for c in range(1, 16_385)}


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        "<worksheet>",
        "<worksheet/>",
        "<worksheet><sheetData><row>",
        "<worksheet><sheetData><row></row>",
        "<worksheet><sheetData><row r='1'></sheetData></worksheet>",
        "<worksheet><sheetData>text</sheetData></worksheet>",
        "<chartsheet><sheetData></sheetData></chartsheet>",
        "<worksheet><!-- <sheetData> --></worksheet>",
        "<worksheet><sheetData><!-- </sheetData></worksheet>",
        "<worksheet><sheetData><row><c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c><v>1</c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c><v>1</v><v>1</v></c></row></sheetData></worksheet>",
        "\xff\xfe<worksheet>",
    ],
)
def test_what_is_no_sheet_is_refused(sheet: str) -> None:
    with pytest.raises(WorkbookDamaged, match="sheet"):
        by_tokens(sheet.encode("latin-1"), 17)


def test_a_document_type_is_refused() -> None:
    sheet = "<!DOCTYPE worksheet [<!ENTITY a 'b'>]><worksheet><sheetData/></worksheet>"
    with pytest.raises(WorkbookHostile, match="document type"):
        by_tokens(sheet.encode(), 17)


def test_a_row_without_end_is_refused_before_it_fills_the_memory() -> None:
    def endless() -> Iterator[bytes]:
        yield b"<worksheet><sheetData><row>"
        while True:
            yield b"<c/>" * (1 << 18)

    tokens = SheetTokens(endless(), "sheet")
    with pytest.raises(WorkbookHostile, match="64 MB"):
        next(tokens.rows())


def test_an_endless_head_is_refused() -> None:
    def endless() -> Iterator[bytes]:
        yield b"<worksheet>"
        while True:
            yield b"<cols/>" * (1 << 16)

    with pytest.raises(WorkbookDamaged, match="not a worksheet"):
        SheetTokens(endless(), "sheet")


def test_the_tail_is_known_at_the_end_only() -> None:
    tokens = SheetTokens([b"<worksheet><sheetData></sheetData></worksheet>"], "sheet")
    with pytest.raises(RuntimeError):
        _ = tokens.tail
    assert list(tokens.rows()) == []
    assert tokens.tail == b"</sheetData></worksheet>"
