"""The directory of a zip file: what it says of the members, and where it lies (APPNOTE.TXT 4.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from zoomdesk.errors import WorkbookDamaged

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
END64 = struct.Struct("<4sQ2H2I4Q")
LOCATOR64 = struct.Struct("<4sIQI")

STORED, DEFLATED = 0, 8
FLAG_ENCRYPTED, FLAG_DESCRIPTOR, FLAG_UTF8 = 0x1, 0x8, 0x800
FULL32 = 0xFFFFFFFF
ZIP64_EXTRA = 1


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the package; offsets and sizes in bytes.

    ``start`` to ``end`` are the member's bytes in the file: local header, data, descriptor, and
    whatever lies before the next member. ``central`` is its record of the central directory.
    """

    name: str
    method: int
    flags: int
    crc: int
    compressed_size: int
    size: int
    start: int
    data: int
    end: int
    central: bytes

    @property
    def key(self) -> str:
        """The name to compare by: forward slashes, lower case, no slash in front."""
        return name_key(self.name)


def name_key(name: str) -> str:
    r"""Return ``name`` in the form that members are compared by (ECMA-376-2, 6.2.2.3).

    >>> name_key("/xl\\Workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()


def find_end(file: BinaryIO, size: int, path: Path) -> tuple[int, int, int, bytes]:
    """Return start, end and number of records of the central directory, and the comment."""
    window = max(0, size - END.size - 0xFFFF)
    file.seek(window)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    while at >= 0:
        if at + END.size <= len(tail):
            fields = END.unpack_from(tail, at)
            if at + END.size + fields[7] == len(tail):
                break
        at = tail.rfind(b"PK\5\6", 0, at)
    else:
        raise WorkbookDamaged(f"“{path.name}” is damaged: it ends early.")
    _, disk, first_disk, _, count, length, start, _ = fields
    end = window + at
    if FULL32 in (length, start) or count == 0xFFFF:
        file.seek(max(0, end - LOCATOR64.size))
        return *_find_end64(file, file.read(LOCATOR64.size), path), tail[at + END.size :]
    if disk or first_disk or start + length != end:
        raise WorkbookDamaged(f"“{path.name}” is damaged: its list of parts is not where it says.")
    return start, start + length, count, tail[at + END.size :]


def _find_end64(file: BinaryIO, locator: bytes, path: Path) -> tuple[int, int, int]:
    damaged = WorkbookDamaged(f"“{path.name}” is damaged: its list of parts is not where it says.")
    if len(locator) != LOCATOR64.size or locator[:4] != b"PK\6\7":
        raise damaged
    at = LOCATOR64.unpack(locator)[2]
    file.seek(min(at, file.seek(0, 2)))
    record = file.read(END64.size)
    if len(record) != END64.size or record[:4] != b"PK\6\6":
        raise damaged
    fields = END64.unpack(record)
    count, length, start = fields[7], fields[8], fields[9]
    if start + length != at:
        raise damaged
    return start, start + length, count


def central_records(data: bytes, count: int, path: Path) -> Iterator[Member]:
    """Yield the members of a directory, without what their local headers say."""
    at = 0
    for _ in range(count):
        if data[at : at + 4] != b"PK\1\2" or at + CENTRAL.size > len(data):
            raise WorkbookDamaged(f"“{path.name}” is damaged: its list of parts is broken.")
        fields = CENTRAL.unpack_from(data, at)
        end = at + CENTRAL.size + fields[10] + fields[11] + fields[12]
        yield _member(data[at:end], fields)
        at = end
    if at != len(data):
        raise WorkbookDamaged(f"“{path.name}” is damaged: its list of parts is broken.")


def _member(central: bytes, fields: tuple[int, ...]) -> Member:
    flags, method, crc = fields[3], fields[4], fields[7]
    name_end = CENTRAL.size + fields[10]
    raw_name = central[CENTRAL.size : name_end]
    utf8 = flags & FLAG_UTF8 or raw_name.isascii()  # the tables of cp437 take their time to load
    name = raw_name.decode("utf-8" if utf8 else "cp437", "replace")
    compressed, size, start = zip64_values(
        central[name_end : name_end + fields[11]], fields[8], fields[9], fields[16]
    )
    return Member(name, method, flags, crc, compressed, size, start, 0, 0, central)


def zip64_values(extra: bytes, compressed: int, size: int, start: int) -> tuple[int, int, int]:
    """Take from the zip64 extra field what did not fit 32 bits (APPNOTE.TXT 4.5.3)."""
    for tag, field in extra_fields(extra):
        if tag == ZIP64_EXTRA:
            values = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            size = next(values, size) if size == FULL32 else size
            compressed = next(values, compressed) if compressed == FULL32 else compressed
            start = next(values, start) if start == FULL32 else start
    return compressed, size, start


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and content of each extra field; what is cut off is left out."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, at)
        if at + 4 + length > len(extra):
            return
        yield tag, extra[at + 4 : at + 4 + length]
        at += 4 + length
