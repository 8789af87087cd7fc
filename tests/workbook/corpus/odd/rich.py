"""Workbooks with all that xlsxwriter knows to make, one kind of feature each."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

PEOPLE = [
    ("Name", "Email", "Seats", "Paid"),
    ("Ada Lovelace", "ada@example.org", 2, 19.99),
    ("Grace Hopper", "grace@example.org", 1, 0),
    ("Zoë Müller", "zoë@exämple.org", 3, 1234.5),
    ("東京 花子", "hanako@example.jp", 0, -7),
]


def png() -> BytesIO:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\0\0")
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    )


def fill(sheet: Worksheet, row: int = 0, column: int = 0) -> None:
    for offset, person in enumerate(PEOPLE):
        sheet.write_row(row + offset, column, person)


def charts(book: Workbook, sheet: Worksheet) -> None:
    fill(sheet)
    for index, kind in enumerate(("column", "pie", "scatter", "line", "radar", "stock")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"values": "=List!$C$2:$C$5", "categories": "=List!$A$2:$A$5"})
        sheet.insert_chart(20 + 15 * index, 8, chart)
    lone = book.add_chartsheet("Only a chart")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=List!$D$2:$D$5"})
    lone.set_chart(chart)


def sparklines_and_conditions(book: Workbook, sheet: Worksheet) -> None:
    fill(sheet)
    red = book.add_format({"bg_color": "#FFC7CE", "num_format": "0.00"})
    sheet.add_sparkline("F2", {"range": "List!C2:D2", "markers": True})
    sheet.add_sparkline("F3", {"location": ["F3", "F4"], "range": ["List!C3:D3", "List!C4:D4"]})
    sheet.conditional_format("C2:C5", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("D2:D5", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.conditional_format("C2:D5", {"type": "3_color_scale"})
    sheet.conditional_format("A2:A5", {"type": "text", "criteria": "containing", "value": "<Z&"})
    sheet.conditional_format("D2:D5", {"type": "cell", "criteria": "<", "value": 0, "format": red})
    sheet.data_validation("C2:C9", {"validate": "list", "source": ["0", "1", "2", "3"]})
    sheet.data_validation("B2:B9", {"validate": "custom", "value": '=ISNUMBER(FIND("@",B2))'})


def tables(book: Workbook, sheet: Worksheet) -> None:
    columns = [{"header": header} for header in PEOPLE[0]]
    columns[2] |= {"total_function": "sum"}
    data = {"columns": columns, "data": PEOPLE[1:], "total_row": True, "name": "People"}
    sheet.add_table(2, 1, 7, 4, data)
    sheet.write("B1", "Guests of the summer party")
    other = book.add_worksheet("Two tables")
    other.add_table("A1:B4", {"name": "Rooms"})
    other.add_table("D1:E4", {"name": "Meals", "header_row": False})


def notes_and_pictures(book: Workbook, sheet: Worksheet) -> None:
    fill(sheet)
    sheet.write_comment("B2", "Called twice\nabout “Zoom”", {"author": "Bob", "visible": True})
    sheet.insert_image(
        "H2", "dot.png", {"image_data": png(), "url": "https://example.org/?a=1&b=2"}
    )
    sheet.insert_textbox("H9", "A box with <angles> & ampersands", {"width": 200})
    sheet.insert_button("H15", {"caption": "Press"})
    sheet.set_background(png())
    sheet.set_header("&L&G&CGuests & more", {"image_left": "dot.png", "image_data_left": png()})
    sheet.embed_image("F2", "dot.png", {"image_data": png()})


def layout(book: Workbook, sheet: Worksheet) -> None:
    grey = book.add_format({"bg_color": "#DDDDDD", "italic": True, "num_format": "@"})
    wide = book.add_format({"num_format": '#,##0.00 "€"', "align": "right"})
    fill(sheet, row=2)
    sheet.set_column("A:B", 30, grey, {"level": 1})
    sheet.set_column("E:XFD", None, wide, {"hidden": True})
    sheet.set_row(3, 40, grey, {"level": 2, "hidden": True})
    sheet.set_row(4, 20, None, {"level": 1, "collapsed": True})
    sheet.set_row(40, 33, wide)
    sheet.merge_range("A1:D1", "Guests", grey)
    sheet.freeze_panes(3, 1)
    sheet.autofilter("A3:D7")
    sheet.filter_column("C", "x > 1")
    sheet.set_h_pagebreaks([5, 9])
    sheet.print_area("A1:D7")
    sheet.repeat_rows(2)
    sheet.protect("secret", {"format_cells": True})
    sheet.unprotect_range("C4:C7", "Seats")
    sheet.set_tab_color("red")
    sheet.outline_settings(visible=True, symbols_below=False)
    sheet.ignore_errors({"number_stored_as_text": "A1:D9"})
    book.define_name("Guests", "=List!$A$4:$A$7")
    book.define_name("List!Local", "=List!$B$4")
    hidden = book.add_worksheet("Hidden & <it's odd>")
    fill(hidden)
    hidden.hide()


def formulas(book: Workbook, sheet: Worksheet) -> None:
    fill(sheet)
    for row in range(2, 6):
        sheet.write_formula(row - 1, 4, f'=IF(C{row}>1,"many","few")', None, "many")
        sheet.write_formula(row - 1, 5, f"=C{row}*D{row}", None, row)
    sheet.write_array_formula("H2:H5", "{=C2:C5*2}", None, 4)
    sheet.write_dynamic_array_formula("J2:J5", "=SORT(C2:C5)", None, 0)
    sheet.write_formula("K9", '=_xlfn.XLOOKUP("x",A:A,B:B,#N/A)', None, "#N/A")
    sheet.write_boolean("A8", True)
    sheet.write_string("B8", "=no formula")


def texts(book: Workbook, sheet: Worksheet) -> None:
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    fill(sheet)
    sheet.write_rich_string("A7", "plain ", bold, "bold & <b>", " and ", red, "red ")
    sheet.write_string("A8", "  blanks around  ")
    sheet.write_string("A9", "two\nlines\tand a tab")
    sheet.write_string("A10", "_x0041_ is no escape, \x01 is none either")
    sheet.write_string("A11", "x" * 32_767)
    sheet.write_string("A12", "😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 עברית العربية")
    sheet.write_url("B7", "mailto:ada@example.org?subject=a&b", string="ada@example.org")
    sheet.write_url("B8", "internal:'List'!A1", string="to the top")
    sheet.write_url("B9", "https://example.org/#a b", tip="a “tip”")
    sheet.write_blank("C7", None, bold)


def dates(book: Workbook, sheet: Worksheet) -> None:
    fill(sheet)
    formats = ("dd.mm.yyyy", "[h]:mm:ss", "0.00E+00", "# ?/?", "000-000", '[Red]-0;"none";@')
    for row, code in enumerate(formats, 1):
        sheet.write_number(row, 5, 45_000.25 + row, book.add_format({"num_format": code}))


def checkboxes(book: Workbook, sheet: Worksheet) -> None:
    fill(sheet)
    sheet.insert_checkbox("F2", True)
    sheet.insert_checkbox("F3", False)


def nothing(book: Workbook, sheet: Worksheet) -> None:
    """Leave the sheet empty."""


MADE: dict[str, tuple[Callable[[Workbook, Worksheet], None], dict[str, object]]] = {
    "charts": (charts, {}),
    "sparklines": (sparklines_and_conditions, {}),
    "tables": (tables, {}),
    "notes": (notes_and_pictures, {}),
    "layout": (layout, {}),
    "formulas": (formulas, {}),
    "texts": (texts, {}),
    "texts-inline": (texts, {"constant_memory": True}),
    "dates-1904": (dates, {"date_1904": True}),
    "zip64": (tables, {"use_zip64": True}),
    "checkboxes": (checkboxes, {}),
    "empty": (nothing, {}),
}


def make(folder: Path, name: str) -> Path:
    """Make one of ``MADE`` with xlsxwriter."""
    function, options = MADE[name]
    path = folder / f"xlsxwriter-{name}.xlsx"
    with xlsxwriter.Workbook(path, dict(options)) as book:
        function(book, book.add_worksheet("List"))
    return path


def make_macros(folder: Path) -> Path:
    """Make a workbook with a macro project; its content is nobody's business."""
    project = folder / "vbaProject.bin"
    project.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    path = folder / "xlsxwriter-macros.xlsm"
    with xlsxwriter.Workbook(path) as book:
        book.add_vba_project(str(project))
        fill(book.add_worksheet("List"))
    return path
