from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoomdesk.roster.checks import RowTexts, check_row, names_of, plain_row
from zoomdesk.roster.fields import Field
from zoomdesk.roster.problems import Problem, Severity

GOOD = "ana@x.org"


def problems(**texts: str) -> tuple[Problem, ...]:
    return check_row(0, RowTexts(**{"email": GOOD, "first_name": "Ana", **texts})).problems


def only(**texts: str) -> Problem:
    (problem,) = problems(**texts)
    return problem


def test_a_good_row_has_nothing_said_about_it() -> None:
    checked = check_row(3, RowTexts(GOOD, "Ana", "López"))
    assert (checked.email, checked.first_name, checked.last_name) == (GOOD, "Ana", "López")
    assert checked.problems == ()


def test_a_missing_first_name_blocks() -> None:
    problem = only(first_name=" ")
    assert (problem.severity, problem.code) == (Severity.ERROR, "first-name-missing")
    assert problem.field is Field.FIRST_NAME


@pytest.mark.parametrize(
    ("texts", "suggestion"),
    [
        ({"last_name": "Ana López"}, "Ana"),
        ({"email": "ana.lopez@x.org"}, "Ana"),
        ({"email": "ana.lopez@x.org", "last_name": "López"}, "Ana"),
        ({"last_name": "López"}, ""),
    ],
)
def test_a_first_name_is_offered_where_there_is_one(texts: dict[str, str], suggestion: str) -> None:
    assert only(first_name="", **texts).suggestion == suggestion


def test_the_full_name_stands_in() -> None:
    texts = RowTexts(GOOD, full_name="Ana López")
    assert names_of(texts) == ("Ana", "López")
    assert check_row(0, texts).problems == ()


def test_own_columns_win_over_the_full_name() -> None:
    assert names_of(RowTexts(GOOD, "Anita", "", "Ana López")) == ("Anita", "López")


@pytest.mark.parametrize(("name", "code"), [("first_name", "first"), ("last_name", "last")])
def test_a_name_over_the_limit_blocks_and_says_by_how_much(name: str, code: str) -> None:
    assert problems(**{name: "a" * 64}) == ()
    problem = only(**{name: "a" * 66})
    assert (problem.severity, problem.code) == (Severity.ERROR, f"{code}-name-too-long")
    assert "2 characters longer" in problem.message


def test_a_name_that_is_an_address_is_a_warning() -> None:
    problem = only(first_name="ana@x.org")
    assert (problem.severity, problem.code) == (Severity.WARNING, "first-name-is-email")


def test_swapped_cells_are_recognised() -> None:
    found = problems(email="Ana", first_name="ana@x.org")
    assert [(p.field, p.severity, p.suggestion) for p in found] == [
        (Field.EMAIL, Severity.ERROR, "ana@x.org"),
        (Field.FIRST_NAME, Severity.WARNING, ""),
    ]


def test_a_name_that_cannot_be_split_is_a_note() -> None:
    problem = only(first_name="", full_name="山田太郎")
    assert (problem.severity, problem.field) == (Severity.NOTE, Field.FULL_NAME)


def test_the_link_behind_a_cell_is_used_and_shown() -> None:
    checked = check_row(0, RowTexts("Ana's mail", "Ana", link="mailto:ana@x.org?subject=Hi"))
    assert checked.email == GOOD
    (problem,) = checked.problems
    assert (problem.severity, problem.code) == (Severity.NOTE, "email-repaired")
    assert "link" in problem.message


@pytest.mark.parametrize(
    ("text", "link"), [("", "mailto:ana@x.org"), ("Ana", "https://x.org"), ("Ana", "mailto:nobody")]
)
def test_a_link_that_does_not_help_changes_nothing(text: str, link: str) -> None:
    checked = check_row(0, RowTexts(text, "Ana", link=link))
    assert checked.email == ""
    assert checked.problems[0].severity is Severity.ERROR


def test_a_good_address_wins_over_its_link() -> None:
    assert check_row(0, RowTexts(GOOD, "Ana", link="mailto:old@x.org")).email == GOOD


def test_a_repair_tells_what_is_sent() -> None:
    problem = only(email=" <Ana@X.org>; ")
    assert (problem.code, problem.severity) == ("email-repaired", Severity.NOTE)
    assert problem.message.endswith("Zoom gets Ana@x.org.")


def test_a_slip_is_a_warning_with_the_cells_new_text() -> None:
    problem = only(email="ana@gmial.com")
    assert (problem.code, problem.severity) == ("email-typo", Severity.WARNING)
    assert problem.suggestion == "ana@gmail.com"


NAMES = st.text("aA é@,-山", max_size=5) | st.just("a" * 65)
EMAILS = st.sampled_from([GOOD, "info@x.org", "ana@gmial.com", "ana", " ana@x.org", "Ana@X.org"])


@given(EMAILS, NAMES, NAMES, NAMES | st.text(max_size=8))
def test_the_short_way_says_nothing_that_the_long_way_does_not(
    email: str, first: str, last: str, full: str
) -> None:
    address = plain_row(email, first, last, full)
    if address:
        checked = check_row(0, RowTexts(email, first, last, full))
        assert (checked.email, checked.problems) == (address, ())


@pytest.mark.parametrize(
    "names", [("Ana", "López", ""), ("Ana", "", ""), ("", "", "Ana López"), ("", "", "Madonna")]
)
def test_the_short_way_is_taken_for_ordinary_rows(names: tuple[str, str, str]) -> None:
    assert plain_row(GOOD, *names) == GOOD


@given(st.text(max_size=20), NAMES, NAMES, NAMES)
def test_a_row_has_an_address_unless_an_error_says_why_not(
    email: str, first: str, last: str, full: str
) -> None:
    checked = check_row(7, RowTexts(email, first, last, full))
    faults = [
        p for p in checked.problems if p.field is Field.EMAIL and p.severity is Severity.ERROR
    ]
    assert bool(checked.email) != bool(faults)
    assert all(p.row == 7 and p.message and p.code for p in checked.problems)
