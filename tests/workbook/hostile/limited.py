"""Open workbooks in children with little time and memory, and say what became of it.

``python -m tests.workbook.hostile.limited`` reads paths from its standard input, one a line, and
answers each with a line of JSON, :class:`Opened`. Whatever a workbook does to a child, the next one
has another: a child is made for each by fork, after everything was imported.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from zoomdesk import workbook
from zoomdesk.errors import WorkbookError

SECONDS = 60
"""Of the processor, for all that is done to one workbook: ten times what the slowest needs."""
MEMORY = 1536 << 20
"""Bytes of address space, those of Python and its libraries included."""
FILE = 512 << 20
"""The largest file that a child may write."""


@dataclass
class Opened:
    """What each thing done gave: ``ok``, or the name of our error and its sentence.

    ``died`` says how the child ended if it did not live to tell; ``seconds`` and ``megabytes`` are
    what it took, for whoever tunes.
    """

    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    died: str = ""
    seconds: float = 0.0
    megabytes: int = 0


def sheet_name(path: Path) -> str:
    sheets = workbook.inspect(path).sheets
    return sheets[0].name if sheets else "List"


def write(path: Path) -> None:
    edits = workbook.Edits(sheet_name(path), {(1, 30): "x", (3, 2): 5})
    checked = workbook.plan(path, edits)
    workbook.apply(checked, path.with_name(f"written{path.suffix}"))


ACTIONS: dict[str, Callable[[Path], object]] = {
    "inspect": workbook.inspect,
    "preview": workbook.preview,
    "read": workbook.read,
    "write": write,
}


def attempt(path: Path, actions: Iterable[str] = ACTIONS) -> dict[str, tuple[str, str]]:
    """Do each of ``actions`` to the workbook; what is none of our errors is called ``foreign``."""
    outcomes = {}
    for name in actions:
        try:
            ACTIONS[name](path)
        except WorkbookError as error:
            outcomes[name] = type(error).__name__, error.message
        except BaseException:  # noqa: BLE001 - the tests are told what it was
            outcomes[name] = "foreign", traceback.format_exc(limit=-6)[-3000:]
        else:
            outcomes[name] = "ok", ""
    return outcomes


def in_child(path: Path) -> Opened:
    """Attempt everything in a child with limits."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with os.fdopen(writer, "w") as out:
            json.dump(attempt(path), out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        text = said.read()
    _, status, used = os.wait4(child, 0)
    found = Opened(seconds=used.ru_utime + used.ru_stime, megabytes=used.ru_maxrss >> 10)
    if status or not text:
        found.died = f"signal {status & 0x7F}" if status & 0x7F else f"exit {status >> 8}"
    else:
        found.outcomes = json.loads(text)
    return found


def main() -> None:
    for line in sys.stdin:
        found = in_child(Path(line.rstrip("\n")))
        sys.stdout.write(json.dumps(dataclasses.asdict(found)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
