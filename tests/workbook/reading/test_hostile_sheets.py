"""Worksheets made to keep a program busy for ever: refused, or read, in bounded time.

No time is measured: where one of these took for ever once, the suite's time-out would end the test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.handmade import book, string_table
from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook import Edits, apply, plan, read

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize("opening", ["<!-- ", "<?a ", "<![CDATA[ "])
def test_sections_that_are_opened_again_and_again(tmp_path: Path, opening: str) -> None:
    path = book(tmp_path / "open.xlsx", ROWS + opening * 200_000)
    with pytest.raises(WorkbookDamaged):
        read(path)
    with pytest.raises(WorkbookDamaged):
        plan(path, Edits("List", {(1, 2): "x"}))


@pytest.mark.parametrize("row", ['<row r="{}"/>', '<row r="{}" ht="15" />'])
def test_a_hundred_thousand_rows_of_nothing(tmp_path: Path, row: str) -> None:
    path = book(tmp_path / "rows.xlsx", ROWS + "".join(map(row.format, range(2, 100_000))))
    after = tmp_path / "after.xlsx"
    apply(plan(path, Edits("List", {(1, 2): "x", (99_999, 1): "y"})), after)
    sheet = read(after)
    assert (sheet.text(1, 2), sheet.text(99_999, 1)) == ("x", "y")


def test_more_cells_than_a_row_has_columns_behind_which_one_is_named(tmp_path: Path) -> None:
    cells = "<c><v>1</v></c>" * 20_000
    path = book(tmp_path / "cells.xlsx", f'<row r="1">{cells}<c r="A1"/></row>')
    with pytest.raises(WorkbookDamaged, match="beyond the last column"):
        read(path)


@pytest.mark.parametrize("inside", ["<si>" * 200_000, "<si><t>a</t></si><si><t>b"])
def test_texts_that_never_end(tmp_path: Path, inside: str) -> None:
    path = book(tmp_path / "texts.xlsx", ROWS, strings=string_table(inside))
    with pytest.raises(WorkbookDamaged):
        plan(path, Edits("List", {(1, 2): "x"}))
    with pytest.raises(WorkbookDamaged):
        read(path)


def test_tags_that_never_end_in_a_text(tmp_path: Path) -> None:
    texts = string_table("<si>" + "<t " * 200_000 + "</si><si><t>b</t></si>")
    row = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    assert read(book(tmp_path / "texts.xlsx", row, strings=texts)).text(1, 1) == "b"
