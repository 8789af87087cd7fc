"""Hazards 5 to 14 of workbooks/README.md: what worksheets hold, and what writing must not harm."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.workbook.handmade import DECLARATION, MAIN, OFFICE, SHEET_TYPE, book, string_table
from tests.workbook.oracles import Cells, calamine_cells, changed_members
from zoomdesk.errors import SheetNotFound, WorkbookDamaged, WriteRefused
from zoomdesk.workbook import Edits, apply, plan, read
from zoomdesk.workbook.opc.package import Package

SHEET = "xl/worksheets/sheet1.xml"
NUMBERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>'


def write(path: Path, edits: Edits) -> Path:
    after = path.with_name("after" + path.suffix)
    apply(plan(path, edits), after)
    return after


def sheet_of(path: Path, part: str = SHEET) -> str:
    with Package(path) as package:
        return package.read(part).decode()


def refuse(path: Path, edits: Edits, words: str) -> None:
    content = path.read_bytes()
    with pytest.raises(WriteRefused, match=words):
        plan(path, edits)
    assert path.read_bytes() == content


def cells_of(path: Path) -> Cells:
    cells = calamine_cells(path)
    assert cells is not None
    return {at[1:]: value for at, value in cells.items()}  # type: ignore[misc] # row and column


# -- 5: how the XML is written ---------------------------------------------------------------------

PREFIXED = (
    f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:C3"/><x:sheetData>'
    '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    '<x:row r="3"><x:c r="C3"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>'
)
PRETTY = (
    f"<?xml version='1.0'?>\n<worksheet xmlns='{MAIN}'>\n  <sheetData  >\n    <row r='1' >\n"
    "      <c r='a1' >\n <v>1</v>\n </c >\n    </row >\n <row   r = '3'>\n<c r='C3'><v >2</v ></c>"
    "</row>\n  </sheetData >\n</worksheet>\n"
)
COMMENTED = (
    f'<worksheet xmlns="{MAIN}"><!-- <sheetData> --><sheetData><!-- <row r="9"/> --><row r="1">'
    '<!-- </row> --><c r="A1"><v>1</v></c><?pi <c r="Z1"/>?></row><row r="3"><c r="C3"><v>2<!--x-->'
    "</v></c></row></sheetData><!-- end --></worksheet>"
)


@pytest.mark.parametrize("xml", [PREFIXED, PRETTY, COMMENTED], ids=["prefix", "pretty", "comments"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_hazard_5_every_way_to_write_xml(tmp_path: Path, xml: str, encoding: str) -> None:
    if encoding == "cp1252":
        xml = re.sub(r"^(<\?xml[^>]*\?>)?", '<?xml version="1.0" encoding="windows-1252"?>', xml)
    path = book(tmp_path / "odd.xlsx", xml.encode(encoding))
    edits = Edits("List", {(1, 1): "é ✓", (2, 2): 7, (3, 1): "a", (3, 5): "z", (4, 1): None})
    after = write(path, edits)
    assert changed_members(path, after) == {SHEET}
    sheet = read(after)
    shown = {
        (row, column): text
        for column, texts in sheet.columns.items()
        for row, text in zip(sheet.row_numbers, texts, strict=True)
        if text
    }
    assert shown == {(1, 1): "é ✓", (2, 2): "7", (3, 1): "a", (3, 3): "2", (3, 5): "z"}
    with Package(path) as old, Package(after) as new:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        before, now = old.read(SHEET).decode(codec), new.read(SHEET).decode(codec)
    assert now.startswith(before[: before.index("<", 2)])
    assert now.endswith(before[before.rindex("</", 0, len(before) - 5) :])
    assert before.count("<!--") == now.count("<!--")


def test_hazard_5_strict_workbooks(tmp_path: Path) -> None:
    path = book(tmp_path / "strict.xlsx", NUMBERS, strict=True)
    assert cells_of(write(path, Edits("List", {(1, 2): "new"}))) == {
        (1, 1): 1.0, (1, 2): "new", (3, 3): 2.0,
    }  # fmt: skip


def test_hazard_5_cdata_is_refused(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c></row>'
    refuse(book(tmp_path / "cdata.xlsx", row), Edits("List", {(1, 2): "x"}), "CDATA")


# -- 6: positions ----------------------------------------------------------------------------------


def test_hazard_6_rows_and_cells_without_references(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>"
        '<row r="9"><c r="c9"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    path = book(tmp_path / "positions.xlsx", rows)
    edits = Edits("List", {(1, 2): "b", (2, 1): "c", (3, 4): "d", (9, 1): "e", (10, 2): "f"})
    assert cells_of(write(path, edits)) == {
        (1, 1): 1.0, (1, 2): "b", (2, 1): "c", (3, 2): 3.0, (3, 4): "d",
        (9, 1): "e", (9, 3): 4.0, (9, 4): 5.0, (10, 1): 6.0, (10, 2): "f",
    }  # fmt: skip


def test_hazard_6_rows_out_of_order(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (5, 2, 9))
    path = book(tmp_path / "order.xlsx", rows)
    after = write(path, Edits("List", {(2, 2): "two", (5, 2): "five", (7, 1): "seven"}))
    xml = sheet_of(after)
    assert re.findall(r'<row r="(\d+)"', xml) == ["5", "2", "7", "9"]
    sheet = read(after)
    assert (sheet.text(2, 2), sheet.text(5, 2), sheet.text(7, 1)) == ("two", "five", "seven")


@pytest.mark.parametrize(
    "row",
    [
        '<row r="x"/>',
        '<row r="0"/>',
        '<row r="-1"/>',
        '<row r="1048577"/>',
        '<row r="99999999999"/>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="B7"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><q/></c></row>',
        '<row r="1"><b r="A1"/></row>',
        "<row r='1'><c r='A1'></row>",
        "text",
    ],
)
def test_hazard_6_what_does_not_parse_is_refused(tmp_path: Path, row: str) -> None:
    path = book(tmp_path / "wrong.xlsx", row)
    with pytest.raises(WorkbookDamaged, match=r"sheet1\.xml"):
        plan(path, Edits("List", {(1, 1): "x"}))


def test_hazard_6_a_row_or_cell_that_is_there_twice(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"/><c r="A1"/></row><row r="2"/><row r="2"/>'
    path = book(tmp_path / "twice.xlsx", rows)
    refuse(path, Edits("List", {(1, 1): "x"}), "cell A1 twice")
    refuse(path, Edits("List", {(2, 1): "x"}), "row 2 twice")
    assert plan(path, Edits("List", {(1, 2): "x"})).cells == 1


# -- 7: a cell that is written ---------------------------------------------------------------------


def test_hazard_7_a_written_cell_keeps_its_style_and_loses_its_type(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="0" t="e" cm="1" vm="2" ph="1"><v>#N/A</v></c></row>'
    path = book(tmp_path / "types.xlsx", row)
    after = sheet_of(write(path, Edits("List", {(1, 1): 12})))
    assert '<row r="1"><c r="A1" s="0"><v>12</v></c></row>' in after
    after = sheet_of(write(path, Edits("List", {(1, 1): None})))
    assert '<row r="1"><c r="A1" s="0"/></row>' in after


def test_hazard_7_new_cells_take_the_style_of_row_or_column(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="1" max="3" width="9" style="4"/></cols>'
        '<sheetData><row r="1" s="7" customFormat="1"/><row r="2" s="7"/>'
        '<row r="3"><c r="A3" s="5"/></row></sheetData></worksheet>'
    )
    path = book(tmp_path / "styles.xlsx", sheet)
    edits = Edits("List", {(n, 2): n for n in (1, 2, 3, 4)} | {(4, 9): 9}, 3, {4: "H", 6: "I"})
    after = sheet_of(write(path, edits))
    styles = dict(re.findall(r'<c r="(\w+)"(?: s="(\d+)")?', after))
    assert styles == {
        "B1": "7", "B2": "4", "A3": "5", "B3": "4", "D3": "4", "F3": "4", "B4": "4", "I4": "",
    }  # fmt: skip


def test_hazard_7_spans_and_dimension_are_widened(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="B2:C2"/><sheetData>'
        '<row r="2" spans="2:3"><c r="B2"/></row><row r="3" spans="1:9"/></sheetData></worksheet>'
    )
    path = book(tmp_path / "spans.xlsx", sheet)
    after = sheet_of(write(path, Edits("List", {(2, 1): 1, (2, 5): 2, (3, 4): 3, (8, 2): None})))
    assert '<dimension ref="A2:E3"/>' in after
    assert '<row r="2" spans="1:5">' in after
    assert '<row r="3" spans="1:9">' in after
    assert 'r="8"' not in after


def test_hazard_7_a_sheet_without_rows(tmp_path: Path) -> None:
    for sheet_data in ("<sheetData/>", "<sheetData />", "<sheetData></sheetData>"):
        sheet = (
            f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>{sheet_data}<pageMargins/></worksheet>'
        )
        path = book(tmp_path / "empty.xlsx", sheet)
        after = write(path, Edits("List", {(2, 2): "b", (1, 1): "a"}))
        assert cells_of(after) == {(1, 1): "a", (2, 2): "b"}
        assert sheet_of(after).endswith("</sheetData><pageMargins/></worksheet>")


# -- 8 and 9: formulas -----------------------------------------------------------------------------


def formulas(path: Path) -> Path:
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_array_formula("B1:B3", "{=ROW(1:3)}", None, 1)
    sheet.write_dynamic_array_formula("D1:D2", "=UNIQUE(A1:A1)", None, 2)
    sheet.write("E1", "plain")
    workbook.close()
    return path


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ((1, 1), "A1 holds a formula"),
        ((1, 2), "B1 holds a formula"),
        ((3, 2), "B3 belongs to an array formula"),
        ((2, 4), "D2 belongs to an array formula"),
    ],
)
def test_hazard_8_formulas_arrays_and_spills(
    tmp_path: Path, cell: tuple[int, int], words: str
) -> None:
    refuse(formulas(tmp_path / "f.xlsx"), Edits("List", {cell: "x"}), words)


def test_hazard_8_a_formula_goes_if_that_is_asked_for(tmp_path: Path) -> None:
    path = formulas(tmp_path / "f.xlsx")
    after = write(path, Edits("List", {(1, 1): 5}, overwrite_formulas=True))
    assert cells_of(after)[1, 1] == 5.0
    for cell in ((1, 2), (3, 2), (1, 4)):
        refuse(path, Edits("List", {cell: "x"}, overwrite_formulas=True), "array|formula")


SHARED = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>0</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>0</v></c></row>'
    '<row r="3"><c r="C3"><f t="dataTable" ref="C3:D4" dt2D="1" r1="A1" r2="B1"/><v>0</v></c></row>'
)


def test_hazard_8_shared_masters_and_data_tables_never_go(tmp_path: Path) -> None:
    path = book(tmp_path / "shared.xlsx", SHARED)
    edits = Edits("List", {(1, 1): 5}, overwrite_formulas=True)
    refuse(path, edits, "on which other cells depend")
    refuse(path, Edits("List", {(4, 4): 5}, overwrite_formulas=True), "data table")
    after = write(path, Edits("List", {(2, 1): 5}, overwrite_formulas=True))
    assert '<c r="A2"><v>5</v></c>' in sheet_of(after)


def chained(path: Path, entries: str) -> Path:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>1</f><v>1</v></c></row>' for n in (1, 2))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("calcChain", "calcChain.xml")], 1
        )
    )
    types = (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/calcChain.xml" ContentType="{SHEET_TYPE}.calcChain+xml"/></Types>'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}">{entries}</calcChain>',
        "[Content_Types].xml": types,
    }
    return book(path, rows, parts=parts)


def test_hazard_8_a_formula_that_goes_leaves_the_chain(tmp_path: Path) -> None:
    path = chained(tmp_path / "c.xlsx", '<c r="A1" i="1"/><c r="A2"/><c r="A2" i="9" /><c r="A7"/>')
    after = write(path, Edits("List", {(1, 1): "x"}, overwrite_formulas=True))
    assert '><c r="A2" i="1"/><c r="A2" i="9" /><c r="A7"/><' in sheet_of(after, "xl/calcChain.xml")
    assert changed_members(path, after) == {SHEET, "xl/workbook.xml", "xl/calcChain.xml"}


def test_hazard_8_an_empty_chain_goes_altogether(tmp_path: Path) -> None:
    path = chained(tmp_path / "c.xlsx", '<c r="A1" i="1"/><c r="A2"/>')
    edits = Edits("List", {(1, 1): "x", (2, 1): "y"}, overwrite_formulas=True)
    after = write(path, edits)
    with Package(after) as package:
        assert package.find("xl/calcChain.xml") is None
        assert b"calcChain" not in package.read("[Content_Types].xml")
        assert b"calcChain" not in package.read("xl/_rels/workbook.xml.rels")
    assert cells_of(after) == {(1, 1): "x", (2, 1): "y"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<calcPr calcId='1' />", "<calcPr calcId='1' fullCalcOnLoad=\"1\"/>"),
        ('<calcPr fullCalcOnLoad="0"/>', '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcMode="manual"/>', '<calcPr calcMode="manual"/>'),
    ],
)
def test_hazard_9_formulas_are_calculated_anew(tmp_path: Path, before: str, after: str) -> None:
    path = book(tmp_path / "f.xlsx", SHARED, workbook_properties=before)
    written = write(path, Edits("List", {(9, 1): "x"}))
    assert after in sheet_of(written, "xl/workbook.xml")
    assert changed_members(path, written) == (
        {SHEET} if before == after else {SHEET, "xl/workbook.xml"}
    )


def test_hazard_9_calculation_is_asked_for_where_the_schema_wants_it(tmp_path: Path) -> None:
    path = book(tmp_path / "f.xlsx", SHARED, workbook_properties="<workbookPr/>")
    written = sheet_of(write(path, Edits("List", {(9, 1): "x"})), "xl/workbook.xml")
    assert '</sheets><calcPr fullCalcOnLoad="1"/></workbook>' in written


def test_hazard_9_a_workbook_without_formulas_is_left_alone(tmp_path: Path) -> None:
    path = book(tmp_path / "f.xlsx", NUMBERS, workbook_properties="<calcPr/>")
    assert changed_members(path, write(path, Edits("List", {(9, 1): "x"}))) == {SHEET}


# -- 10, 12, 13: what lies around cells ------------------------------------------------------------


def framed(rows: str, after: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def test_hazard_10_only_the_anchor_of_merged_cells(tmp_path: Path) -> None:
    merges = '<mergeCells count="1"><mergeCell ref="B2:D3"/></mergeCells>'
    path = book(tmp_path / "merged.xlsx", framed(NUMBERS, merges))
    assert cells_of(write(path, Edits("List", {(2, 2): "x"})))[2, 2] == "x"
    for cell in ((2, 3), (3, 2), (3, 4)):
        refuse(path, Edits("List", {cell: "x"}), "merged cells B2:D3")


def test_hazard_10_nothing_under_a_pivot_table(tmp_path: Path) -> None:
    link = f'<Relationship Id="r1" Type="{OFFICE}/pivotTable" Target="../pivotTables/p.xml"/>'
    pivot = f'<pivotTableDefinition xmlns="{MAIN}"><location ref="B2:C9"/></pivotTableDefinition>'
    path = book(
        tmp_path / "p.xlsx", NUMBERS, sheet_links=link, parts={"xl/pivotTables/p.xml": pivot}
    )
    refuse(path, Edits("List", {(9, 3): "x"}), "a pivot table")
    assert plan(path, Edits("List", {(10, 3): "x"})).cells == 1


def test_hazards_12_and_13_are_said_and_written(tmp_path: Path) -> None:
    after = (
        '<sheetProtection sheet="1"/><dataValidations><dataValidation type="list" sqref="A1 C3:C9">'
        "<formula1>x</formula1></dataValidation></dataValidations>"
    )
    rows = '<row r="1"/><row r="3" hidden="1"/>'
    path = book(tmp_path / "warned.xlsx", framed(rows, after))
    checked = plan(path, Edits("List", {(3, 3): "x"}))
    assert [re.findall("protected|hidden|list", warning)[0] for warning in checked.warnings] == [
        "protected", "hidden", "list",
    ]  # fmt: skip
    target = tmp_path / "after.xlsx"
    assert apply(checked, target).warnings == checked.warnings
    assert sheet_of(target).endswith(f"</sheetData>{after}</worksheet>")


# -- 11: tables ------------------------------------------------------------------------------------


def table(path: Path, *, totals: bool = False) -> Path:
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.add_table(
        "B3:C6",
        {
            "name": "People",
            "total_row": totals,
            "columns": [{"header": "Name"}, {"header": "E-Mail"}],
            "data": [["Ada", "ada@example.org"], ["Bob", "bob@example.org"]],
        },
    )
    workbook.close()
    return path


def test_hazard_11_a_table_grows_by_the_columns_that_touch_it(tmp_path: Path) -> None:
    path = table(tmp_path / "t.xlsx")
    heading = 'Link & "more"\nhere_x0041_'
    edits = Edits(
        "List", {(4, 4): "u", (5, 4): "v", (4, 7): "far"}, 3, {4: heading, 5: "Status", 7: "Far"}
    )
    after = write(path, edits)
    assert changed_members(path, after) == {SHEET, "xl/sharedStrings.xml", "xl/tables/table1.xml"}
    grown = openpyxl.load_workbook(after)["List"].tables["People"]
    assert (grown.ref, grown.autoFilter.ref) == ("B3:E6", "B3:E6")
    assert [column.id for column in grown.tableColumns] == [1, 2, 3, 4]
    assert 'count="4"' in sheet_of(after, "xl/tables/table1.xml")
    sheet = read(after)
    assert sheet.tables[0].columns == ("Name", "E-Mail", heading, "Status")
    assert [sheet.text(3, column) for column in range(2, 8)] == [
        "Name", "E-Mail", heading, "Status", "", "Far",
    ]  # fmt: skip
    assert cells_of(after)[3, 4] == heading


def test_hazard_11_headings_totals_and_names_are_kept(tmp_path: Path) -> None:
    path = table(tmp_path / "t.xlsx", totals=True)
    refuse(path, Edits("List", {(3, 2): "x"}), "heading of the table “People”")
    refuse(path, Edits("List", {(6, 2): "x"}), "totals row")
    refuse(path, Edits("List", {}, 3, {4: "e-mail"}), "already has a column")
    refuse(path, Edits("List", {}, 3, {4: "Link", 5: "LINK"}), "already has a column")
    refuse(path, Edits("List", {}, 3, {2: "Link"}), "no room|heading")
    grown = openpyxl.load_workbook(write(path, Edits("List", {}, 3, {4: "Link"})))["List"].tables
    assert (grown["People"].ref, grown["People"].autoFilter.ref) == ("B3:D6", "B3:D5")


def test_hazard_11_a_table_that_a_query_fills_does_not_grow(tmp_path: Path) -> None:
    path = table(tmp_path / "t.xlsx")
    text = sheet_of(path, "xl/tables/table1.xml").replace(
        "<table ", '<table tableType="queryTable" '
    )
    fed = tmp_path / "fed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(fed, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if "tables/table1" in name else old.read(name))
    checked = plan(fed, Edits("List", {(4, 3): "x"}, 3, {4: "Link"}))
    assert len(checked.warnings) == 2
    apply(checked, tmp_path / "after.xlsx")
    assert "xl/tables/table1.xml" not in changed_members(fed, tmp_path / "after.xlsx")


def test_hazard_11_two_tables_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("List")
    sheet.add_table("A1:B4", {"name": "One"})
    sheet.add_table("C3:D6", {"name": "Two"})
    workbook.close()
    refuse(path, Edits("List", {}, 1, {3: "Link"}), "no room")


# -- 14: text --------------------------------------------------------------------------------------

AWKWARD = [
    "=1+1", "-", "@x", "007", "1e5", " edges ", "a\nb", "a\r\nb", "tab\there", "R&D <b> \"q\"",
    "_x000D_", "_x005F_x000D_", "\x00\x07\x1b", "\ufffe", "é ✓ 😀 👩‍👩‍👧", "]]>",
    "&amp;", "  ", "\n",    "_X000d_", "a" * 32_767, "😀" * 16_383,
]  # fmt: skip


@pytest.mark.parametrize("shared_strings", [False, True])
def test_hazard_14_text_arrives_as_it_is(tmp_path: Path, shared_strings: bool) -> None:
    strings = string_table("<si><t>a</t></si><si/>") if shared_strings else None
    path = book(tmp_path / "text.xlsx", NUMBERS, strings=strings)
    after = write(path, Edits("List", {(row, 2): text for row, text in enumerate(AWKWARD, 1)}))
    sheet = read(after)
    assert [sheet.text(row, 2) for row in range(1, len(AWKWARD) + 1)] == AWKWARD
    assert ("t=" + ('"s"' if shared_strings else '"inlineStr"')) in sheet_of(after)


def test_hazard_14_shared_strings_are_appended_once_and_counted(tmp_path: Path) -> None:
    strings = string_table("<si><t>a</t></si><si><r><t>b</t></r></si><si/>")
    row = '<row r="1"><c r="A1" t="s"><v>2</v></c></row>'
    path = book(tmp_path / "s.xlsx", row, strings=strings)
    after = write(path, Edits("List", {(1, 2): "new", (1, 3): "a", (2, 2): "new", (1, 1): "new"}))
    text = sheet_of(after, "xl/sharedStrings.xml")
    assert 'count="1003" uniqueCount="5"' in text
    assert text.endswith("<si/><si><t>new</t></si><si><t>a</t></si></sst>")
    assert re.findall(r't="s"><v>(\d)', sheet_of(after)) == ["3", "3", "4", "3"]


@pytest.mark.parametrize("table", [f'<sst xmlns="{MAIN}"/>', f'<y:sst xmlns:y="{MAIN}"></y:sst>'])
def test_hazard_14_an_empty_table_of_strings(tmp_path: Path, table: str) -> None:
    path = book(tmp_path / "s.xlsx", NUMBERS, strings=table)
    assert cells_of(write(path, Edits("List", {(1, 1): "x"})))[1, 1] == "x"


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ((1, 1), "a" * 32_768, "longer than the 32,767"),
        ((1, 1), "😀" * 16_384, "longer than the 32,767"),
        ((1, 1), float("nan"), "not one Excel can hold"),
        ((1, 1), float("inf"), "not one Excel can hold"),
        ((0, 1), "x", "outside of the sheet"),
        ((1_048_577, 1), "x", "outside of the sheet"),
        ((1, 16_385), "x", "outside of the sheet"),
    ],
)
def test_hazard_14_what_no_sheet_can_hold(
    tmp_path: Path, cell: tuple[int, int], value: str | float, words: str
) -> None:
    refuse(book(tmp_path / "limits.xlsx", NUMBERS), Edits("List", {cell: value}), words)


@pytest.mark.parametrize("value", [0, -1, 10**15, 0.1, 1e-9, 1e300, -0.0, 1234567.891, 2**53])
def test_numbers_read_back_the_same(tmp_path: Path, value: float) -> None:
    path = book(tmp_path / "numbers.xlsx", NUMBERS)
    assert cells_of(write(path, Edits("List", {(1, 2): value})))[1, 2] == value


def test_edits_that_make_no_sense(tmp_path: Path) -> None:
    path = book(tmp_path / "plain.xlsx", NUMBERS)
    with pytest.raises(SheetNotFound, match="no sheet “Lists”"):
        plan(path, Edits("Lists", {(1, 1): "x"}))
    refuse(path, Edits("List", {}, None, {4: "Link"}), "heading")
    refuse(path, Edits("List", {}, 1, {4: " "}), "heading")
    refuse(path, Edits("List", {(1, 4): "x"}, 1, {4: "Link"}), "two texts")
    refuse(path, Edits("List", {}, 1, {1: "Link"}), "no room")
    assert plan(path, Edits("LIST", {(1, 4): "x"})).sheet.name == "List"
