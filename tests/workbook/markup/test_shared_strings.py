"""The table of shared strings: by pattern, by parser, and in blocks cut anywhere."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbook.handmade import MAIN, string_table
from zoomdesk.errors import WorkbookDamaged, WorkbookHostile
from zoomdesk.workbook.markup.shared_strings import inline_text, read_shared_strings


def strings_of(part: str | bytes, block: int = 1 << 20) -> list[str]:
    data = part.encode() if isinstance(part, str) else part
    return read_shared_strings(
        lambda: (data[at : at + block] for at in range(0, len(data), block)), "xl/sharedStrings.xml"
    )


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<si><t>Ada</t></si>", "Ada"),
        ("<si><t/></si>", ""),
        ("<si/>", ""),
        ("<si></si>", ""),
        ('<si><t xml:space="preserve"> a </t></si>', " a "),
        ("<si>\n  <t>a</t>\n</si >", "a"),
        ("<si><t>&lt;a&gt; &amp; &#228;&#xE4;&quot;</t></si>", '<a> & ää"'),
        ("<si><t>a\r\nb\rc</t></si>", "a\nb\nc"),
        ("<si><t>_x0041__x000d_</t></si>", "A\r"),
        ("<si><t>_x005F_x0041_</t></si>", "_x0041_"),
        ("<si><t>_xD83D__xDE00_</t></si>", "😀"),
        ("<si><t>_xD83D_</t></si>", "\ufffd"),
        ("<si><r><t>a</t></r><r><rPr/><t>b</t></r></si>", "ab"),
        ('<si><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></si>', "a"),
        ("<si><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r><rPh><t>y</t></rPh></si>", "ab"),
        ("<si><t>a<![CDATA[<b>]]></t></si>", "a<b>"),
        ("<si><!-- no --><t>a<!-- no -->b</t></si>", "ab"),
    ],
)
def test_items(item: str, text: str) -> None:
    assert strings_of(string_table(f"<si><t>first</t></si>{item}<si><t>last</t></si>")) == [
        "first", text, "last",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    part = string_table("<si><t>Zoë</t></si>").replace("UTF-8", encoding.removesuffix("-sig"))
    assert strings_of(part.encode(encoding)) == ["Zoë"]


def test_latin_1_is_read_as_it_says() -> None:
    part = string_table("<si><t>Zoë</t></si>").replace("UTF-8", "iso-8859-1")
    assert strings_of(part.encode("latin-1")) == ["Zoë"]


def test_prefixes() -> None:
    part = (
        f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>a</x:t></x:si><x:si><x:r><x:t>b</x:t></x:r>'
        "<x:rPh><x:t>no</x:t></x:rPh></x:si></x:sst>"
    )
    assert strings_of(part) == ["a", "b"]


@pytest.mark.parametrize("part", ["", "<sst", f'<sst xmlns="{MAIN}"><si><t>a', b"\xff\xfe\0"])
def test_broken_tables(part: str | bytes) -> None:
    with pytest.raises(WorkbookDamaged):
        strings_of(part if isinstance(part, bytes) else part + "<!-- -->")


def test_a_document_type_is_refused() -> None:
    with pytest.raises(WorkbookHostile):
        strings_of(f'<!DOCTYPE x><sst xmlns="{MAIN}"><si><t>a</t></si></sst>')


def test_phonetic_runs_without_end_cost_linear_time() -> None:
    assert strings_of(string_table(f"<si><t>a</t>{'<rPh>' * 300_000}</rPh></si>")) == ["a"]


printable = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)


@given(texts=st.lists(printable, max_size=8), block=st.integers(1, 40))
def test_blocks_may_be_cut_anywhere(texts: list[str], block: int) -> None:
    inside = "".join(f"<si><t>{escape(text.replace('_', '_x005F_'))}</t></si>" for text in texts)
    assert strings_of(string_table(inside), block) == texts


@given(texts=st.lists(printable, min_size=1, max_size=4))
def test_pattern_and_parser_agree(texts: list[str]) -> None:
    inside = "".join(f"<si><r><t>{escape(text)}</t></r></si>" for text in texts)
    assert strings_of(string_table(inside)) == strings_of(string_table(f"<!-- slow -->{inside}"))


@pytest.mark.parametrize(
    ("raw", "prefix", "text"),
    [
        (b"<t>a</t>", b"", "a"),
        (b"<x:r><x:t>a</x:t></x:r>", b"x:", "a"),
        (b"<x:t><![CDATA[<a>]]></x:t>", b"x:", "<a>"),
        (b"<t><!-- no -->a</t>", b"", "a"),
    ],
)
def test_inline_texts(raw: bytes, prefix: bytes, text: str) -> None:
    assert inline_text(raw, prefix) == text
