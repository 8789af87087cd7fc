"""Hazards of workbooks/README.md at the level of a run: headerless tables, the cost of a save."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.registration.office import LINKED, Office, person
from tests.workbook.handmade import MAIN, OFFICE, book
from zoomdesk import workbook
from zoomdesk.registration.events import RowsAnswered, RunEvent
from zoomdesk.registration.journal import Journal
from zoomdesk.registration.writeback import write_results
from zoomdesk.roster.table import Person, Roster
from zoomdesk.settings import Settings

GUESTS = 95


def headerless_book(path: Path, guests: int) -> Path:
    """Make a sheet without headings whose people stand in a table without headings."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="str"><v>guest{row}@example.com</v></c>'
        f'<c r="B{row}" t="str"><v>Guest</v></c></row>'
        for row in range(1, guests + 1)
    )
    table = (
        f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:B{guests}" '
        'headerRowCount="0"><tableColumns count="2"><tableColumn id="1" name="Column1"/>'
        '<tableColumn id="2" name="Column2"/></tableColumns></table>'
    )
    return book(
        path,
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>'
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>',
        sheet_links=f'<Relationship Id="rId1" Type="{OFFICE}/table" Target="../tables/t.xml"/>',
        parts={"xl/tables/t.xml": table},
    )


def people_of(guests: int) -> list[Person]:
    return [person(row, f"guest{row}@example.com", "Guest") for row in range(1, guests + 1)]


def test_hazard_11_results_beside_a_table_without_headings(office: Office, tmp_path: Path) -> None:
    path = headerless_book(tmp_path / "people.xlsx", 3)
    roster = Roster.from_grid(workbook.read(path), result_headers=Settings().result_columns)
    assert roster.header_row == 0
    rows = [roster.person(index).row for index in range(3)]
    assert rows == [1, 2, 3]
    report = office.register(people_of(3))
    write_results(
        path, "List", 0, report.outcomes, {}, Settings(),
        expect=workbook.inspect(path).fingerprint,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(path)["List"]
    assert sheet.tables["T"].ref == "A1:B3"
    links = {outcome.row: outcome.join_url for outcome in report.outcomes}
    assert [links[row] in [cell.value for cell in sheet[row]] for row in (1, 2, 3)] == [True] * 3
    assert sheet["C1"].value is None  # a column that touches a table would join it in Excel's eyes


def test_hazard_19_results_go_to_the_journal_first_and_to_the_workbook_once(
    office: Office, tmp_path: Path
) -> None:
    path = headerless_book(tmp_path / "people.xlsx", GUESTS)
    people = people_of(GUESTS)
    untouched = (path.read_bytes(), path.stat().st_ino)
    answered = 0

    def look(event: RunEvent) -> None:
        nonlocal answered
        if isinstance(event, RowsAnswered):
            answered += len(event.outcomes)
            with Journal(office.journal.path, realm=office.sim.api_url) as other:  # another eye
                kept = {outcome.row: outcome for outcome in other.outcomes(run_id)}
            assert {kept[outcome.row] for outcome in event.outcomes} == set(event.outcomes)
            assert (path.read_bytes(), path.stat().st_ino) == untouched

    run = office.run_of(people, on_event=look)
    (record,) = office.journal.unfinished()
    run_id = record.id
    report = run.execute()
    assert answered >= GUESTS
    assert {outcome.status for outcome in report.outcomes} <= LINKED
    assert (path.read_bytes(), path.stat().st_ino) == untouched
    written = write_results(
        path, "List", 0, report.outcomes, {}, Settings(backup=False),
        expect=workbook.inspect(path).fingerprint,
    )  # fmt: skip
    assert path.stat().st_ino != untouched[1]
    assert written.not_written == ()
