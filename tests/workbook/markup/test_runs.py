"""Rows written many at a time come out as rows written one by one, to the byte."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.corpus.books import CORPUS, books_in
from tests.workbook.corpus.results import longest, results_for
from tests.workbook.handmade import book, string_table
from tests.workbook.markup.test_row_shapes import rows, sheet_data
from tests.workbook.sheets import sheet_xml
from tests.workbook.writing.test_random_writing import CELLS
from zoomdesk.errors import WorkbookError
from zoomdesk.workbook import ColumnValues, Edits, apply, plan
from zoomdesk.workbook.markup.runs import RowPattern, RunFinder, _letters
from zoomdesk.workbook.opc import package, transcode
from zoomdesk.workbook.references import MAX_COLUMN, letters_of

STRINGS = string_table("<si><t>Ada</t></si><si><t>Grace</t></si>")


def outcome(path: Path, edits: Edits, *, runs: bool) -> object:
    """Return what a write makes of the workbook, or why it is refused."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        if not runs:
            patch.setattr(RunFinder, "find", lambda *_: None)
        after = Path(folder) / path.name
        try:
            apply(plan(path, edits), after)
        except WorkbookError as error:
            return type(error), error.message
        return after.read_bytes()


def same(path: Path, edits: Edits) -> object:
    found = outcome(path, edits, runs=True)
    assert found == outcome(path, edits, runs=False)
    return found


@settings(deadline=None, max_examples=80)
@given(sheet_xml(odd=False), CELLS, st.booleans())
def test_random_sheets(sheet: str, cells: dict[tuple[int, int], Any], strings: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder) / "b.xlsx", sheet.encode(), strings=STRINGS if strings else None)
        same(path, Edits("List", cells))


@settings(deadline=None, max_examples=80)
@given(kinds=rows, columns=st.sets(st.integers(1, 6), min_size=1), every=st.sampled_from([1, 2, 9]))
def test_lists_whose_rows_are_alike(kinds: Any, columns: set[int], every: int) -> None:
    cells: dict[tuple[int, int], Any] = {
        (row, column): (f"{row}", row, None)[row * column % 3]
        for row in range(1, 27, every)
        for column in columns
    }
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder) / "b.xlsx", sheet_data(kinds), strings=STRINGS)
        same(path, Edits("List", cells, overwrite_formulas=True))


@pytest.mark.parametrize("path", books_in(CORPUS), ids=lambda path: path.name)
def test_corpus(path: Path) -> None:
    same(path, results_for(longest(path)))


ODD = [
    '<row r="5" ht="15"/>',
    '<row r="5"><c r="A5"><v>1</v></c></row >',
    '\n<row r="5"><c r="A5"><v>1</v></c></row>',
    "<row r='5'><c r='A5'><v>1</v></c></row>",
    "<row><c><v>1</v></c></row>",
    '<row r="5"><c r="a5"><v>1</v></c></row>',
    '<row r="5"><c r="C5"><v>1</v></c><c r="A5"><v>1</v></c></row>',
    '<row r="5"><c r="B5"><v>1</v></c><c r="B5"><v>1</v></c></row>',
    '<row r="5"><c r="A6"><v>1</v></c></row>',
    '<row r="5" s="1" customFormat="1" hidden="1"><c r="A5"><f>B5</f><v>1</v></c></row>',
    '<row r="5"><c r="B5"><f>A5</f><v>1</v></c></row>',
    '<row r="5"><c r="A5"><f t="array" ref="A5:B5">1</f><v>1</v></c></row>',
    '<row r="4"><c r="A4"><v>1</v></c></row>',
    '<row r="999999"><c r="B999999"><v>1</v></c></row><row r="1048576"><c r="A1048576"/></row>',
    '<row r="5"></row>',
    '<row r="5" spans="3:4 7:9"><c r="XFD5"><v>1</v></c></row>',
    '<row r="5"><c r="B5" t="e" vm="1"><v>#N/A</v></c></row>',
    '<row r="5"><c r="A5" t="str"><v>&lt;row r="7"&gt;</v></c></row>',
    '<row r="5"><!-- </row> --><c r="A5"><v>1</v></c></row>',
    "<row r='x'/>",
]


@pytest.mark.parametrize("odd", ODD)
def test_one_odd_row_among_common_ones(tmp_path: Path, odd: str) -> None:
    def common(first: int, last: int) -> str:
        return "".join(
            f'<row r="{n}" spans="1:2"><c r="A{n}"><v>{n}</v></c></row>' for n in range(first, last)
        )

    path = book(tmp_path / "odd.xlsx", common(1, 5) + odd + common(6, 12))
    for rows_ in ([4, 5], range(1, 14), [5, 999_999, 1_048_576]):
        cells = {(row, column): f"{row}" for row in rows_ for column in (2, 4)}
        same(path, Edits("List", cells, 1, {7: "New"}))


def test_the_columns_of_a_pattern_are_those_between() -> None:
    for first, last in [(1, 1), (2, 26), (1, 30), (27, 27), (5, 702), (700, 705), (1, MAX_COLUMN)]:
        pattern = re.compile(_letters(first, last).decode())
        named = (letters_of(column) for column in range(1, MAX_COLUMN + 1))
        found = [column for column, name in enumerate(named, 1) if pattern.fullmatch(name)]
        assert found == list(range(first, last + 1))
        assert not pattern.fullmatch("XFE")


def test_common_rows_are_taken_by_pattern() -> None:
    data = b"".join(
        b'<row r="%d" spans="1:2"><c r="A%d" s="4"><v>%d</v></c><c r="C%d" t="s"><v>7</v></c></row>'
        % (n, n, n, n)
        for n in range(2, 40)
    )
    run = RunFinder(b"").find(data + b'<row r="40', 0)
    assert run is not None
    assert (run.xml, run.numbers) == (data, range(2, 40))
    pattern = RowPattern(b"", [2, 3])
    assert pattern.takes(run)
    assert not RowPattern(b"", [1]).takes(run._replace(xml=data.replace(b"<v>7", b"<f>7</f><v>7")))
    taken = pattern.take(run.rows()[0])
    cell = b'<c r="A2" s="4"><v>2</v></c>'
    text = b'<c r="C2" t="s"><v>7</v></c>'
    assert taken == (
        b"2", b' spans="1:2"', cell, b"", b"", b"", b"", b"", text, b"", b"s", b"<v>7</v>", b"",
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    kinds=rows,
    first=st.integers(1, 6),
    width=st.integers(1, 3),
    span=st.tuples(st.integers(1, 12), st.integers(0, 25)),
    values=st.sampled_from(["text", "repeated", "number", "none", "mixed"]),
    shared_strings=st.booleans(),
    blocks=st.sampled_from([17, 1 << 18]),
)
def test_columns_of_many_rows(
    kinds: Any, first: int, width: int, span: tuple[int, int], values: str,
    shared_strings: bool, blocks: int,
) -> None:  # fmt: skip
    """Columns come out as the same cells by themselves, and as rows written one by one."""
    made: dict[str, Any] = {
        "text": lambda n: f"<{n}>", "repeated": lambda n: "ab"[n % 2], "number": lambda n: n / 2,
        "none": lambda _: None, "mixed": lambda n: (n, str(n), None)[n % 3],
    }  # fmt: skip
    numbers = range(span[0], span[0] + span[1] + 1)
    each = [made[values](n) for n in numbers]
    columns = {first + at: ColumnValues(numbers, each) for at in range(width)}
    cells = {(n, column): v for column in columns for n, v in zip(numbers, each, strict=True)}
    strings = STRINGS if shared_strings else None
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "BLOCK", blocks)
        patch.setattr(transcode, "_BLOCK", blocks)
        path = book(Path(folder) / "b.xlsx", sheet_data(kinds), strings=strings)
        found = same(path, Edits("List", columns=columns, overwrite_formulas=True))
        assert found == outcome(path, Edits("List", cells, overwrite_formulas=True), runs=True)
