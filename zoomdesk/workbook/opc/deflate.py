"""Deflate a stream on several cores at once.

Each piece is compressed by itself, with the end of the one before as its dictionary and a flush at
its end: put one behind the other, they are one plain deflate stream (RFC 1951), a few bytes per
piece longer. zlib lets go of the interpreter meanwhile.
"""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

_PIECE = 1 << 20
_WINDOW = 1 << 15
"""How far back deflate can refer."""
_WORKERS = min(4, os.cpu_count() or 1)


def deflate(content: Iterable[bytes], out: BinaryIO, level: int) -> tuple[int, int, int]:
    """Compress ``content`` into ``out``; return CRC, compressed and plain size. Raises OSError.

    Held at a time: a few pieces of a megabyte. What is smaller needs no thread.
    """
    crc = compressed = size = 0
    before = piece = b""
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="deflate") as workers:
        for following in _pieces(content):
            if piece:
                waiting.append(workers.submit(_deflated, piece, before, level, last=False))
                before = piece[-_WINDOW:]
            if len(waiting) > _WORKERS:
                compressed += out.write(waiting.popleft().result())
            crc, size = zlib.crc32(following, crc), size + len(following)
            piece = following
        while waiting:
            compressed += out.write(waiting.popleft().result())
    compressed += out.write(_deflated(piece, before, level, last=True))
    return crc, compressed, size


def _deflated(piece: bytes, before: bytes, level: int, *, last: bool) -> bytes:
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    data = deflater.compress(piece)
    return data + deflater.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the stream in pieces of one size, but for the last: the same however it was cut."""
    held: list[bytes] = []
    size = 0
    for block in content:
        held.append(block)
        size += len(block)
        if size >= _PIECE:
            data = b"".join(held)
            whole = size - size % _PIECE
            yield from (data[at : at + _PIECE] for at in range(0, whole, _PIECE))
            held, size = [data[whole:]], size - whole
    if size:
        yield b"".join(held)
