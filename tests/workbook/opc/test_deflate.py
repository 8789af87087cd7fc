"""What is deflated in pieces inflates to what it was, by anybody's zlib."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.workbook.opc import deflate as room
from zoomdesk.workbook.opc.deflate import deflate


@given(
    st.lists(st.one_of(st.binary(max_size=40), st.integers(0, 9).map(lambda n: b"row " * n))),
    st.integers(1, 100),
    st.sampled_from([1, 6]),
)
def test_the_pieces_are_one_stream(blocks: list[bytes], piece: int, level: int) -> None:
    out, whole = BytesIO(), b"".join(blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_PIECE", piece)
        crc, compressed, size = deflate(blocks, out, level)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    assert inflate.decompress(out.getvalue()) == whole
    assert inflate.eof
    assert not inflate.unused_data
    assert (crc, compressed, size) == (zlib.crc32(whole), len(out.getvalue()), len(whole))


def test_pieces_refer_to_the_one_before() -> None:
    text = b"".join(b"%d person%d@example.org\n" % (n, n * 7919) for n in range(100_000))
    out = BytesIO()
    deflate([text[at : at + 70_000] for at in range(0, len(text), 70_000)], out, 1)
    whole = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    assert len(out.getvalue()) < 1.02 * len(whole.compress(text) + whole.flush())


class Full(BytesIO):
    """A file on a disk that takes no more than some bytes."""

    def write(self, data: object) -> int:
        if self.tell() > 5_000:
            raise OSError(28, "No space left on device")
        return super().write(data)  # type: ignore[arg-type]


def test_a_full_disk_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_PIECE", 1 << 12)
    with pytest.raises(OSError, match="No space left"):
        deflate((bytes([n % 251]) * 4096 + b"%d" % n for n in range(10_000)), Full(), 1)
    assert not [t for t in threading.enumerate() if t.name.startswith("deflate")]


def test_what_the_content_raises_is_raised() -> None:
    def broken() -> Iterator[bytes]:
        yield b"a" * (1 << 20)
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        deflate(broken(), BytesIO(), 1)
    assert not [t for t in threading.enumerate() if t.name.startswith("deflate")]
