"""Hazard 14 of workbooks/README.md: text, numbers, and what no sheet can hold."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.workbook.handmade import MAIN, book, string_table
from tests.workbook.oracles import changed_members
from tests.workbook.writes import NUMBERS, SHEET, cells_of, refuse, sheet_of, write
from zoomdesk.errors import SheetNotFound
from zoomdesk.workbook import Edits, plan, read

AWKWARD = [
    "=1+1", "-", "@x", "007", "1e5", " edges ", "a\nb", "a\r\nb", "tab\there", "R&D <b> \"q\"",
    "_x000D_", "_x005F_x000D_", "\x00\x07\x1b", "\ufffe", "é ✓ 😀 👩‍👩‍👧", "]]>",
    "&amp;", "  ", "\n",    "_X000d_", "a" * 32_767, "😀" * 16_383,
]  # fmt: skip


@pytest.mark.parametrize("shared_strings", [False, True])
def test_hazard_14_text_arrives_as_it_is(tmp_path: Path, shared_strings: bool) -> None:
    strings = string_table("<si><t>a</t></si><si/>") if shared_strings else None
    path = book(tmp_path / "text.xlsx", NUMBERS, strings=strings)
    after = write(path, Edits("List", {(row, 2): text for row, text in enumerate(AWKWARD, 1)}))
    sheet = read(after)
    assert [sheet.text(row, 2) for row in range(1, len(AWKWARD) + 1)] == AWKWARD
    assert ("t=" + ('"s"' if shared_strings else '"inlineStr"')) in sheet_of(after)


def test_hazard_14_shared_strings_are_appended_once_and_counted(tmp_path: Path) -> None:
    strings = string_table("<si><t>a</t></si><si><r><t>b</t></r></si><si/>")
    row = '<row r="1"><c r="A1" t="s"><v>2</v></c></row>'
    path = book(tmp_path / "s.xlsx", row, strings=strings)
    after = write(path, Edits("List", {(1, 2): "new", (1, 3): "a", (2, 2): "new", (1, 1): "new"}))
    text = sheet_of(after, "xl/sharedStrings.xml")
    assert 'count="1003" uniqueCount="4"' in text
    assert text.endswith("<si/><si><t>new</t></si></sst>")
    assert re.findall(r't="s"><v>(\d)', sheet_of(after)) == ["3", "3", "0", "3"]


@pytest.mark.parametrize("table", [f'<sst xmlns="{MAIN}"/>', f'<y:sst xmlns:y="{MAIN}"></y:sst>'])
def test_hazard_14_an_empty_table_of_strings(tmp_path: Path, table: str) -> None:
    path = book(tmp_path / "s.xlsx", NUMBERS, strings=table)
    assert cells_of(write(path, Edits("List", {(1, 1): "x"})))[1, 1] == "x"


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ((1, 1), "a" * 32_768, "longer than the 32,767"),
        ((1, 1), "😀" * 16_384, "longer than the 32,767"),
        ((1, 1), float("nan"), "not one Excel can hold"),
        ((1, 1), float("inf"), "not one Excel can hold"),
        ((0, 1), "x", "outside of the sheet"),
        ((1_048_577, 1), "x", "outside of the sheet"),
        ((1, 16_385), "x", "outside of the sheet"),
    ],
)
def test_hazard_14_what_no_sheet_can_hold(
    tmp_path: Path, cell: tuple[int, int], value: str | float, words: str
) -> None:
    refuse(book(tmp_path / "limits.xlsx", NUMBERS), Edits("List", {cell: value}), words)


@pytest.mark.parametrize("value", [0, -1, 10**15, 0.1, 1e-9, 1e300, -0.0, 1234567.891, 2**53])
def test_numbers_read_back_the_same(tmp_path: Path, value: float) -> None:
    path = book(tmp_path / "numbers.xlsx", NUMBERS)
    assert cells_of(write(path, Edits("List", {(1, 2): value})))[1, 2] == value


def test_edits_that_make_no_sense(tmp_path: Path) -> None:
    path = book(tmp_path / "plain.xlsx", NUMBERS)
    with pytest.raises(SheetNotFound, match="no sheet “Lists”"):
        plan(path, Edits("Lists", {(1, 1): "x"}))
    refuse(path, Edits("List", {}, None, {4: "Link"}), "heading")
    refuse(path, Edits("List", {}, 1, {4: " "}), "heading")
    refuse(path, Edits("List", {(1, 4): "x"}, 1, {4: "Link"}), "two texts")
    refuse(path, Edits("List", {}, 1, {1: "Link"}), "no room")
    assert plan(path, Edits("LIST", {(1, 4): "x"})).sheet.name == "List"


@pytest.mark.parametrize("shared_strings", [False, True])
def test_hazard_14_what_looks_like_a_formula_is_inert_text(
    tmp_path: Path, shared_strings: bool
) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "{=1}"]
    strings = string_table("") if shared_strings else None
    path = book(tmp_path / "inert.xlsx", "", strings=strings)
    after = write(path, Edits("List", {(row, 1): text for row, text in enumerate(texts, 1)}))
    assert "<f" not in sheet_of(after)
    sheet = openpyxl.load_workbook(after)["List"]
    cells = [sheet.cell(row, 1) for row in range(1, len(texts) + 1)]
    assert [cell.data_type for cell in cells] == ["s"] * len(texts)  # "f" would compute
    assert [cell.value for cell in cells] == texts


@pytest.mark.parametrize("text", [" a", "a ", "a  b", "a\nb", "\t", "a\tb"])
def test_hazard_14_blanks_that_matter_are_kept(tmp_path: Path, text: str) -> None:
    after = write(book(tmp_path / "s.xlsx", NUMBERS), Edits("List", {(1, 2): text}))
    assert 'xml:space="preserve"' in sheet_of(after)
    plain = write(book(tmp_path / "s.xlsx", NUMBERS), Edits("List", {(1, 2): "a b"}))
    assert "xml:space" not in sheet_of(plain)


@pytest.mark.parametrize("text", ["007", "1e5", "TRUE", "2026-11-22", "0x1F", "#N/A"])
def test_hazard_14_ids_are_text_and_not_numbers(tmp_path: Path, text: str) -> None:
    after = write(book(tmp_path / "ids.xlsx", NUMBERS), Edits("List", {(1, 2): text}))
    assert cells_of(after)[1, 2] == text


def test_hazard_15_links_are_plain_text_unless_asked_for(tmp_path: Path) -> None:
    path = book(tmp_path / "links.xlsx", NUMBERS)
    after = write(path, Edits("List", {(1, 2): "https://zoom.example/w/1?tk=a&b=c"}))
    assert changed_members(path, after) == {SHEET}
    assert "hyperlink" not in sheet_of(after)
    assert cells_of(after)[1, 2] == "https://zoom.example/w/1?tk=a&b=c"
