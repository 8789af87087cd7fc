"""Write into a workbook made for a test, and look at what came of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.workbook.handmade import MAIN
from tests.workbook.oracles import Cells, calamine_cells
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import Edits, apply, plan
from zoomdesk.workbook.opc.package import Package

SHEET = "xl/worksheets/sheet1.xml"
NUMBERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>'


def write(path: Path, edits: Edits) -> Path:
    after = path.with_name("after" + path.suffix)
    apply(plan(path, edits), after)
    return after


def sheet_of(path: Path, part: str = SHEET) -> str:
    with Package(path) as package:
        return package.read(part).decode()


def refuse(path: Path, edits: Edits, words: str) -> None:
    content = path.read_bytes()
    with pytest.raises(WriteRefused, match=words):
        plan(path, edits)
    assert path.read_bytes() == content


def cells_of(path: Path) -> Cells:
    cells = calamine_cells(path)
    assert cells is not None
    return {at[1:]: value for at, value in cells.items()}  # type: ignore[misc] # row and column


def framed(rows: str, after: str, before: str = "") -> str:
    """Return a worksheet part with ``after`` behind its rows and ``before`` in front of them."""
    data = f"{before}<sheetData>{rows}</sheetData>{after}"
    return f'<worksheet xmlns="{MAIN}">{data}</worksheet>'


def rewritten(path: Path, part: str, content: str) -> Path:
    """Return a copy of the workbook, named ``rewritten``, with one part changed."""
    copy = path.with_name("rewritten" + path.suffix)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for info in old.infolist():
            new.writestr(info, content if info.filename == part else old.read(info))
    return copy
