"""Comments, CDATA and instructions among the cells stay, but those of a cell that is written."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.workbook.handmade import MAIN, book
from zoomdesk.workbook import Edits, apply, plan, read
from zoomdesk.workbook.opc import package, transcode
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.references import letters_of, parse_reference

SHEET = "xl/worksheets/sheet1.xml"
WRITTEN = 987_654_321
TEXT = st.text("ab <&>\"']/=0c", max_size=6)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


SPECIAL = st.one_of(
    TEXT.map(lambda text: f"<!--{text}-->"),
    TEXT.map(lambda text: f"<?pi {text.replace('?>', '')}?>"),
    st.sampled_from(["<!-- </row> -->", '<!-- <row r="9"> -->', "<?p </c>?>", "<!-- ]]> -->"]),
)
GAP = st.lists(st.one_of(st.sampled_from(["", "\n ", " "]), SPECIAL), max_size=2).map("".join)
CDATA = st.one_of(
    TEXT.map(lambda text: f"<![CDATA[{text.replace(']]>', '')}]]>"),
    st.sampled_from(["<![CDATA[</c></row>]]>", "<![CDATA[<!-- ]]>", "<![CDATA[]]>"]),
)
CONTENT = st.lists(st.one_of(TEXT.map(escaped), CDATA, SPECIAL), max_size=3).map("".join)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, list[tuple[int, list[tuple[int, str, str]]]], str]:
    """Draw a prefix, rows as a list of cells with what is before each, and what is behind them."""
    p = draw(st.sampled_from(["", "x:"]))
    rows = []
    for number in sorted(draw(st.sets(st.integers(1, 6), max_size=4))):
        cells = []
        for column in sorted(draw(st.sets(st.integers(1, 6), max_size=4))):
            at, inside = f"{letters_of(column)}{number}", draw(CONTENT)
            cell = draw(
                st.sampled_from([
                    f'<{p}c r="{at}" t="str"><{p}v>{inside}</{p}v></{p}c>',
                    f'<{p}c r="{at}" t="inlineStr"><{p}is><{p}t>{inside}</{p}t></{p}is></{p}c>',
                    f'<{p}c r="{at}">{draw(GAP)}<{p}v>{column}</{p}v>{draw(GAP)}</{p}c>',
                    f'<{p}c r="{at}">{draw(SPECIAL)}</{p}c>',
                ])
            )  # fmt: skip
            cells.append((column, draw(GAP), cell))
        rows.append((number, cells))
    return p, rows, draw(GAP)


def part(p: str, rows: Any, gap: str, without: set[tuple[int, int]]) -> str:
    """Return the worksheet, those cells left out."""
    data = ""
    for number, cells in rows:
        inside = "".join(
            before + ("" if (number, column) in without else cell) for column, before, cell in cells
        )
        data += f'{gap}<{p}row r="{number}">{inside}{gap}</{p}row>'
    space = f'xmlns{":x" if p else ""}="{MAIN}"'
    return f"<{p}worksheet {space}><{p}sheetData>{data}{gap}</{p}sheetData></{p}worksheet>"


def content(path: Path) -> str:
    with Package(path) as opened:
        return opened.read(SHEET).decode()


def by_lxml(xml: str) -> dict[tuple[int, int], str]:
    """Return the characters of each cell."""
    root = etree.fromstring(xml.encode(), etree.XMLParser(remove_comments=True, remove_pis=True))
    return {
        parse_reference(cell.get("r")): "".join(cell.itertext())
        for cell in root.iter(f"{{{MAIN}}}c")
    }


@pytest.mark.parametrize("block", [17, 1 << 18])
@settings(deadline=None, max_examples=120)
@given(sheets(), st.sets(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=8))
@example(("", [(1, [(1, "", '<c r="A1"><v><![CDATA[</row>]]></v></c>')])], "<!--<-->"), {(1, 1)})
def test_all_else_stays_to_the_byte(
    block: int, sheet: tuple[str, Any, str], at: set[tuple[int, int]]
) -> None:
    p, rows, gap = sheet
    before = part(p, rows, gap, set())
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "BLOCK", block)
        patch.setattr(transcode, "_BLOCK", block)
        path = book(Path(folder, "b.xlsx"), before.encode())
        apply(plan(path, Edits("List", dict.fromkeys(at, WRITTEN))))
        after = content(path)
        assert read(path).text(*min(at)) == str(WRITTEN)
    new = rf'<{p}c r="[A-Z]\d"><{p}v>{WRITTEN}</{p}v></{p}c>'
    assert len(re.findall(new, after)) == len(at)
    rest = re.sub(rf'<{p}row r="\d"></{p}row>', "", re.sub(new, "", after))
    expected = part(p, rows, gap, at)
    assert rest == re.sub(rf'<{p}row r="\d"></{p}row>', "", expected)
    assert by_lxml(after) == by_lxml(before) | dict.fromkeys(at, str(WRITTEN))


def test_a_workbook_with_cdata_from_elsewhere(shared: Path, tmp_path: Path) -> None:
    path = shared / "workbooks" / "corpus" / "refuse" / "inlineStr_cdata.xlsx"
    after = apply(plan(path, Edits("Sheet1", {(2, 1): "x"})), tmp_path / "after.xlsx").path
    sheet = read(after)
    texts = [sheet.text(row, column) for row in (1, 2) for column in (1, 2)]
    assert texts == ["Hello CDATA", "World", "x", "NormalText"]
    old = '<c r="A2" t="inlineStr"><is><t><![CDATA[12345]]></t></is></c>'
    new = '<c r="A2" t="s"><v>0</v></c>'
    assert content(after) == content(path).replace(old, new)
