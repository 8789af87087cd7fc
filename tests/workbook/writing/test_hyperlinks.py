"""Hazard 15: real hyperlinks, and what becomes of those that are there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.workbook.handmade import MAIN, OFFICE, STRICT_OFFICE, book, content_types
from tests.workbook.libreoffice import as_shown
from tests.workbook.oracles import calamine_cells, changed_members, packed
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import CellRange, Edits, apply, plan, read
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.writing.hyperlinks import MOST, remaining
from zoomdesk.workbook.writing.link_addresses import LONGEST, parse_address

SHEET = "xl/worksheets/sheet1.xml"
RELS = "xl/worksheets/_rels/sheet1.xml.rels"
STYLES = "xl/styles.xml"
TYPES = "[Content_Types].xml"
URL = "https://zoom.example/w/1?tk=a&b=<c>"


def write(path: Path, edits: Edits) -> Path:
    after = path.with_name("after" + path.suffix)
    apply(plan(path, edits), after)
    return after


def links_of(path: Path, sheet: str | None = None) -> dict[tuple[int, int], str]:
    return dict(read(path, sheet).hyperlinks)


def by_openpyxl(path: Path, sheet: str) -> dict[str, str]:
    found = {}
    for row in openpyxl.load_workbook(path)[sheet].iter_rows():
        for cell in row:
            if cell.hyperlink is not None:
                link = cell.hyperlink
                found[cell.coordinate] = (link.target or "") + (
                    f"#{link.location}" if link.location else ""
                )
    return found


def part(path: Path, name: str = SHEET) -> str:
    with Package(path) as package:
        return package.read(name).decode()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a workbook with links, a table, a drawing and much else behind its rows."""
    path = tmp_path / "office.xlsx"
    writer = xlsxwriter.Workbook(path)
    sheet = writer.add_worksheet("List")
    sheet.write_row("A1", ["Name", "Mail", "Link"])
    for row in range(1, 9):
        sheet.write(row, 0, f"n{row}")
        sheet.write_url(row, 1, f"mailto:n{row}@example.org", string=f"n{row}@example.org")
    sheet.write_url("E1", "internal:Other!A1", string="over there")
    sheet.data_validation("D2:D9", {"validate": "list", "source": ["a", "b"]})
    sheet.conditional_format("A2:A9", {"type": "duplicate"})
    sheet.set_landscape()
    sheet.set_footer("&CPage &P")
    sheet.set_h_pagebreaks([5])
    chart = writer.add_chart({"type": "line"})
    chart.add_series({"values": "=List!$A$2:$A$9"})
    sheet.insert_chart("H2", chart)
    sheet.add_table("J1:K3")
    writer.add_worksheet("Other")
    writer.close()
    return path


def test_written_cells_become_links(office: Path, tmp_path: Path) -> None:
    urls = {(row, 3): f"{URL}{row}" for row in range(2, 10)}
    cells = {cell: f"Join {cell[0]}" for cell in urls}
    before, shown = links_of(office), calamine_cells(office)
    after = write(office, Edits("List", cells, hyperlinks=urls))
    expected = {cell: url.replace("<c>", "%3Cc%3E") for cell, url in urls.items()}
    assert links_of(after) == before | expected
    assert by_openpyxl(after, "List")["C4"] == expected[4, 3]
    assert by_openpyxl(after, "List")["B4"] == "mailto:n3@example.org"
    assert shown is not None
    added = {("List", *cell): text for cell, text in cells.items()}
    assert calamine_cells(after) == shown | added
    assert changed_members(office, after) == {SHEET, RELS, "xl/sharedStrings.xml"}
    old, new = part(office), part(after)
    kept = old[old.index("<hyperlinks>") : old.index("</hyperlinks>")]
    assert kept in new
    assert new[new.index("</hyperlinks>") :] == old[old.index("</hyperlinks>") :]
    rows = as_shown([after], tmp_path)["after-List"]
    assert [row[2] for row in rows[1:9]] == list(cells.values())


def test_libreoffice_reads_them_as_links(office: Path, tmp_path: Path) -> None:
    import shutil
    import subprocess

    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice (soffice)")
    after = write(office, Edits("List", {(2, 3): "Join"}, hyperlinks={(2, 3): URL}))
    subprocess.run(
        [
            program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "fods", "--outdir", str(tmp_path), str(after),
        ],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    text = (tmp_path / "after.fods").read_text(encoding="utf-8")
    assert 'xlink:href="https://zoom.example/w/1?tk=a&amp;b=%3Cc%3E"' in text
    assert 'xlink:href="mailto:n1@example.org"' in text


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("declared", [False, True])
def test_a_sheet_without_any_link(
    tmp_path: Path, prefix: str, strict: bool, declared: bool
) -> None:
    office = STRICT_OFFICE if strict else OFFICE
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main" if strict else MAIN
    p, space = prefix, f'xmlns{":x" if prefix else ""}="{main}"'
    if declared:
        space += f' xmlns:rel="{office}"'
    xml = (
        f'<?xml version="1.0"?><{p}worksheet {space}><{p}sheetData/><!-- </{p}worksheet> -->'
        f'<{p}mergeCells count="1"><{p}mergeCell ref="A8:B9"/></{p}mergeCells>\n'
        f'<{p}pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
        f"</{p}worksheet><!-- </{p}worksheet> -->"
    )
    path = book(tmp_path / "bare.xlsx", xml, strict=strict)
    cells = {(1, 1): "a", (2, 1): "b", (3, 1): "c"}
    urls = {(1, 1): "https://a.example", (2, 1): "#List!A9", (3, 1): "https://a.example#part"}
    after = write(path, Edits("List", cells, hyperlinks=urls))
    assert links_of(after) == urls
    assert list(packed(after)) == [*packed(path), RELS]
    new = part(after)
    assert new.index(f"</{p}mergeCells>") < new.index(f"<{p}hyperlinks>")
    assert new.index(f"</{p}hyperlinks>") < new.index(f"<{p}pageMargins")
    assert part(after, RELS).count("https://a.example") == 1
    assert f'Type="{office}/hyperlink"' in part(after, RELS)
    assert part(after, TYPES) == part(path, TYPES)
    if not strict:
        assert by_openpyxl(after, "List") == {"A1": urls[1, 1], "A2": urls[2, 1], "A3": urls[3, 1]}


def test_content_types_that_know_no_relationships(tmp_path: Path) -> None:
    types = content_types().replace('<Default Extension="rels" ', '<Default Extension="bin" ')
    path = book(tmp_path / "types.xlsx", "", parts={TYPES: types})
    after = write(path, Edits("List", {}, hyperlinks={(1, 1): URL}))
    assert '<Default Extension="rels"' in part(after, TYPES)
    assert links_of(after) == {(1, 1): URL.replace("<c>", "%3Cc%3E")}


def linked_sheet(*elements: str) -> str:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 10))
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>'
        f"<hyperlinks>{''.join(elements)}</hyperlinks></worksheet>"
    )


def relationship(number: int, target: str) -> str:
    return (
        f'<Relationship Id="rId{number}" Type="{OFFICE}/hyperlink" Target="{target}" '
        'TargetMode="External"/>'
    )


ONE, TWO = "https://one.example/", "https://two.example/"


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """Return a sheet with a link on A1, one on the range A2:C4, and one that shares its address."""
    return book(
        tmp_path / "linked.xlsx",
        linked_sheet(
            '<hyperlink ref="A1" r:id="rId1" tooltip="t" xmlns:u="urn:u" u:uid="{1}"/>',
            '<hyperlink r:id="rId2" ref="A2:C4" xmlns:u="urn:u" u:uid="{2}"></hyperlink>',
            '<hyperlink ref="A9" r:id="rId2"/>',
        ),
        sheet_links=relationship(1, ONE) + relationship(2, TWO),
    )


def test_a_link_is_replaced(linked: Path) -> None:
    after = write(linked, Edits("List", {(1, 1): "new"}, hyperlinks={(1, 1): URL}))
    assert links_of(after)[1, 1] == URL.replace("<c>", "%3Cc%3E")
    assert ONE not in part(after, RELS)
    assert TWO in part(after, RELS)
    assert 'ref="A2:C4" xmlns:u="urn:u" u:uid="{2}"></hyperlink>' in part(after)


def test_an_emptied_cell_loses_its_link(linked: Path) -> None:
    before = links_of(linked)
    after = write(linked, Edits("List", {(1, 1): None, (5, 1): None, (9, 1): "kept"}))
    assert links_of(after) == {cell: url for cell, url in before.items() if cell != (1, 1)}
    assert changed_members(linked, after) == {SHEET, RELS}


def test_a_link_of_many_cells_is_cut_around_one(linked: Path) -> None:
    before = links_of(linked)
    after = write(linked, Edits("List", {(3, 2): "x"}, hyperlinks={(3, 2): "https://x.example"}))
    assert links_of(after) == before | {(3, 2): "https://x.example"}
    sheet = part(after)
    assert all(f'ref="{area}"' in sheet for area in ("A2:C2", "A3", "C3", "A4:C4", "B3"))
    assert sheet.count('u:uid="{2}"') == 1


def test_the_last_link_takes_its_list_along(tmp_path: Path) -> None:
    path = book(
        tmp_path / "one.xlsx",
        linked_sheet('<hyperlink ref="A1" r:id="rId1"/>'),
        sheet_links=relationship(1, ONE),
    )
    after = write(path, Edits("List", {}, hyperlinks={(1, 1): ""}))
    assert "hyperlink" not in part(after)
    assert "hyperlink" not in part(after, RELS)
    assert links_of(after) == {}


def test_nothing_about_links_changes_nothing(linked: Path) -> None:
    after = write(linked, Edits("List", {(1, 1): "still a link", (5, 5): "x"}))
    assert links_of(after) == links_of(linked)
    assert changed_members(linked, after) == {SHEET}


# -- the look of a link ----------------------------------------------------------------------------


def test_the_workbooks_own_style_for_links(tmp_path: Path) -> None:
    path = tmp_path / "styled.xlsx"
    writer = xlsxwriter.Workbook(path)
    sheet = writer.add_worksheet("List")
    sheet.write_url("A1", "https://a.example")
    sheet.write("B1", "bold", writer.add_format({"bold": True}))
    writer.close()
    urls = {(1, 2): "https://b.example", (2, 1): "https://c.example", (3, 7): "https://d.example"}
    after = write(path, Edits("List", dict.fromkeys(urls, "Join"), hyperlinks=urls))
    assert STYLES not in changed_members_but_added(path, after)
    cells = openpyxl.load_workbook(after)["List"]
    assert cells["A2"].style == cells["G3"].style == cells["A1"].style == "Hyperlink"
    assert cells["B1"].font.b
    assert not cells["B1"].font.u


def test_a_style_for_links_is_added(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    writer = xlsxwriter.Workbook(path)
    sheet = writer.add_worksheet("List")
    sheet.write("A1", "plain")
    sheet.write("B1", "bold", writer.add_format({"bold": True}))
    writer.close()
    before = openpyxl.load_workbook(path)["List"]
    urls = {(1, 1): "https://a.example", (1, 2): "https://b.example", (2, 1): "https://c.example"}
    after = write(path, Edits("List", dict.fromkeys(urls, "Join"), hyperlinks=urls))
    assert STYLES in changed_members_but_added(path, after)
    cells = openpyxl.load_workbook(after)["List"]
    for name in ("A1", "A2"):
        font = cells[name].font
        assert (font.u, font.color.rgb) == ("single", "FF0563C1")
        assert (font.name, font.sz) == (before["A1"].font.name, before["A1"].font.sz)
    assert repr(cells["B1"].font) == repr(before["B1"].font)
    assert part(after, STYLES).count("<font>") == part(path, STYLES).count("<font>") + 1


FORMATS = "<cellXfs><xf/></cellXfs>"


def changed_members_but_added(before: Path, after: Path) -> set[str]:
    old, new = packed(before), packed(after)
    assert list(new)[: len(old)] == list(old)
    return {name for name in old if old[name] != new[name]}


@pytest.mark.parametrize(
    "styles",
    [
        f'<styleSheet xmlns="{MAIN}"/>',
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf fontId="0"/></cellXfs></styleSheet>',
        f"<styleSheet xmlns='{MAIN}'><fonts><font><sz></sz></font></fonts>{FORMATS}</styleSheet>",
        f'<styleSheet xmlns="{MAIN}"><fonts/><cellXfs><xf/></cellXfs></styleSheet>',
    ],
)
def test_styles_that_nothing_can_be_added_to_stay(tmp_path: Path, styles: str) -> None:
    path = book(tmp_path / "odd.xlsx", "", styles=styles)
    after = write(path, Edits("List", {(1, 1): "x"}, hyperlinks={(1, 1): URL}))
    assert part(after, STYLES) == styles
    assert (1, 1) in links_of(after)


def test_a_prefixed_style_sheet_with_an_own_look(tmp_path: Path) -> None:
    """The named style's format may have borders of its own: a plain one is added for the links."""
    styles = (
        f'<x:styleSheet xmlns:x="{MAIN}"><x:fonts><x:font/><x:font/></x:fonts>'
        '<x:cellStyleXfs><x:xf fontId="0"/><x:xf fontId="1"/></x:cellStyleXfs><x:cellXfs count="2">'
        '<x:xf numFmtId="0"><x:alignment wrapText="1"/></x:xf>'
        '<x:xf fontId="1" xfId="1" borderId="3"/></x:cellXfs>'
        '<x:cellStyles><x:cellStyle name="Link" xfId="1" builtinId="8"/></x:cellStyles>'
        "</x:styleSheet>"
    )
    path = book(tmp_path / "prefixed.xlsx", "", styles=styles)
    after = write(path, Edits("List", {(1, 1): "x"}, hyperlinks={(1, 1): URL}))
    added = (
        '<x:xf numFmtId="0" fontId="1" applyFont="1" xfId="1"><x:alignment wrapText="1"/></x:xf>'
        "</x:cellXfs>"
    )
    new = part(after, STYLES)
    assert new == styles.replace("</x:cellXfs>", added).replace('count="2"', 'count="3"')
    assert 's="2"' in part(after)


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\server\\share",
        "zoom.us/j/1",
        "https://a.example/\nb",
        "#",
        " ",
        "https://a.example/" + "x" * LONGEST,
    ],
)
def test_what_is_no_address(linked: Path, address: str) -> None:
    content = linked.read_bytes()
    with pytest.raises(WriteRefused, match="C5"):
        plan(linked, Edits("List", {}, hyperlinks={(5, 3): address}))
    assert linked.read_bytes() == content


def test_addresses() -> None:
    assert parse_address(" HTTPS://a.example/ä b ", "A1") == ("HTTPS://a.example/ä%20b", "")
    assert parse_address("https://a.example/%20?x={1}#a b", "A1") == (
        "https://a.example/%20?x=%7B1%7D",
        "a b",
    )


def test_more_links_than_excel_takes(linked: Path) -> None:
    urls = {(row, 4): f"https://a.example/{row}" for row in range(1, MOST + 1)}
    with pytest.raises(WriteRefused, match="65,533 hyperlinks") as caught:
        plan(linked, Edits("List", {}, hyperlinks=urls))
    assert "plain text" in caught.value.hint


def test_as_many_links_as_excel_takes(tmp_path: Path) -> None:
    path = book(tmp_path / "many.xlsx", "")
    urls = {(row, 1): f"https://a.example/{row}" for row in range(1, MOST + 1)}
    after = write(path, Edits("List", dict.fromkeys(urls, "Join"), hyperlinks=urls))
    assert links_of(after) == urls
    with zipfile.ZipFile(after) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-1] == RELS


def test_an_area_without_some_of_its_cells() -> None:
    area = CellRange(2, 2, 5, 5)
    cells = [(2, 2), (3, 3), (3, 5), (5, 4)]
    left = [cell for part in remaining(area, cells) for cell in inside(part)]
    assert sorted(left) == sorted(set(inside(area)) - set(cells))


def inside(area: CellRange) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
