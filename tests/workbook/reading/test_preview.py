"""The first rows at once, and being told how far reading is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.handmade import book, string_table
from tests.workbook.sheets import sheet_xml
from zoomdesk.errors import SheetNotFound, WorkbookDamaged, WorkbookError
from zoomdesk.workbook import Fingerprint, Sheet, inspect, preview, read
from zoomdesk.workbook.markup.shared_strings import LazyStrings
from zoomdesk.workbook.opc.package import BLOCK, Package

WIDE = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, 60_000))
MANY = "".join(f"<si><t>text {n}</t></si>" for n in range(60_000))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(tmp_path_factory.mktemp("large") / "large.xlsx", WIDE, strings=string_table(MANY))


def assert_first_rows_of(whole: Sheet, first: Sheet, rows: int) -> None:
    """Hold a preview against what the whole sheet says about the same rows."""
    seen = set(first.row_numbers)
    assert list(first.row_numbers) == sorted(seen)
    shown = {(row, column): first.text(row, column) for row in seen for column in range(1, 60)}
    assert shown == {cell: whole.text(*cell) for cell in shown}
    assert first.hidden_rows <= whole.hidden_rows
    assert first.formulas.items() <= whole.formulas.items()
    if len(whole.row_numbers) <= rows:
        assert seen <= set(whole.row_numbers)


def test_the_first_rows_are_what_read_gives(large: Path) -> None:
    first = preview(large, rows=100)
    assert list(first.row_numbers) == list(range(1, 101))
    assert first.columns == {1: [f"text {n}" for n in range(100)]}
    assert (first.name, first.state) == ("List", "visible")
    assert_first_rows_of(read(large), first, 100)


def test_of_a_short_sheet_the_preview_has_every_row(tmp_path: Path) -> None:
    path = book(tmp_path / "short.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/>')
    assert preview(path, "List").columns == read(path).columns == {1: ["1"]}
    assert preview(path, rows=0).row_numbers == []


@settings(deadline=None, max_examples=80)
@given(sheet=sheet_xml(), rows=st.integers(0, 6))
def test_random_sheets(sheet: str, rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder) / "b.xlsx", sheet.encode())
        whole, first = read(path), preview(path, rows=rows)
    assert_first_rows_of(whole, first, rows)
    in_order = [row for row in whole.row_numbers if any(whole.text(row, c) for c in range(1, 60))]
    filled = [row for row in first.row_numbers if any(first.text(row, c) for c in range(1, 60))]
    assert filled == in_order[: len(filled)]


def test_the_corpus(shared: Path) -> None:
    for path in sorted((shared / "workbooks" / "corpus").glob("*.xls[xm]")):
        for sheet in inspect(path).sheets:
            whole, first = read(path, sheet.name), preview(path, sheet.name, rows=7)
            totals = {row for row, _ in whole.totals}
            seen = [row for row in first.row_numbers if row not in totals]
            for column in {*whole.columns, *first.columns}:
                theirs = [whole.text(row, column) for row in seen]
                assert [first.text(row, column) for row in seen] == theirs


@pytest.mark.parametrize("name", ["pass_protected.xlsx", "poc-xmlbomb.xlsx", "xlsx-corrupted.xlsx"])
def test_what_is_refused_is_refused_alike(shared: Path, name: str) -> None:
    path = shared / "workbooks" / "corpus" / "refuse" / name
    with pytest.raises(WorkbookError) as whole:
        read(path)
    with pytest.raises(type(whole.value)) as first:
        preview(path)
    assert first.value.message == whole.value.message


def test_what_is_damaged_behind_the_first_rows_is_not_seen(tmp_path: Path) -> None:
    path = book(tmp_path / "late.xlsx", WIDE.replace("A59999", "??"), strings=string_table(MANY))
    assert preview(path, rows=3).text(3, 1) == "text 2"
    with pytest.raises(WorkbookDamaged):
        read(path)


def test_a_sheet_that_does_not_exist(large: Path) -> None:
    with pytest.raises(SheetNotFound):
        preview(large, "Guests")


def test_a_missing_text_is_damage(tmp_path: Path) -> None:
    path = book(
        tmp_path / "gone.xlsx",
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        strings=string_table("<si><t>one</t></si>"),
    )
    with pytest.raises(WorkbookDamaged, match="number 7"):
        preview(path)


def test_a_preview_is_never_taken_for_the_whole_file(large: Path) -> None:
    looked = preview(large, rows=1).book.fingerprint
    assert looked.size == Fingerprint.of(large).size
    assert not looked.same_content(Fingerprint.of(large))
    assert not looked.same_content(looked)


def test_little_of_the_parts_is_inflated(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inflated: list[int] = []
    original = Package._inflated

    def counted(package: Package, member: object) -> Iterator[bytes]:
        for block in original(package, member):
            inflated.append(len(block))
            yield block

    monkeypatch.setattr(Package, "_inflated", counted)
    preview(large, rows=5)
    looked = sum(inflated)
    inflated.clear()
    read(large)
    assert looked < sum(inflated) - BLOCK


def test_lazy_texts_are_read_no_further_than_asked() -> None:
    taken: list[int] = []

    def blocks() -> Iterator[bytes]:
        part = string_table("<si><t>a</t></si>" * 1000).encode()
        for at in range(0, len(part), 500):
            taken.append(at)
            yield part[at : at + 500]

    strings = LazyStrings(blocks, "xl/sharedStrings.xml")
    assert (strings[0], len(taken)) == ("a", 1)
    assert strings[999] == "a"
    assert len(taken) > 30
    with pytest.raises(IndexError):
        strings[1000]


@pytest.mark.parametrize("odd", ["<si><t><![CDATA[c]]></t></si>", "<si><!-- --><t>c</t></si>"])
def test_lazy_texts_of_a_part_that_needs_the_parser(odd: str) -> None:
    part = string_table("<si><t>a</t></si>" * 100 + odd + "<si><t>b</t></si>").encode()
    pieces = [part[at : at + 300] for at in range(0, len(part), 300)]
    strings = LazyStrings(lambda: iter(pieces), "xl/sharedStrings.xml")
    assert [strings[0], strings[99], strings[100], strings[101]] == ["a", "a", "c", "b"]
    with pytest.raises(IndexError):
        strings[102]


def test_progress_is_told_until_the_end(large: Path) -> None:
    told: list[tuple[int, float]] = []
    sheet = read(large, progress=lambda rows, fraction: told.append((rows, fraction)))
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (len(sheet.row_numbers), 1.0)
    assert all(0 <= fraction <= 1 for _, fraction in told)


def test_progress_may_end_the_reading(large: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(rows: int, _: float) -> None:
        if rows > 100:
            raise Stopped

    with pytest.raises(Stopped):
        read(large, progress=stop)
