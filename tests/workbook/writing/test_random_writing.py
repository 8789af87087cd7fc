"""Random sheets x random edits, written by us and read by others."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.corpus.canonical import assert_equal_but_for_the_write
from tests.workbook.corpus.results import Written
from tests.workbook.handmade import book, content_types, string_table
from tests.workbook.oracles import calamine_cells, openpyxl_cells
from tests.workbook.sheets import TEXT, sheet_xml
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import Edits, apply, plan, read
from zoomdesk.workbook.opc import package, transcode

VALUES = st.one_of(
    TEXT.filter(bool),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.none(),
)
At = tuple[int, int]
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 45), st.integers(1, 34)), VALUES, min_size=1, max_size=12
)


@settings(deadline=None)
@given(
    sheet=sheet_xml(),
    cells=CELLS,
    shared_strings=st.booleans(),
    blocks=st.sampled_from([17, 1 << 18]),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]),
)
def test_others_read_what_was_written_and_all_else_as_before(
    sheet: str, cells: dict[At, Any], shared_strings: bool, blocks: int, encoding: str
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "BLOCK", blocks)
        patch.setattr(transcode, "_BLOCK", blocks)
        before, after = Path(folder, "before.xlsx"), Path(folder, "after.xlsx")
        write_book(before, sheet, shared_strings, encoding)
        formulas = read(before).formulas.keys() & cells.keys()
        try:
            checked = plan(before, Edits("List", cells))
        except WriteRefused:
            assert formulas
            return
        assert not formulas
        apply(checked, after)
        assert_equal_but_for_the_write(
            Written(before, after, checked, {("List", *at): cells[at] for at in cells}, None, 0)
        )
        if encoding != "utf-16":  # calamine does not know it
            check(calamine_cells(before), calamine_cells(after), cells)
        check(openpyxl_values(before), openpyxl_values(after), cells)


def write_book(path: Path, sheet: str, shared_strings: bool, encoding: str = "utf-8") -> None:
    parts = ["styles"] if shared_strings else ["styles", "sharedStrings"]
    types = content_types()
    for part in parts:  # openpyxl wants to read whatever is declared
        types = re.sub(rf'<Override PartName="/xl/{part}.xml"[^>]*>', "", types)
    strings = string_table("<si><t>old</t></si>") if shared_strings else None
    part = sheet.encode(encoding)
    book(path, part, strings=strings, parts={"[Content_Types].xml": types})


def openpyxl_values(path: Path) -> dict[Any, Any]:
    cells = openpyxl_cells(path) or {}
    return {at: value for at, (value, _) in cells.items() if value is not None}


def check(before: Any, after: Any, cells: dict[tuple[int, int], Any]) -> None:
    written = {("List", *at): value for at, value in cells.items()}
    expected = {at: value for at, value in before.items() if at not in written}
    expected |= {at: value for at, value in written.items() if value is not None}
    assert after == expected
