"""A finished file that is not what was planned is found out, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.handmade import book, string_table
from zoomdesk.errors import WriteFailed
from zoomdesk.workbook import ColumnValues, Edits, WritePlan, apply, plan
from zoomdesk.workbook.opc.package import Package, name_key
from zoomdesk.workbook.opc.repackage import repackage
from zoomdesk.workbook.writing.verify import verify

ROWS = range(2, 10_002)
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def edits(kind: str) -> Edits:
    """Return many cells in columns, and some by themselves."""
    made: dict[str, Callable[[int], Any]] = {
        "links": lambda row: f"link{row}",
        "escaped": lambda row: f"link_x0041_ & {row}",
        "status": lambda row: ("yes", "no")[row % 2],
        "numbers": lambda row: row + 0.5,
    }
    values = [made[kind](row) for row in ROWS]
    return Edits("List", {(2, 1): "first", (3, 1): None}, columns={3: ColumnValues(ROWS, values)})


def people(path: Path, strings: str | None) -> Path:
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 10_010))
    return book(path, rows, strings=strings)


def tampered(
    path: Path, part: str, change: Callable[[str], str], folder: Path | None = None
) -> Path:
    """Return a copy of a finished file with a part changed, its checksum right."""
    copy = (folder or path.parent) / "tampered.xlsx"
    with Package(path) as package, copy.open("wb") as file:
        old = package.read(part).decode()
        new = change(old)
        assert new != old
        repackage(package, file, {name_key(part): lambda: [new.encode()]})
    return copy


def changed_of(checked: WritePlan) -> set[str]:
    """Return the members that a write changes."""
    texts = checked.strings is not None and checked.strings.numbers.added
    return {name_key(SHEET), *([name_key(STRINGS)] if texts else [])}


def swapped(one: str, other: str) -> Callable[[str], str]:
    return lambda text: text.replace(one, "@@").replace(other, one).replace("@@", other)


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


CASES = [
    ("links", STRINGS, replaced("<t>link5000<", "<t>link5001<")),
    ("links", STRINGS, replaced("<si><t>link5000</t></si>", "")),
    ("links", STRINGS, replaced("<si><t>a</t></si>", "<si><t>a</t></si><si><t>b</t></si>")),
    ("links", STRINGS, replaced("<t>first<", "<t>last<")),
    ("escaped", STRINGS, replaced("&amp; 5000<", "&amp; 5001<")),
    ("escaped", STRINGS, replaced("&amp; 5000<", "&amp;amp; 5000<")),
    ("escaped", STRINGS, replaced("_x005F_x0041_ &amp; 5000<", "_x0041_ &amp; 5000<")),
    ("escaped", STRINGS, replaced("</sst>", "<si><t>more</t></si></sst>")),
    ("links", STRINGS, replaced("</sst>", "<si><t>more</t></si></sst>")),
    ("status", STRINGS, swapped("<t>yes<", "<t>no<")),
    ("status", SHEET, replaced('<c r="C7001" t="s"><v>3<', '<c r="C7001" t="s"><v>2<')),
    ("status", SHEET, replaced('<c r="C7000" t="s"><v>2<', '<c r="C7000" t="s"><v>3<')),
    ("links", SHEET, replaced('r="C7000" t="s"><v>7000<', 'r="C7000" t="s"><v>6999<')),
    ("links", SHEET, replaced('r="C7000" t="s"', 'r="D7000" t="s"')),
    ("links", SHEET, replaced('r="C7000" t="s"', 'r="C7000" t="str"')),
    ("links", SHEET, replaced('r="C7000" t="s"', 'r="C7000"')),
    ("links", SHEET, replaced('<row r="7000"', '<row r="70000"')),
    ("numbers", SHEET, replaced("<v>7000.5<", "<v>7001.5<")),
    ("numbers", SHEET, replaced('r="C7000"><v>7000.5</v>', 'r="C7000"><f>1+1</f><v>7000.5</v>')),
    ("numbers", SHEET, replaced("<v>7000.5</v>", "")),
    ("links", "xl/workbook.xml", replaced("<sheets>", "<sheets> ")),
]


@pytest.mark.parametrize("case", range(len(CASES)))
def test_what_is_wrong_is_found(tmp_path: Path, case: int) -> None:
    kind, part, change = CASES[case]
    path = people(tmp_path / "people.xlsx", string_table("<si><t>a</t></si>"))
    checked = plan(path, edits(kind))
    finished = apply(checked, tmp_path / "finished.xlsx").path
    copy = tampered(finished, part, change)
    with Package(path) as original, pytest.raises(WriteFailed, match="did not pass its check"):
        verify(checked, original, copy, changed_of(checked))


@pytest.mark.parametrize("kind", ["links", "escaped", "status", "numbers"])
@pytest.mark.parametrize("strings", [None, "<si><t>a</t></si>"])
def test_what_is_right_passes(tmp_path: Path, kind: str, strings: str | None) -> None:
    path = people(tmp_path / "people.xlsx", string_table(strings) if strings else None)
    checked = plan(path, edits(kind))
    finished = apply(checked, tmp_path / "finished.xlsx").path
    with Package(path) as original:
        verify(checked, original, finished, changed_of(checked))


def test_inline_text_that_is_wrong_is_found(tmp_path: Path) -> None:
    path = people(tmp_path / "people.xlsx", None)
    checked = plan(path, edits("links"))
    finished = apply(checked, tmp_path / "finished.xlsx").path
    copy = tampered(finished, SHEET, replaced("<t>link7000<", "<t>link700<"))
    with Package(path) as original, pytest.raises(WriteFailed, match="C7000 does not read back"):
        verify(checked, original, copy, changed_of(checked))


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    path = people(tmp_path / "people.xlsx", string_table("<si><t>a</t></si>"))
    told: list[float] = []
    apply(plan(path, edits("links")), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 4
    assert told[0] > 0


def test_what_progress_raises_ends_the_write(tmp_path: Path) -> None:
    path = people(tmp_path / "people.xlsx", None)
    before = path.read_bytes()

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(plan(path, edits("links")), progress=stop)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["people.xlsx"]
