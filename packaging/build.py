"""Build what this system can make of Zoomdesk: ``dev.py build [wheel] [program] [linux]``.

``wheel`` is the wheel and the source archive. ``program`` is the frozen folder, made in
``build/env``, a clean environment of the wheel and PyInstaller. ``linux`` wraps that folder as .deb
and .rpm. With no name all that this system can make; all of it lands in ``dist/``, with
``SHA256SUMS`` beside it. Two runs on one commit give the same bytes: the time that is written into
them is the commit's, which every part gets as SOURCE_DATE_EPOCH (reproducible-builds.org).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST = ROOT / "dist"
ENV = ROOT / "build" / "env"
CONSTRAINTS = HERE / "constraints.txt"


def main(wanted: list[str]) -> int:
    """Build the parts named, in the order in which they need one another."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(f"dev.py build: {', '.join(sorted(unknown))} is none of {', '.join(PARTS)}.")
        return 2
    os.environ["SOURCE_DATE_EPOCH"] = commit_time()
    if not wanted:
        wanted = [name for name in PARTS if name != "linux" or sys.platform == "linux"]
    for name, make in PARTS.items():
        if name in wanted:
            make()
    write_sums()
    return 0


def wheel() -> None:
    """Build the wheel and the source archive."""
    for old in (*DIST.glob("zoomdesk-*.whl"), *DIST.glob("zoomdesk-*.tar.gz")):
        old.unlink()
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", DIST, ROOT)


def program() -> None:
    """Freeze the program in an environment that holds nothing else."""
    if not list(DIST.glob("zoomdesk-*.whl")):
        wheel()
    (built,) = DIST.glob("zoomdesk-*.whl")
    run(sys.executable, "-m", "venv", "--clear", ENV)
    pip = (interpreter(), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(*pip, "-c", CONSTRAINTS, f"{built}[package]")
    run(interpreter(), HERE / "program" / "freeze.py")


def linux() -> None:
    """Wrap the frozen folder as .deb and .rpm."""
    if not (DIST / "zoomdesk" / "zoomdesk").is_file():
        program()
    run(interpreter(), HERE / "linux" / "packages.py")


PARTS = {"wheel": wheel, "program": program, "linux": linux}


def interpreter() -> Path:
    """Return the Python of the clean environment."""
    return ENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def write_sums() -> None:
    """Write the checksums of every file that is handed out."""
    files = sorted(p for p in DIST.iterdir() if p.is_file() and p.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def commit_time() -> str:
    """Return the time of the commit in seconds, that of the changelog where there is no git."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def run(*command: str | Path) -> None:
    """Run a program in the checkout; raise CalledProcessError where it fails."""
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        print(f"dev.py build: {' '.join(error.cmd[:4])} … failed", file=sys.stderr)
        sys.exit(error.returncode)
