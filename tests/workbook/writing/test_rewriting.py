"""A workbook that is written and opened again, in any order: a model says what it holds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.workbook.oracles import calamine_cells, openpyxl_cells
from tests.workbook.sheets import TEXT, sheet_xml
from tests.workbook.writing.test_random_writing import CELLS, write_book
from zoomdesk.errors import WriteRefused
from zoomdesk.workbook import ColumnValues, Edits, apply, place_columns, plan, read
from zoomdesk.workbook.display.number_format import general

At = tuple[int, int]
Held = dict[At, Any]
"""What cells hold that are not empty, by row and column."""

PLACES = st.tuples(st.integers(1, 45), st.integers(1, 34))
LINKS = st.sampled_from(["https://example.org/?a=1&b=2#part", "mailto:ada@ex.org", "#List!B2"])


def by_openpyxl(path: Path) -> Held:
    cells = openpyxl_cells(path) or {}
    return {at[1:]: value for at, (value, _) in cells.items() if value not in (None, "")}  # type: ignore[misc] # row and column


def by_calamine(path: Path) -> Held:
    return {at[1:]: value for at, value in (calamine_cells(path) or {}).items()}  # type: ignore[misc] # row and column


def by_zoomdesk(path: Path) -> Held:
    sheet = read(path)
    return {
        (row, column): text
        for column, texts in sheet.columns.items()
        for row, text in zip(sheet.row_numbers, texts, strict=True)
        if text
    }


def displayed(value: Any) -> str:
    return value if isinstance(value, str) else general(value)


READERS = {
    "openpyxl": (by_openpyxl, lambda value: value),
    "calamine": (by_calamine, lambda value: value),
    "zoomdesk": (by_zoomdesk, displayed),
}
"""How each finds cells, and what it must find of a value that was written."""


class Rewriting(RuleBasedStateMachine):
    """The model: what each reader must find, which cells are formulas, which lead somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "book.xlsx")
        self.held: dict[str, Held] = {}
        self.formulas: set[At] = set()
        self.links: dict[At, str] = {}
        self.saves = 0

    @initialize(sheet=sheet_xml(), shared_strings=st.booleans())
    def start(self, sheet: str, shared_strings: bool) -> None:
        write_book(self.path, sheet, shared_strings)
        self.held = {name: found(self.path) for name, (found, _) in READERS.items()}
        self.formulas = set(read(self.path).formulas)

    def save(self, edits: Edits) -> None:
        """Write, every other time to a new file that is then the workbook."""
        fingerprint = read(self.path).book.fingerprint
        checked = plan(self.path, edits, expect=fingerprint)
        self.saves += 1
        if self.saves % 2:
            report = apply(checked)
        else:
            report = apply(checked, self.path.with_name(f"{self.saves}.xlsx"))
            self.path = report.path
        assert report.fingerprint == read(self.path).book.fingerprint

    def hold(self, cells: Held) -> None:
        self.formulas -= cells.keys()
        for name, (_, of) in READERS.items():
            self.held[name] = {
                at: value for at, value in self.held[name].items() if at not in cells
            } | {at: of(value) for at, value in cells.items() if value is not None}
        for at in (at for at, value in cells.items() if value is None):
            self.links.pop(at, None)

    @rule(cells=CELLS, overwrite=st.booleans())
    def write(self, cells: dict[At, Any], overwrite: bool) -> None:
        refused = bool(self.formulas & cells.keys()) and not overwrite
        try:
            self.save(Edits("List", cells, overwrite_formulas=overwrite))
        except WriteRefused:
            assert refused
            return
        assert not refused
        self.hold(cells)

    @rule(column=st.integers(1, 34), first=st.integers(1, 40), texts=st.lists(TEXT, max_size=9))
    def write_a_column(self, column: int, first: int, texts: list[str]) -> None:
        rows = range(first, first + len(texts))
        values = [text or None for text in texts]
        edits = Edits("List", columns={column: ColumnValues(rows, values)}, overwrite_formulas=True)
        self.save(edits)
        self.hold({(row, column): value for row, value in zip(rows, values, strict=True)})

    @rule(header=st.integers(1, 12), names=st.lists(st.sampled_from("XYZ"), unique=True))
    def add_columns(self, header: int, names: list[str]) -> None:
        placed = place_columns(read(self.path), header, names, [header + 1])
        new = {placed.columns[name]: name for name in placed.new}
        cells = {(header + 1, column): name * 2 for name, column in placed.columns.items()}
        if self.formulas & cells.keys():
            return
        self.save(Edits("List", cells, header, new))
        self.hold({**cells, **{(header, column): name for column, name in new.items()}})

    @rule(data=st.data())
    @precondition(lambda self: self.held["openpyxl"])
    def clear(self, data: st.DataObject) -> None:
        some = st.lists(st.sampled_from(sorted(self.held["openpyxl"])), min_size=1, unique=True)
        cells = dict.fromkeys(data.draw(some))
        self.save(Edits("List", cells, overwrite_formulas=True))
        self.hold(cells)

    @rule(links=st.dictionaries(PLACES, LINKS, min_size=1, max_size=4))
    def link(self, links: dict[At, str]) -> None:
        cells = dict.fromkeys(links, "a link")
        self.save(Edits("List", cells, hyperlinks=links, overwrite_formulas=True))
        self.hold(cells)
        self.links |= links

    @rule(rows=st.sets(st.integers(1, 45), min_size=1, max_size=5))
    def remove_rows(self, rows: set[int]) -> None:
        """Rows below move up; refused only where a formula or link might mean another cell then."""
        try:
            self.save(Edits("List", removed_rows=rows))
        except WriteRefused:
            assert self.formulas or any(link.startswith("#") for link in self.links.values())
            return

        def moved(cells: dict[At, Any]) -> dict[At, Any]:
            return {
                (row - sum(gone < row for gone in rows), column): value
                for (row, column), value in cells.items()
                if row not in rows
            }

        self.held = {name: moved(held) for name, held in self.held.items()}
        self.links = moved(self.links)
        self.formulas = set(moved(dict.fromkeys(self.formulas)))

    @invariant()
    def every_reader_agrees(self) -> None:
        for name, held in self.held.items():
            assert READERS[name][0](self.path) == held, name

    @invariant()
    def formulas_and_links_are_known(self) -> None:
        if self.held:
            sheet = read(self.path)
            assert sheet.formulas.keys() == self.formulas
            assert dict(sheet.hyperlinks) == self.links

    @invariant()
    def openpyxl_finds_the_links(self) -> None:
        if not self.links:
            return
        sheet = openpyxl.load_workbook(self.path)["List"]
        for (row, column), target in self.links.items():
            found = sheet.cell(row, column).hyperlink
            assert found is not None
            fragment = f"#{found.location}" if found.location else ""
            assert (found.target or "") + fragment == target

    def teardown(self) -> None:
        self.folder.cleanup()


TestRewriting = Rewriting.TestCase
TestRewriting.settings = settings(deadline=None, max_examples=12, stateful_step_count=8)
