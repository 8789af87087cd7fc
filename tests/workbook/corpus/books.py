"""The workbooks that others made, beside the checkout."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT

CORPUS = ROOT.parent / "shared" / "workbooks" / "corpus"
SOUND = CORPUS / "refuse" / "bug66827.xlsx"
"""Stands among the refused, but is sound: nothing in it is damaged, doubled, locked or signed."""
ODD = CORPUS / "refuse" / "inlineStr_cdata.xlsx"
"""Stands there too, but can be written: the CDATA sections of its cells stay as they are."""


def books_in(folder: Path) -> list[Path]:
    """Return the workbooks of a folder, by name."""
    return sorted(path for path in folder.glob("*.xl*") if path.is_file())
