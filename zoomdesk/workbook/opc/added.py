"""Put a new, small member into a package that is being written (PKWARE's APPNOTE.TXT 4.3)."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from zoomdesk.workbook.opc.directory import CENTRAL, DEFLATED, FLAG_UTF8, LOCAL, Member

_VERSION = 20
"""What a reader needs: deflate."""


def write_added(out: BinaryIO, name: str, content: bytes, like: Member) -> bytes:
    """Write local header and data of the member ``name`` at the end of ``out``.

    Time and attributes are those of ``like``, a member of the same package, so that the same write
    makes the same bytes. Returns the record for the central directory.
    """
    start = out.tell()
    model = CENTRAL.unpack_from(like.central)
    raw_name, flags = (name.encode(), 0 if name.isascii() else FLAG_UTF8)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(content) + deflate.flush()
    checks = zlib.crc32(content), len(data), len(content)
    time_and_date = model[5:7]
    head = _VERSION, flags, DEFLATED, *time_and_date
    out.write(LOCAL.pack(b"PK\3\4", *head, *checks, len(raw_name), 0) + raw_name + data)
    record = CENTRAL.pack(
        b"PK\1\2", model[1], *head, *checks, len(raw_name), 0, 0, 0, 0, model[15], start
    )
    return record + raw_name
