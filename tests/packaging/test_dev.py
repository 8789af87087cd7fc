"""The chores' own logic, without a network: set-up, packages, arguments, words for a person."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on Linux and macOS are programs shell scripts"
)

Script = Callable[[str, str], None]

INTERPRETER = """
case "$2" in *version_info*) exit ${VENV_IS_BROKEN:-0};; esac
echo "$@" >> "$LOG"
case "$*" in *"${FAILING:-nothing fails}"*) exit 3;; esac
"""
"""The virtual environment's Python: notes what it is asked for, fails where it is told to."""

WHOLE_SUITE = "-m pytest -n 2 --dist worksteal"


@pytest.fixture
def dev() -> ModuleType:
    return load(ROOT)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "log"
    monkeypatch.setenv("LOG", str(path))
    return path


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: Path) -> Script:
    """Return a function that puts a program onto PATH, where nothing else is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return lambda name, body: executable(folder / name, body)


@pytest.fixture
def checkout(tmp_path: Path, log: Path) -> Path:
    """Copy what dev.py reads, with an environment whose Python is a shell script."""
    root = tmp_path / "Zoom désk"
    for name in ("packaging/dev.py", "packaging/constraints.txt", "pyproject.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    executable(root / ".venv" / "bin" / "python", INTERPRETER)
    return root


def load(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", root / "packaging" / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def executable(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def start(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py in another folder, on a system without Debian's packages."""
    return subprocess.run(
        [sys.executable, root / "packaging" / "dev.py", *arguments],
        cwd=root.parent,
        env={**os.environ, "PATH": str(root), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_every_command_is_in_the_readme_and_nothing_else(dev: ModuleType) -> None:
    text = (ROOT / "packaging" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `dev\.py (\w+)", text, re.MULTILINE)) == set(dev.COMMANDS)
    assert set(dev.PASSING) < set(dev.COMMANDS)


def test_help_has_a_line_for_every_command(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        dev.main(["--help"])
    assert end.value.code == 0
    shown = " ".join(capsys.readouterr().out.split())
    for name, function in dev.COMMANDS.items():
        assert f"{name} {function.__doc__.splitlines()[0]}" in shown


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["lint", "zoomdesk"], ["setup", "-x"], ["pin", "requests"]]
)
def test_what_cannot_be_understood_is_refused(
    dev: ModuleType, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        dev.main(words)
    assert end.value.code == 2
    assert "usage: dev.py" in capsys.readouterr().err


def test_arguments_reach_pytest_as_they_are(checkout: Path, log: Path) -> None:
    words = ("-k", "pace and not slow", "-x", "--help", "tests/zoom")
    assert start(checkout, "test", *words).returncode == 0
    assert lines(log)[-1] == "-m pytest -k pace and not slow -x --help tests/zoom"


def test_the_exit_code_is_that_of_pytest(checkout: Path) -> None:
    assert start(checkout, "test", FAILING="-m pytest").returncode == 3


def test_installs_once_with_exact_versions(checkout: Path, log: Path) -> None:
    first = start(checkout, "test")
    assert "setting up the virtual environment" in first.stderr
    installs = [line for line in lines(log) if line.startswith("-m pip install")]
    assert len(installs) == 2
    assert all(f"-c {checkout / 'packaging' / 'constraints.txt'}" in line for line in installs)
    assert installs[1].endswith(f"--no-build-isolation -e {checkout}[dev]")
    log.unlink()
    assert start(checkout, "test").stderr == ""
    assert lines(log) == [WHOLE_SUITE]


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/constraints.txt"])
def test_installs_again_when_the_versions_change(checkout: Path, log: Path, name: str) -> None:
    start(checkout, "test")
    log.unlink()
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    start(checkout, "test")
    assert any("pip install" in line for line in lines(log))


def test_installs_again_when_the_checkout_moves(checkout: Path, log: Path) -> None:
    start(checkout, "test")
    log.unlink()
    moved = checkout.rename(checkout.with_name("elsewhere"))
    start(moved, "test")
    assert any(f"-e {moved}[dev]" in line for line in lines(log))


@pytest.mark.parametrize("step", ["hatchling", "[dev]"])
def test_a_failed_installation_is_told_and_tried_again(
    checkout: Path, log: Path, step: str
) -> None:
    failed = start(checkout, "test", FAILING=step)
    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    assert "network" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert WHOLE_SUITE not in lines(log)
    assert start(checkout, "test").returncode == 0
    assert lines(log)[-1] == WHOLE_SUITE


def test_a_half_made_environment_is_made_anew(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = load(checkout)
    monkeypatch.setenv("VENV_IS_BROKEN", "1")
    copy.make_venv()
    assert (checkout / ".venv" / "pyvenv.cfg").is_file()
    assert copy.call(copy.python(), "-m", "pip", "--version", quiet=True) == 0


def test_a_read_only_checkout_is_told(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    copy = load(checkout)
    # root may write everywhere, so permissions alone would not do.
    monkeypatch.setattr(copy.os, "access", lambda path, _: path != copy.ROOT)
    with pytest.raises(SystemExit, match="read-only: copy it to a folder of your own"):
        copy.environment()
    assert lines(log) == []


DPKG = """cat <<'END'
installed xvfb, xserver
installed libglib2.0-0t64, libglib2.0-0 (= 2.84.4), libgio:any
config-files openbox, x-window-manager
END"""


def test_packages_and_their_stand_ins_count_as_installed(dev: ModuleType, script: Script) -> None:
    script("dpkg-query", f"export PATH=/usr/bin:/bin\n{DPKG}")
    assert dev.installed_packages() == {
        "xvfb", "xserver", "libglib2.0-0t64", "libglib2.0-0", "libgio"
    }  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are there Debian's packages")
class TestSystemPackages:
    WANTED = ("xvfb", "openbox", "libglib2.0-0")

    @pytest.fixture(autouse=True)
    def debian(self, script: Script) -> None:
        script("dpkg-query", f"export PATH=/usr/bin:/bin\n{DPKG}")
        script("apt-get", 'echo "$DEBIAN_FRONTEND $@" >> "$LOG"')

    def test_root_gets_the_missing_ones(
        self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch, log: Path
    ) -> None:
        monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
        dev.system_packages(self.WANTED)
        update, install = lines(log)
        assert update.endswith("update")
        assert install.startswith("noninteractive ")
        assert install.endswith("install -y --no-install-recommends openbox")

    def test_others_are_told(
        self,
        dev: ModuleType,
        monkeypatch: pytest.MonkeyPatch,
        log: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
        dev.system_packages(self.WANTED)
        assert lines(log) == []
        assert capsys.readouterr().err == "dev.py: please install: apt install openbox\n"

    def test_nothing_missing_asks_nothing(self, dev: ModuleType, log: Path) -> None:
        dev.system_packages(("xvfb", "libglib2.0-0"))
        assert lines(log) == []

    def test_apts_own_words_are_shown_when_it_fails(
        self,
        dev: ModuleType,
        script: Script,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        script("apt-get", 'echo "E: Could not resolve the mirror" >&2; exit 100')
        monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
        monkeypatch.setattr(dev, "environment", lambda: None)
        assert dev.main(["test"]) == 100
        assert "E: Could not resolve the mirror" in capsys.readouterr().err


def test_a_system_without_debian_is_left_alone(dev: ModuleType, script: Script) -> None:
    script("apt-get", 'echo called >> "$LOG"')
    dev.system_packages(("xvfb",))
    assert not Path(os.environ["LOG"]).exists()


class TestNodePackages:
    @pytest.fixture(autouse=True)
    def folder(self, dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(dev, "NODE", tmp_path / "node")
        return tmp_path / "node"

    def test_npm_installs_exact_versions_once(
        self, dev: ModuleType, script: Script, log: Path, folder: Path
    ) -> None:
        script("npm", 'echo "$@" >> "$LOG"')
        dev.node_packages()
        dev.node_packages()
        (call,) = lines(log)
        assert call.startswith("install ")
        assert "--ignore-scripts" in call
        assert "--no-package-lock" in call
        assert re.search(rf"--prefix {re.escape(str(folder))}( [a-z]+@\d+\.\d+\.\d+)+$", call)

    def test_a_failure_is_said_and_tried_again(
        self, dev: ModuleType, script: Script, log: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        script("npm", 'echo "$@" >> "$LOG"; exit 1')
        dev.node_packages()
        dev.node_packages()
        assert len(lines(log)) == 2
        assert "npm failed" in capsys.readouterr().err

    @pytest.mark.usefixtures("script")
    def test_without_npm_nothing_happens(self, dev: ModuleType, folder: Path) -> None:
        dev.node_packages()
        assert not folder.exists()


def test_every_pin_is_exact_and_there_once() -> None:
    pins = lines(ROOT / "packaging" / "constraints.txt")[1:]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    names = [pin.split("==")[0].lower() for pin in pins]
    assert len(set(names)) == len(names)
