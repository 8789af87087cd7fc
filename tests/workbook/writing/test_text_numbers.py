"""Whatever the columns hold, each text's number leads to it in the table."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbook.handmade import book, string_table
from zoomdesk.workbook import ColumnValues, Edits, apply, plan, read
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.writing import text_numbers
from zoomdesk.workbook.writing.text_numbers import NO_TEXT, TextNumbers

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 3), st.text("ab&<", max_size=2)), max_size=30)
COLUMNS = st.lists(
    st.one_of(VALUES, st.integers(1, 30).map(lambda n: [f"{n}-{i}" for i in range(n)])), max_size=3
)
KNOWN = {b"<t>a</t>": 2, b"<t>a&amp;</t>": 4, b"<t>b</t>": 5}


@given(COLUMNS, st.text("ab", max_size=2), st.booleans())
def test_each_number_leads_to_its_text(columns: list[list[Any]], head: str, known: bool) -> None:
    given_ = {
        number: ColumnValues(range(2, 2 + len(values)), values)
        for number, values in enumerate(columns, 1)
    }
    cells = Edits("List", {}, 1, {1: f"H{head}"}, columns=given_).written()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_numbers, "_BATCH", 4)
        numbers = TextNumbers(cells, 7, KNOWN if known else {}, b"")
        table = dict(enumerate(chain.from_iterable(numbers.texts()), 7))
    if known:
        table |= {2: "a", 4: "a&", 5: "b"}
    assert len(table) == numbers.added + (3 if known else 0)
    assert numbers.of(cells, 1, 1, f"H{head}") in table
    uses = 1
    for number, values in enumerate(columns, 1):
        for place, (value, found) in enumerate(
            zip(values, numbers.columns[number], strict=True), 2
        ):
            if isinstance(value, str):
                uses += 1
                assert table[found] == value
                assert numbers.of(cells, place, number, value) == found
            else:
                assert found == NO_TEXT
    assert numbers.uses == uses


def test_texts_that_are_all_different_are_not_remembered() -> None:
    values = [f"link{number}" for number in range(10_000)]
    cells = Edits("List", columns={1: ColumnValues(range(1, 10_001), values)}).written()
    numbers = TextNumbers(cells, 3, {}, b"")
    assert numbers.columns[1] == range(3, 10_003)
    assert not numbers.single


def test_more_texts_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_numbers, "_REMEMBERED", 2)
    cells = Edits("List", {(row, 1): "abc"[row % 3] for row in range(1, 10)}, 1, {2: "H"}).written()
    numbers = TextNumbers(cells, 0, {}, b"")
    table = list(chain.from_iterable(numbers.texts()))
    assert [table[number] for number in numbers.columns[1]] == ["abc"[n % 3] for n in range(1, 10)]
    assert table[numbers.single["H"]] == "H"


def test_saving_the_same_again_does_not_grow_the_table(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 50))
    path = book(tmp_path / "b.xlsx", rows, strings=string_table("<si><t>x</t></si>"))
    cells = {(n, 2): ("yes & no", "a < b", "plain")[n % 3] for n in range(1, 50)}
    parts = []
    for _ in range(3):
        apply(plan(path, Edits("List", cells)))
        with Package(path) as package:
            parts.append(package.read("xl/sharedStrings.xml").count(b"<si>"))
        assert read(path).text(4, 2) == "a < b"
    assert parts == [4, 4, 4]
