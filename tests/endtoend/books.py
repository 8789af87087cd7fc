"""Make workbooks as other programs make them, with people in them, for the whole job."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table

from zoomdesk import workbook

HEADINGS = ("Nr", "Vorname", "Nachname", "E-Mail", "Eingeladen am")
NAMES = ("Ana García", "Björn Sørensen", "Chloé Dupont", "李 王", "Ulrike & Söhne", "O’Neil <x>")
MOST = 30
"""How many people a workbook of the corpus is given: enough, and quick."""


def guests(domain: str, count: int = 12) -> list[tuple[int, str, str, str, date]]:
    """Return plain people: number, first name, last name, address, date."""
    people = []
    for n in range(count):
        first, last = NAMES[n % len(NAMES)].split(" ", 1)
        people.append((n, first, last, f"guest{n}@{domain}", date(2026, 9, 1 + n)))
    return people


def by_openpyxl(path: Path, domain: str) -> None:
    """Titles above the heading, another sheet, a table that the results belong into."""
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Gäste 2026"
    cover.append(["Sommerfest"])
    cover.merge_cells("A1:E1")
    cover.append([])
    cover.append(list(HEADINGS))
    for person in guests(domain):
        cover.append(list(person))
    cover.add_table(Table(displayName="Guests", ref=f"A3:E{cover.max_row}"))
    other = book.create_sheet("Rechnung")
    other["A1"], other["A2"] = 3, "=A1*2"
    book.save(path)


def by_xlsxwriter(path: Path, domain: str) -> None:
    """An Excel table as the program that copies Excel most closely writes it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Liste")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        columns = [{"header": name} for name in HEADINGS]
        columns[4]["format"] = day
        data = [list(person) for person in guests(domain)]
        sheet.add_table(1, 1, 1 + len(data), 5, {"columns": columns, "data": data, "name": "Liste"})
        sheet.conditional_format("B3:B20", {"type": "data_bar"})
        sheet.insert_textbox("H2", "A note that must stay")


def by_stream(path: Path, domain: str) -> None:
    """Rows written one by one, texts in the cells: no shared strings, as reports are made."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate([HEADINGS, *guests(domain)]):
            for column, value in enumerate(values):
                sheet.write(row, column, str(value) if column == 4 else value)


def from_csv(path: Path, domain: str) -> None:
    """A list that somebody opened in LibreOffice as CSV and saved as a workbook."""
    plain = path.with_suffix(".csv")
    with plain.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *guests(domain)])
    _convert(plain, path.parent, "--infilter=CSV:44,34,76,1,,0,false,true")
    plain.unlink()


def from_excel(path: Path, domain: str) -> None:
    """A workbook with a table and a formula that was opened and saved again in LibreOffice."""
    source = path.parent / "source"
    source.mkdir()
    by_openpyxl(source / path.name, domain)
    _convert(source / path.name, path.parent)
    shutil.rmtree(source)


def _convert(source: Path, folder: Path, *options: str) -> None:
    """Have LibreOffice save a file as .xlsx in another folder, or as another kind in its own."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice)")
    profile = folder / "profile"
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile.as_uri()}", "--headless", *options,
            "--convert-to", "xlsx", "--outdir", str(folder), str(source),
        ],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    shutil.rmtree(profile)


MAKERS: dict[str, Callable[[Path, str], None]] = {
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
    "stream": by_stream,
    "libreoffice, from csv": from_csv,
    "libreoffice, from xlsx": from_excel,
}


def give_people(original: Path, path: Path, domain: str) -> tuple[str, list[int]]:
    """Copy a workbook with people at the right of its fullest visible sheet.

    Returns the sheet's name and the rows that have a person now.
    """
    sheets = [workbook.read(original, info.name) for info in workbook.inspect(original).sheets
              if info.state == "visible"]  # fmt: skip
    sheet = max(sheets, key=lambda each: len(each.row_numbers))
    columns = range(1, sheet.last_column + 1)
    used = [row for row in sheet.row_numbers if any(sheet.text(row, c) for c in columns)] or [1]
    while len(used) < 4:
        used.append(used[-1] + 1)
    heading, *rows = used[: MOST + 1]
    free = 1 + max(sheet.last_column, *(merge.last_column for merge in sheet.merges), 0)
    cells: dict[tuple[int, int], str | int | float | None] = {}
    for n, row in enumerate(rows):
        cells |= {(row, free): f"guest{n}@{domain}", (row, free + 1): NAMES[n % len(NAMES)]}
    names = {free: "Email", free + 1: "First name"}
    workbook.apply(workbook.plan(original, workbook.Edits(sheet.name, cells, heading, names)), path)
    return sheet.name, rows
