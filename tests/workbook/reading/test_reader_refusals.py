"""What is not opened, and the sentence that says why and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.handmade import MAIN, book, relationships, string_table, style_sheet
from zoomdesk.errors import (
    NotAWorkbook,
    PasswordNeeded,
    SheetNotFound,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookHostile,
    WorkbookNotFound,
)
from zoomdesk.workbook import inspect, read

REFUSED = {
    "54764-2.xlsx": (WorkbookHostile, "document type"),
    "Simple.xlsb": (WorkbookDamaged, "before Excel 2007"),
    "duplicate-filename.xlsx": (WorkbookDamaged, "twice"),
    "pass_protected.ods": (WorkbookEncrypted, "password"),
    "pass_protected.xlsb": (PasswordNeeded, "password"),
    "pass_protected.xlsx": (PasswordNeeded, "password"),
    "poc-xmlbomb.xlsx": (WorkbookHostile, "document type"),
    "protected_passtika.xlsx": (PasswordNeeded, "password"),
    "sample-beta.xlsx": (WorkbookDamaged, "before Excel 2007"),
    "xlsx-corrupted.xlsx": (WorkbookDamaged, "not well-formed"),
    "xor-encryption-abc.xls": (WorkbookEncrypted, "password"),
}
JARGON = ("zlib", "expat", "Traceback", "zipfile", "KeyError", "struct", "Errno", "codec", "None")


@pytest.mark.parametrize("name", REFUSED)
def test_the_corpus_of_refusals(shared: Path, name: str) -> None:
    kind, words = REFUSED[name]
    with pytest.raises(WorkbookError) as caught:
        read(shared / "workbooks" / "corpus" / "refuse" / name)
    assert type(caught.value) is kind
    assert words in caught.value.message
    assert_for_people(caught.value)


def test_a_signed_workbook_is_read_but_not_to_be_written(shared: Path) -> None:
    path = shared / "workbooks" / "corpus" / "refuse" / "hello-world-signed.xlsx"
    info = inspect(path)
    assert "signature" in info.write_refusal
    assert "".join(read(path).columns[1]) != ""


def test_sections_in_inline_text_are_read(shared: Path) -> None:
    sheet = read(shared / "workbooks" / "corpus" / "refuse" / "inlineStr_cdata.xlsx")
    assert sheet.columns == {1: ["Hello CDATA", "12345"], 2: ["World", "NormalText"]}


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", WorkbookDamaged, "empty"),
        (b"\0" * 5000, WorkbookDamaged, "zeros"),
        (b"%PDF-1.7\n%\xe2\xe3", NotAWorkbook, "PDF"),
        (b"<html><table><tr><td>Name</td></tr></table>", NotAWorkbook, "web page"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
         NotAWorkbook, "Excel 2003"),
        (b"<?xml version='1.0'?><x/>", NotAWorkbook, "an XML file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotAWorkbook, "picture"),
        (b"\x1f\x8b\x08\0\0", NotAWorkbook, "gzip"),
        (b"\x09\x08\x10\0\0\x06\x05\0", NotAWorkbook, ".xls"),
        (bytes(range(1, 256)) * 9, NotAWorkbook, "not an Excel workbook"),
        (b"PK\3\4", WorkbookDamaged, "ends early"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, WorkbookDamaged, ".xls"),
    ],
)  # fmt: skip
def test_files_of_other_kinds(
    tmp_path: Path, content: bytes, kind: type[WorkbookError], words: str
) -> None:
    path = tmp_path / "guests.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert type(caught.value) is kind
    assert words in caught.value.message
    assert_for_people(caught.value)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "x")
    with pytest.raises(NotAWorkbook, match="zip file"):
        inspect(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(WorkbookNotFound) as caught:
            inspect(path)
        assert_for_people(caught.value)


def test_a_workbook_of_charts_only(tmp_path: Path) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    path = book(
        tmp_path / "charts.xlsx",
        "",
        parts={
            "xl/_rels/workbook.xml.rels": relationships(
                f'<Relationship Id="rId1" Type="{office}/chartsheet" '
                'Target="worksheets/sheet1.xml"/>'
            )
        },
    )
    with pytest.raises(SheetNotFound, match="no worksheet"):
        read(path)


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["sheet", "strings", "styles", "rels", "types"])
def test_a_document_type_is_refused_wherever_it_is(tmp_path: Path, part: str) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    contents = {
        "sheet": f"<?xml version='1.0'?>{sheet}",
        "strings": string_table("<si><t>x</t></si>"),
        "styles": style_sheet("0"),
    }
    if part in contents:
        contents[part] = contents[part].replace("?>", "?>" + DOCTYPE, 1)
    extra = {
        "rels": {"xl/_rels/workbook.xml.rels": relationships("").replace("?>", "?>" + DOCTYPE, 1)},
        "types": {"[Content_Types].xml": f"<?xml version='1.0'?>{DOCTYPE}<Types/>"},
    }
    path = book(
        tmp_path / "doctype.xlsx",
        contents["sheet"],
        strings=contents["strings"],
        styles=contents["styles"],
        parts=extra.get(part),
    )
    with pytest.raises(WorkbookHostile, match="document type"):
        read(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = book(
        tmp_path / "bomb.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData>{" " * (64 << 20)}</sheetData></worksheet>',
    )
    with pytest.raises(WorkbookHostile):
        read(path)


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = book(
        tmp_path_factory.mktemp("bits") / "small.xlsx",
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>',
        strings=string_table("<si><t>Ada</t></si>"),
        styles=style_sheet("General", "d mmm yyyy"),
    )
    return path.read_bytes()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_bytes_are_refused_or_read(
    small_book: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(small_book)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    path = tmp_path / "flipped.xlsx"
    path.write_bytes(bytes(content[: cut if data.draw(st.booleans()) else None]))
    try:
        read(path)
    except WorkbookError as error:
        assert_for_people(error)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_parts_are_refused_or_read(
    small_book: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    """Damage that no checksum tells: the parts are packed anew."""
    with zipfile.ZipFile(io.BytesIO(small_book)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    part = parts[data.draw(st.sampled_from(sorted(parts)))]
    at = data.draw(st.integers(0, len(part) - 1))
    part[at : at + data.draw(st.integers(0, 30))] = data.draw(
        st.sampled_from(
            [b"", b"<", b">", b'"', b"&", b"&#0;", b"</c>", b"<row>", b"\xff", b"<!--", b"-1"]
        )
    )
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    try:
        read(path)
    except WorkbookError as error:
        assert_for_people(error)


def assert_for_people(error: WorkbookError) -> None:
    """Check that the error says what, where and what to do, without a library's words."""
    text = f"{error.title} {error.message} {error.hint}"
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    assert not [word for word in JARGON if word in text]
