"""Replacing on Windows: each code of ReplaceFileW, and what must be left of both files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from tests.workbook.files.kernel import Kernel
from zoomdesk.errors import WorkbookChanged, WriteFailed
from zoomdesk.workbook.files import windows
from zoomdesk.workbook.files.replace import PAUSES, replace_on_windows
from zoomdesk.workbook.files.windows import Kernel32, long_form


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "office" / "Gäste.xlsx"
    path.parent.mkdir()
    path.write_text("old")
    path.chmod(0o640)
    return path


@pytest.fixture
def finished(target: Path) -> Path:
    path = target.with_name(".zoomdesk-pc-1-Gäste.xlsx.tmp")
    path.write_text("new")
    path.chmod(0o600)
    return path


class Hands:
    """Replace by a kernel, with pauses that are counted and not waited for."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self.checks = 0

    def replace(
        self, kernel: Kernel, finished: Path, target: Path, check: Callable[[], None] | None = None
    ) -> None:
        replace_on_windows(kernel, finished, target, check or self.count, self.pauses.append)

    def count(self) -> None:
        self.checks += 1


@pytest.fixture
def hands() -> Hands:
    return Hands()


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_hazard_17_what_the_file_is_stays(finished: Path, target: Path, hands: Hands) -> None:
    kernel = Kernel()
    hands.replace(kernel, finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "new"}  # and no backup is left
    assert target.stat().st_mode & 0o777 == 0o640
    assert (kernel.calls, hands.pauses) == (["replace"], [])


def test_hazard_17_a_copy_that_is_not_there_yet(finished: Path, target: Path, hands: Hands) -> None:
    copy = target.with_name("copy.xlsx")
    kernel = Kernel()
    hands.replace(kernel, finished, copy)
    assert content(target.parent) == {"Gäste.xlsx": "old", "copy.xlsx": "new"}
    assert kernel.calls == ["replace", "move"]


@pytest.mark.parametrize("code", sorted(windows.HELD))
def test_hazard_16_a_file_that_is_let_go_of_soon(
    finished: Path, target: Path, hands: Hands, code: int
) -> None:
    hands.replace(Kernel([code, code]), finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "new"}
    assert hands.pauses == list(PAUSES[:2])
    assert hands.checks == 2  # the file is looked at again after every pause


@pytest.mark.parametrize("code", sorted(windows.HELD))
def test_hazard_16_a_file_that_stays_open(
    finished: Path, target: Path, hands: Hands, code: int
) -> None:
    with pytest.raises(PermissionError):
        hands.replace(Kernel([code] * 20), finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "old", finished.name: "new"}
    assert hands.pauses == list(PAUSES)


def test_hazard_17_somebody_saves_in_a_pause(finished: Path, target: Path, hands: Hands) -> None:
    def changed() -> None:
        raise WorkbookChanged("changed")

    with pytest.raises(WorkbookChanged):
        hands.replace(Kernel([windows.SHARING_VIOLATION]), finished, target, changed)
    assert content(target.parent) == {"Gäste.xlsx": "old", finished.name: "new"}


def test_hazard_17_the_way_back_from_half_a_replace(
    finished: Path, target: Path, hands: Hands
) -> None:
    """1177: the original bears the name of the backup. It is put back, and tried again."""
    kernel = Kernel([windows.UNABLE_TO_MOVE_REPLACEMENT_2])
    hands.replace(kernel, finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "new"}
    assert kernel.calls == ["replace", "move", "replace"]


def test_hazard_17_no_way_back(finished: Path, target: Path, hands: Hands) -> None:
    kernel = Kernel([windows.UNABLE_TO_MOVE_REPLACEMENT_2], [windows.ACCESS_DENIED])
    with pytest.raises(WriteFailed) as caught:
        hands.replace(kernel, finished, target)
    left = content(target.parent)
    assert left == {
        "Gäste (before Zoomdesk).xlsx": "old",
        "Gäste (saved by Zoomdesk).xlsx": "new",
    }
    assert all(name in caught.value.message for name in left)


@pytest.mark.parametrize("code", [1, 50, 87])
def test_hazard_17_a_share_without_replacefile(
    finished: Path, target: Path, hands: Hands, code: int
) -> None:
    kernel = Kernel([code])
    hands.replace(kernel, finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "new"}
    assert kernel.calls == ["replace", "move"]


@pytest.mark.parametrize("code", [53, 64, 112, 1231])
def test_hazard_17_other_codes_end_it_at_once(
    finished: Path, target: Path, hands: Hands, code: int
) -> None:
    with pytest.raises(OSError, match=str(code)):
        hands.replace(Kernel([code]), finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "old", finished.name: "new"}
    assert hands.pauses == []


def test_hazard_17_an_older_file_of_the_backups_name(
    finished: Path, target: Path, hands: Hands
) -> None:
    older = target.with_name("Gäste (before Zoomdesk).xlsx")
    older.write_text("somebody’s")
    hands.replace(Kernel([windows.UNABLE_TO_MOVE_REPLACEMENT_2]), finished, target)
    assert content(target.parent) == {"Gäste.xlsx": "new", older.name: "somebody’s"}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (r"C:\Gäste\a.xlsx", r"C:\Gäste\a.xlsx"),
        ("C:\\" + "x" * 250, "\\\\?\\C:\\" + "x" * 250),
        ("\\\\server\\share\\" + "x" * 250, "\\\\?\\UNC\\server\\share\\" + "x" * 250),
        ("\\\\?\\C:\\" + "x" * 250, "\\\\?\\C:\\" + "x" * 250),
        ("x" * 300, "x" * 300),
    ],
)
def test_hazard_17_long_paths(path: str, form: str) -> None:
    assert long_form(PureWindowsPath(path)) == form


@pytest.mark.skipif(sys.platform == "win32", reason="the other systems have no kernel32")
def test_kernel32_is_on_windows_only() -> None:
    with pytest.raises(OSError, match="Windows"):
        Kernel32()


@pytest.mark.skipif(sys.platform != "win32", reason="only on Windows")
def test_hazard_17_the_real_functions(finished: Path, target: Path, hands: Hands) -> None:
    replace_on_windows(Kernel32(), finished, target, hands.count, hands.pauses.append)
    assert content(target.parent) == {"Gäste.xlsx": "new"}
