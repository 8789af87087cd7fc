"""Promise 2 where saving fails at any step: the original or the complete new file, nothing else.

Hazards 16 to 18 of workbooks/README.md. The faults are the kernel's own: SIGKILL, refused system
calls (seccomp), a file system that is full, a limit, a folder without rights, one that went away.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.syscalls import can_refuse
from tests.workbook.handmade import book
from tests.workbook.oracles import calamine_cells

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS, FAULTS = 110, 50
"""How many of the about 500 lines of a save are hit, evenly spread."""

OURS = {"WriteFailed", "WorkbookInUse", "WorkbookNotFound", "WorkbookChanged"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux for its faults")


def attempts(fault: str, folder: Path, steps: int) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "tests.faults.save", fault, str(folder), str(steps)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) >= steps
    return found


def test_hazard_17_killed_at_every_step(tmp_path: Path) -> None:
    found = attempts("killed", tmp_path, KILLS)
    assert {each["ended"] for each in found} == {"killed"}
    assert {each["content"] for each in found} == {"before", "after"}
    assert any(each["leftovers"] for each in found)  # killed while it wrote
    assert not [each for each in found if each["later"] or each["torn"]]


@pytest.mark.parametrize(
    "fault",
    ["disk full", "over quota", "disk dead", "share gone", "not allowed", "held", "folder moved"],
)
def test_hazard_17_a_fault_from_every_step_on(tmp_path: Path, fault: str) -> None:
    if fault != "folder moved" and not can_refuse():
        pytest.skip("needs the numbers of this machine's system calls")
    found = attempts(fault, tmp_path, FAULTS)
    assert not [each["message"] for each in found if each["ended"] == "foreign"]
    assert {each["ended"] for each in found} <= OURS | {"saved"}
    for each in found:
        assert each["content"] == ("after" if each["ended"] == "saved" else "before"), each
        assert not each["torn"], each
        assert not each["later"], each
        if each["ended"] != "saved":
            assert re.fullmatch(r"[A-Z“].*[.]", each["message"]), each
    assert "saved" in {each["ended"] for each in found}  # a fault behind the replace harms nothing
    if fault in ("disk full", "over quota", "held", "not allowed"):  # what can clean up does
        assert not [each for each in found if each["leftovers"]]


SAVE_IN_LITTLE_ROOM = """
import json, shutil, subprocess, sys
from pathlib import Path
from zoomdesk.errors import ZoomdeskError
from zoomdesk.workbook import Edits, apply, plan
source, disk = Path(sys.argv[1]), Path(sys.argv[2])
edits = Edits("List", {(row, 2): f"{row * 7919 % 10007} link" for row in range(1, 2000)})
found = []
for pages in range(0, 40):
    room = (source.stat().st_size // 4096 + 1 + pages) * 4096
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "zoomdesk", disk], check=True)
    path = Path(shutil.copy(source, disk))
    try:
        apply(plan(path, edits))
        ended = "saved"
    except ZoomdeskError as error:
        ended = str(error)
    whole = path.read_bytes() == source.read_bytes()
    found.append([ended, whole, [other.name for other in disk.iterdir() if other != path]])
    if ended == "saved":
        shutil.copy(path, source.with_name("saved.xlsx"))
    subprocess.run(["umount", disk], check=True)
print(json.dumps(found))
"""


def own_mounts() -> list[str]:
    """Return the words that give a command mounts of its own, or skip."""
    words = ["unshare", "--mount"]
    if os.geteuid():
        words += ["--user", "--map-root-user"]
    may = shutil.which("unshare") and subprocess.run(
        [*words, "mount", "-t", "tmpfs", "zoomdesk", "/mnt"], capture_output=True, check=False
    )
    if not may or may.returncode:
        pytest.skip("needs the right to mount a small disk")
    return words


def test_hazard_17_a_disk_that_is_full(tmp_path: Path) -> None:
    """Save on disks of every size between one copy and two: ENOSPC comes at every write."""
    row = '<row r="{0}"><c r="A{0}"><v>{1}</v></c></row>'
    rows = "".join(row.format(n, n * 104729 % 1299709) for n in range(1, 2000))
    source = book(tmp_path / "people.xlsx", rows)
    disk = tmp_path / "disk"
    disk.mkdir()
    words = [*own_mounts(), sys.executable, "-c", SAVE_IN_LITTLE_ROOM, str(source), str(disk)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    failed = [each for each in found if each[0] != "saved"]
    assert len(failed) > 5
    assert len(failed) < len(found)
    for ended, whole, beside in found:
        assert not beside
        assert whole == (ended != "saved")
        assert ended == "saved" or ended.startswith("“people.xlsx” could not be saved")
    cells = calamine_cells(tmp_path / "saved.xlsx")
    assert cells is not None
    assert cells["List", 1999, 2] == f"{1999 * 7919 % 10007} link"


SAVE_ONCE = """
import sys
from pathlib import Path
from zoomdesk.errors import ZoomdeskError
from zoomdesk.workbook import Edits, apply, plan
try:
    apply(plan(Path(sys.argv[1]), Edits("List", {(1, 2): "new"})))
    print("saved")
except ZoomdeskError as error:
    print(error)
"""


def test_hazard_17_a_folder_that_takes_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    path = book(folder / "people.xlsx", "")
    before = path.read_bytes()
    # root may write anywhere, unless this right is taken away (util-linux, on every Debian).
    as_anybody = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    folder.chmod(0o555)
    try:
        words = [*as_anybody, sys.executable, "-c", SAVE_ONCE, str(path)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    finally:
        folder.chmod(0o755)
    assert done.stdout.startswith("“people.xlsx” could not be saved"), done.stderr
    assert path.read_bytes() == before
    assert [each.name for each in folder.iterdir()] == ["people.xlsx"]
