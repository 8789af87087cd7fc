"""Rows read by their shape say the same as rows cut up one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.handmade import book, string_table, style_sheet
from zoomdesk.errors import WorkbookDamaged, WorkbookError
from zoomdesk.workbook import Sheet, inspect, read
from zoomdesk.workbook.markup.row_shapes import RowShape, RowShapes
from zoomdesk.workbook.markup.tokenizer import SheetTokens

STRINGS = string_table("<si><t>Ada</t></si><si><t>Grace</t></si>")
STYLES = style_sheet("General", "0.00", '"Dear "@', "yyyy-mm-dd")

cell = st.builds(
    lambda reference, style, inside: (reference, style, *inside),
    st.booleans(),
    st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="9"']),
    st.sampled_from(
        [
            ("", "<v>612345678</v>"),
            ("", "<v>1.50</v>"),
            ("", "<v>007</v>"),
            ("", "<v></v>"),
            (' t="s"', "<v>0</v>"),
            (' t="s"', "<v>1</v>"),
            (' t="s"', "<v> 1 </v>"),
            (' t="s"', "<v><![CDATA[0]]></v>"),
            (' t="str"', "<v>a &amp; _x0041_</v>"),
            (' t="b"', "<v>1</v>"),
            (' t="e"', "<v>#N/A</v>"),
            (' t="d"', "<v>2023-03-15</v>"),
            (' t="inlineStr"', "<is><t>plain</t></is>"),
            (' t="inlineStr"', '<is><t xml:space="preserve"> a&lt; </t></is>'),
            (' t="inlineStr"', "<is><t>_x0041_</t></is>"),
            (' t="inlineStr"', "<is><r><t>ri</t></r><r><t>ch</t></r></is>"),
            (' t="inlineStr"', "<v>not inline</v>"),
            ("", "<is><t>not inline</t></is>"),
            ("", "<f>1+1</f><v>2</v>"),
            ("", None),
        ]
    ),
)
rows = st.lists(
    st.tuples(st.booleans(), st.lists(cell, min_size=1, max_size=4)), min_size=1, max_size=3
)


def sheet_data(kinds: list[tuple[bool, list[tuple[bool, str, str, str | None]]]]) -> str:
    """Write each kind of row several times over, as a list does."""
    lines = []
    for number in range(1, 25):
        numbered, cells = kinds[number % len(kinds)]
        inside = ""
        for column, (reference, style, kind, content) in zip("ABCD", cells, strict=False):
            r = f' r="{column}{number}"' if reference else ""
            inside += f"<c{r}{style}{kind}" + ("/>" if content is None else f">{content}</c>")
        lines.append(f'<row r="{number}">{inside}</row>' if numbered else f"<row>{inside}</row>")
    return "".join(lines)


@settings(deadline=None, max_examples=120)
@given(kinds=rows)
def test_shapes_change_nothing(kinds: list[tuple[bool, list[tuple[bool, str, str, str]]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder) / "b.xlsx", sheet_data(kinds), strings=STRINGS, styles=STYLES)
        assert outcome(path, shapes=True) == outcome(path, shapes=False)


def test_shapes_change_nothing_on_the_corpus(shared: Path) -> None:
    for path in sorted((shared / "workbooks" / "corpus").glob("*.xls[xm]")):
        for sheet in inspect(path).sheets:
            assert outcome(path, sheet.name, shapes=True) == outcome(path, sheet.name, shapes=False)


def outcome(path: Path, name: str | None = None, *, shapes: bool) -> object:
    with pytest.MonkeyPatch.context() as patch:
        if not shapes:
            patch.setattr(RowShapes, "match", lambda *_: None)
        try:
            return content(read(path, name))
        except WorkbookError as error:
            return type(error), error.message


def content(sheet: Sheet) -> object:
    columns = {column: list(texts) for column, texts in sheet.columns.items()}
    return list(sheet.row_numbers), columns, sheet.formulas


def test_rows_alike_are_read_by_their_shape() -> None:
    shapes, first, second, other = learned(
        '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" t="s"><v>7</v></c></row>'
        '<row r="12"><c r="A12" s="1"><v>2</v></c><c r="B12" t="s"><v>8</v></c></row>'
        '<row r="13"><c r="A13" s="2"><v>2</v></c><c r="B13" t="s"><v>8</v></c></row>'
    )
    assert shapes.match(first) is not None
    found = shapes.match(second)
    assert found is not None
    assert (list(found[1]), [slot.column for slot in found[0].slots]) == ([b"2", b"8"], [1, 2])
    assert shapes.match(other) is None


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="A3"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>',
        '<row r="2"><c r="B2"><v>1</v></c></row>',
        '<row r="2"><c r="A02"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><f>1</f><v>1</v></c></row>',
    ],
)
def test_other_rows_are_not(row: str) -> None:
    shapes, first, other = learned(f'<row r="1"><c r="A1"><v>1</v></c></row>{row}')
    assert shapes.match(first) is not None
    assert shapes.match(other) is None


def learned(data: str) -> tuple[RowShapes, *tuple[object, ...]]:
    part = f'<worksheet xmlns="x"><sheetData>{data}</sheetData></worksheet>'
    tokens = SheetTokens([part.encode()], "sheet1.xml")
    cut = list(tokens.rows())
    shapes = RowShapes(b"")
    shapes.learn(cut[0], tokens.cells(cut[0]))
    return shapes, *cut


def test_a_row_number_in_another_row_is_still_refused(tmp_path: Path) -> None:
    path = book(
        tmp_path / "wrong.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A3"><v>1</v></c></row>',
    )
    with pytest.raises(WorkbookDamaged, match="row 2"):
        read(path)


def test_many_different_rows_stop_the_learning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoomdesk.workbook.markup.row_shapes._LEARNED_AT_MOST", 2)
    shapes, *cut = learned(
        "".join(f'<row r="{n}"><c r="A{n}" s="{n}"><v>1</v></c></row>' for n in range(1, 6))
    )
    tokens = SheetTokens([b"<worksheet><sheetData/></worksheet>"], "x")
    for row in cut[1:]:
        shapes.learn(row, tokens.cells(row))
    assert [shapes.match(row) is not None for row in cut] == [True, True, False, False, False]
    assert isinstance(shapes.match(cut[0])[0], RowShape)
