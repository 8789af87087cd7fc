"""Make the .deb and the .rpm of the frozen folder, with all that a desktop wants to know of it.

Run by ``dev.py build linux`` with the Python of ``build/env`` after the program itself was made.
Everything that is put in is generated into ``build/linux`` first, where one can look at it; nfpm
only wraps it. The time of everything is SOURCE_DATE_EPOCH, which ``dev.py build`` sets.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = ROOT / "dist" / "zoomdesk"
STAGE = ROOT / "build" / "linux"
APP_ID = "io.github.zoomdesk.Zoomdesk"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

DEPENDS = {
    "deb": (
        "libc6 (>= 2.34)",
        "libegl1",
        "libgl1",
        "ca-certificates",
        "fontconfig",
        "fonts-dejavu-core | fonts-noto-core | fonts-liberation",
    ),
    "rpm": (
        "glibc >= 2.34",
        "libEGL.so.1()(64bit)",
        "libGL.so.1()(64bit)",
        "ca-certificates",
        "fontconfig",
    ),
}
"""What Qt's xcb plugin loads and the folder does not bring: the graphics driver's own libraries."""

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def main() -> int:
    """Stage every file, then wrap them in both formats."""
    shutil.rmtree(STAGE, ignore_errors=True)
    version = subprocess.run(
        [PROGRAM / "zoomdesk", "--version"], check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    when = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
    stage(version, when)
    for kind in DEPENDS:
        made = wrap(kind, version, when)
        print(f"{made}: {made.stat().st_size / 1e6:.0f} MB")
    return 0


def stage(version: str, when: time.struct_time) -> None:
    """Lay out everything but the program itself as it will be installed under /usr."""
    day = time.strftime("%Y-%m-%d", when)
    share = STAGE / "share"
    write(share / "applications" / "zoomdesk.desktop", (HERE / "zoomdesk.desktop").read_bytes())
    info = (HERE / f"{APP_ID}.metainfo.xml.in").read_text("utf-8")
    info = info.replace("@VERSION@", version).replace("@DATE@", day)
    write(share / "metainfo" / f"{APP_ID}.metainfo.xml", info.encode())
    icons = share / "icons" / "hicolor"
    svg = (ROOT / "resources" / "icons" / "zoomdesk.svg").read_bytes()
    write(icons / "scalable" / "apps" / "zoomdesk.svg", svg)
    draw_icons(icons)
    doc = share / "doc" / "zoomdesk"
    write(doc / "copyright", (HERE / "copyright").read_bytes())
    change = f"zoomdesk ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n"
    signed = time.strftime("%a, %d %b %Y %H:%M:%S +0000", when)
    change += f" -- The Zoomdesk developers <developers@zoomdesk.invalid>  {signed}\n"
    write(doc / "changelog.gz", packed(change.encode()))
    write(doc / "CHANGELOG.md.gz", packed((ROOT / "CHANGELOG.md").read_bytes()))
    write(share / "lintian" / "overrides" / "zoomdesk", (HERE / "lintian-overrides").read_bytes())
    write(share / "man" / "man1" / "zoomdesk.1.gz", packed(manual(day)))
    for shell, target in {
        "bash": "bash-completion/completions/zoomdesk",
        "zsh": "zsh/vendor-completions/_zoomdesk",
    }.items():
        write(share / target, completion(shell))


def draw_icons(folder: Path) -> None:
    """Draw the program's icon in every size that desktops ask for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QIcon

    app = QGuiApplication.instance() or QGuiApplication([])
    icon = QIcon(str(ROOT / "resources" / "icons" / "zoomdesk.svg"))
    for size in SIZES:
        image = icon.pixmap(size, size).toImage()
        if image.width() != size:
            image = image.scaled(size, size, mode=Qt.TransformationMode.SmoothTransformation)
        target = folder / f"{size}x{size}" / "apps" / "zoomdesk.png"
        target.parent.mkdir(parents=True)
        image.save(str(target))
    del app


def manual(day: str) -> bytes:
    """Return the page of the manual, from the commands' own help."""
    from build_manpages.manpage import Manpage

    from zoomdesk.cli import parser

    parts = parser.build()
    parts.man_short_description = "register the people of a workbook for a Zoom event"
    page = Manpage(parts)
    page.date = day
    return str(page).encode()


def completion(shell: str) -> bytes:
    """Return the completion of a shell, from the commands' own options."""
    import shtab

    from zoomdesk.cli import parser

    return (shtab.complete(parser.build(), shell) + "\n").encode()


def wrap(kind: str, version: str, when: time.struct_time) -> Path:
    """Have nfpm make one package; return its path."""
    recipe = {
        "name": "zoomdesk",
        "arch": ARCHITECTURES[platform.machine()],
        "platform": "linux",
        "version": version,
        "section": "misc",
        "priority": "optional",
        "maintainer": "The Zoomdesk developers <developers@zoomdesk.invalid>",
        "description": "Register the people of a workbook for a Zoom event\n"
        "Opens the workbook, checks every address, registers the ticked rows and writes\n"
        "each person's own join link back into the same row.",
        "license": "MIT",
        "depends": list(DEPENDS[kind]),
        "mtime": time.strftime("%Y-%m-%dT%H:%M:%SZ", when),
        "umask": 0o022,
        "contents": [
            {"src": f"{PROGRAM}/", "dst": "/usr/lib/zoomdesk", "type": "tree"},
            {"src": "../lib/zoomdesk/zoomdesk", "dst": "/usr/bin/zoomdesk", "type": "symlink"},
            *(
                {"src": str(path), "dst": f"/usr/{path.relative_to(STAGE)}"}
                for path in sorted(STAGE.rglob("*"))
                if path.is_file()
            ),
        ],
        "deb": {"compression": "xz"},
        "rpm": {
            "compression": "zstd",
            "summary": "Register the people of a workbook for a Zoom event",
        },
    }
    target = ROOT / "dist" / f"zoomdesk_{version}_{recipe['arch']}.{kind}"
    config = STAGE / f"nfpm-{kind}.json"  # JSON is YAML
    config.write_text(json.dumps(recipe, indent=1), "utf-8")
    nfpm = Path(sys.executable).with_name("nfpm")
    command = [nfpm, "package", "-f", config, "-p", kind, "-t", target]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def packed(text: bytes) -> bytes:
    """Return a text as gzip makes it without a name or a time."""
    return gzip.compress(text, 9, mtime=0)


def write(target: Path, content: bytes) -> None:
    """Write a file into a folder that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
