"""Save a workbook again and again, each time with a fault at another step of the saving.

``python -m tests.faults.save FAULT FOLDER STEPS`` prints a JSON list with an :class:`Attempt` for
each of about STEPS steps, spread evenly over the lines of Python that a save runs. Each attempt is
a child of its own: what befalls it ends with it.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import mmap
import os
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tests.faults import syscalls
from tests.workbook.handmade import book, string_table
from zoomdesk.errors import ZoomdeskError
from zoomdesk.workbook import Edits, apply, plan

ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * n}</v></c></row>' for n in range(1, 400))
EDITS = Edits("List", {(row, 2): f"link {row}" for row in range(1, 400)})
WATCHED = (
    "/zoomdesk/workbook/files/",
    "/zoomdesk/workbook/writing/apply.py",
    "/zoomdesk/workbook/opc/repackage.py",
    "shutil.py",
)
"""The code whose lines are the steps: all that touches the disk on the way to the replace."""


@dataclass
class Attempt:
    """What became of one save.

    ``ended`` is ``killed``, ``saved`` or the name of what was raised; ``content`` whether the
    workbook is ``before``, ``after`` or ``neither``; ``leftovers`` are the other files in its
    folder and in that of the backups, ``later`` those after one more save; ``torn`` are backups
    under their good name that are not the original.
    """

    step: int
    ended: str = "killed"
    message: str = ""
    content: str = ""
    leftovers: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)


class Steps:
    """A trace function that counts lines and acts at one of them."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self._at, self._act = at, act
        self.count = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> Steps | None:
        if event == "call":
            name = frame.f_code.co_filename.replace("\\", "/")
            return self if any(part in name for part in WATCHED) else None
        if event == "line":
            self.count += 1
            if self.count == self._at:
                sys.settrace(None)
                threading.settrace(None)  # type: ignore[arg-type] # None is what it takes
                self._act()
        return self


class Saves:
    """A folder with one workbook that is put back before every attempt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "office"
        self.moved = folder / "moved away"
        self.backups = folder / "backups"
        self.folder.mkdir()
        strings = string_table("<si><t>a</t></si>")
        self.path = book(self.folder / "people.xlsx", ROWS, strings=strings)
        self.before = self.path.read_bytes()
        self._said = mmap.mmap(-1, 1 << 16)
        steps = Steps(0, lambda: None)
        self.save(steps)
        self.after = self.path.read_bytes()
        self.steps = steps.count

    def save(self, steps: Steps) -> None:
        sys.settrace(steps)
        try:
            apply(plan(self.path, EDITS), backup_dir=self.backups)
        finally:
            sys.settrace(None)

    def attempt(self, step: int, fault: Callable[[Saves], None]) -> Attempt:
        """Put everything back, save in a child with ``fault`` at ``step``, and look."""
        for folder in (self.folder, self.moved, self.backups):
            shutil.rmtree(folder, ignore_errors=True)
        self.folder.mkdir()
        self.path.write_bytes(self.before)
        ended, message = self._in_child(Steps(step, lambda: fault(self)))
        found = Attempt(step, ended, message)
        if self.moved.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.moved.rename(self.folder)
        content = self.path.read_bytes() if self.path.exists() else b""
        found.content = {self.before: "before", self.after: "after"}.get(content, "neither")
        found.torn = [path.name for path in self._kept() if path.read_bytes() != self.before]
        found.leftovers = self._leftovers()
        if found.leftovers:
            self._in_child(Steps(0, lambda: None))
            found.later = self._leftovers()
        return found

    def _kept(self) -> list[Path]:
        return list(self.backups.glob("people*.xlsx"))

    def _leftovers(self) -> list[str]:
        files = [path for folder in (self.folder, self.backups) for path in folder.glob("*")]
        return sorted(path.name for path in files if path not in (self.path, *self._kept()))

    def _in_child(self, steps: Steps) -> tuple[str, str]:
        self._said[:4] = bytes(4)
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            size = int.from_bytes(self._said[:4], "little")
            said = json.loads(self._said[4 : 4 + size]) if size else ("killed", "")
            return said[0], said[1]
        said = "saved", ""
        try:
            self.save(steps)
        except ZoomdeskError as error:
            said = type(error).__name__, error.message
        except BaseException:  # noqa: BLE001 - what should never come is told to the parent
            said = "foreign", traceback.format_exc()[-6000:]
        text = json.dumps(said).encode()  # by shared memory: no system call may fail any more
        self._said[4 : 4 + len(text)] = text
        self._said[:4] = len(text).to_bytes(4, "little")
        os._exit(0)


def kill(_: Saves) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def move_the_folder_away(saves: Saves) -> None:
    saves.folder.rename(saves.moved)


def refusing(calls: tuple[str, ...], error: int) -> Callable[[Saves], None]:
    return lambda _: syscalls.refuse(calls, error)


FAULTS: dict[str, Callable[[Saves], None]] = {
    "killed": kill,
    "folder moved": move_the_folder_away,
    "disk full": refusing(syscalls.FULL, errno.ENOSPC),
    "over quota": refusing(syscalls.FULL, errno.EDQUOT),
    "disk dead": refusing(syscalls.GONE, errno.EIO),
    "share gone": refusing(syscalls.GONE, errno.ESTALE),
    "not allowed": refusing((*syscalls.PUT, *syscalls.FULL), errno.EACCES),
    "held": refusing(syscalls.PUT, errno.EBUSY),
}


def main(fault: str, folder: str, steps: str) -> int:
    saves = Saves(Path(folder))
    stride = max(1, saves.steps // int(steps))
    chosen = range(1, saves.steps + 1, stride)
    attempts = [saves.attempt(step, FAULTS[fault]) for step in chosen]
    sys.stdout.write(json.dumps([dataclasses.asdict(attempt) for attempt in attempts]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
