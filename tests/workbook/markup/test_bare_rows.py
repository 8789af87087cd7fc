"""Runs that are known again by learned rows are those that the patterns find."""

from __future__ import annotations

import pytest

from zoomdesk.workbook.markup.alike import BareFinder
from zoomdesk.workbook.markup.runs import RunFinder
from zoomdesk.workbook.markup.tokenizer import SheetTokens

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def row(number: int) -> bytes:
    return b'<row r="%d" spans="1:2"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"/></row>' % (
        (number,) * 4
    )


def finder(first: int = 3) -> BareFinder:
    """Return one that has seen a row like those of ``row``."""
    tokens = SheetTokens([HEAD + row(1) + b"</sheetData></worksheet>"], "sheet1.xml")
    bare = BareFinder(b"", first)
    for seen in tokens.rows():
        bare.learn(seen, tokens.cells(seen))
    return bare


def test_rows_that_were_learned_are_found_at_once() -> None:
    buffer = b" " + b"".join(map(row, range(2, 50))) + b'<row r="50"'
    found = finder().find(buffer, 1)
    assert found is not None
    assert found.attributes == b' spans="1:2"'
    assert found._replace(attributes=None) == RunFinder(b"").find(buffer, 1)


ODD = [
    row(5).replace(b"1:2", b"1:3"),
    row(5).replace(b"1:2", b"1:3").replace(b"A5", b"A6"),
    row(5) + b"\n",
    row(5).replace(b"B5", b"C5"),
    row(5).replace(b"B5", b"b5"),
    row(5).replace(b"B5", b"A5"),
    row(5).replace(b"B5", b"B6"),
    row(5).replace(b"<v>5</v>", b"<f>1</f><v>5</v>"),
    row(5).replace(b' t="s"', b""),
    row(5).replace(b'"s"', b"'s'"),
    row(4),
    row(7),
    row(1_048_577),
    b'<row r="5"/>',
]


@pytest.mark.parametrize("odd", ODD)
def test_any_other_row_among_them_is_left_to_others(odd: bytes) -> None:
    buffer = b"".join(map(row, range(2, 5))) + odd + b"".join(map(row, range(6, 9)))
    assert finder().find(buffer, 0) is None


def test_rows_that_reach_into_the_written_columns_are_left_to_others() -> None:
    assert finder(first=2).find(b"".join(map(row, range(2, 50))), 0) is None


def test_it_gives_up_on_rows_that_are_all_different() -> None:
    bare = finder()
    for _ in range(4):
        assert bare.wants_to_learn
        assert bare.find(ODD[0] + row(6), 0) is None
    assert not bare.wants_to_learn
    assert bare.find(row(6) + row(7), 0) is None
