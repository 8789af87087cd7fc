"""Hazards 1 to 4 of workbooks/README.md: what zip packages do, and what they do to us."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.workbook.handmade import (
    DECLARATION,
    MAIN,
    OFFICE,
    book,
    content_types,
    relationships,
)
from tests.workbook.oracles import calamine_cells, changed_members
from zoomdesk.errors import (
    NotAWorkbook,
    PasswordNeeded,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookHostile,
    WorkbookNotFound,
    WorkbookSigned,
)
from zoomdesk.workbook import Edits, apply, plan, read
from zoomdesk.workbook.foreign.passwords import lock
from zoomdesk.workbook.opc import parts
from zoomdesk.workbook.opc.package import Package

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
EDIT = Edits("List", {(1, 2): "new"})
SHEET = "xl/worksheets/sheet1.xml"


def write(path: Path, edits: Edits = EDIT) -> Path:
    after = path.with_name("after" + path.suffix)
    apply(plan(path, edits), after)
    return after


def test_hazard_1_members_keep_order_times_comments_and_extra_fields(tmp_path: Path) -> None:
    source = book(tmp_path / "source.xlsx", ROWS)
    path = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        new.comment = "an archive’s comment".encode()
        for number, name in enumerate(reversed(old.namelist())):
            info = zipfile.ZipInfo(name, (1999, 12, 31, 23, 59, 2 * number))
            info.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            info.comment = f"comment {number}".encode()
            info.extra = struct.pack("<2H4s", 0xA220, 4, b"\x28\xa0\0\0")
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(name))
    after = write(path)
    assert changed_members(path, after) == {SHEET}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(after) as new:
        assert new.testzip() is None
        assert new.comment == old.comment
        before, now = old.getinfo(SHEET), new.getinfo(SHEET)
        assert (now.date_time, now.comment, now.extra) == (
            before.date_time, before.comment, before.extra,
        )  # fmt: skip
    assert calamine_cells(after) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}


def test_hazard_1_data_descriptors_stay_where_nothing_changes(tmp_path: Path) -> None:
    source = book(tmp_path / "source.xlsx", ROWS)
    path = tmp_path / "streamed.xlsx"
    with (
        zipfile.ZipFile(source) as old,
        path.open("wb") as file,
        zipfile.ZipFile(Unseekable(file), "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with Package(path) as package:
        assert all(member.flags & 8 for member in package.members)
    after = write(path)
    assert changed_members(path, after) == {SHEET}
    with Package(after) as package:
        assert {member.name for member in package.members if not member.flags & 8} == {SHEET}
    assert calamine_cells(after) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}


class Unseekable:
    """Makes zipfile write sizes behind the data, as programs that stream do."""

    def __init__(self, file: object) -> None:
        self.write = file.write  # type: ignore[attr-defined] # any binary file
        self.flush = file.flush  # type: ignore[attr-defined] # any binary file


@pytest.mark.parametrize(
    "target",
    [
        "/xl/worksheets/sheet1.xml",
        "WORKSHEETS/Sheet1.XML",
        "worksheets\\sheet1.xml",
        "../xl/worksheets/sheet1.xml",
    ],
)
def test_hazard_1_a_sheet_is_found_by_its_relationship(tmp_path: Path, target: str) -> None:
    links = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{target}"/>'
    path = book(
        tmp_path / "links.xlsx", ROWS, parts={"xl/_rels/workbook.xml.rels": relationships(links)}
    )
    assert changed_members(path, write(path)) == {SHEET}


def test_hazard_1_names_with_backslashes(tmp_path: Path) -> None:
    source = book(tmp_path / "source.xlsx", ROWS)
    path = tmp_path / "backslashes.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo("x" * len(name))
            info.filename = name.replace("/", "\\")
            new.writestr(info, old.read(name))
    after = write(path)
    with zipfile.ZipFile(after) as archive:
        names = {info.orig_filename for info in archive.infolist()}
    assert "xl\\worksheets\\sheet1.xml" in names


def test_hazard_2_small_zip64_records_are_kept(tmp_path: Path) -> None:
    source = book(tmp_path / "source.xlsx", ROWS)
    path = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            with new.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(old.read(name))
    after = write(path)
    assert changed_members(path, after) == {SHEET}
    assert calamine_cells(after) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}


def test_hazard_2_two_members_of_one_name(tmp_path: Path) -> None:
    path = book(tmp_path / "twice.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", "<worksheet/>")
    with pytest.raises(WorkbookDamaged, match="twice"):
        plan(path, EDIT)


def test_hazard_2_something_in_front(tmp_path: Path) -> None:
    path = book(tmp_path / "front.xlsx", ROWS)
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    with pytest.raises(WorkbookDamaged, match="in front"):
        plan(path, EDIT)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_hazard_2_cut_off(tmp_path: Path, kept: float) -> None:
    path = book(tmp_path / "cut.xlsx", ROWS)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(WorkbookDamaged):
        plan(path, EDIT)


def test_hazard_2_a_flipped_bit_in_the_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "flipped.xlsx", ROWS)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET)
        data[info.header_offset + 30 + len(SHEET) + info.compress_size // 2] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(WorkbookDamaged):
        plan(path, EDIT)


def test_hazard_2_every_flipped_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    source = book(tmp_path / "source.xlsx", ROWS)
    data = source.read_bytes()
    path = tmp_path / "flipped.xlsx"
    refused = 0
    for at in range(0, len(data), 7):
        flipped = bytearray(data)
        flipped[at] ^= 0xFF
        path.write_bytes(flipped)
        try:
            after = write(path)
        except (WorkbookDamaged, WorkbookHostile, WorkbookEncrypted, NotAWorkbook):
            refused += 1
        else:
            with Package(after) as package:
                assert b"new" in package.read(SHEET)
    assert refused > len(data) // 7 // 2


def test_hazard_2_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(64)) + zeros.flush()
    header = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(packed), 64 << 20, 5, 0)
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(packed), 64 << 20, 5, 0, 0, 0, 0, 0, 0
    )
    body = header + b"a.xml" + packed
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central) + 5, len(body), 0)
    path.write_bytes(body + central + b"a.xml" + end)
    with pytest.raises(WorkbookHostile, match="64 MB"):
        plan(path, EDIT)


def test_hazard_2_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    path = book(tmp_path / "lies.xlsx", ROWS)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\1\2", 0, data.rindex(SHEET.encode()))
    struct.pack_into("<I", data, at + 24, 20)
    path.write_bytes(data)
    with pytest.raises(WorkbookHostile, match="larger than it says"):
        plan(path, EDIT)


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
)
def test_hazard_2_document_types(tmp_path: Path, part: str) -> None:
    path = book(tmp_path / "plain.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(part).decode()
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    hostile = bomb + text if text.startswith("<worksheet") else text.replace("?>", f"?>{bomb}", 1)
    path = book(tmp_path / "hostile.xlsx", ROWS, parts={part: hostile})
    with pytest.raises(WorkbookHostile, match="document type"):
        plan(path, EDIT)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_hazard_2_more_elements_than_any_workbook_has(
    tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_TAGS", 10_000)  # the real limit takes seconds to reach
    path = book(tmp_path / "plain.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(part).decode()
    at = text.rindex("</")
    many = text[:at] + "<x/>" * 10_000 + text[at:]
    path = book(tmp_path / "many.xlsx", ROWS, parts={part: many})
    with pytest.raises(WorkbookHostile, match="10,000 elements"):
        plan(path, EDIT)


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "..\\evil.xml"])
def test_hazard_2_names_that_lead_outside(tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "outside.xlsx", ROWS, parts={name: "x"})
    with pytest.raises(WorkbookHostile, match="outside"):
        plan(path, EDIT)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "old Excel workbook"),
        (b"name;email\nAda;ada@example.org\n", "not an Excel workbook"),
        (b"<html><table></table></html>", "not an Excel workbook"),
    ],
)
def test_hazard_3_other_files_are_named_for_what_they_are(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook, match=words):
        plan(path, EDIT)


def test_hazard_3_a_password(tmp_path: Path) -> None:
    plain = book(tmp_path / "plain.xlsx", ROWS)
    path = tmp_path / "locked.xlsx"
    with path.open("wb") as file:
        lock(plain.read_bytes(), "sesame", file)
    with pytest.raises(PasswordNeeded, match="password"):
        plan(path, EDIT)
    with pytest.raises(PasswordNeeded, match="password"):
        read(path)


def test_hazard_3_a_container_that_is_neither_locked_nor_old(tmp_path: Path) -> None:
    path = tmp_path / "half.xlsx"
    stream = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1024) + stream)
    for action in (lambda: plan(path, EDIT), lambda: read(path)):
        with pytest.raises((WorkbookDamaged, PasswordNeeded), match="password"):
            action()


def test_hazard_3_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")
    with pytest.raises(WorkbookDamaged, match="is empty"):
        plan(path, EDIT)


def test_hazard_4_a_signature(tmp_path: Path) -> None:
    path = book(tmp_path / "signed.xlsx", ROWS, parts={"_xmlsignatures/sig1.xml": "<s/>"})
    with pytest.raises(WorkbookSigned, match="signature"):
        plan(path, EDIT)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.xlsx", tmp_path):
        with pytest.raises(WorkbookNotFound):
            plan(path, EDIT)


def test_a_document_of_another_kind(tmp_path: Path) -> None:
    types = content_types().replace("spreadsheetml.sheet.main", "wordprocessingml.document.main")
    path = book(tmp_path / "letter.xlsx", ROWS, parts={"[Content_Types].xml": types})
    with pytest.raises(NotAWorkbook, match="Office file"):
        plan(path, EDIT)


def test_the_package_is_a_zip_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", f"{DECLARATION}<x xmlns='{MAIN}'/>")
    with pytest.raises(NotAWorkbook, match="zip file"):
        plan(path, EDIT)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_hazard_2_damage_in_a_part_that_would_only_be_copied(tmp_path: Path, method: int) -> None:
    picture = bytes(range(256)) * 400
    path = book(tmp_path / "picture.xlsx", ROWS)
    with zipfile.ZipFile(path, "a", method) as archive:
        archive.writestr("xl/media/image1.png", picture)
        info = archive.getinfo("xl/media/image1.png")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x40
    path.write_bytes(data)
    with pytest.raises(WorkbookDamaged, match=r"xl/media/image1\.png"):
        plan(path, EDIT)
