"""Random worksheets as programs write them, well or badly, for Hypothesis."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.workbook.handmade import MAIN
from zoomdesk.workbook.references import letters_of

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
"""Text that XML can hold unescaped, but for ``& < >``."""

_GAPS = ["", "", "", " ", "\n  ", "<!-- <row r='1'> </row> -->", "<?pi <c/> ?>"]


@st.composite
def sheet_xml(draw: st.DrawFn, *, odd: bool = True) -> str:
    """Draw a worksheet part; ``odd`` ones have gaps, comments and mixed quotes."""
    prefix = draw(st.sampled_from(["", "", "x:"]))
    gaps = st.sampled_from(_GAPS if odd else [""])
    rows = "".join(
        draw(gaps) + _row(draw, prefix, number, named, gaps) for number, named in draw(_numbers(40))
    )
    name = f"{prefix}sheetData"
    data = f"<{name}>{rows}{draw(gaps)}</{name}>" if rows else f"<{name}/>"
    space = f'xmlns{":x" if prefix else ""}="{MAIN}"'
    dimension = draw(st.sampled_from(["", f'<{prefix}dimension ref="B2:C3"/>']))
    return f"<{prefix}worksheet {space}>{dimension}{data}</{prefix}worksheet>"


def _numbers(last: int) -> st.SearchStrategy[list[tuple[int, bool]]]:
    """Ascending numbers, each with whether it is written: it must be after a gap."""

    def named(numbers: set[int]) -> st.SearchStrategy[list[tuple[int, bool]]]:
        ordered = sorted(numbers)
        needed = [b != a + 1 for a, b in zip([0, *ordered], ordered, strict=False)]
        said = st.lists(st.booleans(), min_size=len(ordered), max_size=len(ordered))
        return said.map(
            lambda chosen: [
                (n, need or say) for n, need, say in zip(ordered, needed, chosen, strict=True)
            ]
        )

    return st.sets(st.integers(1, last), max_size=8).flatmap(named)


def _row(
    draw: st.DrawFn, prefix: str, number: int, named: bool, gaps: st.SearchStrategy[str]
) -> str:
    attributes = f' r="{number}"' if named else ""
    attributes += draw(st.sampled_from(["", ' spans="2:3"', " ht='12' customHeight='1'"]))
    cells = "".join(
        draw(gaps) + _cell(draw, prefix, number, column, said)
        for column, said in draw(_numbers(30))
    )
    tail = draw(gaps)
    if not cells and not tail and draw(st.booleans()):
        return f"<{prefix}row{attributes}/>"
    return f"<{prefix}row{attributes}>{cells}{tail}</{prefix}row>"


def _cell(draw: st.DrawFn, p: str, row: int, column: int, named: bool) -> str:
    quote = draw(st.sampled_from('""\''))
    reference = f"{letters_of(column)}{row}"
    if draw(st.integers(0, 9)) == 0:
        reference = reference.lower()
    attributes = f" r={quote}{reference}{quote}" if named else ""
    kind: Any = draw(st.sampled_from(["empty", "n", "n", "str", "inlineStr", "b", "f"]))
    text = escape(draw(TEXT))
    content = {
        "empty": "",
        "n": f"<{p}v>{draw(st.integers(-9999, 9999))}</{p}v>",
        "str": f"<{p}v>{text}</{p}v>",
        "inlineStr": f"<{p}is><{p}t>{text}</{p}t></{p}is>",
        "b": f"<{p}v>{draw(st.sampled_from('01'))}</{p}v>",
        "f": f"<{p}f>1+1</{p}f><{p}v>2</{p}v>",
    }[kind]
    if kind in ("str", "inlineStr", "b"):
        attributes += f" t={quote}{kind}{quote}"
    return f"<{p}c{attributes}>{content}</{p}c>" if content else f"<{p}c{attributes}/>"
