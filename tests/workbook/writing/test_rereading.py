"""What a write was to leave alone is held against the original, byte by byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.handmade import book, string_table
from tests.workbook.writing.test_verify import SHEET, STRINGS, changed_of, replaced, tampered
from zoomdesk.errors import WriteFailed
from zoomdesk.workbook import ColumnValues, Edits, WritePlan, apply, plan, read
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.writing import verify as room
from zoomdesk.workbook.writing.verify import verify

LAST = 12_000
EVERY = range(1, LAST + 1)
TEXTS = [f"text{row}" for row in EVERY]
WRITES = {
    "behind": Edits("List", columns={4: ColumnValues(EVERY, TEXTS), 5: ColumnValues(EVERY, EVERY)}),
    "some": Edits("List", {(row, 2): f"text{row}" for row in range(7, LAST, 100)}),
    "some behind": Edits("List", {(row, 4): row for row in range(7, LAST, 100)}),
    "one": Edits("List", {(5, 3): None}),
}


def people(path: Path) -> Path:
    """Write a list of some megabytes, in several runs."""
    rows = "".join(
        f'<row r="{n}" spans="1:3" ht="15"><c r="A{n}" t="s"><v>{n % 2}</v></c>'
        f'<c r="B{n}" s="1"><v>{n}</v></c><c r="C{n}" t="s"><v>1</v></c></row>'
        for n in EVERY
    )
    strings = string_table("<si><t>old</t></si><si><t>other</t></si>")
    return book(path, rows, strings=strings)


def substituted(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[WritePlan, Path]]:
    """Return each write's plan and its finished file."""
    folder = tmp_path_factory.mktemp("rereading")
    path = people(folder / "people.xlsx")
    plans = {name: plan(path, edits) for name, edits in WRITES.items()}
    return {
        name: (checked, apply(checked, folder / f"{name}.xlsx").path)
        for name, checked in plans.items()
    }


TAMPERED: dict[str, Callable[[str], str]] = {
    "a value elsewhere": replaced('r="B5002" s="1"><v>5002<', 'r="B5002" s="1"><v>502<'),
    "a value in a written row": replaced('<c r="A5007" t="s"><v>1<', '<c r="A5007" t="s"><v>0<'),
    "a type": replaced('<c r="C11007" t="s">', '<c r="C19007" t="n">'),
    "a style": replaced('<c r="B13" s="1">', '<c r="B13" s="2">'),
    "a height": substituted(r'(<row r="9507" spans="\S*") ht="15"', r'\1 ht="16"'),
    "a row that is missing": substituted(r'<row r="9512".*?</row>', ""),
    "a row that is there twice": substituted(r'(<row r="9512".*?</row>)', r"\1\1"),
    "something between the rows": replaced('<row r="9512"', ' <row r="9512"'),
    "one more cell": substituted(r'(<row r="9512".*?)</row>', r'\1<c r="Z9512"/></row>'),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_not_as_before_is_found(
    write: str, what: str, finished: dict[str, tuple[WritePlan, Path]], tmp_path: Path
) -> None:
    checked, path = finished[write]
    copy = tampered(path, SHEET, TAMPERED[what], tmp_path)
    with Package(checked.path) as original, pytest.raises(WriteFailed, match="did not pass"):
        verify(checked, original, copy, changed_of(checked))


def test_texts_that_were_there_are_the_same(
    finished: dict[str, tuple[WritePlan, Path]], tmp_path: Path
) -> None:
    checked, path = finished["some"]
    copy = tampered(path, STRINGS, replaced("<t>other<", "<t>ether<"), tmp_path)
    with Package(checked.path) as original, pytest.raises(WriteFailed, match="did not pass"):
        verify(checked, original, copy, changed_of(checked))


@pytest.mark.parametrize("write", ["behind", "some"])
def test_lists_are_read_back_many_rows_at_a_time(
    write: str, finished: dict[str, tuple[WritePlan, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked, path = finished[write]
    looked_at: list[int] = []
    monkeypatch.setattr(room._Check, "row", lambda _, row: looked_at.append(row.number))
    with Package(checked.path) as original:
        verify(checked, original, path, changed_of(checked))
    assert not looked_at


def test_rows_in_an_order_of_their_own_are_read_one_by_one(tmp_path: Path) -> None:
    numbers = [*range(1, 400), *range(600, 400, -1), *range(601, 900), *range(5, 30)]
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in numbers)
    path = book(tmp_path / "odd.xlsx", rows)
    cells = {(row, 2): f"{row}" for row in (450, 500, 700, 1000)}
    after = apply(plan(path, Edits("List", cells)), tmp_path / "after.xlsx").path
    found = read(after)
    assert {at: found.text(*at) for at in cells} == cells


@pytest.mark.parametrize("strings", [None, "<si><t>a</t></si>"])
def test_texts_much_longer_than_their_rows(tmp_path: Path, strings: str | None) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 2_000))
    path = book(tmp_path / "b.xlsx", rows, strings=string_table(strings) if strings else None)
    cells = {(row, 1): f"{row}" * 8_000 for row in range(1, 2_000, 40)}
    found = read(apply(plan(path, Edits("List", cells)), tmp_path / "after.xlsx").path)
    assert all(found.text(*at) == text for at, text in cells.items())


def test_a_comment_far_below_the_lists_rows(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_000))
    path = book(tmp_path / "odd.xlsx", f'{rows}<!-- end --><row r="60000"/>')
    values = [f"{row}" for row in EVERY]
    for edits in (
        Edits("List", columns={2: ColumnValues(EVERY, values)}),
        Edits("List", {(row, 2): row for row in range(1, 60_000, 500)}),
    ):
        after = apply(plan(path, edits), tmp_path / "after.xlsx").path
        assert read(after).text(1, 2) == "1"


def test_attributes_of_any_kind_in_the_start_tags_of_rows(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}" spans="1:1" note="100% @ (a|b)"><c r="A{n}"><v>{n}</v></c></row>'
        for n in EVERY
    )
    checked = plan(book(tmp_path / "b.xlsx", rows), WRITES["behind"])
    assert {run.attributes for run in checked.runs.values()} == {
        b' spans="1:1" note="100% @ (a|b)"'
    }
    assert read(apply(checked).path).text(LAST, 4) == f"text{LAST}"
