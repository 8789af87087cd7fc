"""A stream that is made ahead is the same stream, and leaves no thread behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from zoomdesk.workbook.opc.ahead import ahead


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "ahead"]


@pytest.mark.parametrize("waiting", [1, 3, 100])
def test_the_blocks_come_in_order(waiting: int) -> None:
    blocks = [b"%d" % number for number in range(50)]
    assert list(ahead(iter(blocks), waiting)) == blocks
    assert not threads()


def test_an_error_comes_behind_the_blocks_before_it() -> None:
    def broken() -> Iterator[bytes]:
        yield b"a"
        raise OSError("gone")

    found = ahead(broken())
    assert next(found) == b"a"
    with pytest.raises(OSError, match="gone"):
        next(found)
    assert not threads()


def test_a_stream_that_is_dropped_ends_its_thread() -> None:
    made = []

    def endless() -> Iterator[bytes]:
        while True:
            made.append(b"x")
            yield b"x"

    found = ahead(endless(), 2)
    next(found)
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert not threads()
    assert len(made) < 20
