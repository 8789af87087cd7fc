"""What an event's form asks, and what it says of a row."""

from __future__ import annotations

import pytest

from zoomdesk.roster.fields import CHOICES, HEADINGS, Field, Title
from zoomdesk.roster.form import Answerable, Form, FormQuestion, unanswerable
from zoomdesk.roster.headings import read_heading

TALKS = FormQuestion("Which talks?", True, ("Opening", "Closing"), several=True)
LUNCH = FormQuestion("Lunch", False, ("Meat", "Fish"))
WHY = FormQuestion("Why?")
FORM = Form({Field.LAST_NAME: True, Field.ORG: True, Field.COUNTRY: False}, (LUNCH, TALKS, WHY))


def test_what_must_be_answered_comes_first() -> None:
    required, rest = FORM.topics[:2], FORM.topics[2:]
    assert set(required) == {Field.ORG, Title("Which talks?")}
    assert set(rest) == {Field.COUNTRY, Title("Lunch"), Title("Why?")}
    assert Field.LAST_NAME not in FORM.topics
    assert FORM.requires(Field.LAST_NAME)


def test_answers_are_brought_into_zooms_words_and_what_is_not_asked_is_left_out() -> None:
    extra = {Field.ORG: " Kite ", Field.COUNTRY: "Germany", Field.PHONE: "123"}
    custom = {"Which talks?": "closing, OPENING", "Lunch": "", "Elsewhere": "x"}
    answered = FORM.check(extra, custom)
    assert answered.extra == {Field.ORG: "Kite", Field.COUNTRY: "DE"}
    assert answered.custom == {"Which talks?": "Closing;Opening"}
    assert answered.faults == ()


def test_what_is_missing_and_what_is_wrong_are_told_apart() -> None:
    faults = FORM.check({}, {"Which talks?": "Dinner", "Lunch": "Fisch"}).faults
    by_topic = {fault.topic: fault for fault in faults}
    assert by_topic[Field.ORG].is_missing
    assert "“Company”" in by_topic[Field.ORG].message
    assert not by_topic[Title("Which talks?")].is_missing
    assert by_topic[Title("Lunch")].suggestion == "Fish"


def test_an_empty_required_choice_names_the_choices() -> None:
    (fault,) = Form({}, (TALKS,)).check({}, {"Which talks?": "  "}).faults
    assert fault.is_missing
    assert "“Opening” or “Closing”" in fault.message


def test_a_question_may_be_called_as_a_field_is() -> None:
    form = Form({Field.CITY: True}, (FormQuestion("city", False, ("Bonn", "Ulm")),))
    answered = form.check({Field.CITY: "Berlin"}, {"city": "ulm"})
    assert (answered.extra, answered.custom) == ({Field.CITY: "Berlin"}, {"city": "Ulm"})
    assert list(unanswerable(form, Answerable(frozenset({Title("city")})))) == [Field.CITY]


@pytest.mark.parametrize("field", CHOICES)
def test_fields_with_fixed_answers(field: Field) -> None:
    form = Form({field: False})
    first = CHOICES[field][0]
    assert form.check({field: first.upper()}, {}).extra == {field: first}
    assert form.check({field: "nonsense"}, {}).faults


def test_only_what_may_be_wrong_is_checked() -> None:
    checked = {topic for topic in (*Field, *FORM.topics) if FORM.constrains(topic)}
    assert checked == {Field.ORG, Field.COUNTRY, Title("Which talks?"), Title("Lunch")}


@pytest.mark.parametrize("field", Field)
def test_every_heading_that_is_asked_for_would_be_found(field: Field) -> None:
    assert read_heading(HEADINGS[field]).field is field
