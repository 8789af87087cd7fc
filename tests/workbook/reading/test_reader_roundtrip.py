"""Whatever openpyxl and xlsxwriter write is read back as it would be shown."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from zoomdesk.workbook import read
from zoomdesk.workbook.display.number_format import general

places = st.tuples(st.integers(1, 60), st.integers(1, 30))
texts = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: not text.startswith("=") and text.strip() != "")
values = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300),  # openpyxl rounds the largest of all to more than a double holds
)
grids = st.dictionaries(places, values, max_size=25)


def shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return general(value) if isinstance(value, int | float) else str(value)


def expected(grid: dict[tuple[int, int], object]) -> dict[tuple[int, int], str]:
    return {place: shown(value) for place, value in grid.items()}


def read_back(path: Path) -> dict[tuple[int, int], str]:
    sheet = read(path)
    return {
        (row, column): text
        for column, column_texts in sheet.columns.items()
        for row, text in zip(sheet.row_numbers, column_texts, strict=True)
        if text
    }


@settings(deadline=None, max_examples=60)
@given(grid=grids, inline=st.booleans())
def test_xlsxwriter(grid: dict[tuple[int, int], object], inline: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        book = xlsxwriter.Workbook(path, {"constant_memory": inline, "strings_to_urls": False})
        sheet = book.add_worksheet("List")
        for (row, column), value in sorted(grid.items()):
            if isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value)
            else:
                sheet.write(row - 1, column - 1, value)
        book.close()
        assert read_back(path) == expected(grid)


@settings(deadline=None, max_examples=60)
@given(grid=grids)
def test_openpyxl(grid: dict[tuple[int, int], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        book = openpyxl.Workbook()
        for (row, column), value in grid.items():
            cell = book.active.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # "#N/A" typed as text stays one
        book.save(path)
        assert read_back(path) == expected(grid)
