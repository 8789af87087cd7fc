#!/usr/bin/env python3
"""Do every chore of the project with one command: run, test, lint, screenshots, build, pin.

Standard library only, for Python 3.11 or newer on Windows, macOS and Linux. Each command first
does the set-up that it needs: the virtual environment in ``.venv`` with the exact versions of
``packaging/constraints.txt`` and, as root on Debian, the system packages.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
SAMPLE = ROOT / "resources" / "samples" / "guests.xlsx"

QT_PACKAGES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "fonts-dejavu-core",
)
"""What Qt's xcb platform plugin needs on a Debian without a desktop."""

TEST_PACKAGES = (
    "chromium",
    "chromium-driver",
    "dbus",
    "fonts-noto-cjk",
    "fonts-noto-core",
    "gnome-keyring",
    "libreoffice-calc-nogui",
    "openbox",
    "x11-utils",
    "xdotool",
    "xvfb",
)
"""The real things that the tests use: screen, window manager, browser, keyring, office."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one chore and return its exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, function in COMMANDS.items():
        # No prefix: "dev.py test -k pace" hands -k to pytest.
        text = (function.__doc__ or "").splitlines()[0]
        sub = commands.add_parser(name, help=text, prefix_chars="\0")
        sub.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        return COMMANDS[options.command](options.arguments)
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        print(f"dev.py: {command} failed ({error.returncode})", file=sys.stderr)
        return error.returncode or 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Do the main job in practice mode: in a window where there is a display, else without one."""
    system_packages(QT_PACKAGES)
    environment()
    folder = Path(tempfile.mkdtemp(prefix="zoomdesk-practice-"))
    book = shutil.copy(SAMPLE, folder / SAMPLE.name)
    if has_display():
        return call(program("zoomdesk"), "--practice", book, *arguments)
    return call(program("zoomdesk"), "register", book, "--practice", "--yes", *arguments)


def test(arguments: list[str]) -> int:
    """Run the whole test suite; arguments go to pytest."""
    system_packages(QT_PACKAGES + TEST_PACKAGES)
    environment()
    return call(python(), "-m", "pytest", *arguments)


def lint(arguments: list[str]) -> int:
    """Check style, format, types and the direction of imports; ``--fix`` mends the first two."""
    environment()
    fix = "--fix" in arguments
    failed = 0
    failed |= call(python(), "-m", "ruff", "check", *(["--fix"] if fix else []))
    failed |= call(python(), "-m", "ruff", "format", *([] if fix else ["--check"]))
    failed |= call(python(), "-m", "mypy")
    failed |= call(program("lint-imports"), "--no-cache")
    return int(bool(failed))


def screenshots(arguments: list[str]) -> int:
    """Draw every state of the window into a folder (default build/screenshots)."""
    system_packages(QT_PACKAGES + TEST_PACKAGES)
    environment()
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "screenshots"
    script = (python(), ROOT / "packaging" / "screenshots.py", folder)
    if sys.platform == "linux" and not has_display():
        return call("xvfb-run", "-a", "-s", "-screen 0 2800x1800x24", *script)
    return call(*script)


def build(arguments: list[str]) -> int:
    """Build the wheel and the source archive into dist/."""
    environment()
    call(python(), "-m", "pip", "install", "-q", "-c", CONSTRAINTS, "build", check=True)
    return call(python(), "-m", "build", "--outdir", ROOT / "dist", *arguments, ROOT)


def pin(_: list[str]) -> int:
    """Write packaging/constraints.txt anew from what the ranges in pyproject.toml give today."""
    with tempfile.TemporaryDirectory() as folder:
        call(sys.executable, "-m", "venv", folder, check=True)
        interpreter = Path(folder, *python().relative_to(VENV).parts)
        call(interpreter, "-m", "pip", "install", "-q", f"{ROOT}[dev]", "build", check=True)
        frozen = subprocess.run(
            [interpreter, "-m", "pip", "freeze", "--exclude", "zoomdesk"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    head = "# Exact versions of everything that dev.py installs. Made by: dev.py pin\n"
    CONSTRAINTS.write_text(head + frozen, encoding="utf-8")
    return 0


def setup(_: list[str]) -> int:
    """Do all of the set-up and nothing else."""
    system_packages(QT_PACKAGES + TEST_PACKAGES)
    environment()
    return 0


COMMANDS = {
    function.__name__: function for function in (run, test, lint, screenshots, build, pin, setup)
}


def environment() -> None:
    """Make or refresh the virtual environment; a stamp tells when nothing has changed."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python can start this file
        sys.exit("Zoomdesk needs Python 3.11 or newer.")
    stamp = VENV / "zoomdesk-stamp"
    sources = [ROOT / "pyproject.toml", CONSTRAINTS]
    content = b"".join(path.read_bytes() for path in sources) + str(ROOT).encode()
    wanted = hashlib.sha256(content).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("dev.py: setting up the virtual environment (.venv)", file=sys.stderr)
    make_venv()
    install = (python(), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    call(*install, "-c", CONSTRAINTS, "-e", f"{ROOT}[dev]", check=True, cwd=ROOT)
    stamp.write_text(wanted)


def make_venv() -> None:
    """Create ``.venv``; Debian keeps a part of Python's own venv in a package of its own."""
    if python().is_file():
        return
    command = (sys.executable, "-m", "venv", VENV)
    if call(*command, quiet=True) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    system_packages((version,))
    call(*command, check=True)


def system_packages(names: Sequence[str]) -> None:
    """Install the missing ones of these Debian packages as root; elsewhere say what is missing."""
    if sys.platform != "linux" or not shutil.which("dpkg-query"):
        return
    known = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    present = {line.split()[0] for line in known.splitlines() if line.endswith(" installed")}
    missing = sorted(set(names) - present)
    if not missing:
        return
    if os.geteuid() != 0:
        print(f"dev.py: please install: apt install {' '.join(missing)}", file=sys.stderr)
        return
    print(f"dev.py: installing system packages: {' '.join(missing)}", file=sys.stderr)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-qq", check=True, env=env, quiet=True)
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)
    call(*install, check=True, env=env, quiet=True)


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def python() -> Path:
    """Return the virtual environment's interpreter."""
    return program("python")


def program(name: str) -> Path:
    """Return a program of the virtual environment."""
    suffix = sysconfig.get_config_var("EXE") or ""
    return VENV / ("Scripts" if sys.platform == "win32" else "bin") / f"{name}{suffix}"


def call(
    *command: str | Path,
    check: bool = False,
    quiet: bool = False,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> int:
    """Run a program and return its exit code; ``quiet`` shows its output only when it fails."""
    words = [str(word) for word in command]
    if not quiet:
        return subprocess.run(words, check=check, cwd=cwd or ROOT, env=env).returncode
    done = subprocess.run(
        words, check=False, cwd=cwd or ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode and check:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
