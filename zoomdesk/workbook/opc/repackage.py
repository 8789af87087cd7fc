"""Write a package again with some members changed; all others are copied as they lie (hazard 1).

Kept of an untouched member: every byte from its local header to the next one, so compressed data,
extra fields, times and data descriptor; its record in the central directory but for the offset.
A changed member keeps its place, name, time and extra fields and is deflated anew.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from zoomdesk.errors import WriteRefused
from zoomdesk.workbook.opc.added import write_added
from zoomdesk.workbook.opc.deflate import deflate
from zoomdesk.workbook.opc.directory import (
    CENTRAL,
    DEFLATED,
    END,
    END64,
    FLAG_DESCRIPTOR,
    FULL32,
    LOCAL,
    LOCATOR64,
    ZIP64_EXTRA,
    Member,
    extra_fields,
)
from zoomdesk.workbook.opc.package import MAX_MEMBERS, Package

Content = Callable[[], Iterable[bytes]]

_FAST_FROM = 1 << 18
"""Where a changed member is this large, all are deflated fast, as Excel does; else as usual."""


@dataclass(frozen=True, slots=True)
class _Written:
    start: int
    crc: int
    compressed_size: int
    size: int
    changed: bool


def repackage(
    package: Package,
    out: BinaryIO,
    changed: Mapping[str, Content],
    removed: Set[str] = frozenset(),
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Write ``package`` to ``out``, an empty file, with new content for the ``changed`` members.

    Members are named as :attr:`Member.key`; those in ``removed`` are left out. ``added`` are small
    new members, which come last. Raises WriteRefused where the result would need more than zip can
    hold, and OSError.
    """
    written: dict[str, _Written] = {}
    large = any(member.size >= _FAST_FROM for member in package.members if member.key in changed)
    for member in sorted(package.members, key=lambda member: member.start):
        if member.key in removed:
            continue
        start = out.tell()
        if member.key in changed:
            written[member.key] = _write_changed(
                package, out, member, changed[member.key](), level=1 if large else 6
            )
            continue
        out.writelines(package.raw(member.start, member.end))
        written[member.key] = _Written(
            start, member.crc, member.compressed_size, member.size, False
        )
    records = [write_added(out, name, data, package.members[0]) for name, data in added.items()]
    if len(written) + len(records) >= MAX_MEMBERS:
        raise WriteRefused("The workbook would have more parts than a zip file can hold.")
    _write_directory(package, out, written, records)


def _write_changed(
    package: Package, out: BinaryIO, member: Member, content: Iterable[bytes], *, level: int
) -> _Written:
    start = out.tell()
    header = b"".join(package.raw(member.start, member.data))
    fields = list(LOCAL.unpack_from(header))
    name = header[LOCAL.size : LOCAL.size + fields[9]]
    extra = _without_zip64(header[LOCAL.size + fields[9] :])
    fields[2] &= ~FLAG_DESCRIPTOR
    fields[3], fields[10] = DEFLATED, len(extra)
    out.write(LOCAL.pack(*fields) + name + extra)
    crc, compressed, size = deflate(content, out, level)
    end = out.tell()
    if max(compressed, size, end) >= FULL32:
        raise WriteRefused("The workbook would become larger than 4 GB.")
    fields[6:9] = crc, compressed, size
    out.seek(start)
    out.write(LOCAL.pack(*fields))
    out.seek(end)
    return _Written(start, crc, compressed, size, True)


def _write_directory(
    package: Package, out: BinaryIO, written: Mapping[str, _Written], added: Sequence[bytes]
) -> None:
    start = out.tell()
    for member in package.members:
        if member.key in written:
            out.write(_central_record(member, written[member.key]))
    out.writelines(added)
    end = out.tell()
    if end >= FULL32:
        raise WriteRefused("The workbook would become larger than 4 GB.")
    out.write(b"".join(_ending(package, start, end, len(written) + len(added))))


def _central_record(member: Member, now: _Written) -> bytes:
    """Return the member's record with its new offset and, where it was changed, its new sizes."""
    if now.start == member.start and not now.changed:
        return member.central
    fields = list(CENTRAL.unpack_from(member.central))
    name_end = CENTRAL.size + fields[10]
    extra_end = name_end + fields[11]
    extra = member.central[name_end:extra_end]
    if now.changed:
        fields[3] &= ~FLAG_DESCRIPTOR
        fields[4] = DEFLATED
        fields[7:10] = now.crc, now.compressed_size, now.size
        extra = _without_zip64(extra)
        fields[16] = now.start
    elif fields[16] == FULL32:
        extra = _with_zip64_offset(extra, fields[8] == FULL32, fields[9] == FULL32, now.start)
    else:
        fields[16] = now.start
    fields[11] = len(extra)
    return (
        CENTRAL.pack(*fields)
        + member.central[CENTRAL.size : name_end]
        + extra
        + member.central[extra_end:]
    )


def _without_zip64(extra: bytes) -> bytes:
    fields = list(extra_fields(extra))
    if all(tag != ZIP64_EXTRA for tag, _ in fields):
        return extra
    return b"".join(_packed(tag, field) for tag, field in fields if tag != ZIP64_EXTRA)


def _with_zip64_offset(extra: bytes, compressed: bool, size: bool, offset: int) -> bytes:
    at = 8 * (compressed + size)
    pieces = [
        _packed(tag, field[:at] + struct.pack("<Q", offset) + field[at + 8 :])
        if tag == ZIP64_EXTRA
        else _packed(tag, field)
        for tag, field in extra_fields(extra)
    ]
    return b"".join(pieces)


def _packed(tag: int, field: bytes) -> bytes:
    return struct.pack("<2H", tag, len(field)) + field


def _ending(package: Package, start: int, end: int, count: int) -> Iterator[bytes]:
    """Yield what follows the directory: the zip64 records if there were any, the end, a comment."""
    old = package.ending
    at = len(old) - len(package.comment) - END.size
    fields = list(END.unpack_from(old, at))
    if old[:4] == b"PK\6\6":
        wide = list(END64.unpack_from(old))
        wide[6:10] = count, count, end - start, start
        yield END64.pack(*wide) + old[END64.size : at - LOCATOR64.size]
        locator = list(LOCATOR64.unpack_from(old, at - LOCATOR64.size))
        locator[2] = end
        yield LOCATOR64.pack(*locator)
    for index, value in ((3, count), (4, count), (5, end - start), (6, start)):
        if fields[index] not in (0xFFFF, FULL32):
            fields[index] = value
    yield END.pack(*fields) + package.comment
