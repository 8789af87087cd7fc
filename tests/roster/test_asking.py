"""Which column answers which question, as found, as chosen, and as rows show it."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.roster.grids import RESULT_HEADERS
from tests.roster.grids import sheet as grid
from zoomdesk.roster.columns import CHOSEN
from zoomdesk.roster.fields import Field, Title
from zoomdesk.roster.form import Form, FormQuestion
from zoomdesk.roster.problems import Severity
from zoomdesk.roster.standing import Standing
from zoomdesk.roster.table import Roster

HEARD = FormQuestion("How did you hear of us?", True, ("A colleague", "The newsletter"))
PARKING = FormQuestion("Do you need parking?", False, ("Yes", "No"))
COMPANY = FormQuestion("Company", True)
HEADINGS = ("Email", "First name", "Company", "How did you hear of us ?", "Parking")


def roster(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Roster:
    return Roster.from_grid(grid([headings, *rows]), result_headers=RESULT_HEADERS)


def sheet() -> Roster:
    return roster(
        ("ann@example.com", "Ann", "Kite", "a colleague", "Yes"),
        ("bob@example.com", "Bob", "", "Newsletter", "maybe"),
        ("cyd@example.com", "Cyd", "Blue", "", ""),
    )


def questions(people: Roster) -> dict[str, str]:
    return {column.header: column.question for column in people.columns if column.question}


def judge(people: Roster) -> set[int]:
    return finish(people.judge_form())


def finish(judging: Generator[None, None, set[int]]) -> set[int]:
    while True:
        try:
            next(judging)
        except StopIteration as end:
            found: set[int] = end.value
            return found


def test_rows_may_be_withdrawn_while_the_others_are_judged() -> None:
    people = sheet()
    people.add_rows(500)
    people.meanings.use_form(Form({}, (HEARD,)))
    judging = people.judge_form()
    next(judging)
    people.withdraw_rows(500)
    assert finish(judging) == {1, 2}
    assert [people.has_error(index) for index in range(3)] == [False, True, True]


def test_a_heading_is_known_by_its_words() -> None:
    people = sheet()
    assert people.meanings.use_form(Form({}, (HEARD, PARKING)))
    assert questions(people) == {"How did you hear of us ?": HEARD.title}
    assert people.person(0).custom == {HEARD.title: "a colleague"}
    assert people.person(2).custom == {}
    assert not people.meanings.use_form(Form({}, (HEARD, PARKING)))


def test_a_heading_that_is_much_alike_is_likely() -> None:
    people = roster(
        ("a@example.com", "A", "x"), headings=("Email", "First name", "How did you here of us")
    )
    people.meanings.use_form(Form({}, (HEARD,)))
    column = people.columns[2]
    assert (column.question, column.confidence) == (HEARD.title, 0.7)
    assert HEARD.title in column.reason


def test_a_question_takes_a_guessed_field_that_the_form_does_not_ask_for() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (COMPANY,)))
    assert questions(people) == {"Company": "Company"}
    assert people.person(0).extra == {}
    people.meanings.use_form(Form({Field.ORG: True}, (COMPANY,)))
    assert questions(people) == {}
    assert people.person(0).extra == {Field.ORG: "Kite"}


def test_names_and_addresses_never_become_answers() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (FormQuestion("First name"), FormQuestion("Email"))))
    assert questions(people) == {}


def test_what_the_person_says_wins_and_outlives_the_event() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (HEARD, PARKING)))
    people.meanings.assign_question(4, HEARD.title)
    assert questions(people) == {"Parking": HEARD.title}
    assert people.columns[4].reason == CHOSEN
    assert people.columns[3].topic is None, "a question is answered once"
    people.meanings.use_form(Form())
    assert questions(people) == {}
    assert people.columns[4].header == "Parking"
    people.meanings.use_form(Form({}, (HEARD,)))
    assert questions(people) == {"Parking": HEARD.title}


def test_a_field_that_is_chosen_is_no_answer_any_more() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (HEARD,)))
    people.assign_field(3, Field.COMMENTS)
    assert questions(people) == {}
    assert people.columns[3].topic is Field.COMMENTS
    people.assign_field(3, None)
    assert people.columns[3].topic is None


def test_a_choice_of_another_day_is_taken_by_its_heading() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (PARKING,)), {"parking": PARKING.title})
    assert questions(people) == {"Parking": PARKING.title}


def test_result_columns_answer_nothing() -> None:
    people = sheet()
    with pytest.raises(ValueError, match="result column"):
        people.meanings.assign_question(len(people.columns) - 1, "x")


def test_rows_are_held_against_the_form() -> None:
    people = sheet()
    people.meanings.use_form(Form({Field.ORG: True}, (HEARD, PARKING)), {"parking": PARKING.title})
    assert judge(people) == {1, 2}
    assert [people.standing(row) for row in range(3)] == [
        Standing.READY,
        Standing.TO_FIX,
        Standing.TO_FIX,
    ]
    by_topic = {problem.field: problem for problem in people.problems(1)}
    assert by_topic[Field.ORG].code == "answer-missing"
    assert by_topic[Title(HEARD.title)].suggestion == "The newsletter"
    assert by_topic[Title(PARKING.title)].severity is Severity.ERROR
    at = people.problem_at(2, 3)
    assert at is not None
    assert "needs an answer" in at.message
    assert people.counts().to_fix == 2


def test_an_edit_checks_its_row_by_the_form_and_another_event_asks_no_more() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (HEARD,)))
    judge(people)
    people.set_texts({(2, 3): "the newsletter"})
    assert people.standing(2) is Standing.READY
    people.set_texts({(0, 3): "the moon"})
    assert people.has_error(0)
    people.remove_rows([0])
    assert not people.has_error(0)
    people.restore_rows([0])
    people.meanings.use_form(Form())
    judge(people)
    assert people.counts().to_fix == 0


def test_who_is_registered_needs_no_answer() -> None:
    people = sheet()
    people.meanings.use_form(Form({}, (HEARD,)))
    judge(people)
    by_name = {column.result.value: column.result for column in people.columns if column.result}
    people.set_result(
        2, {by_name["status"]: "Registered", by_name["join_url"]: "https://z.example/1"}
    )
    assert people.standing(2) is Standing.REGISTERED
    assert people.problems(2) == ()
    assert not people.has_error(2)


TEXTS = st.sampled_from(["", " ", "A colleague", "a colleague", "nobody", "Yes"])


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8), st.data())
def test_judging_by_edits_is_judging_afresh(
    cells: list[tuple[str, str]], data: st.DataObject
) -> None:
    form = Form({}, (HEARD, PARKING))
    chosen = {"parking": PARKING.title}
    rows = [
        (f"p{n}@example.com", "P", "", heard, parking) for n, (heard, parking) in enumerate(cells)
    ]
    people = roster(*rows)
    people.meanings.use_form(form, chosen)
    judge(people)
    edits = st.tuples(st.integers(0, len(rows) - 1), st.sampled_from([3, 4]), TEXTS)
    for index, position, text in data.draw(st.lists(edits, max_size=6)):
        people.set_texts({(index, position): text})
        rows[index] = (*rows[index][:position], text, *rows[index][position + 1 :])
    fresh = roster(*rows)
    fresh.meanings.use_form(form, chosen)
    judge(fresh)
    for index in range(len(rows)):
        assert people.problems(index) == fresh.problems(index)
        assert people.standing(index) is fresh.standing(index)
