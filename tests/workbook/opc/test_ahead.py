"""A stream that is made ahead is the same stream, and leaves no thread behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbook.handmade import book
from zoomdesk.workbook.opc import package
from zoomdesk.workbook.opc.ahead import ahead
from zoomdesk.workbook.opc.package import Package


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
    found.close()
    assert not threads()
    assert len(made) < 20


def test_closing_the_package_ends_its_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "AHEAD_FROM", 1)
    monkeypatch.setattr(package, "BLOCK", 1 << 10)
    path = book(tmp_path / "b.xlsx", "".join(f'<row r="{n}"/>' for n in range(1, 50_000)))
    before = threading.active_count()
    with Package(path) as opened:
        member = opened.member("xl/worksheets/sheet1.xml")
        left = opened.stream_ahead(member)
        next(left)
        assert b"".join(opened.stream_ahead(member)) == b"".join(opened.stream(member))
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
    assert list(left) == []


def test_whoever_never_begins_has_no_thread() -> None:
    before = threading.active_count()
    blocks = ahead(iter([b"a"]))
    assert threading.active_count() == before
    assert list(blocks) == [b"a"]
