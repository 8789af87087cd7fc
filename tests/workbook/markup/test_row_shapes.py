"""Rows cut by the shape that they share say the same as rows cut up one by one."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.handmade import MAIN, book, string_table, style_sheet
from zoomdesk.errors import WorkbookDamaged, WorkbookError
from zoomdesk.workbook import Sheet, inspect, read
from zoomdesk.workbook.markup.row_shapes import RowShape
from zoomdesk.workbook.markup.tokenizer import Row, SheetTokens

STRINGS = string_table("<si><t>Ada</t></si><si><t>Grace</t></si><si><t/></si>")
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

CONTENTS = [
    ("", "<v>612345678</v>"), ("", "<v>12.5</v>"), ("", "<v>1.50</v>"), ("", "<v>-0.25</v>"),
    ("", "<v>007</v>"), ("", "<v></v>"), ("", "<v>1e3</v>"), ("", "<v>0.1234567890123</v>"),
    ("", "<v> 7</v>"), ("", "<v>1,5</v>"), ("", "<v>a&lt;b</v>"), ("", "<v>123456789012</v>"),
    (' t="n"', "<v>5</v>"), (' t="s"', "<v>0</v>"), (' t="s"', "<v>1</v>"), (' t="s"', "<v>2</v>"),
    (' t="s"', "<v>01</v>"), (' t="str"', "<v>a &amp; _x0041_ \u00e9</v>"), (' t="b"', "<v>1</v>"),
    (' t="inlineStr"', "<is><t>plain</t></is>"), (' t="inlineStr"', "<is><t/></is>"),
    (' t="inlineStr"', '<is><t xml:space="preserve"> \u4e2d </t></is>'),
    ("", "<f>A1&amp;1</f><v>2</v>"), (' t="str"', '<f>""</f><v></v>'), ("", "<f>1</f>"),
    ("", '<f aca="false">B1*2</f><v>4</v>'), ("", "<f/><v>4</v>"), ("", "<f></f><v>4</v>"),
    ("", '<f t="shared" si="0"/><v>2</v>'), ("", '<f t="shared" ref="A1:A9" si="0">7</f><v>2</v>'),
    ("", '<f t="array" ref="A1:B2">7</f><v>2</v>'), ("", None), ("", ""),
]  # fmt: skip
"""What cells are written like, beside their reference and style."""


@st.composite
def alike(draw: st.DrawFn) -> str:
    """Draw rows that are mostly alike: some lack cells, are odd, hidden, or out of their order."""
    layout = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["", ' s="1"', ' s="2"', ' s="3"']),
                st.lists(st.sampled_from(CONTENTS), min_size=1, max_size=3),
            ),
            min_size=1,
            max_size=4,
        )
    )
    chance = draw(st.randoms(use_true_random=False))
    lines, number = [], draw(st.sampled_from([0, 8, 97, 999_980, 1_048_560]))
    for _ in range(draw(st.integers(3, 60))):
        number += chance.choice([1] * 30 + [2, 0, -1])
        inside = ""
        for column, (style, contents) in zip("ABCD", layout, strict=False):
            kind, content = chance.choice(contents)
            if chance.random() < 0.1:
                continue
            r = chance.choice([f' r="{column}{number}"'] * 40 + ["", f" r='{column}{number}'"])
            inside += f"<c{r}{style}{kind}" + ("/>" if content is None else f">{content}</c>")
        tag = chance.choice([' spans="1:4"'] * 20 + ["", ' hidden="1"', ' ht="0"', ' ht="12"'])
        named = chance.choice([f' r="{number}"'] * 40 + [""])
        row = f"<row{named}{tag}>{inside}</row>"
        lines.append(chance.choice([row] * 30 + [f"\n {row}", row.replace("></c>", " ></c >")]))
    return "".join(lines)


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
    assert_the_same(sheet_data(kinds))


@settings(deadline=None, max_examples=250)
@given(data=alike(), size=st.sampled_from([100, 400, 1000, 8192]))
def test_rows_that_are_mostly_alike(data: str, size: int) -> None:
    assert_the_same(data, size)


@settings(deadline=None, max_examples=60)
@given(data=alike())
def test_rows_under_a_prefix(data: str) -> None:
    inside = re.sub("<(/?)([a-z])", r"<\1x.y:\2", f"<sheetData>{data}</sheetData>")
    part = f'<x.y:worksheet xmlns:x.y="{MAIN}">{inside}</x.y:worksheet>'
    assert_the_same(part.encode())


@settings(deadline=None, max_examples=100)
@given(
    data=alike(),
    at=st.floats(0, 1),
    junk=st.sampled_from(["<row>", "</row>", "x", "<c/>", '"', "</sheetData>", "<!-- -->", "\0"]),
)
def test_rows_with_something_wrong_among_them(data: str, at: float, junk: str) -> None:
    place = int(at * len(data))
    assert_the_same(data[:place] + junk + data[place:])


def assert_the_same(data: str | bytes, size: int = 1 << 13) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder) / "b.xlsx", data, strings=STRINGS, styles=STYLES)
        assert outcome(path, shapes=True, size=size) == outcome(path, shapes=False)


def test_shapes_change_nothing_on_the_corpus(shared: Path) -> None:
    for path in sorted((shared / "workbooks" / "corpus").glob("*.xls[xm]")):
        for sheet in inspect(path).sheets:
            assert outcome(path, sheet.name, shapes=True) == outcome(path, sheet.name, shapes=False)


def outcome(path: Path, name: str | None = None, *, shapes: bool, size: int = 1 << 13) -> object:
    with pytest.MonkeyPatch.context() as patch:
        if shapes:
            patch.setattr("zoomdesk.workbook.reading.rows._SMALL", size)
        else:
            patch.setattr(RowShape, "cut", lambda *_: None)
        try:
            return content(read(path, name))
        except WorkbookError as error:
            return type(error), error.message


def content(sheet: Sheet) -> object:
    columns = {column: list(texts) for column, texts in sheet.columns.items()}
    return list(sheet.row_numbers), columns, sheet.formulas, sheet.hidden_rows


def learned(data: str, first: int = 1) -> tuple[RowShape, SheetTokens, Iterator[Row]]:
    """Return a shape that has learned the ``first`` rows, and what is left."""
    part = f'<worksheet xmlns="x"><sheetData>{data}</sheetData></worksheet>'
    tokens = SheetTokens([part.encode()], "sheet1.xml")
    left = tokens.rows()
    shape = RowShape(b"")
    for _ in range(first):
        row = next(left)
        shape.learn(row, tokens.cells(row))
    return shape, tokens, left


FIRST = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" t="s"><v>7</v></c></row>'


def test_rows_alike_are_cut_into_their_values() -> None:
    shape, tokens, _ = learned(
        FIRST
        + '<row r="12" ht="5"><c r="A12" s="1"><v>2</v></c><c r="B12" t="s"><v>8</v></c></row>'
        '<row r="1048576"><c r="A1048576" s="1"><v></v></c><c r="B1048576" t="s"><v>9</v></c></row>'
    )
    cut = shape.cut(tokens.whole_rows(1 << 20))
    assert cut is not None
    assert (cut.numbers, cut.attributes) == ([12, 1048576], [' ht="5"', ""])
    assert cut.between == ["", "", ""]
    (number,), (text,) = shape.fields[1], shape.fields[2]
    assert (number.style, number.kind, text.style, text.kind) == (b"1", b"", b"", b"s")
    assert (cut.pieces(number.value), cut.pieces(text.value)) == (["2", ""], ["8", "9"])


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="A3" s="1"><v>1</v></c><c r="B2" t="s"><v>7</v></c></row>',
        '<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" t="s"><v>7</v></c><c r="C2"/></row>',
        '<row r="2"><c r="B2" t="s"><v>7</v></c><c r="A2" s="1"><v>1</v></c></row>',
        '<row r="2"><c r="A2" s="2"><v>1</v></c><c r="B2" t="s"><v>7</v></c></row>',
        '<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" t="s"><v>x</v></c></row>',
        '<row r="2"><c r="A2" s="1"><f>1</f><v>1</v></c><c r="B2" t="s"><v>7</v></c></row>',
        '<row r="02"><c r="A02" s="1"><v>1</v></c><c r="B02" t="s"><v>7</v></c></row>',
        '<row r="2"/>',
    ],
)
def test_other_rows_are_left_over(row: str) -> None:
    shape, _, _ = learned(FIRST)
    third = FIRST.replace('1"><c', '3"><c').replace("A1", "A3").replace("B1", "B3")
    cut = shape.cut((row + third).encode())
    assert cut is not None
    assert (cut.numbers, cut.between) == ([3], [row, ""])


def test_a_column_that_some_rows_lack_and_others_write_otherwise() -> None:
    data = FIRST + '<row r="2"><c r="A2" t="str"><v>x</v></c></row>'
    shape, _, _ = learned(data, 2)
    cut = shape.cut(data.encode())
    assert cut is not None
    assert cut.between == ["", "", ""]
    number, text = shape.fields[1]
    assert (cut.pieces(number.value), cut.pieces(text.value)) == (["1", None], [None, "x"])
    assert cut.pieces(shape.fields[2][0].value) == ["7", None]


def test_a_column_that_is_only_lacking() -> None:
    data = FIRST + '<row r="2"><c r="B2" t="s"><v>8</v></c></row>'
    shape, _, _ = learned(data)
    assert shape.cut(data.encode()).numbers == [1]
    shape, _, _ = learned(data, 2)
    assert shape.cut(data.encode()).numbers == [1, 2]


@pytest.mark.parametrize(
    "row",
    [
        "<row><c><v>1</v></c></row>",
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c> <c r="B1"/></row>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"><f>1</f ><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
    ],
)
def test_rows_from_which_nothing_is_learned(row: str) -> None:
    shape, _, _ = learned(row)
    assert shape.cut(row.encode()) is None


def test_bytes_that_are_no_text_are_left_to_the_tokenizer() -> None:
    shape, _, _ = learned(FIRST)
    assert shape.cut(b"\xff" + FIRST.encode()) is None


def test_learning_ends_where_all_rows_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoomdesk.workbook.markup.row_shapes._LEARNED_AT_MOST", 2)
    data = "".join(f'<row r="{n}"><c r="A{n}" s="{n}"><v>1</v></c></row>' for n in range(1, 6))
    shape, _, _ = learned(data, 5)
    assert shape.is_full
    cut = shape.cut(data.encode())
    assert cut is not None
    assert cut.numbers == [1, 2]
    shape.forget()
    assert not shape.is_full
    assert shape.cut(data.encode()) is None


def test_formulas_that_show_nothing_exist_to_the_last_row(tmp_path: Path) -> None:
    line = '<row r="{0}"><c r="A{0}" t="str"><f>B{0}</f><v></v></c></row>'
    path = book(tmp_path / "f.xlsx", "".join(map(line.format, range(1, 50))) + '<row r="50"/>')
    sheet = read(path)
    assert list(sheet.row_numbers) == list(range(1, 50))
    assert sheet.columns == {1: [""] * 49}
    assert sheet.formulas[49, 1] == "=B49"


def test_a_row_number_in_another_row_is_still_refused(tmp_path: Path) -> None:
    lines = [f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 50)]
    lines[40] = lines[40].replace("A41", "A42")
    with pytest.raises(WorkbookDamaged, match="row 41"):
        read(book(tmp_path / "wrong.xlsx", "".join(lines)))


def test_a_text_that_does_not_exist_is_named_with_its_row(tmp_path: Path) -> None:
    lines = [f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, 50)]
    lines[40] = lines[40].replace("<v>1", "<v>77")
    path = book(tmp_path / "gone.xlsx", "".join(lines), strings=STRINGS)
    with pytest.raises(WorkbookDamaged, match=r"row 41 .* number 77"):
        read(path)
