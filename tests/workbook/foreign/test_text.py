"""Plain text is read as a person would see it in Excel, and stays text."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zoomdesk.errors import NotAWorkbook, TextNotUnderstood, WorkbookError, WorkbookHostile
from zoomdesk.workbook import Sheet, TextOptions, inspect, preview, read

PLAIN = TextOptions("utf-8", ",")


def sheet_of(path: Path, content: str | bytes, text: TextOptions | None = PLAIN) -> Sheet:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, text=text)


def rows_of(sheet: Sheet) -> list[list[str]]:
    return [
        [sheet.text(row, column) for column in range(1, sheet.last_column + 1)]
        for row in range(1, max(sheet.row_numbers, default=0) + 1)
    ]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
        ("\n\na\n\n\n", [[""], [""], ["a"]]),
        ('"x\r\ny",b\nc,d\n', [["x\r\ny", "b"], ["c", "d"]]),
        ('"say ""hi""",b\n', [['say "hi"', "b"]]),
        ("a\nb,c,d\ne,,f\n", [["a", "", ""], ["b", "c", "d"], ["e", "", "f"]]),
        ("sep=,\na,b\n", [["a", "b"]]),
        ("sep=,\r\na,b\r\n", [["a", "b"]]),
        ('="0049",="",=A1\n', [["0049", "", "=A1"]]),
        ('"=""007""",b\n', [["007", "b"]]),
        (" a , b\n", [[" a ", " b"]]),
        ("007,+49 170,1e5,2024-01-01,TRUE\n", [["007", "+49 170", "1e5", "2024-01-01", "TRUE"]]),
        ("\ufeffName,x\n", [["Name", "x"]]),
        ("a\u2028b\x0b,\x0cc\n", [["a\u2028b\x0b", "\x0cc"]]),
        ("Name,\x1a\n", [["Name", "\x1a"]]),
    ],
)
def test_records_are_rows(tmp_path: Path, content: str, rows: list[list[str]]) -> None:
    assert rows_of(sheet_of(tmp_path / "guests.csv", content)) == rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_way_to_write_it_reads_alike(tmp_path: Path, encoding: str) -> None:
    content = "sep=;\r\nE-Mail;Name\r\na@example.com;Zoë\r\n".encode(encoding)
    sheet = sheet_of(tmp_path / "guests.csv", content, None)
    assert sheet.columns == {1: ["E-Mail", "a@example.com"], 2: ["Name", "Zoë"]}
    assert sheet.book.text is not None
    assert sheet.book.text.separator == ";"


def test_what_is_chosen_counts_and_the_rest_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes("E-Mail;Name\r\na@example.com;Zoë\r\n".encode("cp1252"))
    chosen = inspect(path, text=TextOptions("cp1250", "")).text
    assert chosen == TextOptions("cp1250", ";")
    assert inspect(path, text=TextOptions("", "tab")).text == TextOptions("cp1252", "\t")
    with pytest.raises(TextNotUnderstood, match="UTF-8"):
        read(path, text=TextOptions("utf-8", ";"))


def test_utf_16_is_read_in_the_order_that_the_file_has(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes("E-Mail;Name\r\na@example.com;Zoë\r\n".encode("utf-16-be"))
    assert read(path, text=TextOptions("utf-16", "")).text(2, 2) == "Zoë"


def test_the_book_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a [list] of all the guests of the year.csv"
    path.write_text("Email\na@example.com\n")
    book = inspect(path)
    assert book.kind == ".csv"
    assert [(info.name, info.state) for info in book.sheets] == [
        ("a _list_ of all the guests of t", "visible")
    ]
    assert book.new_file == (
        "“a [list] of all the guests of the year.csv” holds plain text: results are saved as a "
        "new workbook “a [list] of all the guests of the year.xlsx”."
    )
    assert read(path, "A _LIST_ of all the guests of t").name == book.sheets[0].name


def test_a_new_workbook_takes_a_free_name(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email\na@example.com\n")
    (tmp_path / "guests.xlsx").touch()
    (tmp_path / "guests (2).xlsx").touch()
    assert "“guests (3).xlsx”" in inspect(path).new_file


def test_the_kind_is_in_the_content_not_in_the_name(tmp_path: Path) -> None:
    assert sheet_of(tmp_path / "guests.xlsx", "Email\na@example.com\n").book.kind == ".csv"


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        ('a,"b\n' + "c,d\n" * 50_000, NotAWorkbook, "quotation mark"),
        ("a,b\n" + "x" * 200_000 + "\n", NotAWorkbook, "endless"),
        ("a,b\n\x01\x02,d\n" * 2000, NotAWorkbook, "not an Excel workbook"),
        ("a" * 5000 + "\n\x01\n", NotAWorkbook, "control characters"),
        ("x\n" + "," * 20_000 + "\n", WorkbookHostile, "16,384 columns"),
        ("x\n" + "ab," * 3_000_000 + "\n", WorkbookHostile, "millions of characters"),
    ],
)
def test_what_is_no_table(
    tmp_path: Path, content: str, error: type[WorkbookError], words: str
) -> None:
    with pytest.raises(error, match=words):
        sheet_of(tmp_path / "guests.csv", content)


def test_a_preview_is_the_beginning(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("".join(f"{row},guest{row}@example.com\n" for row in range(1, 1001)))
    first = preview(path, rows=7)
    whole = read(path)
    assert list(first.row_numbers) == list(range(1, 8))
    assert first.columns == {column: texts[:7] for column, texts in whole.columns.items()}
    assert not first.book.fingerprint.same_content(whole.book.fingerprint)


def test_progress_is_told_and_may_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("".join(f"{row},guest{row}@example.com\n" for row in range(150_000)))
    told: list[tuple[int, float]] = []
    read(path, progress=lambda rows, part: told.append((rows, part)))
    assert [rows for rows, _ in told] == sorted({rows for rows, _ in told})
    assert told[-1] == (150_000, 1.0)
    assert 0 < told[0][1] < 1

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(path, progress=stop)


def test_far_flung_cells_cost_what_they_hold(tmp_path: Path) -> None:
    """A column of one cell in a long file is no list of a hundred thousand empty texts."""
    path = tmp_path / "guests.csv"
    wide = "," * 3000
    path.write_text("".join(("x\n" * 20_000, f"{wide}y\n", "x\n" * 20_000, f"{wide}{wide}z\n")))
    tracemalloc.start()
    try:
        sheet = read(path, text=PLAIN)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sheet.text(20_001, 3001) == "y"
    assert sheet.text(40_002, 6001) == "z"
    assert list(sheet.columns) == [1, 3001, 6001]
    assert peak < 30_000_000


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=8
).filter(lambda text: not text.startswith(("=", "\ufeff")) and "sep=" not in text.lower())


@given(
    table=st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=8),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_csv_writes_reads_back(
    tmp_path: Path, table: list[list[str]], separator: str, encoding: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    path = tmp_path / "guests.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    key = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    sheet = read(path, text=TextOptions(key, separator))
    for row, cells in enumerate(table, start=1):
        for column, text in enumerate(cells, start=1):
            assert sheet.text(row, column) == text


@given(content=st.binary(max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes(content)
    said = "“guests.csv”"
    try:
        assert read(path).book.kind == ".csv"
    except WorkbookError as error:
        said = error.message
    assert "“guests.csv”" in said
