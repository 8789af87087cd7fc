"""Questions of an event: what blocks everybody, what blocks a row, and what Zoom is told."""

from __future__ import annotations

import json

import pytest

from tests.registration.office import Office, by_row, people, person
from tests.registration.test_plan import plan_of
from zoomdesk.registration import wording
from zoomdesk.registration.form import Lack, form_of, lacks
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.wording import Reason
from zoomdesk.roster.fields import Field, Title
from zoomdesk.roster.form import Answerable
from zoomdesk.roster.table import Person
from zoomdesk.simulator import Question
from zoomdesk.zoom.events import EventKind, EventRef
from zoomdesk.zoom.models import CustomQuestion, Questions

FAIR = EventRef(EventKind.WEBINAR, "81234567897")
TALKS, PARKING, LUNCH = "Which talks will you attend?", "Do you need a parking space?", "Lunch"
HEARD = CustomQuestion("How did you hear of us?", "single_dropdown", True, ("A colleague", "Else"))


def guest(row: int, email: str, city: str = "Bonn", **custom: str) -> Person:
    titles = {"talks": TALKS, "parking": PARKING, "lunch": LUNCH}
    answers = {titles[name]: text for name, text in custom.items()}
    return Person(row, email, "Ann", "Lee", {Field.CITY: city} if city else {}, answers)


def test_a_form_in_the_rosters_words() -> None:
    asked = {"last_name": True, "org": False, "email": True, "blood_type": True, "shoes": False}
    form = form_of(Questions(asked, (HEARD, CustomQuestion("Why?", "short", False, ("Good",)))))
    assert form.fields == {Field.LAST_NAME: True, Field.ORG: False}
    assert form.unknown == ("blood_type",)
    assert [(each.title, each.answers) for each in form.questions] == [
        ("How did you hear of us?", ("A colleague", "Else")),
        ("Why?", ()),
    ]
    assert (
        form_of(Questions({}, (CustomQuestion("Which?", "multiple", required=False),)))
        .questions[0]
        .several
    )


def test_what_no_column_answers_keeps_everybody_and_names_the_column() -> None:
    form = form_of(Questions({"org": True, "city": False}, (HEARD,)))
    sheet = Answerable(frozenset({Field.EMAIL}), ("Table", "Heard of us"))
    found = lacks(form, sheet)
    assert set(found) == {
        Lack("Company"),
        Lack("How did you hear of us?", "Heard of us", is_question=True),
    }
    answered = Answerable(frozenset({Field.ORG, Title(HEARD.title)}))
    assert lacks(form, answered) == ()
    said = wording.without_column(found)
    assert "“Company”" in said
    assert "or say that “Heard of us” is meant" in said


def test_an_obstacle_is_said_while_every_row_is_told_too() -> None:
    plan = plan_of(people(2), questions=Questions({}, (HEARD,)), sheet=Answerable())
    assert (plan.to_send, plan.reasons) == (0, {Reason.QUESTIONS: 2})
    assert "no column of the sheet has one" in plan.obstacle
    assert plan_of(people(2), sheet=Answerable()).obstacle == ""


def test_a_required_field_that_zoomdesk_does_not_know() -> None:
    plan = plan_of(people(1), questions=Questions({"blood_type": True}))
    assert plan.reasons == {Reason.QUESTIONS: 1}
    assert "“blood type”" in plan.settled[0].message


def test_a_wrong_answer_is_another_reason_than_a_missing_one() -> None:
    ann = Person(2, "ann@example.com", "Ann", "Lee", {}, {HEARD.title: "The moon"})
    plan = plan_of([ann, *people(1, 5)], questions=Questions({}, (HEARD,)))
    assert plan.reasons == {Reason.ANSWERS: 1, Reason.QUESTIONS: 1}
    assert "“A colleague” or “Else”" in plan.settled[0].message


def test_a_name_that_zoom_does_not_take_never_reaches_a_batch() -> None:
    plan = plan_of([person(2, "ann@example.com", first="A" * 65), *people(1, 5)])
    assert plan.reasons == {Reason.ERROR: 1}
    assert "64 characters" in plan.settled[0].message


# -- against a simulated Zoom ----------------------------------------------------------------------


@pytest.mark.parametrize("between", [";", "either"])
def test_answers_arrive_in_zooms_words(office: Office, between: str) -> None:
    office.behave(answers_between=between)
    office.sim.world.events[FAIR.id].questions = (Question("city", True),)
    guests = [
        guest(2, "ann@example.com", talks="closing; OPENING", parking="no", lunch="fish"),
        guest(3, "bob@example.com", talks="Data, and what to do with it", parking="Yes"),
        guest(4, "cyd@example.com", talks="Dinner", parking="No"),
        guest(5, "dan@example.com", city="", talks="Opening", parking="No"),
    ]
    report = office.register(guests, FAIR)
    assert report.counts() == {Status.REGISTERED: 2, Status.NOT_SENT: 2}
    found = office.sim.world.find(FAIR.id, "ann@example.com")
    assert found is not None
    assert found.answers == {"city": "Bonn"}
    assert {each["title"]: each["value"] for each in found.custom_answers} == {
        TALKS: "Closing;Opening",
        PARKING: "No",
        LUNCH: "Fish",
    }
    rows = by_row(report)
    assert "“Dinner”" in rows[4].message
    assert "“City”" in rows[5].message
    assert office.sent("batch") == 0
    assert office.sent("register") == 2


def test_answers_live_through_a_resume(office: Office) -> None:
    guests = [guest(n, f"p{n}@example.com", talks="Opening", parking="Yes") for n in range(2, 5)]
    run = office.run_of(guests, FAIR)
    run._cancel.cancel()
    stopped = run.execute()
    assert office.journal.run(stopped.run).people == tuple(guests)
    assert office.resume(stopped, guests).counts() == {Status.REGISTERED: 3}
    found = office.sim.world.find(FAIR.id, "p2@example.com")
    assert found is not None
    assert json.dumps(found.custom_answers).count("Opening") == 1


def test_without_questions_to_answer_people_go_in_batches(office: Office) -> None:
    office.sim.world.events[FAIR.id].custom_questions = ()
    office.sim.world.events[FAIR.id].questions = ()
    report = office.register([guest(2, "ann@example.com", talks="Opening")], FAIR)
    assert report.counts() == {Status.REGISTERED: 1}
    assert office.sent("batch") == 1
