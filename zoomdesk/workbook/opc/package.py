"""Read the zip container of a workbook, member by member, without trusting it.

The central directory is parsed here and not by :mod:`zipfile`, because writing needs what zipfile
throws away: where each member's bytes begin and end, its local header, extra fields and data
descriptor. An untouched member is then copied as it lies (hazard 1 of workbooks/README.md).

Refused (hazards 2 and 3): anything that is not a zip of an Office package, prepended or overlapping
bytes, two members of one name, encrypted members, a member that inflates beyond its declared size
or beyond reason. The format is PKWARE's APPNOTE.TXT 4.3.
"""

from __future__ import annotations

import threading
import zlib
from collections import deque
from collections.abc import Collection, Generator, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Self

from zoomdesk.errors import (
    NotAWorkbook,
    PasswordNeeded,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookHostile,
    WorkbookNotFound,
)
from zoomdesk.workbook.opc.ahead import ahead
from zoomdesk.workbook.opc.directory import (
    CENTRAL,
    DEFLATED,
    END,
    FLAG_ENCRYPTED,
    LOCAL,
    STORED,
    Member,
    central_records,
    find_end,
    name_key,
)

__all__ = ["OLE_MAGIC", "Member", "Package", "name_key"]

BLOCK = 1 << 18
"""Bytes read from the file and inflated at a time."""
MOST_INFLATED = 1 << 22
"""Bytes that a block may become: lists become five times as large, and in one go."""

AHEAD_FROM = 2 << 20
"""Size from which a second thread pays."""

MAX_MEMBER = 2 << 30
MAX_TOTAL = 4 << 30
MAX_RATIO = 250
"""Inflated to compressed size beyond which a member of RATIO_FROM bytes or more is a bomb."""
RATIO_FROM = 32 << 20
MAX_MEMBERS = 65_535

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")


class Package:
    """An open zip file. Use it in a ``with`` statement.

    Raises WorkbookNotFound, NotAWorkbook, WorkbookEncrypted, WorkbookDamaged or WorkbookHostile on
    opening; reading a member raises the last two.
    """

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        """Open ``path``, or ``content`` where the package lay behind a password in that file."""
        self.path = path
        self.locked = content is not None
        self._file: BinaryIO = _open(path) if content is None else BytesIO(content)
        self._reading = threading.Lock()  # one place in the file at a time
        self._ahead: list[Generator[bytes, None, None]] = []
        try:
            self.file_size = self._file.seek(0, 2)
            self._check_kind()
            found = find_end(self._file, self.file_size, path)
            self.directory_start, self.directory_end, count, self.comment = found
            self.ending = self._pread(self.directory_end, self.file_size - self.directory_end)
            """End-of-directory records and the archive's comment, as they lie."""
            self.members = self._read_directory(count)
            self._by_key = {member.key: member for member in self.members}
            self._check_members()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; members stay known, their content does not."""
        while self._ahead:
            self._ahead.pop().close()
        self._file.close()

    def find(self, name: str) -> Member | None:
        """Return the member of that name, whatever its case and slashes; None if there is none."""
        return self._by_key.get(name_key(name))

    def member(self, name: str) -> Member:
        """Return the member of that name. Raises WorkbookDamaged where there is none."""
        member = self.find(name)
        if member is None:
            raise self._damaged(f"its part {name} is missing")
        return member

    def read(self, name: str, limit: int = 64 << 20) -> bytes:
        """Return the whole content of a member of at most ``limit`` bytes, its CRC checked.

        Raises WorkbookDamaged where the member is missing, WorkbookHostile where it is larger.
        """
        member = self.member(name)
        if member.size > limit:
            raise self._hostile(f"its part {name} is {member.size >> 20} MB large")
        return b"".join(self.stream(member))

    def stream(self, member: Member) -> Iterator[bytes]:
        """Yield the content of ``member`` in blocks, inflated; size and CRC are checked at the end.

        At most MOST_INFLATED bytes are held at a time, whatever the member claims.
        """
        crc = total = 0
        for block in self._inflated(member):
            total += len(block)
            if total > member.size:
                raise self._hostile(f"its part {member.name} is larger than it says")
            crc = zlib.crc32(block, crc)
            yield block
        if total != member.size or crc != member.crc:
            raise self._damaged(f"its part {member.name} does not match its checksum")

    def stream_ahead(self, member: Member) -> Iterator[bytes]:
        """Yield what ``stream`` yields, of large members inflated on a thread of its own.

        The thread ends with the stream, or when the package is closed.
        """
        if member.size < AHEAD_FROM:
            return self.stream(member)
        blocks = ahead(self.stream(member))
        self._ahead.append(blocks)
        return blocks

    def check(self, but: Collection[str] = ()) -> None:
        """Read every member whose key is not in ``but``, for its checksum. Raises WorkbookDamaged.

        What is copied as it lies would else carry its damage along (hazard 2). It costs what
        inflating costs, about a second for 400 MB, and no memory.
        """
        for member in self.members:
            if member.key not in but:
                deque(self.stream(member), maxlen=0)

    def raw(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes of the file from ``start`` to ``end`` as they lie, in blocks."""
        while start < end:
            block = self._pread(start, min(BLOCK, end - start))
            start += len(block)
            yield block

    def _inflated(self, member: Member) -> Iterator[bytes]:
        if member.method == STORED:
            yield from self.raw(member.data, member.data + member.compressed_size)
            return
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for block in self.raw(member.data, member.data + member.compressed_size):
                while block and not inflate.eof:
                    yield inflate.decompress(block, MOST_INFLATED)
                    block = inflate.unconsumed_tail
            while not inflate.eof:  # what zlib still holds back
                block = inflate.decompress(inflate.unconsumed_tail, MOST_INFLATED)
                if not block:
                    raise self._damaged(f"its part {member.name} ends early")
                yield block
        except zlib.error:
            raise self._damaged(f"its part {member.name} cannot be unpacked") from None

    def _pread(self, offset: int, size: int) -> bytes:
        try:
            with self._reading:
                self._file.seek(offset)
                data = self._file.read(size)
        except OSError as error:
            raise _unreadable(self.path, error) from None
        if len(data) != size:
            raise self._damaged("it ends early")
        return data

    def _check_kind(self) -> None:
        head = self._pread(0, min(8, self.file_size))
        if head == OLE_MAGIC:
            raise _ole_refusal(self.path, self._pread(0, min(self.file_size, 8 << 20)))
        if head[:4] not in (b"PK\3\4", b"PK\5\6"):
            if _has_end_record(self._file, self.file_size):
                raise self._damaged("something was put in front of its content")
            raise NotAWorkbook(f"“{self.path.name}” is not an Excel workbook.")

    def _read_directory(self, count: int) -> tuple[Member, ...]:
        if count > MAX_MEMBERS or self.directory_end - self.directory_start > 64 << 20:
            raise self._hostile("it claims to have too many parts")
        size = self.directory_end - self.directory_start
        records = list(central_records(self._pread(self.directory_start, size), count, self.path))
        starts = sorted(record.start for record in records)
        following = dict(pairwise([*starts, self.directory_start]))
        return tuple(self._place(record, following[record.start]) for record in records)

    def _place(self, record: Member, end: int) -> Member:
        """Complete a member from its local header."""
        header = self._pread(record.start, LOCAL.size) if record.start < end else b""
        if header[:4] != b"PK\3\4":
            raise self._damaged(f"its part {record.name} is not where it should be")
        fields = LOCAL.unpack(header)
        data = record.start + LOCAL.size + fields[9] + fields[10]
        raw_name = self._pread(record.start + LOCAL.size, fields[9])
        central_name = record.central[CENTRAL.size : CENTRAL.size + len(raw_name)]
        if raw_name != central_name or fields[3] != record.method:
            raise self._damaged(f"its part {record.name} is listed under another name")
        if data + record.compressed_size > end:
            raise self._hostile(f"its part {record.name} overlaps another one")
        return Member(
            record.name, record.method, record.flags, record.crc, record.compressed_size,
            record.size, record.start, data, end, record.central,
        )  # fmt: skip

    def _check_members(self) -> None:
        if len(self._by_key) != len(self.members):
            # The last of a name is the one that stays: a member that is not it has another.
            twice = next(m.name for m in self.members if self._by_key[m.key] is not m)
            raise self._damaged(f"it has its part {twice} twice")
        if self.members and min(member.start for member in self.members) != 0:
            raise self._damaged("something was put in front of its content")
        if sum(member.size for member in self.members) > MAX_TOTAL:
            raise self._hostile("it unpacks to more than 4 GB")
        for member in self.members:
            self._check_member(member)

    def _check_member(self, member: Member) -> None:
        if member.flags & FLAG_ENCRYPTED:
            raise WorkbookEncrypted(f"“{self.path.name}” is locked by a zip password.")
        if member.method not in (STORED, DEFLATED):
            raise self._damaged(f"its part {member.name} is packed in an unknown way")
        if ".." in member.key.split("/"):
            raise self._hostile(f"its part {member.name} points outside of it")
        ratio = member.size / max(member.compressed_size, 1)
        if member.size > MAX_MEMBER or (member.size > RATIO_FROM and ratio > MAX_RATIO):
            raise self._hostile(f"its part {member.name} unpacks to {member.size >> 20} MB")

    def _damaged(self, why: str) -> WorkbookDamaged:
        return WorkbookDamaged(f"“{self.path.name}” is damaged: {why}.")

    def _hostile(self, why: str) -> WorkbookHostile:
        return WorkbookHostile(f"“{self.path.name}” is not safe to open: {why}.")


def _open(path: Path) -> BinaryIO:
    try:
        if not path.is_file():
            raise WorkbookNotFound(f"There is no file “{path}”.")
        return path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> WorkbookNotFound:
    return WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.")


def _ole_refusal(path: Path, data: bytes) -> WorkbookError:
    """Tell a password from an old .xls: both are OLE files ([MS-CFB], hazard 3)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PasswordNeeded(f"“{path.name}” is locked by a password.")
    return NotAWorkbook(
        f"“{path.name}” is an old Excel workbook (.xls), which cannot be written back to."
    )


def _has_end_record(file: BinaryIO, size: int) -> bool:
    file.seek(max(0, size - END.size - 0xFFFF))
    return b"PK\5\6" in file.read()
