"""Hazard 15 in every workbook of the corpus: a real link, valid, and all else as before."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.workbook.corpus.schema import assert_no_new_faults
from tests.workbook.oracles import calamine_cells, openpyxl_cells
from zoomdesk.workbook import Edits, apply, plan, read

CORPUS = ROOT.parent / "shared" / "workbooks" / "corpus"
WORKBOOKS = sorted(p.name for p in CORPUS.glob("*") if p.suffix not in (".tsv", ""))
URL = "https://zoom.example/w/1?a=b&c=d"
SMALL = 40_000
"""Bytes up to which a workbook is validated: ten thousand rows take the validator minutes."""

pytestmark = pytest.mark.skipif(not WORKBOOKS, reason="needs ../shared, the corpora")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_real_link(name: str, tmp_path: Path) -> None:
    path, after = CORPUS / name, tmp_path / name
    sheet = read(path)
    cell = (max(sheet.row_numbers, default=0) + 2, sheet.last_column + 2)
    apply(plan(path, Edits(sheet.name, {cell: "Join"}, hyperlinks={cell: URL})), after)
    if path.stat().st_size < SMALL:
        assert_no_new_faults(path, after)
    assert read(after).hyperlinks == dict(sheet.hyperlinks) | {cell: URL}
    for cells_of in (calamine_cells, openpyxl_cells):
        before, now = cells_of(path), cells_of(after)
        if before is not None and now is not None:
            assert now.pop((sheet.name, *cell))
            before.pop((sheet.name, *cell), None)  # it may have had a format
            assert now == before
    if openpyxl_cells(path) is not None:
        assert target_by_openpyxl(after, sheet.name, cell) == URL


def target_by_openpyxl(path: Path, sheet: str, cell: tuple[int, int]) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        link = openpyxl.load_workbook(BytesIO(path.read_bytes()))[sheet].cell(*cell).hyperlink
    return link.target if link is not None else None
