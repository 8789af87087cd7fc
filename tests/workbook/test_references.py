"""References and ranges as the parts of a workbook write them."""

from __future__ import annotations

import openpyxl.utils
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook.references import (
    MAX_COLUMN,
    CellRange,
    letters_of,
    parse_range,
    parse_ranges,
    reference,
)


def test_ranges_know_their_cells() -> None:
    assert (3, 2) in CellRange(1, 1, 3, 3)
    assert (4, 2) not in CellRange(1, 1, 3, 3)


@given(st.integers(1, MAX_COLUMN))
def test_letters_are_those_of_openpyxl(column: int) -> None:
    assert letters_of(column) == openpyxl.utils.get_column_letter(column)
    assert parse_range(reference(7, column)) == CellRange(7, column, 7, column)


def test_several_ranges_are_parted_by_blanks() -> None:
    assert list(parse_ranges("A1:B2 $C$3")) == [CellRange(1, 1, 2, 2), CellRange(3, 3, 3, 3)]


@pytest.mark.parametrize("text", ["", "A0", "1A", "XFE1", "A1048577", "Ä1"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cell reference|outside"):
        parse_range(text)
