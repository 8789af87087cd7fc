"""The programs that read a workbook before and after: none of them shares code with zoomdesk."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.conftest import ROOT
from tests.workbook.corpus.results import Written
from tests.workbook.oracles import Cells, calamine_cells, openpyxl_cells

NODE_MODULES = ROOT / ".venv" / "node" / "node_modules"
"""Where dev.py installs what ``packaging/node-packages.txt`` names."""

Reading = dict[tuple[str, int, int], tuple[Any, Any]]
"""Value, and all else that the reader knows of the cell, by sheet, row and column."""

UNREADABLE = -1

Reader = Callable[[Path], Reading | None]
"""None where the program cannot open the workbook."""


def missing_node() -> str:
    """Return why the readers of npm cannot be asked, or ``""``."""
    if shutil.which("node") is None:
        return "needs Node.js (node)"
    if not (NODE_MODULES / "exceljs").is_dir():
        return "needs npm's xlsx and exceljs: python3 packaging/dev.py setup"
    return ""


class NodeReaders:
    """One Node process that reads every workbook: starting one for each costs seconds."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("readers.mjs")
        self._process = subprocess.Popen(
            ["node", "--max-old-space-size=4096", str(script), str(NODE_MODULES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=30)

    def sheetjs(self, path: Path) -> Reading | None:
        return self._read("xlsx", path)

    def exceljs(self, path: Path) -> Reading | None:
        return self._read("exceljs", path)

    def _read(self, reader: str, path: Path) -> Reading | None:
        assert self._process.stdin
        assert self._process.stdout
        print(
            json.dumps({"reader": reader, "path": str(path)}), file=self._process.stdin, flush=True
        )
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            return None
        return {
            (sheet, row, column): (value, rest)
            for sheet, row, column, value, rest in answer["cells"]
        }


def openpyxl(path: Path) -> Reading | None:
    """Return value and style of each cell."""
    return openpyxl_cells(path)


def calamine(path: Path) -> Reading | None:
    cells: Cells | None = calamine_cells(path)
    return None if cells is None else {at: (value, None) for at, value in cells.items()}


def all_readers(node: NodeReaders) -> dict[str, Reader]:
    """Return the readers by the names of their packages."""
    return {
        "openpyxl": openpyxl,
        "calamine": calamine,
        "xlsx": node.sheetjs,
        "exceljs": node.exceljs,
    }


def only_written(before: Reading | None, after: Reading | None, written: Written) -> int:
    """Check that a reader finds what was written and all else as before; return how many cells.

    A workbook that it could not open before, it need not open after: UNREADABLE. The same holds
    where it overlooked the sheet, whose part has an odd name.
    """
    if before is None or (written.changed and not any(at[0] == written.sheet for at in before)):
        return UNREADABLE
    assert after is not None, "cannot be opened any more"
    wrong = {
        at: (after.get(at, (None,))[0], value)
        for at, value in written.values.items()
        if after.get(at, (None,))[0] != value
    }
    assert not wrong, f"{len(wrong)} written cells read (found, meant): {_some(wrong)}"
    other = {
        at: (before.get(at), after.get(at))
        for at in (before.keys() | after.keys()) - written.values.keys()
        if before.get(at) != after.get(at)
    }
    assert not other, f"{len(other)} other cells changed (was, is): {_some(other)}"
    return len(after)


def _some(cells: dict[Any, Any]) -> str:
    return repr(dict(sorted(cells.items())[:4]))[:1500]
