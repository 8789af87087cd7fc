"""Hazard 2 of workbooks/README.md: zip files that lie, explode or lead outside."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.handmade import book
from tests.workbook.hostile.conftest import Open, refused
from tests.workbook.hostile.zips import SHEET, Entry, end64, entries_of, pack, with_lie
from zoomdesk.workbook import read

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
FULL = 0xFFFFFFFF


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return book(tmp_path / "sound.xlsx", ROWS)


def zip64(*values: int) -> bytes:
    return struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values)


def zeros(size: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(deflate.compress(bytes(1 << 20)) for _ in range(size >> 20)) + deflate.flush()


LIES: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "says nothing is in it": ({"size": 0}, ("WorkbookHostile",)),
    "says less": ({"size": 20}, ("WorkbookHostile",)),
    "says more": ({"size": 100_000}, ("WorkbookDamaged",)),
    "says 4 GB": ({"size": FULL - 1}, ("WorkbookHostile",)),
    "packed to nothing": ({"packed_size": 0}, ("WorkbookDamaged",)),
    "packed to less": ({"packed_size": 9}, ("WorkbookDamaged",)),
    "packed to 4 GB": ({"packed_size": FULL - 1}, ("WorkbookHostile",)),
    "wrong checksum": ({"crc": 7}, ("WorkbookDamaged",)),
    "a bomb that says so": (
        {"packed": zeros(200 << 20), "size": 200 << 20}, ("WorkbookHostile",),
    ),
    "a bomb that says little": ({"packed": zeros(200 << 20)}, ("WorkbookHostile",)),
    "half a stream": ({"packed": zlib.compress(b"x" * 99)[2:9]}, ("WorkbookDamaged",)),
    "no stream": ({"packed": b"\xff" * 50}, ("WorkbookDamaged",)),
    "an empty stream": ({"packed": b"\x03\x00"}, ("WorkbookDamaged",)),
    "a zip password": ({"flags": 1}, ("WorkbookEncrypted",)),
    "strong encryption": ({"flags": 0x41}, ("WorkbookEncrypted",)),
    "shrunk": ({"method": 1}, ("WorkbookDamaged",)),
    "deflate64": ({"method": 9}, ("WorkbookDamaged",)),
    "bzip2": ({"method": 12}, ("WorkbookDamaged",)),
    "lzma": ({"method": 14}, ("WorkbookDamaged",)),
    "no method": ({"method": 0xFFFF}, ("WorkbookDamaged",)),
    "behind the end": ({"offset": FULL - 1}, ("WorkbookDamaged",)),
    "inside of another": ({"offset": 7}, ("WorkbookDamaged", "WorkbookHostile")),
    "the place of another": ({"offset": 0}, ("WorkbookDamaged", "WorkbookHostile")),
    "zip64 offset beyond all": (
        {"offset": FULL, "extra": zip64((1 << 64) - 1)}, ("WorkbookDamaged",),
    ),
    "zip64 offset of 2^63": ({"offset": FULL, "extra": zip64(1 << 63)}, ("WorkbookDamaged",)),
    "zip64 size beyond all": (
        {"size": FULL, "extra": zip64((1 << 64) - 1)}, ("WorkbookHostile",),
    ),
    "zip64 without its field": ({"size": FULL, "packed_size": FULL}, ("WorkbookHostile",)),
    "zip64 cut short": (
        {"size": FULL, "extra": b"\1\0\x08\0\1\2\3"}, ("WorkbookHostile",),
    ),
    "another name inside": ({"local_name": b"xl/worksheets/sheet2.xml"}, ("WorkbookDamaged",)),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_hazard_2_a_sheet_whose_entry_lies(
    sound: Path, tmp_path: Path, opened: Open, lie: str
) -> None:
    fields, kinds = LIES[lie]
    path = tmp_path / "lies.xlsx"
    path.write_bytes(pack(with_lie(sound, **fields)))
    refused(opened(path), *kinds)


@pytest.mark.parametrize("extra", [b"\1\0", b"\xff\xff\xff\xffab", b"\1\0\0\0" * 9, b"\0" * 60_000])
def test_hazard_2_extra_fields_that_lie_are_only_carried(
    sound: Path, tmp_path: Path, opened: Open, extra: bytes
) -> None:
    path = tmp_path / "extra.xlsx"
    path.write_bytes(pack(with_lie(sound, extra=extra, local_extra=extra)))
    assert opened(path).outcomes["write"][0] == "ok"
    assert read(path.with_name("written.xlsx")).text(1, 30) == "x"


NAMES = {
    "upwards": b"../../etc/cron.d/job",
    "upwards inside": b"xl/../../job",
    "upwards, Windows": b"..\\..\\Startup\\job.bat",
}
HARMLESS_NAMES = {
    "absolute": b"/etc/cron.d/job",
    "a drive": b"C:\\Windows\\job.bat",
    "a share": b"\\\\server\\share\\job",
    "NUL": b"xl/media\0/../job",
    "very long": b"n/" * 30_000,
    "empty": b"",
    "a folder": b"xl/worksheets/sheet1.xml/",
    "not UTF-8": b"\xff\xfe\xfa",
    "a device": b"CON",
}
"""Nothing is ever unpacked to a place that a name says: such a part is carried, or refused."""


@pytest.mark.parametrize("name", NAMES)
def test_hazard_2_names_that_lead_upwards(
    sound: Path, tmp_path: Path, opened: Open, name: str
) -> None:
    path = tmp_path / "names.xlsx"
    path.write_bytes(pack([*entries_of(sound).values(), Entry(NAMES[name], b"x")]))
    refused(opened(path), "WorkbookHostile")


@pytest.mark.parametrize("flags", [0, 0x800])
@pytest.mark.parametrize("name", HARMLESS_NAMES)
def test_hazard_2_names_of_all_kinds(
    sound: Path, tmp_path: Path, opened: Open, name: str, flags: int
) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    path = folder / "names.xlsx"
    entry = Entry(HARMLESS_NAMES[name], b"x", flags=flags)
    path.write_bytes(pack([*entries_of(sound).values(), entry]))
    opened(path)
    assert {each.name for each in folder.iterdir()} <= {"names.xlsx", "written.xlsx"}


ENDS: dict[str, Callable[[list[Entry]], bytes]] = {
    "more parts": lambda entries: pack(entries, said_count=60_000),
    "no parts": lambda entries: pack(entries, said_count=0),
    "a longer list": lambda entries: pack(entries, said_length=1 << 30),
    "a list behind the end": lambda entries: pack(entries, said_start=FULL - 1),
    "several disks": lambda entries: pack(entries, disk=3),
    "zip64: 2^60 parts": lambda entries: wide(entries, count=1 << 60),
    "zip64: a list of 2^60": lambda entries: wide(entries, length=1 << 60),
    "zip64: a list at 2^64": lambda entries: wide(entries, start=(1 << 64) - 9),
    "zip64: a record at 2^63": lambda entries: wide(entries, at=1 << 63),
    "zip64: a record at 2^64": lambda entries: wide(entries, at=(1 << 64) - 1),
    "zip64: itself": lambda entries: wide(entries, at=0),
    "ends in the comment": lambda entries: pack(entries, comment=b"PK\5\6" * 16_000),
    "nothing but an end": lambda _: pack([]),
}


def wide(entries: list[Entry], **lies: int) -> bytes:
    data = pack(entries)
    start = struct.unpack_from("<I", data, len(data) - 6)[0]
    length = struct.unpack_from("<I", data, len(data) - 10)[0]
    return end64(data, **({"count": len(entries), "length": length, "start": start} | lies))


@pytest.mark.parametrize("end", ENDS)
def test_hazard_2_ends_that_lie(sound: Path, tmp_path: Path, opened: Open, end: str) -> None:
    path = tmp_path / "end.xlsx"
    path.write_bytes(ENDS[end](list(entries_of(sound).values())))
    found = opened(path)
    if "comment" in end:
        assert found.outcomes["write"][0] == "ok"
    else:
        refused(found, "WorkbookDamaged", "WorkbookHostile", "NotAWorkbook")


def test_hazard_2_members_that_share_their_bytes(sound: Path, tmp_path: Path, opened: Open) -> None:
    """Many entries over one stream unpack to far more than the file is large (zip bombs)."""
    entries = [*entries_of(sound).values()]
    start = len(pack(entries)) - len(pack([])) - sum(46 + len(entry.name) for entry in entries)
    bomb = Entry(b"m0", b"", packed=zeros(16 << 20), size=16 << 20)
    more = [
        Entry(f"m{n}".encode(), b"", packed=b"", size=16 << 20, offset=start) for n in range(1, 200)
    ]
    path = tmp_path / "shared.xlsx"
    path.write_bytes(pack([*entries, bomb, *more]))
    refused(opened(path), "WorkbookDamaged", "WorkbookHostile")


@pytest.mark.parametrize("twice", [False, True])
def test_hazard_2_as_many_members_as_there_can_be(
    sound: Path, tmp_path: Path, opened: Open, twice: bool
) -> None:
    entries = [*entries_of(sound).values()]
    entries += [Entry(b"m%d" % n, b"", method=0) for n in range(60_000)]
    entries += [Entry(b"m59999", b"", method=0)] * twice
    path = tmp_path / "many.xlsx"
    path.write_bytes(pack(entries))
    found = opened(path)
    assert found.outcomes["write"][0] == ("WorkbookDamaged" if twice else "ok")


def test_hazard_2_a_list_of_members_that_is_giant(
    sound: Path, tmp_path: Path, opened: Open
) -> None:
    entries = [*entries_of(sound).values()]
    entries += [
        Entry(
            b"m%d" % n, b"", method=0, extra=b"\7\0\xf0\xff" + bytes(65_520), comment=b"c" * 65_000
        )
        for n in range(700)
    ]
    path = tmp_path / "giant.xlsx"
    path.write_bytes(pack(entries))
    refused(opened(path), "WorkbookHostile")


def test_hazard_2_a_workbook_in_a_workbook_is_left_packed(
    sound: Path, tmp_path: Path, opened: Open
) -> None:
    inner = pack([Entry(b"a", b"", packed=zeros(31 << 20), size=31 << 20)])
    nested = Entry(b"xl/embeddings/book.xlsx", inner)
    path = tmp_path / "nested.xlsx"
    path.write_bytes(pack([*entries_of(sound).values(), nested]))
    assert opened(path).outcomes["write"][0] == "ok"


@pytest.mark.parametrize("size", [3, 21, 22, 100])
def test_hazard_2_hardly_anything(tmp_path: Path, opened: Open, size: int) -> None:
    path = tmp_path / "little.xlsx"
    path.write_bytes((b"PK\3\4" + bytes(200))[:size])
    refused(opened(path), "WorkbookDamaged", "NotAWorkbook")


def test_hazard_2_a_sheet_is_never_where_another_member_is(
    sound: Path, tmp_path: Path, opened: Open
) -> None:
    entries = entries_of(sound)
    entries["copy"] = Entry(b"xl/worksheets/./sheet1.xml", entries[SHEET].content)
    path = tmp_path / "dots.xlsx"
    path.write_bytes(pack(list(entries.values())))
    assert opened(path).outcomes["write"][0] == "ok"
