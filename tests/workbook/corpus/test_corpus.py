"""Results in every workbook of the corpus: all else stays, and every other program agrees.

Promise 2 of DESIGN.md. The table of all counts: ``python -m tests.workbook.corpus.table``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.corpus import readers
from tests.workbook.corpus.books import CORPUS, SOUND, books_in
from tests.workbook.corpus.canonical import assert_equal_but_for_the_write, key
from tests.workbook.corpus.holding import assert_untouched, compare, is_small
from tests.workbook.corpus.office import only_written_is_shown, show
from tests.workbook.corpus.results import Written, write_over
from tests.workbook.corpus.schema import assert_no_new_faults

BOOKS = [*books_in(CORPUS), *([SOUND] if SOUND.exists() else [])]
SMALL = [path for path in BOOKS if is_small(path)]

UNREADABLE = {
    "openpyxl": {
        "009_ClosedXML_column-style-autofilter.xlsx",
        "020_ExcelDataReader_Test_git_issue_629.xlsx",
        "065_SheetJS_xlsx-stream-d-date-cell.xlsx",
        "096_dotnet_OLE-O12-XL-OLE.xlsx",  # strict: opens without sheets
    },
    "exceljs": {
        "000_ClosedXML_CFDataBar.xlsx",  # elements with a prefix
        "001_ClosedXML_HideSheets.xlsx",
        "004_ClosedXML_CubeFromRange-Output.xlsx",
        "020_ExcelDataReader_Test_git_issue_629.xlsx",
        "044_PHPOffice_formscomments.xlsx",
        "081_apache_65016.xlsx",
        "112_dotnet_missingcalcchainpart.xlsx",
        "131_nissl-lab_GLIMP2.xlsx",
    },
}
"""What a program cannot open as it came, it is not asked about."""

Write = Callable[[Path], Written]

each_book = pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)


def test_the_corpus_is_complete(shared: Path) -> None:
    assert len(BOOKS) == 40


@each_book
def test_members_that_were_not_meant_stay_to_the_compressed_byte(
    book: Path, written: Write
) -> None:
    original = book.read_bytes()
    one = written(book)
    assert book.read_bytes() == original
    assert one.plan.cells == len(one.values)
    assert_untouched(one)


@each_book
def test_what_changed_is_equal_but_for_the_written_cells(book: Path, written: Write) -> None:
    one = written(book)
    assert key(one.plan.sheet.part) in assert_equal_but_for_the_write(one)


@pytest.mark.parametrize("book", SMALL, ids=lambda path: path.name)
def test_what_was_valid_stays_valid(book: Path, written: Write) -> None:
    assert_no_new_faults(book, written(book).after)


@each_book
@pytest.mark.parametrize("reader", ["openpyxl", "calamine"])
def test_python_reads(book: Path, reader: str, written: Write) -> None:
    found = compare(written(book), getattr(readers, reader))
    assert (found == readers.UNREADABLE) == (book.name in UNREADABLE.get(reader, ()))


@each_book
@pytest.mark.parametrize("reader", ["sheetjs", "exceljs"])
def test_node_reads(book: Path, reader: str, written: Write, node: readers.NodeReaders) -> None:
    found = compare(written(book), getattr(node, reader))
    assert (found == readers.UNREADABLE) == (book.name in UNREADABLE.get(reader, ()))


@each_book
def test_cells_are_written_over_and_emptied(book: Path, tmp_path: Path) -> None:
    """Formulas too, which then leave the calculation chain (hazard 8)."""
    one = write_over(book, tmp_path / book.name)
    if not one.values:
        pytest.fail("nothing in it may be written over")
    assert_untouched(one)
    assert_equal_but_for_the_write(one)
    compare(one, readers.calamine)
    if is_small(book):
        compare(one, readers.openpyxl)
        assert_no_new_faults(book, one.after)


@pytest.mark.libreoffice
@pytest.mark.parametrize("part", range(4))
def test_libreoffice_shows(part: int, written: Write, tmp_path: Path, shared: Path) -> None:
    books = [written(path) for path in BOOKS[part::4]]
    shown = show(books, tmp_path)
    for index, one in enumerate(books):
        assert only_written_is_shown(shown, index, one) >= len(one.values), one.before.name
