"""What ``dev.py build`` makes, as far as that shows without making it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"


def test_what_cannot_be_built_is_refused_by_name() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "build.py", "wheel", "msi"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == "dev.py build: msi is none of wheel, program, linux.\n"


def test_the_program_ships_what_it_imports_and_no_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "program"))
    import freeze

    names = set(freeze.shipped())
    assert {"zoomdesk", "pyside6-essentials", "shiboken6", "requests", "urllib3"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "lxml"}


def test_the_bill_of_what_lies_in_a_folder_changes_with_every_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "program"))
    import freeze

    (tmp_path / "a").write_bytes(b"one")
    before = freeze.tree_hash(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    renamed = freeze.tree_hash(tmp_path)
    (tmp_path / "b").write_bytes(b"onf")
    assert len({before, renamed, freeze.tree_hash(tmp_path)}) == 3


def test_all_in_a_folder_gets_one_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "program"))
    import freeze

    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to("folder/file")
    freeze.set_times(tmp_path, 1_700_000_000)
    found = [path.lstat().st_mtime for path in (tmp_path, *tmp_path.rglob("*"))]
    assert found == [1_700_000_000] * 4


def test_the_menu_entry_is_sound() -> None:
    validator = shutil.which("desktop-file-validate")
    if validator is None:
        pytest.skip("needs desktop-file-utils")
    done = subprocess.run(
        [validator, LINUX / "zoomdesk.desktop"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_part_gets_the_time_of_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("zoomdesk_build", ROOT / "packaging" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    told = tmp_path / "told"
    note = f"import os; open({str(told)!r}, 'w').write(os.environ['SOURCE_DATE_EPOCH'])"
    monkeypatch.setattr(build, "PARTS", {"wheel": lambda: build.run(sys.executable, "-c", note)})
    monkeypatch.setattr(build, "DIST", tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "another's")
    assert build.main(["wheel"]) == 0
    assert told.read_text().isdecimal()
    assert told.read_text() == build.commit_time()
