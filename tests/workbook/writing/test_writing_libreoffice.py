"""LibreOffice opens what was written and shows the new cells, and all others as before."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from tests.workbook.libreoffice import as_shown
from tests.workbook.writing.test_corpus_writing import CORPUS, three_a_row
from zoomdesk.workbook import Edits, apply, plan

BOOKS = [
    "000_ClosedXML_CFDataBar.xlsx",
    "008_ClosedXML_autofilter.xlsx",
    "020_ExcelDataReader_Test_git_issue_629.xlsx",
    "096_dotnet_OLE-O12-XL-OLE.xlsx",
    "112_dotnet_missingcalcchainpart.xlsx",
    "120_mini-software_TestIssue227.xlsm",
    "131_nissl-lab_GLIMP2.xlsx",
    "144_xlwings_engines.xlsm",
]


@pytest.mark.libreoffice
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus of workbooks")
def test_libreoffice_shows_what_was_written_and_all_else_as_before(tmp_path: Path) -> None:
    paths, written = [], {}
    for name in BOOKS:
        before, after = tmp_path / f"before-{name}", tmp_path / f"after-{name}"
        before.write_bytes((CORPUS / name).read_bytes())
        edits = three_a_row(before)
        apply(plan(before, edits), after)
        paths += [before, after]
        written[f"{after.stem}-{edits.sheet}"] = edits
    shown = as_shown(paths, tmp_path)
    assert written.keys() <= shown.keys()
    for key, after_rows in shown.items():
        if key.startswith("after-"):
            compare(shown["before-" + key.removeprefix("after-")], after_rows, written.get(key))


def compare(before: list[list[str]], after: list[list[str]], edits: Edits | None) -> None:
    expected: dict[tuple[int, int], str] = {}
    if edits is not None:
        expected = {at: str(value) for at, value in edits.cells.items()}
        for column, heading in edits.new_columns.items():
            expected[edits.header_row or 0, column] = heading
    for row, (old, new) in enumerate(zip_longest(before, after, fillvalue=[]), 1):
        for column, (was, now) in enumerate(zip_longest(old, new, fillvalue=""), 1):
            want = expected.get((row, column), was)
            if isinstance(edits and edits.cells.get((row, column)), float):
                assert float(now) == float(want)
            else:
                assert now == want, (row, column)
