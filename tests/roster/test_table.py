from __future__ import annotations

import pytest

from tests.roster.grids import RESULT_HEADERS, Sheet, sheet
from zoomdesk.errors import NoPeopleFound
from zoomdesk.registration.outcome import Status
from zoomdesk.roster.fields import Field, ResultColumn
from zoomdesk.roster.filters import Filter
from zoomdesk.roster.problems import Severity
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Person, Roster

GUESTS = [
    "Guests|||",
    "|||",
    "Given name|Surname|E-Mail|Company",
    "Ana|García-López|ana@x.org|Northwind",
    "Björn|Sørensen| Bjorn@X.org |",
    "|Dupont|chloe@gmial.com|",
    "||||",
    "Fatima|Haddad|fatima@northwind|Contoso",
    "Ana|López|ANA@x.org|",
    "Tomás|Ñandú|tomas@z.org|",
]


def roster(rows: list[str] = GUESTS, **options: object) -> Roster:
    return Roster.from_grid(sheet(rows, **options), result_headers=RESULT_HEADERS)


def test_people_are_the_rows_that_hold_somebody() -> None:
    people = roster()
    assert [people.row_number(index) for index in range(len(people))] == [4, 5, 6, 8, 9, 10]
    assert [people.index_of_row(number) for number in (4, 8, 7, 3, 99)] == [0, 3, -1, -1, -1]
    assert (people.name, people.header_row) == ("People", 3)


def test_columns_are_the_sheets_then_the_missing_results() -> None:
    columns = roster().columns
    assert [column.header for column in columns] == [
        "Given name",
        "Surname",
        "E-Mail",
        "Company",
        *RESULT_HEADERS.values(),
    ]
    assert [column.sheet_column for column in columns] == [1, 2, 3, 4] + [None] * 5
    assert [column.position for column in columns] == list(range(9))
    assert [column.read_only for column in columns] == [False] * 4 + [True] * 5
    assert columns[3].field is Field.ORG


def test_result_columns_of_the_sheet_are_not_added_again() -> None:
    people = roster(["Zoom Status|Email|Join URL", "Registered|ana@x.org|https://x.zoom.us/w/1"])
    assert [column.result for column in people.columns] == [
        ResultColumn.STATUS,
        None,
        ResultColumn.JOIN_URL,
        ResultColumn.REGISTRANT_ID,
        ResultColumn.REGISTERED_AT,
        ResultColumn.MESSAGE,
    ]
    assert people.status(0) == "Registered"


def test_a_person_is_what_zoom_is_told() -> None:
    people = roster()
    assert people.person(0) == Person(
        4, "ana@x.org", "Ana", "García-López", {Field.ORG: "Northwind"}
    )
    assert people.person(1) == Person(5, "Bjorn@x.org", "Björn", "Sørensen", {})
    assert people.person(3).email == ""


def test_problems_are_by_cell_and_the_worst_first() -> None:
    people = roster()
    assert people.problems(5) == ()
    assert people.problem_at(3, 2) is not None
    assert people.problem_at(3, 0) is None
    assert people.problem_at(3, 8) is None
    severities = [problem.severity for problem in people.problems(2)]
    assert severities == [Severity.ERROR, Severity.WARNING]
    assert people.has_error(2)
    assert people.has_warning(2)
    assert not people.has_error(1)
    assert not people.has_warning(1)


def test_duplicates_are_a_question_and_the_first_stands_for_them() -> None:
    people = roster()
    assert people.duplicate_groups() == [(0, 4)]
    first, later = people.problem_at(0, 2), people.problem_at(4, 2)
    assert first is not None
    assert later is not None
    assert (first.code, first.severity) == ("duplicate-first", Severity.WARNING)
    assert "row 9" in first.message
    assert (later.code, later.severity) == ("duplicate-later", Severity.WARNING)
    assert "row 4" in later.message
    assert [people.standing(index) for index in (0, 4)] == [Standing.READY, Standing.LATER]


def test_a_row_with_an_error_does_not_stand_for_its_address() -> None:
    people = roster(["Email|First name", "ana@x.org|", "ana@x.org|Ana", "ana@x.org|Anna"])
    assert [people.standing(index) for index in range(3)] == [
        Standing.TO_FIX,
        Standing.READY,
        Standing.LATER,
    ]


def test_a_hidden_row_does_not_stand_for_its_address() -> None:
    people = roster(["Email|First name", "ana@x.org|Ana", "ana@x.org|Anna"], hidden=[2])
    assert people.is_hidden(0)
    assert people.hidden_count == 1
    assert people.tick_all_valid() == 1
    assert people.ticked == {1}


def test_many_duplicates_are_not_all_listed() -> None:
    people = roster(["Email|First name", *["ana@x.org|Ana"] * 50])
    problem = people.problem_at(9, 0)
    assert problem is not None
    assert "rows 2, 3, 4, 5, 6, …" in problem.message


def test_counts_divide_the_rows() -> None:
    people = roster()
    counts = people.counts()
    assert (counts.all, counts.ready, counts.to_fix, counts.duplicates) == (6, 3, 2, 1)
    for view, count in zip(Filter, [6, 3, 2, 1, 0, 0, 0], strict=True):
        assert len(people.filtered(view)) == count


def test_filtered_by_view_and_text() -> None:
    people = roster()
    assert people.filtered(Filter.TO_FIX) == [2, 3]
    assert people.filtered(Filter.ALL, "LÓPEZ") == [0, 4]
    assert people.filtered(Filter.READY, "lópez") == [0]
    assert people.filtered() == [0, 1, 2, 3, 4, 5]


def test_sorted_by_a_column() -> None:
    people = roster()
    assert people.sorted_rows(0, False, range(6)) == [0, 4, 1, 3, 5, 2]
    assert people.sorted_rows(0, True, [1, 2, 3]) == [3, 1, 2]


def test_ticking() -> None:
    people = roster()
    assert people.ticked == set()
    people.tick([0, 3], True)
    people.tick([3], False)
    assert people.ticked == {0}
    assert people.tick_all_valid() == 3
    assert people.ticked == {0, 1, 5}


@pytest.mark.parametrize(
    ("status", "link", "standing"),
    [
        ("Registered", "https://x.zoom.us/w/1", Standing.REGISTERED),
        ("already registered", "https://x.zoom.us/w/1", Standing.REGISTERED),
        (" Registered ", " ", Standing.READY),
        ("Pending approval", "", Standing.PENDING),
        ("Failed", "", Standing.READY),
        ("Denied", "", Standing.READY),
        ("Cancelled", "", Standing.ENDED),
        ("Deleted", "", Standing.ENDED),
        ("", "", Standing.READY),
    ],
)
def test_what_stands_in_the_status_column_counts(
    status: str, link: str, standing: Standing
) -> None:
    people = roster(["Email|First name|Zoom Status|Join URL", f"ana@x.org|Ana|{status}|{link}"])
    assert people.standing(0) is standing
    assert people.tick_all_valid() == (standing is Standing.READY)


def test_the_words_of_the_status_column_are_the_runs() -> None:
    for status in Status:
        people = roster(["Email|First name", "ana@x.org|Ana"])
        people.set_result(
            0, {ResultColumn.STATUS: status.value, ResultColumn.JOIN_URL: "https://x"}
        )
        settled = people.standing(0) in (Standing.REGISTERED, Standing.PENDING)
        assert settled == (status in (Status.REGISTERED, Status.ALREADY_REGISTERED, Status.PENDING))
        ended = people.standing(0) is Standing.ENDED
        assert ended == (status in (Status.CANCELLED, Status.DELETED))


def test_others_with_the_address_of_a_registered_person_are_left_out() -> None:
    people = roster()
    people.set_result(4, {ResultColumn.STATUS: "Registered", ResultColumn.JOIN_URL: "https://x"})
    assert people.standing(4) is Standing.REGISTERED
    assert people.standing(0) is Standing.LATER
    assert people.counts().registered == 1


def test_nobody_who_was_deleted_is_ticked_by_another_row_of_the_address() -> None:
    people = roster()
    people.set_result(4, {ResultColumn.STATUS: "Deleted", ResultColumn.REGISTRANT_ID: " abc "})
    assert people.standing(0) is Standing.LATER
    assert people.filtered(Filter.ENDED) == [4]
    assert people.registrant_id(4) == "abc"
    people.tick_all_valid()
    assert not people.ticked & {0, 4}
    people.tick([4], on=True)
    assert 4 in people.ticked


def test_results_are_shown_and_are_no_edits() -> None:
    people = roster()
    values = {ResultColumn.STATUS: "Failed", ResultColumn.MESSAGE: "Zoom says no."}
    people.set_result(2, values)
    people.set_result(2, {ResultColumn.STATUS: "Registered"})
    assert people.status(2) == "Registered"
    assert people.text(2, 8) == "Zoom says no."
    assert people.results() == {2: {**values, ResultColumn.STATUS: "Registered"}}
    assert people.edits() == {}


def test_an_edit_is_checked_at_once_and_kept_for_the_workbook() -> None:
    people = roster()
    diff = people.set_texts({(2, 0): "Chloé", (2, 2): "chloe@gmail.com"})
    assert people.problems(2) == ()
    assert diff.rows == (2,)
    assert people.edits() == {(6, 1): "Chloé", (6, 3): "chloe@gmail.com"}


def test_an_edit_settles_the_rows_that_shared_its_address() -> None:
    people = roster()
    diff = people.set_texts({(0, 2): "tomas@z.org"})
    assert diff.rows == (0, 4, 5)
    assert people.duplicate_groups() == [(0, 5)]
    assert [people.standing(index) for index in (0, 4, 5)] == [
        Standing.READY,
        Standing.READY,
        Standing.LATER,
    ]


def test_undo_and_redo() -> None:
    people = roster()
    before = [people.problems(index) for index in range(6)]
    diff = people.set_texts({(0, 2): "tomas@z.org", (3, 2): "fatima@northwind.com"})
    after = [people.problems(index) for index in range(6)]
    assert people.apply_diff(diff, reverse=True) == diff.rows
    assert [people.problems(index) for index in range(6)] == before
    assert people.edits() == {}
    people.apply_diff(diff)
    assert [people.problems(index) for index in range(6)] == after
    assert set(people.edits()) == {(4, 3), (8, 3)}


def test_typing_what_stands_there_is_no_edit() -> None:
    people = roster()
    diff = people.set_texts({(0, 0): "Ana"})
    assert not diff
    assert (diff.rows, people.edits()) == ((), {})


def test_formulas_and_results_refuse_edits_and_then_nothing_is_changed() -> None:
    people = roster(formulas={(4, 2): "=A4", (99, 1): "=1", (4, 99): "=1"})
    assert people.is_formula(0, 1)
    assert not people.editable(0, 1)
    assert people.editable(1, 1)
    for cell in ((0, 1), (0, 4)):
        with pytest.raises(ValueError, match="read-only"):
            people.set_texts({(1, 0): "Bob", cell: "x"})
    assert people.text(1, 0) == "Björn"
    assert people.edits() == {}


def test_an_emptied_row_is_nobody_and_no_error() -> None:
    people = roster()
    people.set_texts({(3, position): "" for position in range(4)})
    assert people.is_blank(3)
    assert people.problems(3) == ()
    assert people.counts().to_fix == 1
    people.tick_all_valid()
    assert 3 not in people.ticked


def test_a_link_behind_a_cell_holds_until_the_cell_is_edited() -> None:
    people = roster(["Name|Email", "Ana|write to me"], links={(2, 2): "mailto:ana@x.org"})
    assert people.person(0).email == "ana@x.org"
    diff = people.set_texts({(0, 1): "write to her"})
    assert people.has_error(0)
    people.apply_diff(diff, reverse=True)
    assert people.person(0).email == "ana@x.org"


def test_the_person_changes_the_match() -> None:
    people = roster(["Email|Nickname|First name", "ana@x.org|Anita|Ana", "bo@y.org|Bobo|"])
    assert people.has_error(1)
    people.assign_field(1, Field.FIRST_NAME)
    assert [column.field for column in people.columns[:3]] == [Field.EMAIL, Field.FIRST_NAME, None]
    assert (people.person(0).first_name, people.has_error(1)) == ("Anita", False)
    people.assign_field(1, None)
    assert people.columns[1].field is None
    assert people.has_error(0)
    with pytest.raises(ValueError, match="result"):
        people.assign_field(3, Field.EMAIL)


def test_choices_go_before_guesses() -> None:
    rows = sheet(["Email|Email 2|Nickname|First name", "ana@x.org|ana@y.org|Anita|Ana"])
    people = Roster.from_grid(
        rows, fields={2: Field.EMAIL, 3: Field.FIRST_NAME, 4: None}, result_headers=RESULT_HEADERS
    )
    assert [column.field for column in people.columns[:4]] == [
        None,
        Field.EMAIL,
        Field.FIRST_NAME,
        None,
    ]
    assert people.person(0).email == "ana@y.org"


def test_a_chosen_row_of_headings() -> None:
    rows = sheet(["Ana|ana@x.org", "Bo|bo@y.org"])
    for header_row, rows_left in ((0, [1, 2]), (1, [2])):
        people = Roster.from_grid(rows, header_row=header_row, result_headers=RESULT_HEADERS)
        assert [people.row_number(index) for index in range(len(people))] == rows_left


def test_rows_that_hold_only_what_means_nothing_are_no_people() -> None:
    rows = ["Nr|Email|First name", "1|ana@x.org|Ana", "2||", "3| | ", "Sum: 1||"]
    assert len(roster(rows)) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [],
        ["Name|Company", "Ana|X"],
        ["Email|Name"],
        ["Email|Name", " | "],
    ],
)
def test_a_sheet_without_people_says_what_to_do(rows: list[str]) -> None:
    with pytest.raises(NoPeopleFound) as caught:
        roster(rows)
    assert "“People”" in caught.value.message
    assert caught.value.hint


def test_the_sheets_own_columns_are_not_changed() -> None:
    grid: Sheet = sheet(GUESTS)
    people = Roster.from_grid(grid, result_headers=RESULT_HEADERS)
    people.set_texts({(0, 0): "Anna"})
    assert grid.columns[1][3] == "Ana"
