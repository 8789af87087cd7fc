"""Workbooks by other programs: LibreOffice, openpyxl, SheetJS, exceljs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.workbook.corpus.odd.rich import PEOPLE, make
from tests.workbook.corpus.readers import NODE_MODULES

BY_OFFICE = ("tables", "layout", "formulas", "texts", "dates-1904", "notes", "charts")
"""What LibreOffice opens and saves anew: by xlsxwriter."""

BY_NODE = ("sheetjs-shared", "sheetjs-inline", "exceljs-table", "exceljs-stream")


def save_by_office(folder: Path) -> list[Path]:
    """Let LibreOffice save workbooks as .xlsx, by way of its own format."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice)")
    sources = [make(folder, name) for name in BY_OFFICE]
    for kind, paths in (("ods", sources), ("xlsx", [folder / f"{p.stem}.ods" for p in sources])):
        subprocess.run(
            [
                office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                "--convert-to", kind, "--outdir", str(folder), *map(str, paths),
            ],
            check=True, capture_output=True, timeout=100,
        )  # fmt: skip
    saved = [path.with_name(path.name.replace("xlsxwriter", "libreoffice")) for path in sources]
    return [source.rename(path) for source, path in zip(sources, saved, strict=True)]


def save_by_node(folder: Path) -> list[Path]:
    """Let SheetJS and exceljs write workbooks."""
    script = Path(__file__).parents[1] / "writers.mjs"
    subprocess.run(["node", str(script), str(NODE_MODULES), str(folder)], check=True, timeout=100)
    return [folder / f"{name}.xlsx" for name in BY_NODE]


def save_by_openpyxl(folder: Path) -> Path:
    """Write what openpyxl can write, rich text and array formulas too."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for person in PEOPLE:
        sheet.append(person)
    sheet["A8"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))
    sheet["B8"] = ArrayFormula("B8:B9", "=C2:C3*2")
    sheet["C8"] = "=SUM(C2:C5)"
    sheet["A9"].hyperlink = "https://example.org/a?b&c"
    sheet["A2"].comment = Comment("called", "Bob")
    sheet.merge_cells("A12:C13")
    sheet.row_dimensions[3].hidden = True
    sheet.add_table(Table(displayName="Guests", ref="A1:D5"))
    sheet.freeze_panes = "B2"
    path = folder / "openpyxl-table.xlsx"
    book.save(path)
    return path
