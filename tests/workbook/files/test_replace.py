"""Hazards 16 to 18 of workbooks/README.md: locks, other hands, full disks, killed processes."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.workbook.handmade import book
from tests.workbook.oracles import calamine_cells
from zoomdesk.errors import WorkbookChanged, WorkbookInUse, WriteFailed, WriteRefused
from zoomdesk.workbook import Edits, Fingerprint, apply, lock_owner, plan
from zoomdesk.workbook.files.backups import back_up

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
EDIT = Edits("List", {(1, 2): "new"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return book(folder / "Gäste 1.xlsx", ROWS)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_in_place(path: Path) -> None:
    report = apply(plan(path, EDIT))
    assert calamine_cells(path) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}
    assert report.fingerprint == Fingerprint.of(path)
    assert (report.path, report.cells, report.backup) == (path, 1, None)
    assert names(path.parent) == {path.name}


# -- 16: held by somebody --------------------------------------------------------------------------


def excel_lock(name: str) -> bytes:
    """Make the content of ``~$book.xlsx``: length and name in ANSI and in UTF-16."""
    ansi = bytes([len(name)]) + name.encode("cp1252").ljust(54)
    return ansi + len(name).to_bytes(2, "little") + name.encode("utf-16-le").ljust(108, b" ")


LIBREOFFICE_LOCK = "Zoë Müller\\, IT,zoe,pc7,22.11.2026 18:00,file:///home/zoe/.config;"


@pytest.mark.parametrize(
    ("lock", "content", "owner"),
    [
        ("~${}", excel_lock("Zoë Müller"), "Zoë Müller"),
        ("~${}", b"\x03Ada" + b" " * 51, "Ada"),
        ("~${}", b"", ""),
        (".~lock.{}#", LIBREOFFICE_LOCK.encode(), "Zoë Müller, IT"),
        (".~lock.{}#", b",root,pc7,22.11.2026 18:00,file:///x;", "root"),
        (".~lock.{}#", b"", ""),
    ],
)
def test_hazard_16_locks_are_named(path: Path, lock: str, content: bytes, owner: str) -> None:
    assert lock_owner(path) is None
    checked = plan(path, EDIT)
    before = path.read_bytes()
    path.with_name(lock.format(path.name)).write_bytes(content)
    assert lock_owner(path) == owner
    with pytest.raises(WorkbookInUse, match=owner or "Somebody"):
        apply(checked)
    assert path.read_bytes() == before
    copy = path.with_name("copy.xlsx")
    apply(checked, copy)
    assert calamine_cells(copy) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}


# -- 17: the file ----------------------------------------------------------------------------------


def test_hazard_17_changed_since_it_was_opened(path: Path) -> None:
    seen = Fingerprint.of(path)
    book(path, ROWS.replace(">1<", ">2<"))
    with pytest.raises(WorkbookChanged):
        plan(path, EDIT, expect=seen)


def test_hazard_17_changed_between_plan_and_apply(path: Path) -> None:
    checked = plan(path, EDIT)
    book(path, ROWS.replace(">1<", ">2<"))
    changed = path.read_bytes()
    for output in (None, path.with_name("copy.xlsx")):
        with pytest.raises(WorkbookChanged):
            apply(checked, output)
    assert path.read_bytes() == changed
    assert names(path.parent) == {path.name}


def test_hazard_17_touched_or_copied_is_not_changed(path: Path) -> None:
    seen = Fingerprint.of(path)
    os.utime(path, (1, 1))
    apply(plan(path, EDIT, expect=seen))
    assert not Fingerprint.of(path).same_content(seen)


def test_hazard_17_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    report = apply(plan(link, EDIT))
    assert report.path == link
    assert link.is_symlink()
    assert calamine_cells(path) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}


@pytest.mark.skipif(os.name != "posix", reason="modes and attributes of POSIX")
def test_hazard_17_mode_owner_and_attributes_stay(path: Path) -> None:
    path.chmod(0o640)
    attributes = {"user.origin": b"intranet"}
    try:
        for name, value in attributes.items():
            os.setxattr(path, name, value)
    except OSError:
        attributes = {}  # not every file system has them
    with contextlib.suppress(PermissionError):
        os.chown(path, 1234, 1234)
    before = path.stat()
    apply(plan(path, EDIT))
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid,
    )  # fmt: skip
    assert {name: os.getxattr(path, name) for name in attributes} == attributes
    assert after.st_ino != before.st_ino


def test_hazard_17_the_copy_replaces_an_older_copy_and_keeps_the_kind(path: Path) -> None:
    copy = path.with_name("copy.xlsx")
    copy.write_text("older")
    apply(plan(path, EDIT), copy)
    assert calamine_cells(copy) == {("List", 1, 1): 1.0, ("List", 1, 2): "new"}
    with pytest.raises(WriteRefused, match=r"“\.xlsx”"):
        apply(plan(path, EDIT), path.with_name("copy.xlsm"))


def test_hazard_17_long_names(tmp_path: Path) -> None:
    path = book(tmp_path / f"{'ä' * 120}.xlsx", ROWS)
    apply(plan(path, EDIT))
    assert names(tmp_path) - {"zoomdesk-home"} == {path.name}


SAVE = """
import sys
from pathlib import Path
from zoomdesk.errors import WriteFailed
from zoomdesk.workbook import Edits, apply, plan
try:
    apply(plan(Path(sys.argv[1]), Edits("List", {(1, 2): "new"})))
except WriteFailed as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Linux and macOS")
def test_hazard_17_a_read_only_workbook_is_left_alone(path: Path) -> None:
    path.chmod(0o444)
    before = path.read_bytes()
    # root may write anywhere, unless this right is taken away (util-linux, on every Debian).
    as_anybody = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    command = [*as_anybody, sys.executable, "-c", SAVE, path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "read-only" in done.stdout
    assert path.read_bytes() == before


def test_hazard_17_the_copy_of_a_read_only_workbook_can_be_worked_with(path: Path) -> None:
    path.chmod(0o444)
    copy = path.with_name("copy.xlsx")
    apply(plan(path, EDIT), copy)
    assert copy.stat().st_mode & 0o777 == 0o644


def test_hazard_17_a_link_to_itself(path: Path) -> None:
    loop = path.with_name("loop.xlsx")
    loop.symlink_to(loop)
    with pytest.raises(WriteFailed, match="link to nowhere"):
        apply(plan(path, EDIT), loop)


def test_hazard_17_a_folder_that_is_not_there(path: Path) -> None:
    with pytest.raises(WriteFailed, match="could not be saved"):
        apply(plan(path, EDIT), path.parent / "nowhere" / "copy.xlsx")


def test_hazard_18_a_dated_backup(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    folder = tmp_path / "backups" / "deep"
    report = apply(plan(path, EDIT), backup_dir=folder)
    assert report.backup is not None
    assert report.backup.parent == folder
    assert report.backup.suffix == ".xlsx"
    assert report.backup.read_bytes() == before
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    names = [back_up(path, folder, noon).name for _ in range(2)]
    assert re.fullmatch(r"Gäste 1 2026-11-22 12\.00\.00 [0-9a-f]{8}\.xlsx", names[0])
    assert names[1] == names[0].replace(".xlsx", " (2).xlsx")


def test_hazard_18_no_backup_no_write(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(WriteFailed, match="backup"):
        apply(plan(path, EDIT), backup_dir=blocked / "backups")
    assert path.read_bytes() == before
    assert names(path.parent) == {path.name}


# -- failures at every step ------------------------------------------------------------------------


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT])
@pytest.mark.parametrize("call", ["fsync", "open", "chmod", "replace"])
def test_hazard_17_a_failing_system_call_leaves_the_original(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    checked = plan(path, EDIT)
    before = path.read_bytes()

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, call, fail)
    expected = WorkbookInUse if (call, error) == ("replace", errno.EACCES) else WriteFailed
    with pytest.raises(expected) as caught:
        apply(checked)
    monkeypatch.undo()
    assert path.read_bytes() == before
    kept = names(path.parent) - {path.name}
    if expected is WorkbookInUse:
        assert kept == {"Gäste 1 (saved by Zoomdesk).xlsx"}
        assert kept.pop() in caught.value.message
    else:
        assert kept == set()


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from zoomdesk.errors import WriteFailed
from zoomdesk.workbook import Edits, apply, plan
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
checked = plan(Path(sys.argv[1]), Edits("List", {(1, 2): "new"}))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
try:
    apply(checked)
except WriteFailed as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_hazard_17_a_file_that_may_not_grow(path: Path) -> None:
    """A limit on file sizes fails in write(), as a full disk does."""
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    assert "could not be saved" in done.stdout, done.stderr
    assert path.read_bytes() == before
    assert names(path.parent) == {path.name}


WRITE_FOREVER = """
import sys
from pathlib import Path
from zoomdesk.workbook import Edits, apply, plan
path = Path(sys.argv[1])
print("ready", flush=True)
for number in range(10**9):
    apply(plan(path, Edits("List", {(row, 1): f"{number}" for row in range(1, 200)})))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL")
def test_hazard_17_a_killed_process_leaves_a_whole_file(path: Path) -> None:
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOREVER, str(path)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.15 + 0.037 * round_)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        cells = calamine_cells(path)
        assert cells is not None
        assert len(set(cells.values())) == 1  # all of one write, or the original
    apply(plan(path, Edits("List", {(1, 9): "after"})))
    assert names(path.parent) == {path.name}  # what the killed ones left behind is gone


def test_a_write_in_progress_of_this_process_is_not_cleaned_away(path: Path) -> None:
    other = path.with_name(f".zoomdesk-elsewhere-1-{path.name}.tmp")
    other.write_text("another machine’s")
    apply(plan(path, EDIT))
    assert other.exists()
    os.utime(other, (time.time() - 90_000,) * 2)
    apply(plan(path, EDIT))
    assert not other.exists()
