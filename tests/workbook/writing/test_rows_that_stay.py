"""Rows that cannot be taken out for sure stay, and the person is told why (hazards 8 to 13)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.workbook.handmade import MAIN, OFFICE, book
from tests.workbook.writing.rows import remove, written
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import CellRange, Edits, plan, read
from zoomdesk.workbook.writing.removal_names import mentions, spans_sheets
from zoomdesk.workbook.writing.row_shift import RowShift


def refused(path: Path, *rows: int) -> str:
    content = path.read_bytes()
    with pytest.raises(WriteRefused) as caught:
        plan(path, Edits("List", removed_rows=rows))
    assert "Empty the rows instead" in caught.value.hint
    assert path.read_bytes() == content
    return caught.value.message


def chart(writer: xlsxwriter.Workbook, sheet: Worksheet, cell: str, values: str) -> None:
    lines = writer.add_chart({"type": "line"})
    lines.add_series({"values": values})
    sheet.insert_chart(cell, lines, {"y_scale": 0.2})


REFUSED: list[tuple[str, Callable[[xlsxwriter.Workbook, Worksheet], object], str]] = [
    ("below", lambda _, s: s.write_formula("E9", "=B9*2"), "row 9 that speaks"),
    ("above", lambda _, s: s.write_formula("E2", "=SUM($B$2:B$10)"), "row 2 that speaks"),
    ("rows", lambda _, s: s.write_formula("E2", "=SUM(3:9)"), "row 2 that speaks"),
    ("array", lambda _, s: s.write_array_formula("E2:E3", "{=A2:A3}"), "several cells"),
    (
        "sheet",
        lambda w, _: w.add_worksheet("Other").write_formula("A1", "=List!B9"),
        "another sheet speaks",
    ),
    (
        "span",
        lambda w, _: w.add_worksheet("Other").write_formula("A1", "=SUM(List:Other!B1)"),
        "several sheets",
    ),
    ("link", lambda _, s: s.write_url("E1", "internal:List!A9"), "a link leads"),
    ("comment", lambda _, s: s.write_comment("A9", "hm"), "comments"),
    ("chart", lambda w, s: chart(w, s, "E1", "=List!$B$2:$B$10"), "a chart speaks"),
    ("anchor", lambda w, s: chart(w, s, "E7", "=List!$B$1:$B$2"), "pictures, shapes or charts"),
    ("button", lambda _, s: s.insert_button("E1", {}), "controls"),
    ("sparkline", lambda _, s: s.add_sparkline("E9", {"range": "A1:C1"}), "sparklines"),
    ("breaks", lambda _, s: s.set_h_pagebreaks([7]), "page breaks"),
    ("merge", lambda _, s: s.merge_range("E5:F8", "m"), "merged cells E5:F8"),
    ("filter", lambda _, s: s.autofilter("A5:C10"), "its filter"),
    ("table", lambda _, s: s.add_table("A5:C10"), "headings or the totals"),
    ("one row", lambda _, s: s.add_table("E4:F5"), "would have no row"),
    ("totals", lambda _, s: s.add_table("E1:F5", {"total_row": True}), "headings or the totals"),
    (
        "format",
        lambda _, s: s.conditional_format(
            "A6:A10", {"type": "formula", "criteria": "=$B6>1", "format": None}
        ),
        "a conditional format",
    ),
    (
        "scale",
        lambda _, s: s.conditional_format(
            "A1:A10", {"type": "2_color_scale", "min_type": "formula", "min_value": "=$B$9"}
        ),
        "a conditional format",
    ),
    (
        "rule",
        lambda _, s: s.data_validation("A1:A10", {"validate": "custom", "value": "=B9>1"}),
        "a rule for allowed values",
    ),
    ("name", lambda w, _: w.define_name("One", "=List!$A$5"), "the name “One”"),
    ("relative", lambda w, _: w.define_name("Rel", "=List!A9"), "the name “Rel”"),
    ("complex", lambda w, _: w.define_name("Two", "=SUM(List!$A$2:$A$9)"), "the name “Two”"),
]


@pytest.mark.parametrize(("fill", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_could_not_be_moved_for_sure(
    tmp_path: Path, fill: Callable[[xlsxwriter.Workbook, Worksheet], object], why: str
) -> None:
    assert why in refused(written(tmp_path, fill), 5)


def test_a_pivot_table_and_what_nobody_knows(tmp_path: Path) -> None:
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    source = f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource><worksheetSource {{}}/>'
    source += "</cacheSource></pivotCacheDefinition>"
    rows = '<row r="5"><c r="A5"><v>5</v></c></row>'
    path = book(tmp_path / "p.xlsx", rows, parts={cache: source.format('ref="A1" sheet="list"')})
    assert "a pivot table is made from it" in refused(path, 5)
    path = book(tmp_path / "t.xlsx", rows, parts={cache: source.format('name="People"')})
    assert read(remove(path, 5)).row_numbers == []
    link = f'<Relationship Id="rId1" Type="{OFFICE}/pivotTable" Target="../x.xml"/>'
    path = book(tmp_path / "r.xlsx", rows, sheet_links=link, parts={"xl/x.xml": "<x/>"})
    assert "it has a pivot table" in refused(path, 5)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><news/></worksheet>'
    assert "something called “news”" in refused(book(tmp_path / "n.xlsx", sheet), 5)
    path = book(tmp_path / "h.xlsx", rows, parts={"xl/revisions/revisionHeaders.xml": "<x/>"})
    assert "history" in refused(path, 5)


# -- the arithmetic --------------------------------------------------------------------------------


def test_references_without_some_rows() -> None:
    shift = RowShift([3, 4, 8])
    assert [shift.place(row) for row in (1, 2, 5, 9)] == [1, 2, 3, 6]
    assert shift.area(CellRange(3, 1, 4, 9)) is None
    assert shift.area(CellRange(4, 1, 9, 2)) == CellRange(3, 1, 6, 2)
    assert shift.references("A1:B2 C3 D$5 A:C 8:9") == "A1:B2 D3 A:C A6:XFD6"
    assert shift.references("C3:C4") is None
    assert shift.is_even(5, 7)
    assert not shift.is_even(5, 8)
    with pytest.raises(ValueError, match="not a cell"):
        shift.references("what")


@pytest.mark.parametrize(
    ("formula", "touched"),
    [
        ("A1+B4", False),
        ("A5", True),
        ("$A$5", True),
        ("A:C", False),
        ("5:7", True),
        ("$1:$4", False),
        ("SUM(A1:B9999999999)", True),
        ("1000+2^9", False),
        ("People[Seats]", False),
    ],
)
def test_formulas_that_may_speak_of_rows_below(formula: str, touched: bool) -> None:
    assert RowShift([5]).touches(formula) == touched


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("List!A9", True),
        ("LIST!$A$9", True),
        ("'List'!A9", True),
        ("'Jan:List'!A9", True),
        ("'List:Jan'!A9", True),
        ("List!Name", True),
        ("List!A1:C4", False),
        ("List!$A:$C", False),
        ("MyList!A9", False),
        ("the List of A9!", False),
    ],
)
def test_texts_that_speak_of_a_sheet(text: str, found: bool) -> None:
    assert mentions(text, "List", RowShift([5])) == found
    assert mentions(f"x {text}", "It's", RowShift([5])) is False
    assert mentions("'It''s'!A9", "It's", RowShift([5]))


def test_formulas_over_several_sheets() -> None:
    assert spans_sheets("SUM(Jan:Dec!B7)")
    assert spans_sheets("SUM('Jan 1:Dec'!B7)")
    assert not spans_sheets("SUM(Jan!B7:B9)")
    assert not spans_sheets("A1:B2")
