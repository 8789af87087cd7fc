"""A workbook of a few hundred people as offices keep them, and what must become of every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

PEOPLE = 300
HEADING = 5
"""The heading's row of the sheet: a merged title, a note and a blank row stand above it."""

COLUMNS = ("Guest ID", "Given name", "Surname", "E-mail address", "Invited on", "Fee", "Greeting")
NAMES = (
    ("Ana", "García Ñíguez"), ("Björn", "Sørensen"), ("Zoë", "O’Sullivan"), ("小明", "王"),
    ("Nikolai", "Петров"), ("Thảo", "Nguyễn"), ("Giorgos", "Παπαδάκης"), ("محمد", "السيد"),
    ("Jürgen", "Weiß & Söhne <KG>"), ("Hye-jin", "김"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What stands in a row, and whose link must stand there afterwards; "" for no link."""

    number: int
    shown: str
    link_of: str
    hidden: bool = False


def make(path: Path, domain: str) -> list[Row]:
    """Write the workbook and return its rows, blank ones left out."""
    rows: list[Row] = []
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Guests, all")
        title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        sheet.merge_range(0, 0, 0, 6, "Spring meeting: guests@ and friends", title)
        sheet.write(1, 0, "as of 1 May, ask reception@example.com for changes")
        sheet.write_row(HEADING - 1, 0, COLUMNS)
        formats = {
            "id": book.add_format({"num_format": "00000"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "fee": book.add_format({"num_format": "#,##0.00 €"}),
        }
        row = HEADING
        for n in range(PEOPLE):
            if n % 50 == 49:
                row += 1  # blank rows part the groups
            rows.append(_person(sheet, row, n, domain, formats))
            row += 1
        sheet.autofilter(HEADING - 1, 0, row - 1, 6)
        sheet.freeze_panes(HEADING, 0)
        notes = book.add_worksheet("Notes")
        notes.write_formula(0, 0, "=COUNTA('Guests, all'!D6:D400)", None, PEOPLE)
        notes.insert_chart("C3", _chart(book))
    return rows


def _person(sheet: Worksheet, row: int, n: int, domain: str, formats: dict[str, Any]) -> Row:
    first, last = NAMES[n % len(NAMES)]
    address = f"guest{n}@{domain}"
    sheet.write_number(row, 0, n, formats["id"])
    sheet.write_string(row, 1, first)
    sheet.write_string(row, 2, last)
    sheet.write_datetime(row, 4, date(2026, 1, 1) + timedelta(days=n), formats["day"])
    sheet.write_number(row, 5, 1234.5 + n, formats["fee"])
    here = row + 1
    sheet.write_formula(row, 6, f'="Dear "&B{here}', None, f"Dear {first}")
    shown, link_of, hidden = address, address, False
    match n % 12:
        case 1:
            sheet.write_url(row, 3, f"mailto:{address}", string=address)
        case 2:
            shown = f"mailto:{address}?subject=Spring"
            sheet.write_string(row, 3, shown)
        case 3:
            shown = f'"{last}, {first}" <{address}>'
            sheet.write_string(row, 3, shown)
        case 4:
            shown = f"  {address}\u00a0"
            sheet.write_string(row, 3, shown)
        case 5:  # the person above once more, in other letters
            link_of = f"guest{n - 1}@{domain}"
            shown = link_of.upper()
            sheet.write_string(row, 3, shown)
        case 6:
            shown, link_of = f"guest{n}(at){domain}", ""
            sheet.write_string(row, 3, shown)
        case 7:
            sheet.write_formula(row, 3, f'="guest"&A{here}&"@{domain}"', None, address)
        case 8:
            sheet.write_string(row, 3, address)
            sheet.set_row(row, None, None, {"hidden": True})
            link_of, hidden = "", True
        case 9:
            sheet.write_rich_string(row, 3, "guest", formats["fee"], f"{n}@", domain)
        case _:
            sheet.write_string(row, 3, address)
    return Row(here, shown, link_of, hidden)


def _chart(book: xlsxwriter.Workbook) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Guests, all'!$F$6:$F$20"})
    return chart
