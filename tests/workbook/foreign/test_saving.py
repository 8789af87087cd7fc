"""The new workbook holds what was read: every sheet, every cell, texts as texts."""

from __future__ import annotations

import datetime
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.foreign.makers import converted, sample, text_cell, xlsb
from tests.workbook.foreign.makers import ods as open_document
from tests.workbook.libreoffice import as_shown
from tests.workbook.oracles import calamine_cells
from zoomdesk.errors import NotAWorkbook, WorkbookChanged, WriteFailed, WriteRefused
from zoomdesk.workbook import (
    Edits,
    TextOptions,
    apply,
    inspect,
    new_path,
    plan,
    read,
    save_as_workbook,
)
from zoomdesk.workbook.foreign import saving
from zoomdesk.workbook.foreign.names import sheet_names
from zoomdesk.workbook.foreign.values import Number, shown, stored

AWKWARD = (
    "0049", "+49 170 1234", "1e5", "=1+1", "@here", "-", "TRUE", "2024-01-01", "612345678901234567",
    " blanks ", "two\nlines", "R&D <b>", "_x000D_", "a\rb", "tab\there", "Zoë 王 👋", "'x", "\x7f",
    "x" * 32_767,
)  # fmt: skip


def same_cells(path: Path, new: Path, text: TextOptions | None = None) -> None:
    """Assert that both show the same text in every cell of every sheet."""
    before, after = inspect(path, text=text), inspect(new)
    assert before.sheets == after.sheets
    assert after.kind == ".xlsx"
    assert not after.new_file
    for info in before.sheets:
        old, now = read(path, info.name, text=text), read(new, info.name)
        rows = {*old.row_numbers, *now.row_numbers}
        columns = {*old.columns, *now.columns}
        for row in rows:
            for column in columns:
                assert now.text(row, column) == old.text(row, column), (info.name, row, column)


def test_texts_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    rows = "".join(f'{row},"{text}"\r\n' for row, text in enumerate(AWKWARD))
    path.write_text(f"Row,Text\r\n{rows}", encoding="utf-8", newline="")
    new = save_as_workbook(path)
    assert new == tmp_path / "guests.xlsx"
    same_cells(path, new)
    cells = openpyxl.load_workbook(new).worksheets[0]
    # openpyxl leaves carriage returns as the file has them, escaped (ECMA-376 22.9.2.19).
    for row, text in enumerate(AWKWARD, start=2):
        assert cells.cell(row, 2).value == text.replace("a\rb", "a_x000D_b")
    assert {cells.cell(row, 2).data_type for row in range(2, len(AWKWARD) + 2)} == {"s"}
    found = calamine_cells(new)
    assert found is not None
    assert found["guests", 2, 2] == "0049"


def test_results_are_written_into_it(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email,Name\n\na@example.com,Ada\n")
    new = save_as_workbook(path)
    seen = read(new)
    edits = Edits(seen.name, {(3, 3): "https://zoom.example/j/1"}, 1, {3: "Join URL"})
    apply(plan(new, edits, expect=seen.book.fingerprint))
    assert read(new).columns == {
        1: ["Email", "a@example.com"], 2: ["Name", "Ada"], 3: ["Join URL", "https://zoom.example/j/1"],
    }  # fmt: skip


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_workbooks(tmp_path: Path, kind: str) -> None:
    path = converted(sample(tmp_path / "guests.xlsx"), tmp_path, kind)
    new = save_as_workbook(path, tmp_path / "new.xlsx")
    same_cells(path, new)
    cells = openpyxl.load_workbook(new)["Gäste"]
    assert cells["E5"].value == 612345678
    assert cells["F5"].value == datetime.datetime(2024, 2, 29)  # noqa: DTZ001
    assert cells["F5"].number_format == "yyyy-mm-dd"
    assert cells["G5"].value == datetime.datetime(2024, 2, 29, 13, 5, 59)  # noqa: DTZ001
    assert cells["I5"].value == datetime.timedelta(hours=36)
    assert cells["C7"].value == "0049"
    texts = as_shown([new], tmp_path)["new-Gäste"]
    assert texts[4][2:8] == [
        "zoe@example.com", "Zoë 王", "612345678", "2024-02-29", "2024-02-29 13:05:59", "13:05:59",
    ]  # fmt: skip


def test_binary_and_repeated_cells(tmp_path: Path) -> None:
    cells = [(0, 0, "Email"), (9, 3, 0.1), (9, 4, -1e300), (9, 5, 123456789012345.0)]
    for path in (
        xlsb(tmp_path / "a.xlsb", cells, ["People", "people (2)", ""]),
        open_document(
            tmp_path / "b.ods", f"<table:table-row>{text_cell('x', 3)}</table:table-row>"
        ),
    ):
        same_cells(path, save_as_workbook(path))


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path, taken = tmp_path / "guests.csv", tmp_path / "guests.xlsx"
    path.write_text("Email\na@example.com\n")
    taken.write_bytes(b"precious")
    assert new_path(path) == tmp_path / "guests (2).xlsx"
    with pytest.raises(WriteFailed, match="already"):
        save_as_workbook(path, taken)
    assert taken.read_bytes() == b"precious"
    assert save_as_workbook(path) == tmp_path / "guests (2).xlsx"
    assert save_as_workbook(path, taken, replace_existing=True) == taken
    same_cells(path, taken)


def test_names_that_excel_would_not_open_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email\na@example.com\n")
    with pytest.raises(WriteFailed, match=r"“\.xlsx”") as caught:
        save_as_workbook(path, tmp_path / "new.csv")
    assert "new.xlsx" in caught.value.hint


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "guests.csv"
    path.write_text(f"Email\n{'x' * 32_768}\n")
    with pytest.raises(WriteRefused, match=r"A2.*32,767"):
        save_as_workbook(path)
    monkeypatch.setattr("zoomdesk.workbook.foreign.new_package.MAX_ROW", 1000)
    path.write_text("Email\n" + "a\n" * 1000)
    with pytest.raises(WriteRefused, match="1,000 rows"):
        save_as_workbook(path)
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["guests.csv"]


def test_a_file_that_changes_meanwhile_is_not_half_of_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email\na@example.com\n")
    write = saving.write_package

    def change(*given: object) -> None:
        write(*given)  # type: ignore[arg-type]  # handed on as it came
        path.write_text("Email\nsomebody.else@example.com\n")

    monkeypatch.setattr(saving, "write_package", change)
    with pytest.raises(WorkbookChanged):
        save_as_workbook(path)
    assert not (tmp_path / "guests.xlsx").exists()


def test_who_may_read_the_list_may_read_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email\na@example.com\n")
    path.chmod(0o640)
    assert stat.S_IMODE(save_as_workbook(path).stat().st_mode) == 0o640


def test_a_plain_workbook_needs_none(tmp_path: Path) -> None:
    path = sample(tmp_path / "guests.xlsx")
    with pytest.raises(NotAWorkbook, match="needs no new"):
        save_as_workbook(path)


def test_its_parts_are_what_other_programs_expect(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("Email\na@example.com\na@example.com\n")
    with zipfile.ZipFile(save_as_workbook(path)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert 'count="3" uniqueCount="2"' in strings


VALUE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-(10**15), 10**15).map(float),
    st.booleans(),
    st.dates(datetime.date(1, 1, 1)),
    st.datetimes(datetime.datetime(1, 1, 1)),  # noqa: DTZ001
    st.times(),
    st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=9999)),
)


@given(values=st.lists(VALUE, min_size=1, max_size=6))
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_are_shown_alike_before_and_after(tmp_path: Path, values: list[object]) -> None:
    path = tmp_path / "new.xlsx"
    row = [value if value != "" else "x" for value in values]
    with path.open("wb") as file:
        saving.write_package(file, [saving.NewSheet("S", "visible", lambda: [(3, 2, row)])])  # type: ignore[list-item]  # values of all kinds
    sheet = read(path)
    for column, value in enumerate(row, start=2):
        assert sheet.text(3, column) == shown(value), value  # type: ignore[arg-type]  # the same


def test_days_before_excels_calendar_are_texts() -> None:
    assert stored(datetime.date(1900, 2, 28)) == "1900-02-28"
    assert stored(datetime.date(1900, 3, 1)) == Number(61, 1)
    assert stored(datetime.date(2024, 2, 29)) == Number(45351, 1)


def test_sheet_names_that_excel_takes() -> None:
    long = "a" * 40
    assert sheet_names([long, long, "'x'", "History", "a/b?", "A_B_", " "]) == [
        "a" * 31, "a" * 27 + " (2)", "x", "History_", "a_b_", "A_B_ (2)", "Sheet7",
    ]  # fmt: skip
