"""What counts as an answer, and what a person is told where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster.answers import SEPARATOR, read_choice, read_choices, read_country
from zoomdesk.roster.countries import CODES, code_of

HEARD = ("A colleague", "The newsletter", "Elsewhere")
TALKS = ("Opening", "Data, and what to do with it", "Closing")


@pytest.mark.parametrize(
    "text", ["The newsletter", "THE NEWSLETTER", "the  newsletter", "the-newsletter"]
)
def test_an_answer_is_known_whatever_its_case_and_spaces(text: str) -> None:
    assert read_choice(text, HEARD, "Heard?") == ("The newsletter", "", "")


def test_another_answer_is_refused_by_name_with_what_may_be_meant() -> None:
    answer, fault, suggestion = read_choice("Newsletter", HEARD, "How did you hear of us?")
    assert answer == ""
    assert "“Newsletter” is no answer to “How did you hear of us?”" in fault
    assert "“A colleague”, “The newsletter” or “Elsewhere”" in fault
    assert suggestion == "The newsletter"
    assert read_choice("On the moon", HEARD, "Heard?")[2] == ""


def test_what_could_be_two_answers_is_none() -> None:
    assert read_choice("YES", ("Yes", "yes"), "Sure?")[0] == ""
    assert read_choice("yes", ("Yes", "yes"), "Sure?")[0] == "yes"


def test_only_some_of_many_answers_are_named() -> None:
    fault = read_choice("x", [str(number) for number in range(20)], "Which?")[1]
    assert "“7” or one of 12 more" in fault


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Closing", ["Closing"]),
        ("opening; closing", ["Opening", "Closing"]),
        ("Opening\nClosing", ["Opening", "Closing"]),
        ("closing, opening", ["Closing", "Opening"]),
        ("Data, and what to do with it", ["Data, and what to do with it"]),
        ("Data, and what to do with it; Opening", ["Data, and what to do with it", "Opening"]),
        ("Opening; opening;", ["Opening"]),
    ],
)
def test_several_answers_stand_in_one_cell(text: str, answers: list[str]) -> None:
    assert read_choices(text, TALKS, "Talks?") == (SEPARATOR.join(answers), "", "")


def test_one_wrong_answer_among_several_is_named_and_mended() -> None:
    answer, fault, suggestion = read_choices("Openning; Closing", TALKS, "Talks?")
    assert answer == ""
    assert fault.startswith("“Openning” is no answer to “Talks?”")
    assert suggestion == "Opening; Closing"
    assert read_choices(suggestion, TALKS, "Talks?")[0] == "Opening;Closing"
    assert read_choices("Dinner", TALKS, "Talks?")[2] == ""
    assert read_choices(";", TALKS, "Talks?")[1]


@given(st.lists(st.sampled_from(TALKS), min_size=1), st.sampled_from(["; ", ";", "\n", " | "]))
def test_any_choice_of_answers_is_read_back(chosen: list[str], between: str) -> None:
    answer, fault, _ = read_choices(between.join(chosen), TALKS, "Talks?")
    assert (answer.split(SEPARATOR), fault) == (list(dict.fromkeys(chosen)), "")


@pytest.mark.parametrize(
    ("text", "code"),
    [("de", "DE"), ("Germany", "DE"), ("UK", "GB"), ("u.s.a.", "US"), ("Cote d'Ivoire", "CI")],
)
def test_countries_by_code_and_by_name(text: str, code: str) -> None:
    assert read_country(text) == (code, "", "")


def test_a_country_that_is_none() -> None:
    code, fault, suggestion = read_country("Germny")
    assert (code, suggestion) == ("", "Germany")
    assert "“Germny” is no country that Zoom knows" in fault
    assert read_country("XX")[1]


def test_every_country_has_a_code_of_its_own() -> None:
    assert len(set(CODES.values())) == 249
    assert all(len(code) == 2 and code.isupper() for code in CODES.values())
    assert all(code_of(name) == code for name, code in CODES.items())
