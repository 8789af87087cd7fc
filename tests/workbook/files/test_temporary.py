"""What killed saves leave behind goes at the next save and the next start; nothing else does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zoomdesk.errors import WriteFailed
from zoomdesk.workbook import clean_beside
from zoomdesk.workbook.files.temporary import temporary_beside

DAY = 24 * 3600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "office" / "Gäste.xlsx"
    path.parent.mkdir()
    path.write_text("a workbook")
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def aged(path: Path, seconds: float) -> Path:
    path.write_text("half a workbook")
    when = time.time() - seconds
    os.utime(path, (when, when))
    return path


KILLED = """
import os, signal, sys
from pathlib import Path
from zoomdesk.workbook.files.temporary import temporary_beside
with temporary_beside(Path(sys.argv[1])) as (path, file):
    file.write(b"half")
    file.flush()
    print(path.name, flush=True)
    if sys.argv[2] == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdin.readline()
"""


def somebody(path: Path, ends: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), ends],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


posix = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")


@posix
def test_hazard_17_leftovers_of_the_dead_go_at_the_next_start(path: Path) -> None:
    for book in (path, path.with_name("other.xlsx")):
        with somebody(book, "dies") as process:
            assert process.stdout is not None
            left = process.stdout.readline().strip()
        assert left in names(path.parent)
    assert len(names(path.parent)) == 3
    assert clean_beside([path]) == 2  # of every workbook in the folder
    assert names(path.parent) == {path.name}


@posix
def test_hazard_17_files_of_the_living_stay(path: Path) -> None:
    with somebody(path, "waits") as process:
        assert process.stdout is not None
        mine = process.stdout.readline().strip()
        assert clean_beside([path]) == 0
        assert mine in names(path.parent)
        with temporary_beside(path) as (own, _):
            assert clean_beside([path]) == 0
            assert own.exists()
        process.communicate("\n")
    assert names(path.parent) == {path.name}


@posix
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process began")
def test_hazard_17_a_number_that_was_given_again(path: Path) -> None:
    """The process lives but began long after the file was written: it is somebody else's number."""
    with temporary_beside(path) as (own, _):
        name = own.name.replace(f"-{os.getpid()}-", f"-{os.getppid()}-")
    left = aged(path.with_name(name), 20 * 365 * DAY)
    assert clean_beside([path]) == 1
    assert not left.exists()


@pytest.mark.parametrize(("age", "stays"), [(0, True), (DAY - 60, True), (DAY + 60, False)])
def test_hazard_17_files_of_other_computers_stay_for_a_day(
    path: Path, age: float, stays: bool
) -> None:
    other = aged(path.with_name(f".zoomdesk-elsewhere-1-{path.name}.tmp"), age)
    assert clean_beside([path]) == (not stays)
    assert other.exists() is stays


def test_hazard_17_another_container_counts_its_own_numbers(path: Path) -> None:
    host = "".join(c for c in socket.gethostname() if c.isalnum())
    other = aged(path.with_name(f".zoomdesk-{host}99-999999999-{path.name}.tmp"), 60)
    assert clean_beside([path]) == 0
    assert other.exists()


@pytest.mark.parametrize(
    "name",
    [
        ".zoomdesk-notes.tmp",
        ".zoomdesk-host-12a-book.xlsx.tmp",
        ".zoomdesk-host-12-book.xlsx",
        "zoomdesk-host-12-book.xlsx.tmp",
        ".zoomdesk-host-12-.tmp",
        "book (before Zoomdesk).xlsx",
        "book (saved by Zoomdesk).xlsx",
        "~$book.xlsx",
    ],
)
def test_hazard_17_nothing_goes_that_is_not_surely_ours(path: Path, name: str) -> None:
    aged(path.with_name(name), 900 * DAY)
    assert clean_beside([path]) == 0
    assert name in names(path.parent)


def test_hazard_17_folders_and_links_of_such_a_name_stay(path: Path) -> None:
    folder = path.with_name(".zoomdesk-elsewhere-1-a.xlsx.tmp")
    folder.mkdir()
    os.utime(folder, (0, 0))
    link = path.with_name(".zoomdesk-elsewhere-2-a.xlsx.tmp")
    link.symlink_to(path)
    os.utime(path, (0, 0))
    assert clean_beside([path]) == 0
    assert folder.exists()
    assert link.is_symlink()


def test_hazard_17_places_that_are_gone(path: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert clean_beside([tmp_path / "nowhere" / "a.xlsx", loop, path / "b.xlsx"]) == 0


@pytest.mark.parametrize("name", ["ä" * 120, "n" * 250, "🎉" * 60, "רשימה", "a\nb", "  .", "-rf"])
def test_hazard_17_names_that_leave_no_room(path: Path, name: str) -> None:
    target = path.with_name(f"{name}.xlsx"[:255])
    with temporary_beside(target) as (made, file):
        file.write(b"x")
        assert len(os.fsencode(made.name)) <= 143  # encrypted home folders
        assert clean_beside([target]) == 0
    assert names(path.parent) == {path.name}


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Linux and macOS")
def test_hazard_17_a_way_that_is_too_long(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d" * 200] * 25, "a.xlsx")
    with pytest.raises(WriteFailed, match="too long") as caught, temporary_beside(deep):
        pass
    assert "shorter name" in caught.value.hint
