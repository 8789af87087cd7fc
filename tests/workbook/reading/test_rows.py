"""Rows taken many at a time: which are, what ends them, what numbers show then."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbook.handmade import book, style_sheet
from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook import read
from zoomdesk.workbook.display.number_format import NumberFormat
from zoomdesk.workbook.display.styles import Styles
from zoomdesk.workbook.markup.row_shapes import Field
from zoomdesk.workbook.reading.cells import CellReader
from zoomdesk.workbook.reading.rows import RowTaker

GENERAL = Field(1, b"", b"", 0, 1)
raw_numbers = st.one_of(
    st.integers(-(10**16), 10**16).map(str),
    st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 12)).map(
        lambda parts: f"{Decimal(parts[0]).scaleb(-parts[1]):f}"
    ),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.from_regex(r"-?[0-9]{0,4}(\.[0-9]{0,6})?(E[+-]?[0-9]{1,2})?", fullmatch=True),
    st.sampled_from(
        ["", "-0", "0.0", "-0.00", "1.", ".5", "+1", "007", "1,5", "a.00", " 5", "NaN"]
    ),
)


@given(values=st.lists(raw_numbers, min_size=1, max_size=8))
def test_a_column_of_general_numbers_shows_what_each_would(values: list[str]) -> None:
    reader = CellReader(b"", "sheet1.xml", [], Styles((), {}))
    general = NumberFormat("General")
    expected = [general.show(value.strip()) if value else "" for value in values]
    assert list(reader.texts(GENERAL, values)) == expected
    assert list(reader.texts(GENERAL, values)) == expected, "remembered"


def line(number: int, style: int = 0, inside: str = "<v>7</v>") -> str:
    return f'<row r="{number}"><c r="A{number}" s="{style}">{inside}</c></row>'


def singly(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many rows of a sheet were taken one by one."""
    taken: list[int] = []
    original = RowTaker._take_cells

    def counted(taker: RowTaker, row: object, index: int) -> None:
        taken.append(index)
        original(taker, row, index)

    monkeypatch.setattr(RowTaker, "_take_cells", counted)
    read(path)
    return len(taken)


def test_rows_alike_are_taken_many_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "alike.xlsx", "".join(map(line, range(1, 50_000))))
    assert singly(path, monkeypatch) < 20


def test_an_odd_row_here_and_there_is_taken_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = "<f>1</f ><v>1</v>"
    lines = [line(n, inside=odd) if n % 100 == 0 else line(n) for n in range(1, 20_000)]
    assert 199 <= singly(book(tmp_path / "odd.xlsx", "".join(lines)), monkeypatch) < 250


def test_a_list_that_begins_late_is_learned_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styles = style_sheet(*["General"] * 1000)
    lines = [line(n, n) if n < 1000 else line(n, 5 + n % 2) for n in range(1, 20_000)]
    path = book(tmp_path / "late.xlsx", "".join(lines), styles=styles)
    assert singly(path, monkeypatch) < 4000


def test_rows_that_are_never_alike_are_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zoomdesk.workbook.markup.row_shapes._MOST_KINDS", 3)
    path = book(tmp_path / "own.xlsx", "".join(line(n, n) for n in range(1, 3000)))
    assert singly(path, monkeypatch) > 2900
    assert read(path).columns == {1: ["7"] * 2999}


@pytest.mark.parametrize("damaged", [False, True])
def test_no_thread_is_left(tmp_path: Path, damaged: bool) -> None:
    class Stopped(Exception):
        pass

    def stop(rows: int, _: float) -> None:
        if rows > 20_000:
            raise Stopped

    lines = list(map(line, range(1, 120_000)))
    if damaged:
        lines[20_000] = "<row>"
    path = book(tmp_path / "many.xlsx", "".join(lines))
    before = threading.active_count()
    with pytest.raises(WorkbookDamaged if damaged else Stopped) as caught:
        read(path, progress=stop)
    assert caught.tb is not None, "the frames of the reading are still held"
    assert threading.active_count() == before
