"""Results find their columns, with headings and without."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from zoomdesk import workbook
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.registration.writeback import write_results
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.own_columns import STATUS_WORDS, own_columns
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings

PEOPLE = [("Ana", "García", "ana@example.com"), ("Bo", "Lee", "bo@example.com")]


def book(path: Path) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in PEOPLE:
        made.active.append(row)
    made.save(path)
    return path


def write(path: Path, *outcomes: Outcome) -> Roster:
    settings = Settings()
    sheet = workbook.read(path)
    roster = Roster.from_grid(sheet, result_headers=settings.result_columns)
    assert roster.header_row == 0
    rehearse(sheet, 0, [1, 2], settings)
    write_results(path, sheet.name, 0, outcomes, {}, settings, expect=sheet.book.fingerprint)
    return Roster.from_grid(workbook.read(path), result_headers=settings.result_columns)


def rows(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_a_sheet_without_headings_gets_results_and_finds_them_again(tmp_path: Path) -> None:
    path = book(tmp_path / "bare.xlsx")
    link = "https://zoom.example/w/1?tk=a"
    roster = write(
        path,
        Outcome(1, "ana@example.com", Status.REGISTERED, link, "id1"),
        Outcome(2, "bo@example.com", Status.FAILED, message="No."),
    )
    assert rows(path)[0][:6] == (*PEOPLE[0], link, "Registered", "id1")
    assert rows(path)[1][4] == "Failed"
    assert [roster.status(index) for index in range(2)] == ["Registered", "Failed"]
    assert {column.field for column in roster.columns if column.field} == {
        Field.EMAIL,
        Field.FIRST_NAME,
        Field.LAST_NAME,
    }
    write(path, Outcome(2, "bo@example.com", Status.REGISTERED, link + "b", "id2"))
    assert rows(path)[1][:6] == (*PEOPLE[1], link + "b", "Registered", "id2")
    assert len(rows(path)[1]) <= 8, "the second time nothing is added to the right"


def test_the_words_are_those_of_the_outcomes() -> None:
    assert {status.value for status in Status} == STATUS_WORDS


def test_only_status_words_beside_links_are_taken_for_ours() -> None:
    expected = dict(zip(range(4, 9), ResultColumn, strict=True))
    assert own_columns({4: ["https://a", ""], 5: ["Registered", "Skipped"]}) == expected
    assert own_columns({4: ["Bonn"], 5: ["Registered"]}) == {}
    assert own_columns({4: ["https://a"], 5: ["Registered", "Maybe"]}) == {}
    assert own_columns({5: ["", ""]}) == {}
