"""What must hold of any bytes whatever: the targets of ``dev.py fuzz``, run on what it found too.

Each takes the bytes of a file or part and raises AssertionError, or whatever escaped, where a
promise is broken; our own errors are answers.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from tests.workbook.fuzzed.expat_view import CannotSayError, Seen, texts, view
from tests.workbook.handmade import book, string_table, style_sheet
from tests.workbook.hostile.limited import ACTIONS
from zoomdesk import workbook
from zoomdesk.errors import WorkbookError
from zoomdesk.workbook.display.number_format import NumberFormat
from zoomdesk.workbook.markup.escapes import character_data
from zoomdesk.workbook.markup.runs import Run
from zoomdesk.workbook.markup.shared_strings import read_shared_strings
from zoomdesk.workbook.markup.tokenizer import SheetTokens
from zoomdesk.workbook.markup.xml_text import undo_escapes
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.writing.appended_strings import StringTable

PART = "xl/worksheets/sheet1.xml"
FOLDER = Path(tempfile.mkdtemp(prefix="zoomdesk-fuzz-"))
STRINGS = string_table("<si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r></si><si/>")
TEXTS = ["zero", "one", ""]
LONGEST_MESSAGE = 400


def said(error: WorkbookError) -> str:
    """Return an error's message; it is one sentence or two, in one line, of bounded length."""
    assert "\n" not in error.message, error.message
    assert len(error.message) < LONGEST_MESSAGE, error.message
    return error.message


def in_blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def package(data: bytes) -> None:
    """Open, read and patch any bytes as a workbook."""
    path = FOLDER / "any.xlsx"
    path.write_bytes(data)
    for action in ACTIONS.values():
        try:
            action(path)
        except WorkbookError as error:
            said(error)


def cut(data: bytes, size: int, *, runs: bool) -> list[Any] | None:
    """Return all rows and cells of a sheet part, or None where it is refused."""
    found: list[Any] = []
    try:
        tokens = SheetTokens(in_blocks(data, size), PART)
        pieces = [tokens.head]
        for item in tokens.stretches() if runs else tokens.rows():
            if isinstance(item, Run):
                rows = [
                    tokens.row(number, xml)
                    for number, xml in zip(item.numbers, item.rows(), strict=True)
                ]
                assert b"".join(row.xml for row in rows) == item.xml
            else:
                rows = [item]
            for row in rows:
                pieces.append(row.lead + row.xml)
                found.append((row.number, tokens.cells(row)))
        whole = b"".join([*pieces, tokens.tail])
        expected = b"".join(SheetTokens([data], PART).stream.encoded([whole]))
        assert expected == data, "the pieces are not the part"
    except WorkbookError as error:
        said(error)
        return None
    return found


def tokenizer(data: bytes) -> None:
    """Cut a sheet part by every way: they see the same, and what expat sees."""
    found = cut(data, 1 << 20, runs=False)
    assert cut(data, 17, runs=False) == found
    many = [cut(data, size, runs=True) for size in (1 << 20, 64)]
    try:
        seen = view(data)
    except CannotSayError:
        return  # of what is no XML, rows may be refused in one way and taken in another
    assert many == [found, found]
    if found is None:
        return
    assert [row for row, _ in found] == seen.rows
    cells = {(row, cell.column): cell for row, cells in found for cell in cells}
    assert cells.keys() == seen.cells.keys()
    for at, cell in cells.items():
        other = seen.cells[at]
        assert character_data(cell.kind) == other.kind, at
        assert character_data(cell.value) == (other.value or ""), at
        assert bool(cell.formula) == (other.formula is not None), at


def sheet(data: bytes) -> None:
    """Read a sheet part and patch it: all cells as expat has them, the others as they were."""
    path = book(FOLDER / "sheet.xlsx", data, strings=STRINGS, styles=style_sheet("General", "@"))
    try:
        before = workbook.read(path)
    except WorkbookError as error:
        said(error)
        return
    try:
        seen: Seen | None = view(data).cells
    except CannotSayError:
        seen = None
    if seen is not None:
        _hold_reading(before, seen)
    row = before.row_numbers[len(before.row_numbers) // 2] if before.row_numbers else 1
    cells = {(row, 2): "new & <text>", (row + 3 if row < 9999 else 1, 1): 7, (row, 5): None}
    try:
        checked = workbook.plan(path, workbook.Edits(before.name, cells))
        report = workbook.apply(checked, FOLDER / "patched.xlsx")
    except WorkbookError as error:
        if "did not pass its check" in said(error):
            raise AssertionError("the writer and its check disagree") from error
        return
    _hold_patch(before, report.path, cells, well_formed=seen is not None)


def _hold_reading(sheet: workbook.Sheet, seen: Seen) -> None:
    for (row, column), cell in seen.items():
        shown = sheet.text(row, column)
        value = (cell.value or "").strip()
        if cell.kind == "str" and cell.style in ("", "0"):
            assert shown == undo_escapes(cell.value or ""), (row, column)
        elif cell.kind == "inlineStr" and cell.style in ("", "0") and not cell.value:
            assert shown == undo_escapes(cell.inline or ""), (row, column)
        elif cell.kind == "s" and re.fullmatch("[0-2]", value) and cell.style in ("", "0"):
            assert shown == TEXTS[int(value)], (row, column)
        elif cell.kind in ("", "n") and re.fullmatch("[1-9][0-9]{0,14}", value):
            assert shown == value, (row, column)


def _hold_patch(
    before: workbook.Sheet, path: Path, cells: dict[tuple[int, int], Any], *, well_formed: bool
) -> None:
    after = workbook.read(path)
    for cell, value in cells.items():
        assert after.text(*cell) == ("" if value is None else str(value)), cell
    for row in {*before.row_numbers, *after.row_numbers}:
        for column in {*before.columns, *after.columns}:
            if (row, column) not in cells:
                assert after.text(row, column) == before.text(row, column), (row, column)
    formulas = {at: text for at, text in before.formulas.items() if at not in cells}
    assert {at: text for at, text in after.formulas.items() if at not in cells} == formulas
    if well_formed:
        with Package(path) as patched:
            expat.ParserCreate().Parse(patched.read(PART), True)


def numbers(data: bytes) -> None:
    """Show any number, and any text, by any format code: first line the code, then the number."""
    code, _, raw = data.decode("utf-8", "replace").partition("\n")
    for date1904 in (False, True):
        form = NumberFormat(code, date1904=date1904)
        for text in (form.show(raw), form.text(raw), form.number(0.5), form.number(-45000.25)):
            assert isinstance(text, str)
            assert len(text) < 20_000 + len(raw) * (len(code) + 1)


def strings(data: bytes) -> None:
    """Read any bytes as shared strings: every way gives the same, and the writer counts as many."""
    found = _texts(data, 1 << 20)
    again = _texts(data, 23)
    try:
        table = StringTable.scan(in_blocks(data, 1 << 20), "xl/sharedStrings.xml")
    except WorkbookError as error:
        said(error)
        table = None
    try:
        seen = texts(data)
    except CannotSayError:
        return  # of what is no XML, entries may be refused in one way and taken in another
    assert again == found
    if found is not None:
        assert found == [undo_escapes(text) for text in seen]
        assert table is None or table.base == len(found)


def _texts(data: bytes, size: int) -> list[str] | None:
    try:
        return list(read_shared_strings(lambda: in_blocks(data, size), "xl/sharedStrings.xml"))
    except WorkbookError as error:
        said(error)
        return None


def csv(data: bytes) -> None:
    """Read any bytes as a text file."""
    path = FOLDER / "any.csv"
    path.write_bytes(data)
    try:
        read = workbook.read(path)
        first = workbook.preview(path, rows=3)
        assert list(read.row_numbers[: len(first.row_numbers)]) == list(first.row_numbers)
        for row in first.row_numbers:
            for column in first.columns:
                assert first.text(row, column) == read.text(row, column)
    except WorkbookError as error:
        said(error)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (package, tokenizer, sheet, numbers, strings, csv)
}
