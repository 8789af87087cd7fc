"""Freeze the program into one folder, with the licences and the bill of what is in it.

Run by ``dev.py build program`` with the Python of ``build/env``, a clean environment of nothing but
the program and PyInstaller. Two runs give the same bytes where SOURCE_DATE_EPOCH is the same, which
``dev.py build`` sets: hashes have a fixed seed.
"""

from __future__ import annotations

import hashlib
import importlib.metadata as metadata
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "build" / "program"
PROGRAM = ROOT / "dist" / "zoomdesk"

LICENCE = re.compile(r"(?i)\.dist-info/(.*/)?((licen[cs]e|copying|notice|authors)[^/]*$|licenses/)")
OF_THE_QT_PROJECT = """\
Qt, PySide6 and Shiboken are used under the GNU Lesser General Public License, version 3. Their
libraries lie in the program's folder as files of their own and can be replaced by other builds.
The Qt project publishes the source of each version; the bill of materials names the versions.
"""


def main() -> int:
    """Freeze, add licences and bill, and say what was made."""
    shutil.rmtree(PROGRAM, ignore_errors=True)
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    freeze()
    set_modes()
    add_licences(PROGRAM / "licenses")
    add_bill(PROGRAM / "zoomdesk.cdx.json")
    set_times(PROGRAM, int(os.environ["SOURCE_DATE_EPOCH"]))
    size = sum(f.stat().st_size for f in PROGRAM.rglob("*") if f.is_file() and not f.is_symlink())
    print(f"{PROGRAM}: {size / 1e6:.0f} MB, tree {tree_hash(PROGRAM)[:16]}")
    return 0


def freeze() -> None:
    """Run PyInstaller on its recipe."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(PROGRAM.parent), "--workpath", str(WORK)]
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    subprocess.run(
        [*command, *folders, str(HERE / "zoomdesk.spec")], check=True, cwd=WORK, env=environment
    )


def set_modes() -> None:
    """Let only the program itself be executable: libraries need not be, and wheels differ."""
    if os.name == "posix":
        for path in PROGRAM.rglob("*"):
            if path.is_file() and not path.is_symlink():
                path.chmod(0o755 if path.parent == PROGRAM else 0o644)


def set_times(folder: Path, seconds: int) -> None:
    """Give a folder and all that is in it one time: packages hold the times of files, too."""
    for path in (folder, *folder.rglob("*")):
        follow = os.utime not in os.supports_follow_symlinks
        os.utime(path, (seconds, seconds), follow_symlinks=follow)


def shipped(name: str = "zoomdesk") -> dict[str, metadata.Distribution]:
    """Return what the program needs at run time, by its name in the index."""
    found: dict[str, metadata.Distribution] = {}
    asked = [name]
    while asked:
        key = re.sub(r"[-_.]+", "-", asked.pop()).lower()
        if key in found:
            continue
        try:
            found[key] = metadata.distribution(key)
        except metadata.PackageNotFoundError:
            continue  # for another system
        lines = [line for line in found[key].requires or () if "extra ==" not in line]
        asked += [re.split(r"[^\w.-]", line)[0] for line in lines]
    return found


def add_licences(folder: Path) -> None:
    """Copy the licence texts of everything that is shipped, one folder for each."""
    for name, dist in sorted(shipped().items()):
        texts = [f for f in dist.files or () if LICENCE.search(f.as_posix())]
        for text in texts:
            copy(Path(str(dist.locate_file(text))), folder / name / Path(text).name)
        if not texts:
            said = dist.metadata.get("License-Expression") or dist.metadata.get("License") or "?"
            write(folder / name / "LICENSE.txt", f"{dist.metadata['Name']}: {said}\n")
    copy(ROOT / "LICENSE", folder / "zoomdesk" / "LICENSE")
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    copy(python, folder / "python" / "LICENSE.txt")
    write(folder / "pyside6-essentials" / "README.txt", OF_THE_QT_PROJECT)
    for name in ("LGPL-3", "GPL-3"):
        text = Path("/usr/share/common-licenses", name)
        if text.is_file():
            copy(text, folder / "pyside6-essentials" / f"{name}.txt")
    for package, text in system_libraries():
        copy(text, folder / "system" / f"{package}.txt")


def system_libraries() -> Iterator[tuple[str, Path]]:
    """Yield the Debian packages whose libraries were taken in, with their copyright files."""
    if sys.platform != "linux" or shutil.which("dpkg-query") is None:
        return
    names = [p.name for p in (PROGRAM / "_internal").glob("lib*.so*")]
    done = subprocess.run(
        ["dpkg-query", "-S", *(f"*/{name}" for name in names)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    for package in sorted({line.split(":")[0] for line in done.stdout.splitlines()}):
        text = Path("/usr/share/doc", package, "copyright")
        if text.is_file():
            yield package, text


def add_bill(target: Path) -> None:
    """Write the bill of materials (CycloneDX) of what is shipped, and of nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible",
         "--pyproject", str(ROOT / "pyproject.toml"), sys.executable],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    bill = json.loads(done.stdout)
    wanted = shipped()
    bill["components"] = [
        part
        for part in bill["components"]
        if re.sub(r"[-_.]+", "-", part["name"]).lower() in wanted
    ]
    bill["components"].append(
        {
            "type": "platform",
            "name": "CPython",
            "version": sys.version.split()[0],
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    kept = {part.get("bom-ref") for part in bill["components"]} | {
        bill["metadata"]["component"]["bom-ref"]
    }
    bill["dependencies"] = [
        {**line, "dependsOn": [ref for ref in line.get("dependsOn", ()) if ref in kept]}
        for line in bill["dependencies"]
        if line["ref"] in kept
    ]
    write(target, json.dumps(bill, indent=1, ensure_ascii=False) + "\n")


def tree_hash(folder: Path) -> str:
    """Return one hash of all names and bytes in a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def copy(source: Path, target: Path) -> None:
    """Copy a file into a folder that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write(target: Path, text: str) -> None:
    """Write a text into a folder that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
