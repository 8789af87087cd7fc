"""Reading what libraries write, and what they do not: values, formulas, links, rows, tables."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table

from tests.workbook.handmade import MAIN, OFFICE, book, string_table, style_sheet
from zoomdesk.errors import SheetNotFound, WorkbookDamaged
from zoomdesk.workbook import CellRange, Sheet, inspect, read


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {
        (row, column): text
        for column, values in sheet.columns.items()
        for row, text in zip(sheet.row_numbers, values, strict=True)
        if text
    }


def test_values_are_shown_as_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    cells = [
        ("plain", None, "plain"),
        (" kept  blanks ", None, " kept  blanks "),
        ("zwei\nZeilen", None, "zwei\nZeilen"),
        ("R&D <x> \"q\" 'a'", None, "R&D <x> \"q\" 'a'"),
        ("_x000D_ as typed", None, "_x000D_ as typed"),
        ("😀 family 👩‍👩‍👧", None, "😀 family 👩‍👩‍👧"),
        (42, None, "42"),
        (4.0, None, "4"),
        (612345678, "0000000000", "0612345678"),
        (0.1 + 0.2, None, "0.3"),
        (1234.5, '#,##0.00\\ "€"', "1,234.50 €"),
        (0.256, "0%", "26%"),
        (date(2026, 11, 22), "dd.mm.yyyy", "22.11.2026"),
        (46348.770833333, "m/d/yyyy h:mm", "11/22/2026 18:30"),
        (time(9, 5), "h:mm AM/PM", "9:05 AM"),
        (True, None, "TRUE"),
        (False, "0.00", "FALSE"),
        ("Ada", '"Dear "@', "Dear Ada"),
    ]
    for row, (value, code, _) in enumerate(cells):
        sheet.write(row, 2, value, workbook.add_format({"num_format": code}) if code else None)
    workbook.close()
    assert read(path).columns == {3: [shown for *_, shown in cells]}


def test_formulas_show_their_last_value_and_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.write_formula("A1", '=B1&" "&C1', None, "Ada & Co")
    sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("A3", "=A1=1", None, False)
    sheet.write_formula("A4", "=2*21", workbook.add_format({"num_format": "0.0"}), 42)
    sheet.write_array_formula("B1:B2", "{=C1:C2*2}", None, 8)
    sheet.write_formula("A5", '=""', None, "")
    workbook.close()
    read_back = read(path)
    assert [read_back.text(row, 1) for row in range(1, 6)] == [
        "Ada & Co", "#DIV/0!", "FALSE", "42.0", "",
    ]  # fmt: skip
    assert read_back.formulas == {
        (1, 1): '=B1&" "&C1',
        (2, 1): "=1/0",
        (3, 1): "=A1=1",
        (4, 1): "=2*21",
        (5, 1): '=""',
        (1, 2): "{=C1:C2*2}",
        (2, 2): "{=C1:C2*2}",
    }
    assert read_back.row_numbers[-1] == 5, "a row that holds a formula exists, whatever it shows"


def test_members_of_a_shared_formula_show_their_master(tmp_path: Path) -> None:
    path = book(
        tmp_path / "shared.xlsx",
        '<row r="1"><c r="A1"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A1:A3" si="0">B2*2</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="7"/><v>3</v></c></row>',
    )
    assert read(path).formulas == {(1, 1): "=B2*2", (2, 1): "=B2*2", (3, 1): "="}


def test_errors_dates_and_booleans_of_other_writers(tmp_path: Path) -> None:
    path = book(
        tmp_path / "types.xlsx",
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>true</v></c>'
        '<c r="C1" s="1" t="d"><v>2023-03-15T06:00:00Z</v></c>'
        '<c r="D1" t="d"><v>2023-03-15</v></c><c r="E1" t="n"><v> 7 </v></c>'
        '<c r="F1" t="str"><v>a_x000D_b &amp; c</v></c><c r="G1" s="9"><v>1.50</v></c>'
        '<c r="H1" t="n"/><c r="I1" t="s"/><c r="J1" t="inlineStr"><is><t>in</t></is></c></row>',
        styles=style_sheet("General", "d/m/yy h:mm"),
    )
    assert {cell[1]: text for cell, text in texts(read(path)).items()} == {
        1: "#N/A", 2: "TRUE", 3: "15/3/23 6:00", 4: "2023-03-15", 5: "7", 6: "a\rb & c", 7: "1.5",
        10: "in",
    }  # fmt: skip


def test_rows_and_cells_without_references(tmp_path: Path) -> None:
    path = book(
        tmp_path / "bare.xlsx",
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="c5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>',
    )
    sheet = read(path)
    assert list(sheet.row_numbers) == [1, 5, 6]
    assert texts(sheet) == {(1, 1): "1", (1, 2): "2", (5, 3): "3", (5, 4): "4", (6, 1): "5"}


def test_rows_out_of_order_are_put_into_order(tmp_path: Path) -> None:
    path = book(
        tmp_path / "order.xlsx",
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>'
        '<row r="3"><c r="B3"><v>33</v></c></row>',
    )
    sheet = read(path)
    assert list(sheet.row_numbers) == [1, 3]
    assert texts(sheet) == {(3, 1): "3", (1, 2): "1", (3, 2): "33"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_prefixes_encodings_quotes_and_strict(tmp_path: Path, encoding: str, prefix: str) -> None:
    name = "xmlns:x" if prefix else "xmlns"
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    part = (
        f"<?xml version='1.0' encoding='{declared}'?>\n<p:worksheet {name}='{strict}'>"
        "<p:sheetData>\n<p:row r='2'>\n<p:c r='B2' t='inlineStr'><p:is><p:t>Zoë &amp; Søren</p:t>"
        "</p:is></p:c>\n</p:row>\n</p:sheetData><p:mergeCells><p:mergeCell ref='B2:C2'/>"
        "</p:mergeCells></p:worksheet>"
    ).replace("p:", prefix)
    path = book(tmp_path / "odd.xlsx", part.encode(encoding), strict=True)
    sheet = read(path)
    assert texts(sheet) == {(2, 2): "Zoë & Søren"}
    assert sheet.merges == (CellRange(2, 2, 2, 3),)


def test_comments_and_sections_among_the_cells(tmp_path: Path) -> None:
    path = book(
        tmp_path / "comments.xlsx",
        '<!-- <row r="9"> --><row r="1"><!-- one --><c r="A1" t="inlineStr"><is><t>'
        '<![CDATA[a < b & c]]></t></is></c><c r="B1" t="str"><v><![CDATA[x]]>y</v></c>'
        '<c r="C1"><!-- n --><v>7</v></c></row>',
    )
    assert texts(read(path)) == {(1, 1): "a < b & c", (1, 2): "xy", (1, 3): "7"}


def test_rich_text_is_flattened_and_phonetics_dropped(tmp_path: Path) -> None:
    path = book(
        tmp_path / "rich.xlsx",
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><r><t>in</t></r>'
        "<r><rPr><b/></rPr><t xml:space='preserve'> line</t></r></is></c></row>",
        strings=string_table(
            "<si><r><t>Ada </t></r><r><rPr><b/></rPr><t>Lovelace</t></r></si>"
            '<si><t>課きく</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si><si/>'
        ),
    )
    assert texts(read(path)) == {(1, 1): "Ada Lovelace", (1, 2): "課きく", (1, 4): "in line"}


def test_hidden_and_filtered_rows(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    for row in range(6):
        sheet.write(row, 0, row)
    sheet.autofilter("A1:A6")
    sheet.filter_column(0, "x > 2")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(4, 0)
    workbook.close()
    read_back = read(path)
    assert read_back.hidden_rows == {3, 5}
    assert read_back.auto_filter == CellRange(1, 1, 6, 1)


def test_hyperlinks(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.write_url("A1", "mailto:ada@example.com?subject=Hi", string="Ada")
    sheet.write_url("A2", "https://example.com/a#b", string="there")
    sheet.write_url("A3", "internal:'List'!A1", string="here")
    workbook.close()
    assert read(path).hyperlinks == {
        (1, 1): "mailto:ada@example.com?subject=Hi",
        (2, 1): "https://example.com/a#b",
        (3, 1): "#'List'!A1",
    }


def test_a_hyperlink_on_a_range_belongs_to_each_cell(tmp_path: Path) -> None:
    path = book(
        tmp_path / "range.xlsx",
        f'<worksheet xmlns="{MAIN}" xmlns:q="{OFFICE}"><sheetData/><hyperlinks>'
        '<hyperlink ref="A1:B2" q:id="h"/><hyperlink ref="nonsense" q:id="h"/>'
        '<hyperlink ref="C1" q:id="gone"/></hyperlinks></worksheet>',
        sheet_links=f'<Relationship Id="h" Type="{OFFICE}/hyperlink" TargetMode="External" '
        'Target="mailto:a@example.com"/>',
    )
    assert read(path).hyperlinks == dict.fromkeys(
        [(1, 1), (1, 2), (2, 1), (2, 2)], "mailto:a@example.com"
    )


def test_tables_merges_and_protection(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Title"])
    sheet.append([])
    sheet.append(["Name", "E-Mail", "Sum"])
    sheet.append(["Ada", "ada@example.com", 1])
    sheet.append(["Total", None, 1])
    sheet.merge_cells("A1:C1")
    table = Table(displayName="Guests", ref="A3:C5", totalsRowCount=1)
    sheet.add_table(table)
    sheet.protection.sheet = True
    workbook.save(path)
    read_back = read(path)
    (info,) = read_back.tables
    assert (info.name, info.ref, info.columns) == (
        "Guests", CellRange(3, 1, 5, 3), ("Name", "E-Mail", "Sum"),
    )  # fmt: skip
    assert (info.header_row_count, info.totals_row_count, info.has_query) == (1, 1, False)
    assert (info.first_data_row, info.last_data_row) == (4, 4)
    assert read_back.merges == (CellRange(1, 1, 1, 3),)
    assert read_back.protected


def test_1904_dates(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    workbook = xlsxwriter.Workbook(path, {"date_1904": True})
    shown = workbook.add_format({"num_format": "yyyy-mm-dd"})
    workbook.add_worksheet("List").write_datetime(0, 0, date(2026, 11, 22), shown)
    workbook.close()
    assert read(path).text(1, 1) == "2026-11-22"


def test_sheets_states_and_choice(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsm"
    workbook = openpyxl.Workbook()
    first = workbook.active
    first.title, first["A1"] = "Hidden one", "1"
    first.sheet_state = "hidden"
    workbook.create_sheet("Überblick")["A1"] = "2"
    workbook.create_chartsheet("Chart")
    workbook.create_sheet("List")["A1"] = "3"
    workbook.create_sheet("Deep")["A1"] = "4"
    workbook["Deep"].sheet_state = "veryHidden"
    workbook.active = 1
    workbook.save(path)
    info = inspect(path)
    assert [(sheet.name, sheet.state) for sheet in info.sheets] == [
        ("Hidden one", "hidden"), ("Überblick", "visible"), ("List", "visible"),
        ("Deep", "veryHidden"),
    ]  # fmt: skip
    assert info.kind == ".xlsx", "the content decides, not the name"
    assert info.write_refusal == ""
    assert read(path).text(1, 1) == "2"
    assert read(path, "Deep").text(1, 1) == "4"
    assert read(path, "überBLICK ").text(1, 1) == "2"
    with pytest.raises(SheetNotFound, match="Nobody") as caught:
        read(path, "Nobody")
    assert "“List”" in caught.value.hint


def test_the_active_sheet_is_not_taken_when_hidden(tmp_path: Path) -> None:
    path = tmp_path / "active.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.sheet_state = "hidden"
    workbook.create_sheet("Shown")["A1"] = "x"
    workbook.active = 0
    workbook.save(path)
    assert read(path).name == "Shown"


def test_empty_rows_below_the_list_are_left_out(tmp_path: Path) -> None:
    path = book(
        tmp_path / "styled.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="3"><c r="B3" s="0"/></row>'
        '<row r="4"><c r="A4"><v>4</v></c></row><row r="5" ht="20"/><row r="1048576" hidden="1"/>',
    )
    sheet = read(path)
    assert list(sheet.row_numbers) == [1, 2, 3, 4]
    assert sheet.columns == {1: ["1", "", "", "4"]}
    assert (sheet.text(3, 2), sheet.text(77, 1), sheet.last_column) == ("", "", 1)


def test_far_flung_cells_cost_little(tmp_path: Path) -> None:
    path = book(
        tmp_path / "sparse.xlsx",
        "".join(f'<row r="{row}"/>' for row in range(1, 20_000))
        + '<row r="20000">'
        + "".join(f"<c><v>{column}</v></c>" for column in range(1, 16_385))
        + "</row>",
    )
    sheet = read(path)
    assert len(sheet.columns) == 16_384
    assert all(len(column) == 20_000 for column in sheet.columns.values())
    assert [sheet.text(20_000, column) for column in (1, 9_999, 16_384)] == ["1", "9999", "16384"]
    assert sheet.columns[16_384][-2:] == ["", "16384"]


def test_an_empty_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "empty.xlsx", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    sheet = read(path)
    assert (list(sheet.row_numbers), sheet.columns, sheet.last_column) == ([], {}, 0)


def test_odd_but_clear_numbers_of_texts_and_styles(tmp_path: Path) -> None:
    path = book(
        tmp_path / "odd.xlsx",
        '<row r="1"><c r="A1" t="s"><v> 0 </v></c><c r="B1" t="s"><v><![CDATA[0]]></v></c>'
        '<c r="C1" s="none"><v>1.50</v></c><c r="D1" s="99999999999999999999"><v>2</v></c></row>',
        strings=string_table("<si><t>Ada</t></si>"),
    )
    assert texts(read(path)) == {(1, 1): "Ada", (1, 2): "Ada", (1, 3): "1.5", (1, 4): "2"}


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" t="s"><v>5</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="s"><v>x</v></c>',
        '<c r="A1" t="s"><v><![CDATA[7]]></v></c>',
    ],
)
def test_a_text_that_does_not_exist(tmp_path: Path, cells: str) -> None:
    path = book(
        tmp_path / "missing.xlsx", f"<row r='1'>{cells}</row>", strings=string_table("<si/>")
    )
    with pytest.raises(WorkbookDamaged, match="row 1"):
        read(path)
