"""Hazard 16: who has the workbook open, as the lock files of Excel and LibreOffice tell."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from zoomdesk.workbook import Holder, lock_holder, lock_owner
from zoomdesk.workbook.files import this_computer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Gäste.xlsx"


def excel_lock(name: str) -> bytes:
    """Make the 165 bytes of ``~$book.xlsx``."""
    short = name.encode("cp1252", "replace")[:54]
    wide = name.encode("utf-16-le")
    units = len(wide) // 2  # an emoji is two
    return bytes([len(short)]) + short.ljust(54) + units.to_bytes(2, "little") + wide.ljust(108)


def locked_by_excel(path: Path, data: bytes) -> Holder | None:
    path.with_name(f"~${path.name}").write_bytes(data)
    return lock_holder(path)


def locked_by_libreoffice(path: Path, text: str) -> Holder | None:
    path.with_name(f".~lock.{path.name}#").write_bytes(text.encode())
    return lock_holder(path)


def test_hazard_16_nobody(path: Path) -> None:
    assert lock_holder(path) is None
    assert lock_owner(path) is None


@pytest.mark.parametrize(
    "name", ["Ada", "Zoë Müller", "田中 太郎", "דנה כהן", "x" * 54, "Ana 🎉", "Łukasz Żak"]
)
def test_hazard_16_the_owner_file_of_excel(path: Path, name: str) -> None:
    data = excel_lock(name)
    assert len(data) == 165
    assert locked_by_excel(path, data) == Holder(name, "Excel")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", ""),
        (b"\x00" * 165, ""),
        (b"\x03Ada" + b" " * 51, "Ada"),  # the short form of other programs
        (b"\x03Ada" + b"\0" * 161, "Ada"),
        (b"\xff" * 165, "ÿ" * 54),  # nonsense, but bounded
        (b"\x08Ada", "Ada"),
        (excel_lock("A\u202eda\x07\n"), "Ada"),  # nothing that turns a message around
    ],
)
def test_hazard_16_odd_owner_files(path: Path, data: bytes, name: str) -> None:
    assert locked_by_excel(path, data) == Holder(name, "Excel")


def test_hazard_16_a_huge_owner_file_is_not_read_whole(path: Path) -> None:
    assert locked_by_excel(path, excel_lock("Ada") + bytes(50_000_000)) == Holder("Ada", "Excel")


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        (
            "Zoë Müller,zoe,pc7,22.11.2026 18:00,file:///home/zoe/.config/libreoffice/4;",
            Holder("Zoë Müller", "LibreOffice", "pc7", "22.11.2026 18:00"),
        ),
        (",root,pc7,18:00,file:///x;", Holder("root", "LibreOffice", "pc7", "18:00")),
        (r"Müller\, IT,zoe,pc7,,;", Holder("Müller, IT", "LibreOffice", "pc7")),
        (r"back\\,slash\;,pc7,,;", Holder("back\\", "LibreOffice", "pc7")),
        ("", Holder("", "LibreOffice")),
        ("Ada", Holder("Ada", "LibreOffice")),
        ("Ada;,,pc7", Holder("Ada", "LibreOffice")),
    ],
)  # fmt: skip
def test_hazard_16_the_lock_of_libreoffice(path: Path, text: str, holder: Holder) -> None:
    assert locked_by_libreoffice(path, text) == holder


def test_hazard_16_the_sentence() -> None:
    holder = Holder("Zoë", "LibreOffice", "pc7", "22.11.2026 18:00")
    assert holder.describe("a.xlsx") == (
        "Zoë has “a.xlsx” open in LibreOffice on the computer pc7 since 22.11.2026 18:00."
    )
    assert Holder("", "Excel").describe("a.xlsx") == "Somebody has “a.xlsx” open in Excel."


@pytest.mark.parametrize("name", ["🎉 רשימה.xlsx", "a b;c,d#e.xlsx", "-.xlsx", "n" * 240 + ".xlsx"])
def test_hazard_16_names_of_every_kind(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert locked_by_excel(path, excel_lock("Ada")) == Holder("Ada", "Excel")


@pytest.mark.parametrize("turned", [False, True])
def test_hazard_16_a_disk_that_spells_otherwise(path: Path, turned: bool) -> None:
    names = [unicodedata.normalize("NFC", path.name), unicodedata.normalize("NFD", path.name)]
    file, lock = reversed(names) if turned else names
    path.with_name(f"~${lock}").write_bytes(excel_lock("Ada"))
    assert lock_holder(path.with_name(file)) == Holder("Ada", "Excel")


def test_hazard_16_the_name_without_two_letters_is_words(path: Path) -> None:
    path.with_name(f"~${path.name[2:]}").write_bytes(excel_lock("Ada"))
    assert lock_holder(path) is None


def test_hazard_16_a_folder_or_a_pipe_locks_nothing(path: Path) -> None:
    path.with_name(f"~${path.name}").mkdir()
    if sys.platform != "win32":
        os.mkfifo(path.with_name(f".~lock.{path.name}#"))
    assert lock_holder(path) is None


READ_LOCK = """
import sys
from pathlib import Path
from zoomdesk.workbook import lock_holder
print(lock_holder(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Linux and macOS")
def test_hazard_16_a_lock_that_cannot_be_read_counts(path: Path) -> None:
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(excel_lock("Ada"))
    lock.chmod(0)
    as_anybody = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []
    command = [*as_anybody, sys.executable, "-c", READ_LOCK, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(Holder("", "Excel"))


# -- left by a LibreOffice that was killed ---------------------------------------------------------


def processes(folder: Path, *names: str) -> Path:
    """Make a folder like /proc."""
    folder.mkdir()
    for number, name in enumerate(names, 100):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(f"{name}\n")
    (folder / "sys").mkdir()
    inside = folder / "self" / "ns"
    inside.mkdir(parents=True)
    (inside / "pid").write_text("")
    return folder


@pytest.mark.parametrize(
    ("names", "alone", "left"),
    [
        (("bash", "python"), True, True),
        (("bash", "soffice.bin"), True, False),
        (("python",), True, False),  # too few: the others are hidden
        (("bash", "python"), False, False),  # a container
    ],
)
def test_hazard_16_whether_libreoffice_runs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[str, ...],
    alone: bool,
    left: bool,
) -> None:
    folder = processes(tmp_path / "proc", *names)
    number = (folder / "self/ns/pid").stat().st_ino
    monkeypatch.setattr(this_computer, "_FIRST_PID_NAMESPACE", number if alone else number + 1)
    assert this_computer.runs_no_libreoffice(folder) is left


@pytest.mark.parametrize(
    ("user", "computer"), [("somebody-else", None), (None, "another-pc"), ("", None), (None, "")]
)
def test_hazard_16_a_lock_of_somebody_else_counts(
    path: Path, user: str | None, computer: str | None
) -> None:
    user = getpass.getuser() if user is None else user
    computer = socket.gethostname() if computer is None else computer
    assert locked_by_libreoffice(path, f",{user},{computer},,;") is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows every process")
def test_hazard_16_a_lock_of_ours_counts_if_libreoffice_runs(path: Path) -> None:
    text = f"Ada,{getpass.getuser()},{socket.gethostname()},,;"
    dead = this_computer.runs_no_libreoffice(Path("/proc"))
    holder = locked_by_libreoffice(path, text)
    assert (holder is None) is dead
