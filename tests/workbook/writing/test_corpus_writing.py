"""Write into every workbook of the corpus: the rest stays, to the compressed byte (promise 2)."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workbook.oracles import Cells, calamine_cells, changed_members, openpyxl_cells
from zoomdesk.errors import (
    NotAWorkbook,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookHostile,
    WorkbookSigned,
    WriteRefused,
)
from zoomdesk.workbook import Edits, WritePlan, apply, plan
from zoomdesk.workbook.markup.tokenizer import SheetTokens
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import read_workbook
from zoomdesk.workbook.references import CellRange, parse_range

CORPUS = ROOT.parent / "shared" / "workbooks" / "corpus"
WORKBOOKS = sorted(p.name for p in CORPUS.glob("*") if p.suffix not in (".tsv", ""))
REFUSED = {
    "54764-2.xlsx": WorkbookHostile,
    "SampleSS.xls": NotAWorkbook,
    "Simple.xlsb": NotAWorkbook,
    "duplicate-filename.xlsx": WorkbookDamaged,
    "hello-world-signed.xlsx": WorkbookSigned,
    "inlineStr_cdata.xlsx": WriteRefused,
    "issues.ods": NotAWorkbook,
    "pass_protected.ods": NotAWorkbook,
    "pass_protected.xlsb": WorkbookEncrypted,
    "pass_protected.xlsx": WorkbookEncrypted,
    "poc-xmlbomb.xlsx": WorkbookHostile,
    "protected_passtika.xlsx": WorkbookEncrypted,
    "sample-beta.xlsx": WorkbookDamaged,
    "xlsx-corrupted.xlsx": WorkbookDamaged,
    "xor-encryption-abc.xls": NotAWorkbook,
}


def three_a_row(path: Path) -> Edits:
    """Return edits that add three columns, on every row, to the sheet with the most rows.

    One cell that holds something is overwritten too, where there is one that may be.
    """
    with Package(path) as package:
        sheets = {}
        for sheet in read_workbook(package).sheets:
            member = package.find(sheet.part)
            assert member is not None
            tokens = SheetTokens(package.stream(member), sheet.part)
            last, rows, plain = 0, [], []
            for row in tokens.rows():
                rows.append(row.number)
                for cell in tokens.cells(row):
                    last = max(last, cell.column)
                    if cell.value and not cell.formula:
                        plain.append((row.number, cell.column))
            sheets[sheet.name] = (len(rows), rows or [1, 2, 3], last, plain)
    name, (_, rows, last, plain) = max(sheets.items(), key=lambda item: item[1][0])
    cells: dict[tuple[int, int], str | int | float | None] = {}
    for row in rows[1:]:
        cells[row, last + 2] = f"https://zoom.example/w/{row}?tk=a&b=<{row}>"
        cells[row, last + 3] = "Régistré ✓"
        cells[row, last + 4] = row * 1.5
    cells.update(dict.fromkeys(first_writable(path, name, plain[:-20:-1]), "ada@example.org"))
    headings = {last + 2: "Join URL", last + 3: "Zoom Status", last + 4: "Registrant ID"}
    return Edits(name, cells, rows[0], headings)


def first_writable(path: Path, name: str, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    for cell in cells:
        try:
            plan(path, Edits(name, {cell: "x"}))
        except WriteRefused:
            continue
        return [cell]
    return []


@pytest.mark.parametrize("name", WORKBOOKS)
def test_three_columns_are_added_and_nothing_else_changes(name: str, tmp_path: Path) -> None:
    before, after = CORPUS / name, tmp_path / name
    edits = three_a_row(before)
    edited = {at for at, value in edits.cells.items() if value == "ada@example.org"}
    digest = hashlib.sha256(before.read_bytes()).digest()
    checked = plan(before, edits)
    report = apply(checked, after)

    assert hashlib.sha256(before.read_bytes()).digest() == digest
    assert report.cells == len(edits.cells) + 3
    allowed = {checked.sheet.part, checked.book.part, checked.book.shared_strings}
    assert checked.sheet.part in changed_members(before, after) <= allowed
    written: Cells = {(checked.sheet.name, *at): value for at, value in edits.cells.items()}
    for column, heading in edits.new_columns.items():
        written[checked.sheet.name, edits.header_row or 0, column] = heading
    assert_only_written(calamine_cells(before), calamine_cells(after), written)
    old = openpyxl_cells(before)
    if old is not None:
        new = openpyxl_cells(after) or {}
        values = {at: value for at, (value, _) in new.items()}
        assert_only_written({at: v for at, (v, _) in old.items()}, values, written)
        added = written.keys() - {(checked.sheet.name, *at) for at in edited}
        styles = {at: style for at, (_, style) in new.items() if at not in added}
        assert styles == {at: style for at, (_, style) in old.items() if at not in added}
    assert sheet_without(after, checked) == sheet_without(before, checked)


def assert_only_written(before: Cells | None, after: Cells | None, written: Cells) -> None:
    if before is None:
        return
    assert after is not None
    assert {at: after.get(at) for at in written} == written
    assert {at: v for at, v in after.items() if at not in written} == {
        at: v for at, v in before.items() if at not in written
    }


def sheet_without(path: Path, checked: WritePlan) -> str:
    """Return the sheet in canonical form without what a write may change: cells, spans, extent."""
    with Package(path) as package:
        root = ET.fromstring(package.read(checked.sheet.part))  # noqa: S314 - plan() has seen it
    space = root.tag.rpartition("}")[0] + "}"
    for dimension in root.iter(f"{space}dimension"):
        dimension.set("ref", "")
    number = 0
    for row in list(root.iter(f"{space}row")):
        row.attrib.pop("spans", None)
        number = int(row.get("r", number + 1))
        column = 0
        for cell in list(row):
            at = parse_range(cell.get("r", "A1"))
            column = at.first_column if "r" in cell.attrib else column + 1
            if column in checked.rows.get(number, {}):
                row.remove(cell)
    for data in root.iter(f"{space}sheetData"):
        data.text = None  # a self-closed one has been opened
        for row in [row for row in data if not len(row) and set(row.attrib) <= {"r"}]:
            data.remove(row)
    return ET.canonicalize(ET.tostring(root, "unicode"))


@pytest.mark.parametrize(("name", "error"), REFUSED.items())
def test_what_must_not_be_written_is_refused(
    name: str, error: type[WorkbookError], shared: Path
) -> None:
    path = shared / "workbooks" / "corpus" / "refuse" / name
    with pytest.raises(error) as caught:
        plan(path, Edits("Tabelle1" if "bomb" in name else "Sheet1", {(1, 1): "x"}))
    assert caught.value.message.endswith(".")
    assert caught.value.hint


def test_every_refused_file_is_known(shared: Path) -> None:
    """bug66827.xlsx is sound: nothing in it is a reason to refuse it."""
    folder = shared / "workbooks" / "corpus" / "refuse"
    names = {path.name for path in folder.iterdir()} - {"index.tsv"}
    assert names == REFUSED.keys() | {"bug66827.xlsx"}


def test_ranges_know_their_cells() -> None:
    assert (3, 2) in CellRange(1, 1, 3, 3)
    assert (4, 2) not in CellRange(1, 1, 3, 3)
