"""What ``register`` says before anything is sent: questions, columns, dates, kinds, estimate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zoomdesk import cli
from zoomdesk.registration import remembered

FAIR, SERIES, NO_TIMES, OPEN_DOOR = "81234567897", "81234567893", "81234567898", "91234567894"
TALKS, PARKING = "Which talks will you attend?", "Do you need a parking space?"
Zoomdesk = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workbook with answers to a form, one heading of which is not the question's."""
    made = openpyxl.Workbook()
    for row in (
        ("Email", "First name", "Last name", "City", "Country", TALKS, "Parking"),
        ("ann@example.com", "Ann", "Lee", "Bonn", "Germany", "opening; closing", "no"),
        ("bob@example.com", "Bob", "Lee", "Ulm", "", "Dinner", "yes"),
        ("cyd@example.com", "Cyd", "Lee", "", "", "Opening", "Yes"),
        ("ANN@example.com", "Ann", "Lee", "Bonn", "", "Opening", "No"),
        ("host@practice.example", "Practice", "Host", "Ulm", "", "Opening", "No"),
        ("not an address", "Dan", "Lee", "Ulm", "", "Opening", "No"),
    ):
        made.worksheets[0].append(row)
    made.save(tmp_path / "fair.xlsx")
    return tmp_path / "fair.xlsx"


@pytest.fixture
def register(book: Path, capsys: pytest.CaptureFixture[str]) -> Zoomdesk:
    """Return what registers the workbook in practice and returns code, object and words."""

    def run(*words: str) -> tuple[int, dict[str, Any], str]:
        code = cli.main(["register", str(book), "--practice", "--json", *words])
        out, err = capsys.readouterr()
        return code, json.loads(out), err

    return run


def test_a_question_without_a_column_stops_the_run_and_names_the_column(
    register: Zoomdesk, book: Path
) -> None:
    before = book.read_bytes()
    code, said, _ = register("--webinar", FAIR)
    assert (code, said["error"]["code"]) == (4, "column-missing")
    assert PARKING in said["error"]["message"]
    assert f'--answer "{PARKING}=Parking"' in said["error"]["hint"]
    assert book.read_bytes() == before
    code, plan, _ = register("--webinar", FAIR, "--dry-run")
    assert (code, plan["to_send"]) == (0, 0)
    assert plan["obstacle"]["missing"] == [{"heading": PARKING, "perhaps": "Parking"}]


def test_every_row_of_a_dry_run_is_of_one_kind(register: Zoomdesk) -> None:
    words = ("--webinar", FAIR, "--answer", f"{PARKING}=Parking")
    plan = register(*words, "--dry-run")[1]
    assert plan["obstacle"] is None
    assert plan["kinds"] == {
        "single": 1,
        "same_address": 1,
        "answers": 1,
        "questions": 1,
        "host": 1,
        "error": 1,
    }
    assert sum(plan["kinds"].values()) == plan["rows"] == 6
    assert plan["estimate"] == {
        "batch_calls": 0,
        "single_calls": 1,
        "list_calls": 0,
        "list_calls_made": 3,
        "seconds": plan["seconds"],
        "plan": "pro",
        "days": 1,
    }
    assert plan["event"]["required"] == ["City", TALKS, PARKING]
    assert plan["event"]["hosts"] == ["host@practice.example"]
    by_row = {each["row"]: each.get("message", "") for each in plan["rows_detail"]}
    assert "“Dinner” is no answer" in by_row[3]
    assert "“City”" in by_row[4]


def test_answers_are_sent_and_a_choice_is_remembered(register: Zoomdesk, book: Path) -> None:
    remembered.remember({"parking": PARKING})
    code, report, _ = register("--webinar", FAIR)
    assert code == 1, "two rows have no usable answer"
    assert (report["registered"], report["not_sent"], report["skipped"]) == (2, 2, 2)
    sheet = openpyxl.load_workbook(book).worksheets[0]
    status = [cell.value for cell in sheet[1]].index("Zoom Status")
    assert [row[status].value for row in sheet.iter_rows(min_row=2)] == [
        "Registered",
        "Not sent",
        "Not sent",
        "Registered",
        "Skipped",
        "Skipped",
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("Parking", "does not say which column"),
        ("Shoe size=Parking", "does not ask “Shoe size”"),
        (f"{PARKING}=Shoes", "no column “Shoes”"),
        (f"{PARKING}=ZZ", "no column “ZZ”"),
    ],
)
def test_columns_and_questions_that_are_not_there(
    register: Zoomdesk, answer: str, words: str
) -> None:
    code, said, _ = register("--webinar", FAIR, "--answer", answer, "--dry-run")
    assert (code, said["error"]["code"]) == (2, "usage")
    assert words in said["error"]["message"]
    assert said["error"]["hint"]


def test_a_column_may_be_named_by_its_letter(register: Zoomdesk) -> None:
    plan = register("--webinar", FAIR, "--answer", f"{PARKING.upper()}=g", "--dry-run")[1]
    assert plan["obstacle"] is None
    assert remembered.load() == {}, "practice is forgotten"


def test_dates_of_a_series_are_chosen_by_their_ids(register: Zoomdesk) -> None:
    everything = register("--webinar", SERIES, "--dry-run")[1]
    dates = [each["id"] for each in everything["event"]["occurrences"]]
    assert len(dates) == 4
    assert all(each["chosen"] for each in everything["event"]["occurrences"])
    words = [word for date in dates[1:3] for word in ("--occurrence", date)]
    plan = register("--webinar", SERIES, "--dry-run", *words)[1]
    chosen = [each["id"] for each in plan["event"]["occurrences"] if each["chosen"]]
    assert chosen == dates[1:3]
    assert plan["estimate"]["batch_calls"] == 0
    assert plan["estimate"]["list_calls_made"] == 6
    code, report, _ = register("--webinar", SERIES, *words)
    assert report["registered"] == 4
    assert code == 0


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (("--webinar", SERIES, "--occurrence", "17"), "no date with the ID 17"),
        (("--webinar", NO_TIMES, "--occurrence", "17"), "recurs without fixed dates"),
        (("--webinar", FAIR, "--occurrence", "17"), "has one date only"),
    ],
)
def test_dates_that_are_not_there(register: Zoomdesk, event: tuple[str, ...], words: str) -> None:
    code, said, _ = register(*event, "--dry-run")
    assert (code, words in said["error"]["message"]) == (2, True)


def test_events_without_fixed_times(register: Zoomdesk, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = register("--meeting", OPEN_DOOR, "--dry-run")
    assert (code, said["error"]["code"]) == (5, "event-unusable")
    assert "without fixed times" in said["error"]["message"]
    plan = register("--webinar", NO_TIMES, "--dry-run")[1]
    assert plan["estimate"]["single_calls"] == plan["to_send"] == 3


def test_a_person_reads_the_same_in_words(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["register", str(book), "--practice", "--webinar", FAIR, "--dry-run"]
    assert cli.main([*words, "--answer", f"{PARKING}=Parking"]) == 0
    out = capsys.readouterr().out
    assert f"Its form requires: City, {TALKS}, {PARKING}." in out
    assert "At Zoom’s limits that takes about 1 second." in out
    assert "1 with an answer that the form does not take" in out
