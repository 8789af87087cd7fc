#!/usr/bin/env python3
"""Do every chore of the project with one command: run, test, lint, screenshots, build, pin.

Standard library only, for Python 3.11 or newer on Windows, macOS and Linux. Each command first
does the set-up that it needs: the virtual environment in ``.venv`` with the exact versions of
``packaging/constraints.txt`` and, as root on Debian, the system packages.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
NODE = VENV / "node"
NODE_PACKAGES = ROOT / "packaging" / "node-packages.txt"
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
    "fonts-droid-fallback",
)
"""What Qt's xcb platform plugin needs on a Debian without a desktop, and letters for every name."""

TEST_PACKAGES = (
    "chromium",
    "chromium-driver",
    "curl",
    "dbus",
    "desktop-file-utils",
    "fonts-noto-cjk",
    "fonts-noto-core",
    "gnome-keyring",
    "libreoffice-calc-nogui",
    "nodejs",
    "npm",
    "openbox",
    "x11-utils",
    "xauth",
    "xdotool",
    "xvfb",
)
"""The real things that the tests use: screen, window manager, browser, keyring, office."""

SIDE_BY_SIDE = ("-n", "2", "--dist", "worksteal")
"""How the whole suite runs: many tests wait, for a window or a server, and two fill a small
machine. Not one for each processor: a container may see many more than it is given."""

BUILD_TOOLS = ("build", "editables", "hatchling")
"""What makes the wheel. pip's own build environment would take the newest, whatever is pinned."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one chore and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python can start this file
        give_up("Zoomdesk needs Python 3.11 or newer")
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, function in COMMANDS.items():
        text = (function.__doc__ or "").splitlines()[0]
        if name in PASSING:
            # No prefix and no --help of its own: "dev.py test -k pace" hands -k to pytest.
            sub = commands.add_parser(name, help=text, prefix_chars="\0", add_help=False)
            sub.add_argument("arguments", nargs="*")
        else:
            sub = commands.add_parser(name, help=text, description=text)
            sub.set_defaults(arguments=[])
        if name == "lint":
            sub.add_argument("--fix", dest="arguments", action="append_const", const="--fix")
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
    if has_display():
        system_packages(QT_PACKAGES)
    environment()
    folder = Path(tempfile.mkdtemp(prefix="zoomdesk-practice-"))
    book = shutil.copy(SAMPLE, folder / SAMPLE.name)
    if has_display():
        become(program("zoomdesk"), "--practice", book, *arguments)
    become(program("zoomdesk"), "register", book, "--practice", "--yes", *arguments)


def test(arguments: list[str]) -> int:
    """Run the whole test suite, or what pytest's arguments name."""
    system_packages(QT_PACKAGES + TEST_PACKAGES)
    environment()
    node_packages()
    become(python(), "-m", "pytest", *(arguments or SIDE_BY_SIDE))


def lint(arguments: list[str]) -> int:
    """Check style, format, types and the direction of imports; --fix mends the first two."""
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
    folder = Path(arguments[0]).absolute() if arguments else ROOT / "build" / "screenshots"
    screen: list[str] = []
    if sys.platform == "linux" and not has_display():
        screen = ["xvfb-run", "-a", "-s", "-screen 0 2800x1800x24"]
    script = ROOT / "packaging" / "screenshots.py"
    return call(*screen, python(), script, folder, *arguments[1:])


def bench(arguments: list[str]) -> int:
    """Measure workbooks against named peers, or with "run" a run's calls; figures are ratios."""
    environment()
    is_run = arguments[:1] == ["run"]
    return script("bench_run.py" if is_run else "bench.py", arguments[is_run:])


def fuzz(arguments: list[str]) -> int:
    """Fuzz the workbook engine: --minutes N for each of the targets named, or of all."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64") or sys.version_info >= (3, 14):
        give_up("fuzzing needs Linux on x86-64 and Python 3.11 to 3.13: atheris is for these alone")
    environment()
    if call(python(), "-c", "import atheris", quiet=True):
        install(python(), "-c", CONSTRAINTS, "atheris", check=True)
    return script("fuzz.py", arguments)


def matrix(arguments: list[str]) -> int:
    """Play the fault matrix whole: every fault alone and in pairs, in all circumstances."""
    environment()
    return script("matrix.py", arguments)


def kill(arguments: list[str]) -> int:
    """Kill the commands and the simulated Zoom 200 times; count what is lost or comes twice."""
    if sys.platform == "win32":
        give_up("killing needs SIGKILL: Linux or macOS")
    environment()
    return script("kill.py", arguments)


def together(arguments: list[str]) -> int:
    """Let several machines register the same people, again and again; count who is sent twice."""
    environment()
    return script("together.py", arguments)


def build(arguments: list[str]) -> int:
    """Build into dist/ what this system can make, or only: wheel, program, linux."""
    environment()
    become(python(), ROOT / "packaging" / "build.py", *arguments)


def pin(_: list[str]) -> int:
    """Write packaging/constraints.txt anew from what the ranges in pyproject.toml give today."""
    with tempfile.TemporaryDirectory() as folder:
        call(sys.executable, "-m", "venv", folder, check=True)
        interpreter = Path(folder, *python().relative_to(VENV).parts)
        install(interpreter, f"{ROOT}[dev,fuzz,package]", *BUILD_TOOLS, check=True)
        script = ROOT / "packaging" / "elsewhere.py"
        while more := read(interpreter, script, "zoomdesk[dev,fuzz,package]", *BUILD_TOOLS).split():
            install(interpreter, *more, check=True)
        frozen = read(interpreter, "-m", "pip", "freeze", "--exclude", "zoomdesk")
    head = "# Exact versions of everything that dev.py installs. Made by: dev.py pin\n"
    CONSTRAINTS.write_text(head + frozen, encoding="utf-8", newline="\n")
    return 0


def setup(_: list[str]) -> int:
    """Do all of the set-up and nothing else."""
    system_packages(QT_PACKAGES + TEST_PACKAGES)
    environment()
    node_packages()
    return 0


COMMANDS = {
    function.__name__: function
    for function in (
        run, test, lint, bench, fuzz, matrix, kill, together, screenshots, build, pin, setup
    )
}  # fmt: skip


PASSING = ("bench", "fuzz", "matrix", "kill", "together", "run", "test", "screenshots", "build")
"""The commands whose arguments are for another program."""


def environment() -> None:
    """Make or refresh the virtual environment; a stamp tells when nothing has changed."""
    stamp = VENV / "zoomdesk-stamp"
    wanted = fingerprint()
    if python().is_file() and stamp.is_file() and stamp.read_text() == wanted:
        return
    if not os.access(ROOT, os.W_OK):
        give_up(f"{ROOT} is read-only: copy it to a folder of your own and start dev.py there")
    print("dev.py: setting up the virtual environment (.venv)", file=sys.stderr)
    make_venv()
    stamp.unlink(missing_ok=True)
    project = ("--no-build-isolation", "-e", f"{ROOT}[dev]")
    if any(install(python(), "-c", CONSTRAINTS, *what) for what in (BUILD_TOOLS, project)):
        give_up(
            "the Python packages could not be installed (pip's own words stand above). Is the"
            " network there? A proxy or an index of your own is set for pip: see pip config"
        )
    stamp.write_text(wanted)


def node_packages() -> None:
    """Install what the tests read workbooks with besides Python; where npm is missing they skip."""
    npm = shutil.which("npm")
    stamp = NODE / "zoomdesk-stamp"
    if npm is None:
        return
    lines = NODE_PACKAGES.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    if stamp.is_file() and stamp.read_text() == " ".join(wanted):
        return
    print("dev.py: installing Node packages for the tests", file=sys.stderr)
    shutil.rmtree(NODE, ignore_errors=True)
    NODE.mkdir()
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--no-save")
    if call(npm, "install", "--silent", *options, "--prefix", NODE, *wanted):
        print("dev.py: npm failed; the tests that need its packages skip", file=sys.stderr)
        return
    stamp.write_text(" ".join(wanted))


def install(interpreter: Path, *arguments: str | Path, check: bool = False) -> int:
    """Run pip in an environment."""
    pip = (interpreter, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    return call(*pip, *arguments, check=check)


def fingerprint() -> str:
    """Return what the environment depends on: versions, ranges, Python and place."""
    digest = hashlib.sha256()
    for source in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(source.read_bytes())
    digest.update(repr((BUILD_TOOLS, python_version(), os.fsencode(ROOT))).encode())
    return digest.hexdigest()


def python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def make_venv() -> None:
    """Create ``.venv``, or anew if it is of another Python or was left half made."""
    check = "import pip, sys; sys.exit(sys.argv[1] != '{}.{}'.format(*sys.version_info))"
    if python().is_file() and call(python(), "-c", check, python_version(), quiet=True) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        # Debian keeps this part of Python's own venv in a package of its own.
        system_packages((f"python{python_version()}-venv",))
    if call(sys.executable, "-m", "venv", "--clear", VENV):
        give_up(f"{VENV} could not be made; Python's own words stand above")


def system_packages(names: Sequence[str]) -> None:
    """Install the missing ones of these Debian packages as root; else say what is missing."""
    if sys.platform != "linux" or not shutil.which("dpkg-query"):
        return
    missing = sorted(set(names) - installed_packages())
    if not missing:
        return
    if os.geteuid() != 0:
        print(f"dev.py: please install: apt install {' '.join(missing)}", file=sys.stderr)
        return
    print(f"dev.py: installing system packages: {' '.join(missing)}", file=sys.stderr)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A fresh machine may still be busy with its first updates.
    apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
    call(*apt, "update", check=True, env=env, quiet=True)
    install = (*apt, "install", "-y", "--no-install-recommends", *missing)
    call(*install, check=True, env=env, quiet=True)


def installed_packages() -> set[str]:
    """Return the names of Debian's packages on this machine and those that they stand in for."""
    form = "${db:Status-Status} ${Package}, ${Provides}\n"
    names: set[str] = set()
    for line in read("dpkg-query", "-W", "-f", form).splitlines():
        status, _, rest = line.partition(" ")
        if status == "installed":
            # "libglib2.0-0t64, libglib2.0-0 (= 2.84.4)"; a name may carry ":any".
            provided = (item.split("(")[0].split(":")[0].strip() for item in rest.split(","))
            names.update(filter(None, provided))
    return names


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


def script(name: str, arguments: Sequence[str]) -> int:
    """Run a neighbour of this file with the checkout on its path: some drive what tests drive."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return call(python(), ROOT / "packaging" / name, *arguments, env=env)


def call(
    *command: str | Path,
    check: bool = False,
    quiet: bool = False,
    env: dict[str, str] | None = None,
) -> int:
    """Run a program in the checkout and return its exit code.

    ``quiet`` shows its output only where ``check`` is asked for and it fails.
    """
    words = [str(word) for word in command]
    if not quiet:
        return subprocess.run(words, check=check, cwd=ROOT, env=env).returncode
    done = subprocess.run(words, check=False, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode and check:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return done.returncode


def read(*command: str | Path) -> str:
    """Run a program and return what it prints."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def become(*command: str | Path) -> NoReturn:
    """Run a program in place of this one, so that signals reach it; Windows has no such thing."""
    if sys.platform == "win32":
        sys.exit(call(*command))
    words = [str(word) for word in command]
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(words[0], words)  # noqa: S606  no shell is what is wanted


def give_up(reason: str) -> NoReturn:
    """End with a sentence instead of a traceback."""
    sys.exit(f"dev.py: {reason}.")


if __name__ == "__main__":
    sys.exit(main())
