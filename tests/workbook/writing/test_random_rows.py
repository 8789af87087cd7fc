"""Random sheets without random rows: every other cell reads as before, by us and by others."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbook.handmade import book, string_table
from tests.workbook.oracles import Cells, calamine_cells, openpyxl_cells
from tests.workbook.sheets import sheet_xml
from zoomdesk.workbook import Edits, apply, plan, read
from zoomdesk.workbook.opc import package, transcode

ADDED = (60, 2)
"""A cell far below all others, written in the same go."""


@given(
    sheet=sheet_xml(),
    gone=st.sets(st.integers(1, 45), min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]),
    blocks=st.sampled_from([17, 1 << 18]),
)
def test_every_other_row_is_as_before(
    sheet: str, gone: set[int], encoding: str, blocks: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "BLOCK", blocks)
        patch.setattr(transcode, "_BLOCK", blocks)
        before, after = Path(folder, "before.xlsx"), Path(folder, "after.xlsx")
        book(before, sheet.encode(encoding), strings=string_table("<si><t>x</t></si>"))
        formulas = dict(read(before).formulas)
        apply(plan(before, Edits("List", {ADDED: "new"}, removed_rows=gone)), after)
        row, column = ADDED
        new = {("List", row - len(gone), column): "new"}
        if encoding != "utf-16":  # calamine sees no cells there
            assert plain(calamine_cells(after)) == moved(plain(calamine_cells(before)), gone) | new
        assert plain(openpyxl_cells(after)) == moved(plain(openpyxl_cells(before)), gone) | {
            at: (value, openpyxl_cells(after)[at][1])  # type: ignore[index] # it opens
            for at, value in new.items()
        }
        assert read(after).formulas == {
            (row - sum(each < row for each in gone), column): text
            for (row, column), text in formulas.items()
            if row not in gone
        }


def plain(cells: Cells | None) -> Cells:
    return cells or {}


def moved(cells: Cells, gone: set[int]) -> Cells:
    return {
        (sheet, row - sum(each < row for each in gone), column): value
        for (sheet, row, column), value in cells.items()
        if row not in gone
    }
