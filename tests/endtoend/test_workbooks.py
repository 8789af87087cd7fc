"""Register the people of workbooks from many programs; let other programs read what came out.

Promise 2 of DESIGN.md for the whole command: the links are in their rows, as Zoom's own record has
them, every other cell is what it was, and every other member of the package is the same bytes.
"""

from __future__ import annotations

import json
import shutil
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from tests.conftest import ROOT
from tests.endtoend import awkward, books
from tests.endtoend.command import Done, practice_server, run, sign_in
from tests.workbook.libreoffice import as_shown
from tests.workbook.oracles import Cells, calamine_cells, changed_members, openpyxl_cells
from zoomdesk.workbook.opc.package import Package
from zoomdesk.workbook.opc.relationships import read_workbook

pytestmark = pytest.mark.endtoend

CORPUS = ROOT.parent / "shared" / "workbooks" / "corpus"
FROM_CORPUS = (
    "008_ClosedXML_autofilter.xlsx",  # hidden rows under a filter
    "009_ClosedXML_column-style-autofilter.xlsx",  # a table of 5,007 rows, a pivot cache
    "020_ExcelDataReader_Test_git_issue_629.xlsx",  # single quotes, parts at odd places
    "028_JanMarvin_formula_checks.xlsx",  # array formulas, rich data, an external link
    "044_PHPOffice_formscomments.xlsx",  # form controls, comments, pictures, validations
    "065_SheetJS_xlsx-stream-d-date-cell.xlsx",  # dates as texts, inline strings, no dimension
    "096_dotnet_OLE-O12-XL-OLE.xlsx",  # strict OOXML, OLE objects
    "108_dotnet_Pivot3.xlsx",  # a pivot table, connections, metadata
    "131_nissl-lab_GLIMP2.xlsx",  # prefixed XML, comments, XML maps
    "140_theorchard_conditional-formatting.xlsx",  # conditional formats, extended ones too
    "141_theorchard_vba-test.xlsm",  # macros, ActiveX, a ribbon of its own
    "148_xlwings_udf_tests.xlsm",  # macros, dynamic arrays, shared formulas
)
RESULTS = ("Join URL", "Zoom Status", "Registrant ID", "Registered At", "Zoom Message")


@dataclass(frozen=True)
class Job:
    """A workbook before and after, what the command said, and what Zoom itself knows."""

    before: Path
    after: Path
    done: Done
    links: dict[str, str]
    """Zoom's own record: the join link by lower-cased address."""

    @property
    def sheet(self) -> str:
        """Return the sheet that was written."""
        return str(self.done.data["sheet"])


class Desk:
    """Do each job once, however many tests look at it: everything goes to one simulator."""

    def __init__(self, folder: Path, server: dict[str, Any], env: dict[str, str]) -> None:
        self.folder = folder
        self.server = server
        self.env = env
        self.begun = 0
        self.done: dict[str, Job] = {}
        self.wanted: dict[str, dict[int, str]] = {}
        """The address whose link must stand in each row, by workbook."""

    def job(self, name: str) -> Job:
        if name not in self.done:
            self.done[name] = self._do(name)
        return self.done[name]

    def _do(self, name: str) -> Job:
        suffix = Path(name).suffix or ".xlsx"
        self.begun += 1
        number = self.begun
        folder = self.folder / f"job {number}"
        folder.mkdir()
        before, after = folder / f"before{number}{suffix}", folder / f"after{number}{suffix}"
        domain = f"{number}.example.com"
        words = self._make(name, before, domain)
        shutil.copy(before, after)
        webinar = self.server["webinar"]
        done = run("register", after, "--webinar", webinar, "--yes", *words, env=self.env)
        checked = run("check", after, *words, env=self.env)
        done.data["sheet"] = checked.data["sheet"]
        assert [path.name for path in sorted(folder.iterdir())] == [after.name, before.name]
        return Job(before, after, done, self._record(webinar))

    def _make(self, name: str, path: Path, domain: str) -> list[str]:
        """Make the workbook and say which sheet to name to the command."""
        if name == "awkward":
            rows = awkward.make(path, domain)
            self.wanted[name] = {row.number: row.link_of for row in rows}
            return []
        if name in books.MAKERS:
            books.MAKERS[name](path, domain)
            first = {"openpyxl": 4, "xlsxwriter": 3, "libreoffice, from xlsx": 4}.get(name, 2)
            people = books.guests(domain)
            self.wanted[name] = {first + n: person[3] for n, person in enumerate(people)}
            return []
        sheet, rows_given = books.give_people(CORPUS / name, path, domain)
        self.wanted[name] = {row: f"guest{n}@{domain}" for n, row in enumerate(rows_given)}
        return ["--sheet", sheet]

    def _record(self, webinar: str) -> dict[str, str]:
        with urllib.request.urlopen(f"{self.server['url']}/_sim/record", timeout=10) as reply:  # noqa: S310
            people = json.load(reply)["events"][webinar]["registrants"]
        return {person["email"].lower(): person["join_url"] for person in people}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("workbooks")
    home = {"ZOOMDESK_HOME": str(folder / "home")}
    with practice_server("--state", folder / "zoom.state", env=home) as server:
        env = sign_in(server, folder / "home", folder / "keyring")
        yield Desk(folder, server, env)


EVERY = [
    *(
        pytest.param(name, marks=[pytest.mark.libreoffice] if "libreoffice" in name else [])
        for name in books.MAKERS
    ),
    "awkward",
    *FROM_CORPUS,
]


@pytest.mark.parametrize("name", EVERY)
def test_every_link_is_in_its_row_and_all_else_is_as_it_was(name: str, desk: Desk) -> None:
    if name in FROM_CORPUS and not CORPUS.is_dir():
        pytest.skip("needs ../shared, the facts and corpora that lie beside the checkout")
    job = desk.job(name)
    assert job.done.code == 0, job.done
    hidden = {row["row"] for row in job.done.data["rows_detail"] if "Hidden" in row["message"]}
    links = {
        row: job.links[address] if address and row not in hidden else ""
        for row, address in desk.wanted[name].items()
    }
    assert sum(map(bool, links.values())) == job.done.data["registered"] > 0

    for before, after in (
        (calamine_cells(job.before), calamine_cells(job.after)),
        (values(openpyxl_cells(job.before)), values(openpyxl_cells(job.after))),
    ):
        if before is None:
            continue  # the program cannot read this workbook in any case
        assert after is not None
        columns = result_columns(after, job.sheet)
        written = {row: after.get((job.sheet, row, columns["Join URL"]), "") for row in links}
        assert written == links
        for row in job.done.data["rows_detail"]:
            shown = {
                name: after.get((job.sheet, row["row"], columns[name]), "") for name in columns
            }
            assert shown["Zoom Status"] == row["status"]
            assert shown["Registrant ID"] == row["registrant_id"]
            assert shown["Zoom Message"] == row["message"]
        rest = {
            at: value
            for at, value in after.items()
            if not (at[0] == job.sheet and at[2] in columns.values())
        }
        assert rest == before
    assert changed_members(job.before, job.after) <= allowed(job)


def values(cells: Cells | None) -> Cells | None:
    if cells is None:
        return None
    return {at: value for at, (value, _) in cells.items() if value is not None}


def result_columns(cells: Cells, sheet: str) -> dict[str, int]:
    """Return the column of each result; each heading stands once."""
    found = [(at, value) for at, value in cells.items() if at[0] == sheet and value in RESULTS]
    assert len({at[1] for at, _ in found}) == 1
    columns = {value: at[2] for at, value in found}
    assert len(found) == len(columns) == len(RESULTS)
    return columns


def allowed(job: Job) -> set[str]:
    """Return the members that a write may change: sheet, its tables, strings, the workbook part."""
    with Package(job.before) as package:
        book = read_workbook(package)
        part = next(sheet.part for sheet in book.sheets if sheet.name == job.sheet)
    with zipfile.ZipFile(job.before) as archive:
        tables = {name for name in archive.namelist() if "/tables/" in name}
    return {part, book.part, book.shared_strings, *tables}


def test_a_table_grows_around_its_results(desk: Desk) -> None:
    for name, last in (("openpyxl", 15), ("xlsxwriter", 14)):
        job = desk.job(name)
        sheet = openpyxl.load_workbook(job.after)[job.sheet]
        (table,) = sheet.tables.values()
        left, top, right, bottom = range_boundaries(table.ref)
        heads = [cell.value for (cell,) in sheet.iter_cols(left, right, top, top)]
        assert [column.name for column in table.tableColumns] == heads
        assert tuple(heads[-5:]) == RESULTS
        assert bottom == last
        assert right == sheet.max_column


def test_members_that_are_no_cells_are_still_there(desk: Desk) -> None:
    """Charts, macros, controls: what a person would miss, named here so that it cannot vanish."""
    for name, member in (
        ("awkward", "xl/charts/chart1.xml"),
        ("xlsxwriter", "xl/drawings/drawing1.xml"),
        ("141_theorchard_vba-test.xlsm", "xl/vbaProject.bin"),
        ("044_PHPOffice_formscomments.xlsx", "xl/ctrlProps/ctrlProp1.xml"),
        ("108_dotnet_Pivot3.xlsx", "xl/pivotCache/pivotCacheDefinition1.xml"),
    ):
        if name in FROM_CORPUS and not CORPUS.is_dir():
            continue
        job = desk.job(name)
        with zipfile.ZipFile(job.before) as old, zipfile.ZipFile(job.after) as new:
            assert new.read(member) == old.read(member)
            assert new.testzip() is None
            for each in new.namelist():
                if each.endswith((".xml", ".rels")):
                    ET.fromstring(new.read(each))  # noqa: S314  files of ours and of the corpus


@pytest.mark.libreoffice
def test_libreoffice_shows_the_links_and_all_else_as_before(desk: Desk, tmp_path: Path) -> None:
    names = [*books.MAKERS, "awkward", *(FROM_CORPUS if CORPUS.is_dir() else ())]
    jobs = {name: desk.job(name) for name in names}
    shown = as_shown([path for job in jobs.values() for path in (job.before, job.after)], tmp_path)
    for name, job in jobs.items():
        before, after = (shown[f"{path.stem}-{job.sheet}"] for path in (job.before, job.after))
        top = next(index for index, row in enumerate(after) if "Join URL" in row)
        columns = {head: after[top].index(head) for head in RESULTS}
        for number, address in desk.wanted[name].items():
            row = next(each for each in job.done.data["rows_detail"] if each["row"] == number)
            assert after[number - 1][columns["Join URL"]] == row["join_url"], (name, number)
            assert after[number - 1][columns["Zoom Status"]] == row["status"], (name, number)
            if row["join_url"]:
                assert row["join_url"] == job.links[address]
        first = min(columns.values())
        for number, (old, new) in enumerate(zip(before, after, strict=False), 1):
            assert strip(new[:first]) == strip(old), (name, number)


def strip(row: list[str]) -> list[str]:
    """Return the row without the empty cells at its end."""
    while row and not row[-1]:
        row = row[:-1]
    return row
