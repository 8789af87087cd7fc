from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest

from zoomdesk.desktop import books, jobs
from zoomdesk.desktop.document import Wanted
from zoomdesk.errors import NoPeopleFound, SheetNotFound, WriteFailed
from zoomdesk.registration.events import ignore
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.pausing import PauseSwitch
from zoomdesk.roster.table import Person, Roster
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.simulator import SAMPLE_WEBINAR_ID
from zoomdesk.zoom.cancel import CancelToken
from zoomdesk.zoom.events import EventKind, EventRef, Reference

T = TypeVar("T")


def finish(work: Generator[None, None, T]) -> T:
    """Drive sliced work to its end, as the bridge does."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result


@pytest.fixture
def roster(guests: Path) -> Roster:
    return books.open_book(Wanted(guests), Settings()).roster


def book(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


PEOPLE = [["Email", "First name"], ["ada@example.com", "Ada"], ["bob@example.com", "Bob"]]


def test_the_first_sheet_with_people_is_opened(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", {"Notes": [["Bring cake"]], "List": PEOPLE, "More": PEOPLE})
    document = books.open_book(Wanted(path), Settings())
    assert document.current == "List"
    assert document.roster.ticked == {0, 1}


def test_a_hidden_sheet_is_not_opened_by_itself(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", {"Notes": [["Bring cake"]], "Old": PEOPLE})
    made = openpyxl.load_workbook(path)
    made["Old"].sheet_state = "hidden"
    made.save(path)
    with pytest.raises(NoPeopleFound):
        books.open_book(Wanted(path), Settings())
    assert books.open_book(Wanted(path, "Old"), Settings()).sheet_names == ["Notes", "Old"]


def test_a_named_sheet_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SheetNotFound):
        books.open_book(Wanted(book(tmp_path / "b.xlsx", {"List": PEOPLE}), "Lost"), Settings())


def test_the_sample_is_never_overwritten(tmp_path: Path) -> None:
    first = jobs.copy_sample(tmp_path / "Practice")
    first.write_bytes(b"edited")
    second = jobs.copy_sample(tmp_path / "Practice")
    assert (first.name, second.name) == ("Practice guests.xlsx", "Practice guests 2.xlsx")
    assert first.read_bytes() == b"edited"


def test_a_sample_that_cannot_be_copied_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteFailed, match="file"):
        jobs.copy_sample(tmp_path / "file")


def test_problems_are_grouped_with_their_fix(roster: Roster) -> None:
    groups = finish(jobs.group_problems(roster))
    fixes = {(g.wrong, g.fix): len(g.indexes) for g in groups if g.fix}
    assert fixes == {
        ("gmial.com", "gmail.com"): 3,
        ("carlos.mendes(at)example.org", "carlos.mendes@example.org"): 1,
        ("", "Reception"): 1,
    }
    errors = {index for group in groups if group.error for index in group.indexes}
    assert errors == {i for i in range(len(roster)) if roster.has_error(i)}


def test_rows_that_are_registered_are_no_problem_any_more(roster: Roster) -> None:
    from zoomdesk.registration.cells import result_texts

    index = next(i for i in range(len(roster)) if "gmial" in roster.person(i).email)
    done = Outcome(
        roster.row_number(index), "x", Status.REGISTERED, "https://zoom.example/w/1", "1"
    )
    roster.set_result(index, result_texts(done))
    groups = finish(jobs.group_problems(roster))
    assert index not in {i for group in groups for i in group.indexes}


def test_who_stays_behind_is_counted_by_why(roster: Roster) -> None:
    everybody = finish(jobs.ticked_people(roster))
    assert (len(everybody.people), everybody.errors, everybody.duplicates) == (44, 2, 2)
    assert everybody.unticked == 0
    roster.tick([next(iter(roster.ticked))], on=False)
    assert finish(jobs.ticked_people(roster)).unticked == 1


def test_outcomes_follow_their_address_when_rows_have_moved(tmp_path: Path) -> None:
    rows = [["Email", "First name"], ["new@example.com", "New"], *PEOPLE[1:]]
    path = book(tmp_path / "b.xlsx", {"List": rows})
    roster = books.open_book(Wanted(path), Settings()).roster
    outcomes = [
        Outcome(2, "ada@example.com", Status.REGISTERED),  # stands in row 3 now
        Outcome(3, "BOB@example.com", Status.PENDING),  # stands in row 4 now
        Outcome(4, "gone@example.com", Status.FAILED),
    ]
    placed = jobs.outcomes_by_address(roster, outcomes)
    assert [(o.row, o.status) for o in placed] == [(3, Status.REGISTERED), (4, Status.PENDING)]


def test_a_run_goes_on_in_the_form_of_batches_that_is_set_today() -> None:
    with Services.practice(settings=Settings(multipart=True)) as services:
        assert services.simulator is not None
        simulator = services.simulator
        simulator.behaviour = replace(simulator.behaviour, multipart_accepted=False)
        people = tuple(Person(n, f"g{n}@example.com", f"G{n}", "Example", {}) for n in range(2, 6))
        record = RunRecord(
            ref=EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID),
            topic="Webinar",
            book="guests.xlsx",
            sheet="Guests",
            people=people,
        )
        run = services.journal.start_run(record)
        report = jobs.resume_run(services, run, ignore, CancelToken(), PauseSwitch())
    assert report.stopped is not None
    assert "multipart" in report.stopped.hint


def test_upcoming_events_come_in_their_order_and_a_bare_number_is_found_in_both_kinds() -> None:
    with Services.practice() as services:
        events = jobs.upcoming(services.client())
        starts = [event.start for event in events if event.start is not None]
        assert starts == sorted(starts)
        assert {event.ref.kind for event in events} == set(EventKind)
        for kind in EventKind:
            ref = next(e.ref for e in events if e.ref.kind is kind and "without" not in e.topic)
            found = jobs.read_event(services.client(), Reference(None, ref.id))
            assert found.event.ref == ref
