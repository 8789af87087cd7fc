"""The reader on workbooks that others made, held against openpyxl, calamine and LibreOffice."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from python_calamine import CalamineWorkbook

from tests.workbook.libreoffice import as_shown
from zoomdesk.workbook import Sheet, inspect, read
from zoomdesk.workbook.display.number_format import general

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "workbooks" / "corpus"
BOOKS = sorted(path.name for path in CORPUS.glob("*.xl*"))
BEYOND_OPENPYXL = {
    "096_dotnet_OLE-O12-XL-OLE.xlsx",  # strict: opens as a workbook without sheets
    "020_ExcelDataReader_Test_git_issue_629.xlsx",  # these three fail to open
    "065_SheetJS_xlsx-stream-d-date-cell.xlsx",
    "009_ClosedXML_column-style-autofilter.xlsx",
}
SLOW_WITH_OPENPYXL = 200_000
"""Bytes; calamine is the oracle for the few that are larger."""
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\dT")


def sheets_of(name: str) -> list[Sheet]:
    path = CORPUS / name
    return [read(path, sheet.name) for sheet in inspect(path).sheets]


def test_the_corpus_is_there(shared: Path) -> None:
    assert len(BOOKS) == 39


FOR_OPENPYXL = [
    name
    for name in BOOKS
    if name not in BEYOND_OPENPYXL and (CORPUS / name).stat().st_size < SLOW_WITH_OPENPYXL
]


@pytest.mark.parametrize("name", FOR_OPENPYXL)
def test_agrees_with_openpyxl(name: str) -> None:
    values, formulas = load(name, data_only=True), load(name, data_only=False)
    for sheet in sheets_of(name):
        cells = {
            (cell.row, cell.column): cell
            for row in values[sheet.name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        differing = {
            place: (sheet.text(*place), cell.value)
            for place, cell in cells.items()
            if not agrees(sheet.text(*place), cell.value, cell.number_format)
        }
        assert not differing
        shown = {
            (row, column)
            for column, texts in sheet.columns.items()
            for row, text in zip(sheet.row_numbers, texts, strict=True)
            if text
        }
        assert shown <= set(cells), "texts that openpyxl does not see"
        assert_same_frame(sheet, formulas[sheet.name])


def load(name: str, *, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it will lose
        return openpyxl.load_workbook(CORPUS / name, data_only=data_only)


def agrees(shown: str, value: object, number_format: str) -> bool:
    if isinstance(value, str):
        if "@" in number_format and number_format != "@":  # a format that puts blanks around texts
            return shown.strip() == value.strip()
        return shown == value.replace("_x000D_", "\r")
    if isinstance(value, bool):
        return shown == str(value).upper()
    if isinstance(value, int | float):
        return shown == general(value) if number_format == "General" else bool(shown)
    return isinstance(value, date | datetime | time | timedelta) and bool(shown)


def assert_same_frame(sheet: Sheet, oracle: object) -> None:
    formulas = set()
    for row in oracle.iter_rows():
        for cell in row:
            if isinstance(cell.value, ArrayFormula | DataTableFormula):
                formulas.update(cells_of(cell.value.ref))
            elif cell.data_type == "f":
                formulas.add((cell.row, cell.column))
    assert set(sheet.formulas) == formulas
    hidden = {row for row, format_ in oracle.row_dimensions.items() if format_.hidden}
    assert sheet.hidden_rows == hidden
    assert {str(area) for area in sheet.merges} == {str(area) for area in oracle.merged_cells}
    assert {table.name: str(table.ref) for table in sheet.tables} == dict(oracle.tables.items())
    assert str(sheet.auto_filter or "") == (oracle.auto_filter.ref or "")
    assert sheet.state == oracle.sheet_state


def cells_of(ref: str) -> set[tuple[int, int]]:
    first_column, first_row, last_column, last_row = openpyxl.utils.range_boundaries(ref)
    return {
        (row, column)
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
    }


@pytest.mark.parametrize("name", BOOKS)
def test_agrees_with_calamine(name: str) -> None:
    """Texts agree to the letter, General numbers in value; errors calamine does not give."""
    oracle = CalamineWorkbook.from_path(str(CORPUS / name))
    for sheet in sheets_of(name):
        rows = oracle.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                shown = sheet.text(row, column)
                if isinstance(value, str) and ISO_DATE.match(value):
                    assert shown, "a date of type d, which calamine leaves as it is written"
                elif isinstance(value, str) and value:
                    assert shown.replace("\r", "").strip() == value.replace("\r", "").strip()
                elif isinstance(value, bool):
                    assert shown == str(value).upper()
                elif isinstance(value, float) and re.fullmatch(r"-?\d+", shown):
                    assert float(shown) == pytest.approx(value, abs=0.5)


SHOWN_BY_LIBREOFFICE = (
    "000_ClosedXML_CFDataBar.xlsx",
    "008_ClosedXML_autofilter.xlsx",
    "039_MathNya_issue_285.xlsx",
    "065_SheetJS_xlsx-stream-d-date-cell.xlsx",
    "066_XLSForm_duplicate_columns.xlsx",
    "076_apache_56644.xlsx",
    "081_apache_65016.xlsx",
    "089_apache_styles.xlsx",
    "103_dotnet_BillingStatement_TP10073877.xltx",
    "104_dotnet_PortfolioAnalysis_TP10073883.xltx",
    "112_dotnet_missingcalcchainpart.xlsx",
    "113_dtjohnson_issue-230.xlsx",
    "114_exceljs_1904.xlsx",
    "140_theorchard_conditional-formatting.xlsx",
)


@pytest.mark.libreoffice
def test_shows_what_libreoffice_shows(shared: Path, tmp_path: Path) -> None:
    """Every cell but formulas, which LibreOffice computes anew, and long General numbers."""
    shown = as_shown([CORPUS / name for name in SHOWN_BY_LIBREOFFICE], tmp_path)
    compared, differing = 0, {}
    for name in SHOWN_BY_LIBREOFFICE:
        for sheet in sheets_of(name):
            for row, cells in enumerate(shown[f"{Path(name).stem}-{sheet.name}"], start=1):
                for column, text in enumerate(cells, start=1):
                    ours = sheet.text(row, column)
                    if (row, column) in sheet.formulas or (not ours and not text):
                        continue
                    compared += 1
                    if ours != text and not same_number(ours, text):
                        differing[name, sheet.name, row, column] = (ours, text)
    assert not differing
    assert compared > 60_000


def same_number(ours: str, text: str) -> bool:
    """Tell whether both are one General number: Excel shows 11 characters, LibreOffice more."""
    try:
        return float(ours) == pytest.approx(float(text), rel=1e-5) and len(ours) >= 9
    except ValueError:
        return False
