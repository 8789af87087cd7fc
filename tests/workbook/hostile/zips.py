"""Zip files written field by field, so that each field may lie (PKWARE's APPNOTE.TXT 4.3)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Entry:
    """A member; what is None is told as it is."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 0
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    offset: int | None = None
    extra: bytes = b""
    local_name: bytes | None = None
    local_extra: bytes = b""
    comment: bytes = b""

    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != 8:
            return self.content
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(self.content) + deflate.flush()


def entries_of(path: Path) -> dict[str, Entry]:
    """Return the members of a sound package."""
    with zipfile.ZipFile(path) as archive:
        return {
            info.filename: Entry(info.filename.encode(), archive.read(info))
            for info in archive.infolist()
        }


def with_lie(path: Path, name: str = SHEET, **lie: Any) -> list[Entry]:
    """Return the members of a package, one of them changed and last."""
    entries = entries_of(path)
    changed = replace(entries.pop(name), **lie)
    return [*entries.values(), changed]


def pack(entries: list[Entry], **ending: Any) -> bytes:
    """Return a zip file of ``entries``; ``ending`` may give other fields to its end record."""
    body, central = bytearray(), bytearray()
    for entry in entries:
        data = entry.data()
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        packed = len(data) if entry.packed_size is None else entry.packed_size
        start = len(body) if entry.offset is None else entry.offset
        name = entry.name if entry.local_name is None else entry.local_name
        common = (20, entry.flags, entry.method, 0, 33, crc, packed, size)
        body += struct.pack("<4s5H3I2H", b"PK\3\4", *common, len(name), len(entry.local_extra))
        body += name + entry.local_extra + data
        lengths = (len(entry.name), len(entry.extra), len(entry.comment))
        central += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *common, *lengths, 0, 0, 0, start)
        central += entry.name + entry.extra + entry.comment
    return bytes(body + central) + end_record(len(entries), len(central), len(body), **ending)


def end_record(
    count: int, length: int, start: int, *, disk: int = 0, comment: bytes = b"", **lies: int
) -> bytes:
    """Return the end record; ``count``, ``length`` and ``start`` may be replaced by ``lies``."""
    count, length, start = (
        lies.get(f"said_{key}", value)
        for key, value in (("count", count), ("length", length), ("start", start))
    )
    return (
        struct.pack("<4s4H2IH", b"PK\5\6", disk, disk, count, count, length, start, len(comment))
        + comment
    )


def end64(data: bytes, *, count: int, length: int, start: int, at: int | None = None) -> bytes:
    """Return a zip whose end record is replaced by zip64 records that say this."""
    body = data[: data.rindex(b"PK\5\6")]
    wide = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(body) if at is None else at, 1)
    full = 0xFFFFFFFF
    return (
        body
        + wide
        + locator
        + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, full, full, 0)
    )
