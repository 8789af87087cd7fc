"""Read any part as UTF-8, in a stream, and write it back in the encoding that it had (hazard 5)."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from zoomdesk.errors import WorkbookDamaged
from zoomdesk.workbook.opc.parts import encoding_of

_BLOCK = 1 << 19
_BATCH = 1 << 18


class Utf8Stream:
    """An iterator over a part's content as UTF-8 without BOM, in blocks of 512 kB and more.

    ``codec`` and ``bom`` say what the part was written in. Raises WorkbookDamaged where the bytes
    are not what they claim to be.
    """

    def __init__(self, blocks: Iterable[bytes], part: str) -> None:
        self._raw = iter(blocks)
        self._part = part
        first = gather(self._raw, 256)
        try:
            self.codec, bom = encoding_of(first)
        except LookupError:
            raise self._damaged() from None
        self.bom = first[:bom]
        self._utf8 = self._decoded(first[bom:])

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = gather(self._utf8, _BLOCK)
        if not block:
            raise StopIteration
        return block

    def encoded(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield UTF-8 ``blocks`` in the encoding of the part, its BOM first."""
        if self.bom:
            yield self.bom
        if self.codec == "utf-8":
            yield from blocks
            return
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        for block in blocks:
            # What a small encoding lacks goes as a character reference: it is text of the XML.
            yield decoder.decode(block).encode(self.codec, "xmlcharrefreplace")

    def _decoded(self, first: bytes) -> Iterator[bytes]:
        if self.codec == "utf-8":
            yield first
            yield from self._raw
            return
        decoder = codecs.getincrementaldecoder(self.codec)("strict")
        try:
            yield decoder.decode(first).encode()
            for block in self._raw:
                yield decoder.decode(block).encode()
            yield decoder.decode(b"", True).encode()
        except UnicodeError:
            raise self._damaged() from None

    def _damaged(self) -> WorkbookDamaged:
        return WorkbookDamaged(
            f"The workbook is damaged: its part {self._part} is in an unknown encoding."
        )


def gather(blocks: Iterator[bytes], size: int) -> bytes:
    """Return at least ``size`` bytes of the stream, or what is left of it."""
    pieces, total = [], 0
    for block in blocks:
        pieces.append(block)
        total += len(block)
        if total >= size:
            break
    return b"".join(pieces)


def batched(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield many small pieces as few large ones: what follows costs by the piece."""
    batch: list[bytes] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= _BATCH:
            yield b"".join(batch)
            batch, size = [], 0
    yield b"".join(batch)
