"""Hazard 17: what a file has beside its content, what cannot be kept, and why a disk says no."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workbook.handmade import book
from tests.workbook.oracles import calamine_cells
from zoomdesk.errors import WorkbookInUse, WriteFailed
from zoomdesk.workbook import Edits, apply, plan
from zoomdesk.workbook.files.failures import failed
from zoomdesk.workbook.files.metadata import check_held, check_writable

EDIT = Edits("List", {(1, 2): "new"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return book(folder / "Gäste.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')


def test_hazard_17_a_second_name_keeps_the_old_file_and_is_told(path: Path) -> None:
    second = path.with_name("second.xlsx")
    second.hardlink_to(path)
    before = second.read_bytes()
    report = apply(plan(path, EDIT))
    assert any("hard link" in warning and "“Gäste.xlsx”" in warning for warning in report.warnings)
    assert second.read_bytes() == before
    assert calamine_cells(path) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}
    assert apply(plan(path, Edits("List", {(1, 2): "more"}))).warnings == ()


def test_hazard_17_a_copy_tells_of_the_name_that_it_parts(path: Path) -> None:
    copy = path.with_name("copy.xlsx")
    copy.write_text("older")
    path.with_name("second.xlsx").hardlink_to(copy)
    assert any("“copy.xlsx”" in warning for warning in apply(plan(path, EDIT), copy).warnings)


def test_hazard_17_a_folder_is_no_target(path: Path) -> None:
    folder = path.with_name("copies.xlsx")
    folder.mkdir()
    with pytest.raises(WriteFailed, match="is a folder"):
        apply(plan(path, EDIT), folder)


SAVE = """
import sys
from pathlib import Path
from zoomdesk.errors import ZoomdeskError
from zoomdesk.workbook import Edits, apply, plan
try:
    apply(plan(Path(sys.argv[1]), Edits("List", {(1, 2): "new"})))
except ZoomdeskError as error:
    print(type(error).__name__, error)
"""


def saved_by_anybody(path: Path) -> str:
    """Save without the rights of root."""
    words = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []
    command = [*words, sys.executable, "-c", SAVE, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Linux and macOS")
def test_hazard_17_a_read_only_folder_is_another_thing_than_a_read_only_file(path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        said = saved_by_anybody(path)
    finally:
        path.parent.chmod(0o755)
    assert "you may not write into its folder" in said
    assert "read-only" not in said
    path.chmod(0o444)
    assert "“Gäste.xlsx” is read-only." in saved_by_anybody(path)


@pytest.mark.skipif(sys.platform != "linux", reason="attributes of Linux file systems")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_hazard_17_what_is_immutable(path: Path, what: str) -> None:
    target = path if what == "file" else path.parent
    locked = subprocess.run(["chattr", "+i", str(target)], capture_output=True, check=False)
    if locked.returncode:
        pytest.skip("needs the right to make a file immutable")
    before = path.read_bytes()
    try:
        with pytest.raises(WriteFailed) as caught:
            apply(plan(path, EDIT))
    finally:
        subprocess.run(["chattr", "-i", str(target)], check=True)
    why = {"file": "is read-only", "folder": "protected against changes"}[what]
    assert why in caught.value.message
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="sticky folders of Linux and macOS")
def test_hazard_17_a_folder_in_which_only_owners_replace(path: Path) -> None:
    """As in /tmp: the workbook may be written to by all, but is replaced by its owner only."""
    if os.geteuid() != 0:
        pytest.skip("only on systems where the tests run as root can a file be given away")
    os.chown(path, 1234, 1234)
    os.chown(path.parent, 4321, 4321)
    path.chmod(0o666)
    path.parent.chmod(0o1777)
    before = path.read_bytes()
    said = saved_by_anybody(path)
    assert said.startswith("WorkbookInUse")
    assert "keeps it from being replaced" in said
    assert path.read_bytes() == before
    kept = path.with_name("Gäste (saved by Zoomdesk).xlsx")
    assert kept.name in said
    assert calamine_cells(kept) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}


class Held:
    """A file that Windows does not let anybody open: code 32, or 5 where the rights lack."""

    name = "Gäste.xlsx"

    def __init__(self, code: int) -> None:
        self.code = code

    def open(self, _mode: str) -> None:
        error = PermissionError(errno.EACCES, "denied")
        error.winerror = self.code  # type: ignore[attr-defined, unused-ignore] # of Windows
        raise error


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (32, WorkbookInUse, "held by another program"),
        (33, WorkbookInUse, "held by another program"),
        (5, WriteFailed, "may not write"),
    ],
)
def test_hazard_16_a_file_that_windows_does_not_open(
    code: int, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        check_held(Held(code))  # type: ignore[arg-type] # no such file can be made elsewhere


def test_hazard_16_a_file_that_can_be_opened_is_left_as_it_is(path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    check_held(path)
    check_writable(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "used up"),
        (errno.ESTALE, "network drive is gone"),
        (errno.ENOTCONN, "not connected any more"),
        (errno.EIO, "does not answer as it should"),
        (errno.EHOSTDOWN, "computer with the network drive"),
        (errno.EROFS, "can only be read"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.ENOENT, "not there any more"),
    ],
)
def test_hazard_17_why_a_disk_says_no(number: int, words: str) -> None:
    error = failed(Path("/office/Gäste.xlsx"), OSError(number, os.strerror(number)))
    assert error.message.startswith("“Gäste.xlsx” could not be saved: ")
    assert words in error.message
    assert os.strerror(number) not in error.message
    assert "The original is untouched" in error.hint


@pytest.mark.parametrize(
    ("code", "words"),
    [(3, "folder"), (19, "protected"), (53, "network path"), (112, "full"), (206, "too long")],
)
def test_hazard_17_why_windows_says_no(code: int, words: str) -> None:
    error = OSError(errno.EINVAL, "The parameter is incorrect")
    error.winerror = code  # type: ignore[attr-defined, unused-ignore] # of Windows
    assert words in failed(Path("a.xlsx"), error).message


def test_hazard_17_whatever_else_comes_has_its_own_words() -> None:
    assert "odd" in failed(Path("a.xlsx"), OSError(4242, "odd")).message
    assert failed(Path("a.xlsx"), OSError("no number")).message.endswith("no number.")
