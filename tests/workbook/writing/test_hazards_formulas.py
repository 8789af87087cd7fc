"""Hazards 8 and 9 of workbooks/README.md: formulas and what depends on them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.workbook.handmade import DECLARATION, MAIN, OFFICE, SHEET_TYPE, book
from tests.workbook.oracles import changed_members
from tests.workbook.writes import NUMBERS, SHEET, cells_of, refuse, rewritten, sheet_of, write
from zoomdesk.workbook import Edits, plan
from zoomdesk.workbook.opc.package import Package


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


def test_hazard_9_formulas_of_another_sheet_are_calculated_anew(tmp_path: Path) -> None:
    path = tmp_path / "sums.xlsx"
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet("List").write("A1", 1)
    workbook.add_worksheet("Sums").write_formula("A1", "=List!A1", None, 1)
    workbook.close()
    plain = sheet_of(path, "xl/workbook.xml")
    stripped = plain.replace(' fullCalcOnLoad="1"', "")
    assert stripped != plain
    path = rewritten(path, "xl/workbook.xml", stripped)
    after = write(path, Edits("List", {(1, 1): 2}))
    assert 'fullCalcOnLoad="1"' in sheet_of(after, "xl/workbook.xml")
    assert changed_members(path, after) == {SHEET, "xl/workbook.xml"}


def test_hazard_9_pivot_tables_elsewhere_are_said_to_be_stale(tmp_path: Path) -> None:
    cache = {"xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}"/>'}
    checked = plan(book(tmp_path / "p.xlsx", NUMBERS, parts=cache), Edits("List", {(1, 1): 2}))
    assert [warning for warning in checked.warnings if "refreshed" in warning]
