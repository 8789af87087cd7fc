"""Ask LibreOffice what it shows: an oracle that shares no code with ours."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Comma, quote, UTF-8, from line 1, cells as shown (the ninth), every sheet into its own file."""


def as_shown(paths: Sequence[Path], folder: Path) -> dict[str, list[list[str]]]:
    """Return rows of displayed text by ``book-sheet``, the stem of the book and the sheet's name.

    All books are converted by one process with a profile of its own in ``folder``.
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice)")
    shown = folder / "shown"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", AS_SHOWN,
            "--outdir", str(shown), *map(str, paths),
        ],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    rows = {}
    for file in shown.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            rows[file.stem] = list(csv.reader(lines))
    assert rows, "LibreOffice wrote nothing"
    return rows
